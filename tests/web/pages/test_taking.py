"""The wizard: upload, decide, write; nothing is written before, and nothing is lost on the way."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from taizhang.web.ledger.models import Indicator, Point, Taking, Task
from taizhang.web.ledger.workflow import programme as plan

REPORT = """# 青禾职业技术学院中期自评报告

表1 “组建产业学院”任务完成情况表

| 序号 | 2023年计划 | 2023年完成情况 | 完成率 |
|---|---|---|---|
| 1 | ①制定章程1项 | ①已制定章程1项 | 100% |

表2 数量指标完成情况表

| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|---|
| 1.1.1 校级课程（门） | 10 | 5 | 6 | 120% |
| 1.1.2 新编教材（本） | 4 | 2 | 已出版<若干> | 100% |
"""


@pytest.fixture
def programme(scene):
    return plan.found(
        scene.people.office, scene.college, plan.Founding(name="产教融合", first_year=2023, last_year=2026)
    )


def uploaded(scene, browser, programme, text=REPORT, name="自评.md"):
    typed = {
        "document": SimpleUploadedFile(name, text.encode()), "unit": scene.teaching.pk,
        "period": programme.periods.get(name="中期").pk,
    }  # fmt: skip
    return browser.post(f"/programmes/{programme.pk}/takings/", typed)


def test_a_document_goes_from_upload_to_plan(scene, as_, programme):
    office = as_("office")
    answer = uploaded(scene, office, programme)
    row = Taking.objects.get()
    assert answer.headers["Location"] == f"/takings/{row.pk}/"
    page = office.get(f"/takings/{row.pk}/").content.decode()
    assert escape("已出版<若干>") in page
    assert "2 处存疑没有确定" in page
    office.post(f"/takings/{row.pk}/decide/", {"seen": 1, "step-0": "keep", "step-1": "change", "text-1": "2"})
    office.post(f"/takings/{row.pk}/write/", {"round_name": "中期导入"})
    assert Point.objects.get(programme=programme).plan == "制定章程1项"
    assert Indicator.objects.get(programme=programme, code="1.1.2").entries.get().number == 2
    assert "已写入" in office.get(f"/takings/{row.pk}/").content.decode()


def test_writing_too_early_or_twice_is_refused_with_a_sentence(scene, as_, programme):
    office = as_("office")
    uploaded(scene, office, programme)
    address = f"/takings/{Taking.objects.get().pk}/"
    early = office.post(f"{address}write/", {}, follow=True).content.decode()
    assert "确定之后才能写入" in early
    assert not Task.objects.filter(programme=programme).exists()
    office.post(f"{address}decide/", {"seen": 1, "rest": "keep"})
    office.post(f"{address}write/", {})
    assert "已经写入" in office.post(f"{address}write/", {}, follow=True).content.decode()
    assert Point.objects.filter(programme=programme).count() == 1


def test_a_table_stands_beside_what_was_read_of_it(scene, as_, programme):
    office = as_("office")
    uploaded(scene, office, programme)
    page = office.get(f"/takings/{Taking.objects.get().pk}/tables/1/").content.decode()
    assert page.count("①制定章程1项") == 2


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [("a.docx", "no zip", "docx"), ("a.exe", "MZ", "不认识"), ("a.md", "只有一段话。", "没有认出")],
)
def test_a_document_that_cannot_be_taken_is_refused_with_a_sentence(scene, as_, programme, name, text, sentence):
    answer = uploaded(scene, as_("office"), programme, text, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Taking.objects.exists()


@pytest.mark.parametrize(
    "form",
    [{"seen": "x"}, {"seen": 1, "step-x": "keep"}, {"seen": 1, "step-0": "burn"}, {"seen": 1, "step-99": "keep"}],
)
def test_a_broken_form_changes_nothing(scene, as_, programme, form):
    office = as_("office")
    uploaded(scene, office, programme)
    row = Taking.objects.get()
    assert office.post(f"/takings/{row.pk}/decide/", form).status_code == 302
    row.refresh_from_db()
    assert row.decisions == {}


@pytest.mark.parametrize(
    ("role", "list_status"),
    [("reporter", 403), ("lead", 403), ("province", 403), ("admin", 403), ("outsider", 404), ("nobody", 404)],
)
def test_only_the_office_knows_of_takings(scene, as_, programme, role, list_status):
    uploaded(scene, as_("office"), programme)
    row, browser = Taking.objects.get(), as_(role)
    assert browser.get(f"/programmes/{programme.pk}/takings/").status_code == list_status
    for address in ("", "tables/1/"):
        assert browser.get(f"/takings/{row.pk}/{address}").status_code == 404
    for address in ("decide/", "write/"):
        assert browser.post(f"/takings/{row.pk}/{address}").status_code == 404
