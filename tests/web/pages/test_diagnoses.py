"""诊改: bars, values by Excel, the report of a term, and the warnings that come of it."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taizhang.web.ledger.models import Forewarning, Gauge, Gauging, Subject

pytestmark = pytest.mark.django_db
RATE = {"kind": "specialty", "name": "报到率", "measure": "%", "yellow": "90", "red": "80", "drop": "10"}
LINES = [
    ["专业", "S1", "护理", "教务处", "报到率", "2024-2025-1", 95, None, None],
    ["专业", "S1", "护理", "教务处", "报到率", "2025-2026-1", None, 78, 100],
    ["专业", "S2", "园艺", "继续教育学院", "报到率", "2025-2026-1", 97, None, None],
]


@pytest.fixture
def office(as_):
    return as_("office")


@pytest.fixture
def gauge(office):
    assert office.post(reverse("gauge_add"), RATE).status_code == 302
    return Gauge.objects.get()


def sent(office, lines):
    template = office.get(reverse("gaugings_template"))
    book = openpyxl.load_workbook(BytesIO(template.content))
    page = next(
        sheet for sheet in book.worksheets if any(cell.value == "类别" for row in sheet.iter_rows() for cell in row)
    )
    head = next(cell.row for row in page.iter_rows() for cell in row if cell.value == "类别")
    for number, line in enumerate(lines, head + 1):
        for column, value in enumerate(line, 1):
            page.cell(number, column).value = value
    out = BytesIO()
    book.save(out)
    return office.post(reverse("gaugings_import"), {"file": SimpleUploadedFile("值.xlsx", out.getvalue())})


def test_values_come_in_by_excel_and_a_share_is_worked_out(office, gauge):
    assert sent(office, LINES).status_code == 302
    assert Subject.objects.count() == 2
    value = Gauging.objects.get(subject__code="S1", term="2025-2026-1")
    assert (value.number, value.part, value.whole) == (78, 78, 100)
    assert sent(office, LINES).status_code == 302
    assert Gauging.objects.count() == 3


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (3, "无此部门", "没有“无此部门”这个部门"),
        (4, "就业率", "没有“就业率”这个指标"),
        (5, "上学期", "应写成 2025-2026-1"),
        (6, 12, "与分子分母不符"),
        (0, "食堂", "食堂"),
    ],
)
def test_one_faulty_line_leaves_everything_out(office, gauge, place, value, words):
    wrong = [list(line) for line in LINES]
    wrong[1][place] = value
    answer = sent(office, wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Gauging.objects.exists()


def test_a_line_without_any_number_is_refused(office, gauge):
    assert "请填值" in sent(office, [[*LINES[0][:6], None, None, None]]).content.decode()
    assert office.post(reverse("gaugings_import")).status_code == 422


def test_the_report_of_a_term_shows_values_bars_warnings_and_what_was_done(scene, office, gauge, as_):
    sent(office, LINES)
    office.post(reverse("warnings_compute"))
    causes = Forewarning.objects.filter(subject__code="S1").values_list("cause", flat=True)
    assert set(causes) == {"threshold", "drop"}
    row = Forewarning.objects.get(cause="threshold")
    assert row.sentence == "2025-2026-1 78%，低于警戒线 80%"
    as_("reporter").post(reverse("warning_handle", args=[row.pk]), {"reason": "生源下降", "measure": "调整招生计划"})
    page = office.get(reverse("diagnosis", args=["2025-2026-1"])).content.decode()
    assert "共 2 个，红色 1 个，黄色 0 个，正常 1 个" in page
    assert "调整招生计划" in page
    assert "还有 2 条预警没有关闭" in page
    assert "2025-2026-1" in office.get(reverse("diagnoses")).content.decode()
    answer = office.get(reverse("diagnosis", args=["2025-2026-1"]) + "?format=xlsx")
    lines = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    (line,) = [each for each in lines if "护理" in each]
    assert {"红色", "调整招生计划", 78} <= set(line)


def test_each_unit_sees_its_own(office, gauge, as_):
    sent(office, LINES)
    page = as_("reporter").get(reverse("diagnosis", args=["2025-2026-1"])).content.decode()
    assert "护理" in page
    assert "园艺" not in page
    assert as_("outsider").get(reverse("diagnosis", args=["2025-2026-1"])).status_code == 404
    assert as_("office").get(reverse("diagnosis", args=["2020-2021-1"])).status_code == 404
    for role in ("admin", "expert", "province", "nobody"):
        assert as_(role).get(reverse("diagnoses")).status_code == 404


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "nobody"])
def test_only_the_office_sets_bars_and_takes_values_in(as_, gauge, role):
    client = as_(role)
    for name, arguments in (
        ("gauge_add", []),
        ("gauge", [gauge.pk]),
        ("gaugings_import", []),
        ("gaugings_template", []),
    ):
        assert client.get(reverse(name, args=arguments)).status_code == 404


def test_bars_are_changed_and_wrong_ones_are_refused(office, gauge, as_):
    assert office.post(reverse("gauge", args=[gauge.pk]), RATE | {"yellow": "85"}).status_code == 302
    gauge.refresh_from_db()
    assert gauge.yellow == 85
    for wrong in ({"red": "95"}, {"name": ""}, {"lower": "on"}):
        assert office.post(reverse("gauge", args=[gauge.pk]), RATE | wrong).status_code == 422
    assert office.post(reverse("gauge_add"), RATE).status_code == 422
    assert as_("outsider").get(reverse("gauge", args=[gauge.pk])).status_code == 404
    gauge.refresh_from_db()
    assert gauge.yellow == 85


def test_before_anything_is_there_the_page_says_what_to_do(office, as_):
    assert "先设指标和警戒线" in office.get(reverse("diagnoses")).content.decode()
    assert "双高办导入后" in as_("reporter").get(reverse("diagnoses")).content.decode()
