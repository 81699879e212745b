"""Files and figures of a written report on the web: traced, taken back, refreshed, compared."""

import io
import json
import re
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.web.ledger.models import BuiltReport, Entry, LifeState, Stage
from taizhang.web.ledger.workflow import building
from web_assessing import evidence

OK, MOVED, MISSING, FORBIDDEN = 200, 302, 404, 403


@pytest.fixture
def report(scene, vault_folder, django_capture_on_commit_callbacks):
    for row in (*scene.entries, scene.value):
        row.stage, row.rate, row.text, row.state = Stage.APPROVED, "100%", "新建校级课程 8 门", LifeState.BUILT
        row.save()
    scene.value.text, scene.value.number = "9", Decimal(9)
    scene.value.save()
    with django_capture_on_commit_callbacks(execute=True):
        row = building.order(scene.people.office, scene.periods["mid"], "selfevaluation", "中期自评")
    return BuiltReport.objects.get(pk=row.pk)


def by_hand(data, before=">9<", after=">99<"):
    """The bytes of a Word file with a figure typed over."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, content.replace(before.encode(), after.encode(), 1) if name == "word/document.xml" else content
            )
    return out.getvalue()


def test_a_figure_changed_in_word_is_flagged_refreshed_and_then_handed_in(as_, report):
    office, where = as_("office"), f"/built/{report.pk}/"
    data = by_hand(b"".join(office.get(f"{where}files/1/")))
    office.post(f"{where}upload/", {"upload": SimpleUploadedFile("改好的.docx", data)})
    page = office.get(where).content.decode()
    assert "1 处数字与台账不一致" in page and "99" in page
    assert "不一致" in office.post(f"{where}approve/", follow=True).content.decode()
    office.post(f"{where}refresh/")
    assert "按台账更新这些数字" not in office.get(where).content.decode()
    office.post(f"{where}approve/")
    office.post(f"{where}hand_in/")
    report.refresh_from_db()
    assert report.stage == "40-handed-in" and report.files.count() == 3


def test_every_figure_opens_down_to_its_items(as_, report, scene):
    office, where = as_("office"), f"/built/{report.pk}/figures/"
    page = office.get(where).content.decode()
    assert "count%3Apoints/all/period%3Atotal" in page or "count:points/all/period:total" in page
    found = office.get(f"{where}trace/", {"address": "count:points/all/period:total"}).content.decode()
    assert f"/points/{scene.points[0].pk}/" in found and "新建校级课程 6 门" in found
    found = office.get(f"{where}trace/", {"address": f"indicator/{scene.indicator.pk}:rate"}).content.decode()
    assert "9 ÷ 6 = 150%" in found
    assert office.get(f"{where}trace/", {"address": "nonsense"}).status_code == MISSING
    assert "没有找到" in office.get(where, {"q": "查无此数"}).content.decode()


def test_a_file_that_is_none_of_ours_is_refused_with_a_sentence(as_, report):
    office, where = as_("office"), f"/built/{report.pk}/upload/"
    for file in (SimpleUploadedFile("x.docx", b"PK broken"), SimpleUploadedFile("x.txt", b"text")):
        assert 'class="said error"' in office.post(where, {"upload": file}, follow=True).content.decode()
    assert "请选择" in office.post(where, follow=True).content.decode()
    assert report.files.count() == 1
    assert as_("lead").post(where).status_code == MISSING


def test_note_register_and_snapshot_are_for_the_office(as_, report):
    BuiltReport.objects.filter(pk=report.pk).update(stage="20-circulated")
    for part in ("note/", "register/", "snapshot/"):
        assert as_("lead").get(f"/built/{report.pk}/{part}").status_code == FORBIDDEN
        assert as_("office").get(f"/built/{report.pk}/{part}").status_code == OK
    told = json.loads(as_("office").get(f"/built/{report.pk}/register/").content)
    assert told["taizhang"] == "taizhang-figures" and told["snapshot"] == report.snapshot.sha256


def test_two_reports_are_compared_figure_by_figure(as_, report, scene, django_capture_on_commit_callbacks):
    scene.value.number = Decimal(5)
    scene.value.save()
    with django_capture_on_commit_callbacks(execute=True):
        later = building.order(
            scene.people.office, scene.periods["mid"], "selfevaluation", "中期自评二稿", previous=report
        )
    page = as_("office").get(f"/built/{later.pk}/compared/").content.decode()
    assert "83.33%" in page and "100%" in page
    assert as_("office").get(f"/built/{report.pk}/compared/").status_code == MISSING


def test_a_draft_is_checked_on_the_page_of_checked_reports(as_, report):
    answer = as_("office").post(f"/built/{report.pk}/files/1/check/")
    assert answer.status_code == MOVED and answer.url.startswith("/reports/")
    assert "查看检查结果" in as_("office").get(f"/built/{report.pk}/").content.decode()


def test_the_tables_are_a_workbook_too(as_, report):
    from openpyxl import load_workbook

    answer = as_("office").get(f"/built/{report.pk}/annex/")
    assert len(load_workbook(io.BytesIO(answer.content)).sheetnames) > 3
    assert as_("reporter").get(f"/built/{report.pk}/annex/").status_code == MISSING


def test_the_next_report_takes_over_the_words_and_shows_what_changed(
    as_, report, scene, django_capture_on_commit_callbacks
):
    office = as_("office")
    asked = office.get("/built/", {"previous": report.pk}).content.decode()
    assert re.search(r'name="carry"[^>]* checked', asked)
    Entry.objects.filter(pk=scene.value.pk).update(number=Decimal(12))
    told = {
        "period": scene.periods["mid"].pk,
        "kind": "selfevaluation",
        "name": "补充稿",
        "previous": report.pk,
        "carry": "on",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post("/built/", told).status_code == MOVED
    made = BuiltReport.objects.exclude(pk=report.pk).get()
    page = office.get(f"/built/{made.pk}/files/2/changes/").content.decode()
    assert "已更新" in page and "12" in page and "沿用上一份的文字" in page
    assert as_("outsider").get(f"/built/{made.pk}/files/2/changes/").status_code == MISSING
    refused = office.post("/built/", told | {"kind": "issues", "name": "另一份"})
    assert "同一种" in refused.content.decode()


def test_a_trace_opens_to_the_page_of_the_evidence_that_an_item_cites(
    as_, scene, vault_folder, django_capture_on_commit_callbacks
):
    for row in (*scene.entries, scene.value):
        row.stage, row.rate, row.text, row.state = Stage.APPROVED, "100%", "新建校级课程 8 门", LifeState.BUILT
        row.save()
    piece = evidence(scene, "课程建设通知", scene.entries[0], number="1-0-2024-1-1")
    piece.citations.update(pages="3-5")
    with django_capture_on_commit_callbacks(execute=True):
        made = building.order(scene.people.office, scene.periods["mid"], "selfevaluation", "中期自评")
    asked = {"address": "count:points/all/period:total"}
    page = as_("office").get(f"/built/{made.pk}/figures/trace/", asked).content.decode()
    assert f'href="/evidence/{piece.pk}/?page=3"' in page and "3-5" in page
