"""Uploaded reports on the web: uploaded, checked, read beside their findings, compared, taken away."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from taizhang.web.ledger.models import Report, ReportState, Stage
from taizhang.web.ledger.workflow import reports
from taizhang.web.pages import reports as pages

SAMPLE = next((Path(__file__).parents[3] / "samples").glob("*云岭*.docx"))
OK, MOVED, MISSING, FORBIDDEN = 200, 302, 404, 403
ROLES = ["reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody"]
REPORT = """# 中期自评报告

表1 数量指标完成情况

| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|
| 1.1.1 省级在线课程（门） | 10 | 8 | 100% |
"""


@pytest.fixture(autouse=True)
def _own_vault(settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"


@pytest.fixture
def checked(scene):
    """A checked report of the teaching department."""
    scene.value.stage, scene.value.number = Stage.APPROVED, 7
    scene.value.save()
    to = reports.Consignment(scene.teaching, scene.round)
    row = reports.upload(scene.people.reporter, [ContentFile(REPORT.encode(), name="中期报告.md")], to)[0]
    reports.check(scene.people.reporter, row)
    return Report.objects.get()


def but(usual, **others):
    return dict.fromkeys(ROLES, usual) | others


def sent(text=REPORT, name="报告.md"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


INSIDE = but(MISSING, reporter=OK, lead=OK, office=OK)
SEEN = {
    "/reports/": but(FORBIDDEN, reporter=OK, colleague=OK, lead=OK, team_lead=OK, office=OK, outsider=OK),
    "/reports/{pk}/": INSIDE,
    "/reports/{pk}/?severity=error&status=open&family=TGT": INSIDE,
    "/reports/{pk}/compared/": but(MISSING),
    "/reports/{pk}/export/json/": INSIDE,
    "/reports/{pk}/export/docx/": but(MISSING),
    "/reports/{pk}/export/exe/": but(MISSING),
    "/findings/": but(OK),
    "/findings/{finding}/": INSIDE,
}


def test_each_role_sees_its_pages_and_no_other(as_, checked):
    places = {"pk": checked.pk, "finding": checked.findings.first().pk}
    for route, wanted in SEEN.items():
        seen = {role: as_(role).get(route.format(**places)).status_code for role in ROLES}
        assert seen == wanted, route


@pytest.mark.parametrize(
    ("route", "wanted"),
    [
        ("/reports/{pk}/check/", but(MISSING, reporter=MOVED, lead=MOVED, office=MOVED)),
        ("/reports/{pk}/next/", but(MISSING, reporter=MOVED, lead=MOVED, office=MOVED)),
        ("/reports/{pk}/hand-in/", but(MISSING, reporter=FORBIDDEN, lead=FORBIDDEN, office=MOVED)),
        ("/findings/{finding}/mend/", but(MISSING, reporter=MOVED, lead=MOVED, office=MOVED)),
        ("/findings/{finding}/open/", but(MISSING, reporter=MOVED, lead=MOVED, office=MOVED)),
        ("/findings/{finding}/exempt/", but(MISSING, reporter=FORBIDDEN, lead=MOVED, office=MOVED)),
        ("/findings/{finding}/give/", but(MISSING, reporter=MOVED, lead=MOVED, office=MOVED)),
    ],
)
def test_each_role_does_what_it_may_and_nothing_else(scene, as_, checked, route, wanted):
    address = route.format(pk=checked.pk, finding=checked.findings.first().pk)
    typed = {"reason": "等发文", "until": "2099-01-01", "person": scene.people.lead.pk}
    order = sorted(ROLES, key=lambda role: role == "colleague")  # a colleague who was given it would see it
    assert {role: as_(role).post(address, typed).status_code for role in order} == wanted


def test_a_small_report_is_checked_as_it_is_uploaded(scene, as_):
    typed = {"uploads": [sent()], "unit": scene.teaching.pk, "round": scene.round.pk}
    page = as_("reporter").post("/reports/", typed, follow=True).content.decode()
    assert "应为 <b" in page
    assert 'href="#m1"' in page
    assert '<mark class="error" id="m1">' in page


def test_of_a_file_without_figures_nothing_is_said_to_agree(scene, as_):
    typed = {"uploads": [sent("没有数。".encode(), "空话.txt")], "unit": scene.teaching.pk}
    page = as_("reporter").post("/reports/", typed, follow=True).content.decode()
    assert "没有读到数字，没有什么可以核对" in page
    assert "没有发现问题" not in page


def test_a_large_report_waits_shows_how_far_it_is_and_refreshes(scene, as_, monkeypatch):
    monkeypatch.setattr(pages, "AT_ONCE", 10)
    reporter = as_("reporter")
    reporter.post("/reports/", {"uploads": [sent()], "unit": scene.teaching.pk})
    row = Report.objects.get()
    assert row.state == ReportState.WAITING
    page = reporter.get(f"/reports/{row.pk}/").content.decode()
    assert "开始检查" in page
    assert 'hx-trigger="load' in page
    Report.objects.update(state=ReportState.CHECKING, progress="已读 报告.md（1 / 2 步）", begun_at=row.uploaded_at)
    part = reporter.get(f"/reports/{row.pk}/?progress=1", headers={"hx-request": "true"})
    assert "1 / 2 步" in part.content.decode()
    assert "正在检查" in reporter.post(f"/reports/{row.pk}/check/", follow=True).content.decode()
    Report.objects.update(state=ReportState.WAITING)
    done = reporter.post(f"/reports/{row.pk}/check/", headers={"hx-request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    assert (
        reporter.get(f"/reports/{row.pk}/?progress=1", headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"
    )


def test_an_unreadable_report_says_why_and_stays_listed(scene, as_):
    typed = {"uploads": [sent(b"%PDF-1.7\nbroken", "坏.pdf")], "unit": scene.teaching.pk}
    page = as_("reporter").post("/reports/", typed, follow=True).content.decode()
    assert 'class="said error"' in page
    assert "坏.pdf" in as_("reporter").get("/reports/").content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"uploads": [sent(b"MZ\x90\x00", "程序.docx")]}, {"uploads": [sent(b"", "空.docx")]}]
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(scene, as_, typed):
    answer = as_("reporter").post("/reports/", typed | {"unit": scene.teaching.pk})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode() or "said error" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_findings_are_narrowed_by_the_address(as_, checked):
    lead = as_("lead")
    for query, count in (
        ("", 2),
        ("severity=warning", 1),
        ("family=TGT", 1),
        ("status=exempt", 0),
        ("status=differs", 2),
    ):
        part = lead.get(f"/reports/{checked.pk}/?{query}", headers={"hx-request": "true"}).content.decode()
        assert "<html" not in part
        assert part.count('class="finding') == count, query


def test_a_finding_leads_to_the_item_of_the_ledger(scene, as_, checked):
    page = as_("reporter").get(f"/reports/{checked.pk}/").content.decode()
    assert f'href="/entries/{scene.value.pk}/"' in page
    assert "报告写 8，台账（已审）是 7 门" in page


def test_a_finding_says_where_the_other_places_are(as_, checked):
    row = next(each for each in checked.findings.all() if each.content["related"])
    page = as_("office").get(f"/findings/{row.pk}/").content.decode()
    for place, other in zip(row.content["elsewhere"], row.content["related"], strict=True):
        assert f"<dd>{place} “{other['text']}”</dd>" in page


def test_the_next_draft_is_compared(scene, as_, checked):
    text = REPORT.replace("| 8 | 100%", "| 10 | 100%") + "| 1.1.2 校级教材（部） | 10 | 9 | 100% |\n"
    page = as_("lead").post(f"/reports/{checked.pk}/next/", {"uploads": [sent(text, "第二稿.md")]}, follow=True)
    assert "与上一稿对照" in page.content.decode()
    following = Report.objects.get(previous=checked)
    page = as_("lead").get(f"/reports/{following.pk}/compared/").content.decode()
    fresh, still, gone = (page.split(f'id="{name}"')[1].split("<h2")[0] for name in ("fresh", "still", "gone"))
    assert "校级教材" in fresh
    assert "TGT001" in gone
    assert "LED010" in fresh + still


@pytest.mark.parametrize("form", ["xlsx", "html", "json", "sarif"])
def test_the_findings_are_taken_away(scene, as_, checked, form):
    finding = checked.findings.get(code="TGT001")
    reports.give(scene.people.lead, finding, scene.people.colleague, "核对清单", None)
    reports.exempt(
        scene.people.lead,
        checked.findings.get(code="LED010"),
        "台账待更新",
        finding.report.uploaded_at.date().replace(year=2099),
    )
    answer = as_("lead").get(f"/reports/{checked.pk}/export/{form}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    if form == "xlsx":
        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert {row[9:12] + row[13:] for row in rows[1:]} == {
            ("TGT001", "周航", "核对清单", "整改中"), ("LED010", None, "台账待更新", "无需整改"),
        }  # fmt: skip
    elif form == "json":
        told = json.loads(answer.content)
        assert [each["code"] for each in told["findings"]] == ["TGT001"]
        assert told["exempted"][0]["exemption"]["by"] == "何芳"
    else:
        assert b"TGT001" in answer.content


def test_a_word_report_is_given_back_with_comments(scene, as_):
    typed = {"uploads": [sent(SAMPLE.read_bytes(), "自评报告.docx")], "unit": scene.teaching.pk}
    as_("reporter").post("/reports/", typed)
    row = Report.objects.get()
    assert row.state == ReportState.CHECKED
    answer = as_("reporter").get(f"/reports/{row.pk}/export/docx/")
    assert answer.content[:2] == b"PK"


def test_many_reports_and_findings_cost_no_more_queries(scene, as_, checked, django_assert_max_num_queries):
    lead = as_("lead")
    for more in (0, 20):
        for number in range(more):
            row = Report.objects.get(pk=checked.pk)
            row.pk, row.file_name = None, f"{number}.md"
            row.save()
            one = checked.findings.first()
            one.pk, one.number = None, number + 10
            one.save()
        for route, queries in (("/reports/", 9), (f"/reports/{checked.pk}/", 11), ("/findings/", 6)):
            lead.get(route)
            with django_assert_max_num_queries(queries):
                lead.get(route)
