"""Records out and in: Excel and JSON, with every fault at its place and nothing half done."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from taizhang.records import shelf
from taizhang.web.ledger.models import Record
from taizhang.web.ledger.recorded import told
from taizhang.web.ledger.sheets import template
from taizhang.web.ledger.sheets.records import sheet_of
from taizhang.web.pages import record_exchange
from web_records import CLASS, entered, record

pytestmark = pytest.mark.django_db
IMPORT = reverse("record-import")


def sent(client, name, content, **more):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **more})


def test_json_goes_out_and_comes_in_equal(as_, scene):
    row = entered(scene)
    content = as_("office").get(reverse("record-export", args=["json"])).content
    assert json.loads(content) == [json.loads(json.dumps(told(row).to_json(), default=float))]
    assert sent(as_("reporter"), "记录.json", content).status_code == 302
    assert Record.objects.get().version == 1
    other = json.loads(content)
    other[0] |= {"id": "R9", "title": "另一期培训"}
    assert sent(as_("reporter"), "记录.json", json.dumps(other).encode()).status_code == 302
    assert told(Record.objects.get(code="R9")) == replace(told(row), id="R9", title="另一期培训")


def test_a_sheet_goes_out_is_changed_and_comes_in(as_, scene):
    row = entered(scene)
    content = as_("reporter").get(reverse("record-export", args=["xlsx"]), {"kind": row.kind}).content
    book = load_workbook(BytesIO(content))
    page = book["培训项目"]
    headers = [cell.value for cell in page[1]]
    page.cell(2, headers.index("标题") + 1).value = "改过的标题"
    page.cell(3, headers.index("标题") + 1).value = "新的一期"
    page.cell(3, headers.index("人数（人）") + 1).value = "约 40"
    out = BytesIO()
    book.save(out)
    assert sent(as_("reporter"), "培训.xlsx", out.getvalue(), kind=row.kind).status_code == 302
    assert set(Record.objects.values_list("title", flat=True)) == {"改过的标题", "新的一期"}
    assert sent(as_("reporter"), "培训.xlsx", out.getvalue(), kind=row.kind).status_code == 422  # an older version


def test_a_list_of_several_kinds_is_one_sheet_to_read(as_, scene):
    entered(scene)
    page = load_workbook(BytesIO(as_("office").get(reverse("record-export", args=["xlsx"])).content)).active
    assert "社区电工安全用电培训班" in [cell.value for cell in page[2]]


def test_more_than_a_file_holds_is_said_and_never_cut_off(as_, scene, monkeypatch):
    entered(scene)
    entered(scene, title="另一期培训", period="2021")
    monkeypatch.setattr(record_exchange, "MOST", 1)
    page = as_("office").get(reverse("record-export", args=["json"]), {"whose": ""}, follow=True)
    assert "什么都没有导出" in page.content.decode() and page.redirect_chain[0][0] == f"{reverse('records')}?whose="


def test_faults_name_row_and_column_and_nothing_is_written(as_, scene):
    sheet = sheet_of(shelf()["training_programme"])
    content = template(
        sheet, [{"title": "好的"}, {"title": "", "state": "held"}, {"title": "数不对", "measure-1": "若干"}]
    )
    page = sent(as_("reporter"), "培训.xlsx", content, kind="training_programme")
    text = page.content.decode()
    assert page.status_code == 422
    assert "第 3 行“标题”列" in text
    assert "第 4 行“人数（人）”列" in text
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("记录.json", "{"), ("记录.json", "{}"), ("记录.json", "[1]"), ("记录.json", "\xff"), ("记录.json", '[{"id": "1"}]'), ("记录.xlsx", "PK"), ("记录.xlsx", "")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_sentence(as_, scene, name, content):
    page = sent(as_("reporter"), name, content.encode("latin-1"), kind="training_programme")
    assert page.status_code == 422
    assert 'class="said error"' in page.content.decode()


def test_a_sheet_wants_its_kind(as_, scene):
    reporter = as_("reporter")
    assert "已损坏" in sent(reporter, "培训.xlsx", b"PK").content.decode()
    book = Workbook()
    strange = BytesIO()
    book.save(strange)
    assert "请先选记录类型" in sent(reporter, "培训.xlsx", strange.getvalue()).content.decode()
    template = reporter.get(reverse("record-template", args=["agreement"])).content
    wrong = sent(reporter, "培训.xlsx", template, kind="training_programme").content.decode()
    assert "这份 Excel 是“协议与意向”的表，选的类型却是“培训项目”" in wrong
    assert sent(reporter, "培训.xlsx", template).status_code == 302


def test_the_same_thing_again_waits_for_a_person(as_, scene):
    entered(scene)
    content = json.dumps([{**CLASS.to_json(), "id": "R2"}], default=float).encode()
    page = sent(as_("reporter"), "记录.json", content)
    assert page.status_code == 422
    assert "仍要导入" in page.content.decode()
    assert sent(as_("reporter"), "记录.json", content, anyway="1").status_code == 302


def test_every_kind_has_a_template(as_):
    for key in list(shelf())[::12]:
        answer = as_("reporter").get(reverse("record-template", args=[key]))
        assert answer.status_code == 200
        assert load_workbook(BytesIO(answer.content)).sheetnames[0] == shelf()[key].name
    assert as_("reporter").get(reverse("record-template", args=["no_such"])).status_code == 404


def test_exports_hold_what_one_may_see(as_, scene):
    record(scene, title="教务处的")
    assert json.loads(as_("colleague").get(reverse("record-export", args=["json"])).content) == []
    assert as_("province").get(IMPORT).status_code == 403
