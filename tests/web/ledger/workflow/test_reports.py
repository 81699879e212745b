"""Uploaded reports: kept whatever comes of the check, held against the ledger, and what is done about findings."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from taizhang.web.ledger import access, history
from taizhang.web.ledger.checking import process
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import Blob, FindingStatus, Report, ReportState, Stage
from taizhang.web.ledger.workflow import reports
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

REPORT = """# 中期自评报告

表1 数量指标完成情况

| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|
| 1.1.1 省级在线课程（门） | 10 | {actual} | 100% |
| 1.1.2 校级教材（部） | 10 | 8 | 100% |
"""
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_vault(settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"


def file(text, name="中期报告.md"):
    return ContentFile(text.encode() if isinstance(text, str) else text, name=name)


def sent(scene, *files, role="office", unit=None, previous=None, round_=True):
    to = reports.Consignment(unit or scene.college, scene.round if round_ else None, previous)
    return reports.upload(getattr(scene.people, role), files, to)


def checked(scene, actual=8, name="中期报告.md", **more):
    rows = sent(scene, file(REPORT.format(actual=actual), name), **more)
    reports.check(scene.people.office, rows[0])
    return Report.objects.get(pk=rows[0].pk)


@pytest.fixture
def approved(scene):
    scene.value.stage, scene.value.number = Stage.APPROVED, 7
    scene.value.save()
    return scene.value


def codes(report):
    return [each.code for each in report.findings.all()]


def test_a_report_is_checked_and_its_words_are_marked(scene):
    report = checked(scene)
    assert report.state == ReportState.CHECKED
    assert codes(report) == ["TGT001", "TGT001"]
    first = report.findings.first()
    assert (first.content["row"], first.content["expected"]) == ("1.1.1 省级在线课程（门）", "80%")
    assert 'id="m1"' in report.text.html
    assert report.result["coverage"]["numbers"] > 4
    assert [change.verb for change in history.of(report).order_by("number")] == ["upload", "check"]


def test_a_figure_unlike_the_ledger_is_found_and_leads_to_the_item(scene, approved):
    report = checked(scene)
    found = report.findings.get(code="LED010")
    assert "报告写 8，台账（已审）是 7 门" in found.content["message"]
    assert found.entry == approved
    other = report.findings.get(code="TGT001", content__row="1.1.1 省级在线课程（门）")
    assert (other.entry, other.differs) == (approved, found.content["message"])
    assert "LED010" not in codes(checked(scene, actual=7))


def test_a_figure_that_is_not_approved_is_not_held_against_a_report(scene):
    scene.value.stage, scene.value.number = Stage.SUBMITTED, 7
    scene.value.save()
    assert "LED010" not in codes(checked(scene))


def test_a_unit_learns_nothing_of_what_other_units_have_approved(scene, approved):
    own = checked(scene, role="reporter", unit=scene.teaching)
    assert "LED010" in codes(own)
    others = checked(scene, role="colleague", unit=scene.training)
    assert "LED010" not in codes(others)
    assert not any(each.entry_id for each in others.findings.all())


def test_sister_reports_are_checked_together(scene):
    text = "# 云岭职业技术学院2024年度{}\n\n2024年横向技术服务到款{}万元。\n"
    rows = sent(scene, file(text.format("绩效自评报告", 538), "甲.md"), file(text.format("服务贡献报告", 583), "乙.md"))
    reports.check(scene.people.office, rows[0])
    found = [each for row in Report.objects.all() for each in row.findings.all()]
    assert any(each.code == "XDC001" for each in found)
    assert len({row.batch for row in rows}) == 1


def test_a_next_draft_is_read_beside_the_newest_drafts_of_its_sisters(scene):
    text = "# 云岭职业技术学院2024年度{}\n\n2024年横向技术服务到款{}万元。\n"
    one, other = sent(
        scene, file(text.format("绩效自评报告", 538), "甲.md"), file(text.format("服务贡献报告", 538), "乙.md")
    )
    reports.check(scene.people.office, one)
    [second] = sent(scene, file(text.format("服务贡献报告", 583), "乙.md"), previous=other)
    reports.check(scene.people.office, second)
    assert "XDC001" in codes(second)
    [mended] = sent(scene, file(text.format("绩效自评报告", 583), "甲.md"), previous=one)
    reports.check(scene.people.office, mended)
    assert (reports.sisters(second), reports.sisters(mended)) == ([mended], [second])
    assert "XDC001" not in codes(mended)
    assert all(each.content["file"] == "甲.md" for each in mended.findings.all())


def test_two_files_of_one_name_are_told_apart(scene):
    rows = sent(scene, file("甲", "报告.txt"), file("乙", "报告.txt"))
    assert [row.file_name for row in rows] == ["报告.txt", "报告（2）.txt"]


def test_a_file_that_cannot_be_read_stays_listed_with_a_sentence(scene):
    rows = sent(scene, file(b"%PDF-1.7\nbroken", "坏.pdf"))
    reports.check(scene.people.office, rows[0])
    row = Report.objects.get()
    assert row.state == ReportState.UNREADABLE
    assert row.sentence
    assert vault.place(row.blob_id).is_file()
    assert not row.findings.exists()


def test_a_check_that_dies_leaves_the_upload_and_can_be_tried_again(scene, monkeypatch):
    row = sent(scene, file(REPORT.format(actual=8)))[0]
    with monkeypatch.context() as broken:
        broken.setattr(process.apart, "__name__", "taizhang.no_such_module")
        reports.check(scene.people.office, row)
    row.refresh_from_db()
    assert row.state == ReportState.FAILED
    assert "文件已保存" in row.sentence
    reports.check(scene.people.office, row)
    row.refresh_from_db()
    assert row.state == ReportState.CHECKED


def test_a_check_broken_off_can_be_begun_again_and_one_that_runs_not(scene):
    row = sent(scene, file(REPORT.format(actual=8)))[0]
    Report.objects.update(state=ReportState.CHECKING, begun_at=timezone.now())
    with pytest.raises(OutOfOrderError, match="正在检查"):
        reports.check(scene.people.office, row)
    Report.objects.update(begun_at=timezone.now() - reports.STALLED - timedelta(seconds=1))
    reports.check(scene.people.office, row)
    with pytest.raises(OutOfOrderError, match="已经检查过"):
        reports.check(scene.people.office, row)


@pytest.mark.parametrize("role", ["colleague", "expert", "province", "admin", "outsider", "nobody"])
def test_only_the_unit_and_the_office_upload(scene, role):
    with pytest.raises(NotAllowedError):
        sent(scene, file("甲"), role=role, unit=scene.teaching)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("files", "sentence"), [((), "请选择"), ((file(b"", "空.docx"),), "空文件"), ((file(b"MZ\x90\x00", "坏.docx"),), "程序文件")]
)  # fmt: skip
def test_what_is_no_report_is_refused_and_nothing_is_kept(scene, files, sentence):
    with pytest.raises(RefusedError, match=sentence):
        sent(scene, *files)
    assert not Report.objects.exists()
    assert not Blob.objects.exists()


def test_an_exemption_holds_in_the_next_draft(scene):
    first = checked(scene)
    kept = first.findings.get(content__row="1.1.2 校级教材（部）")
    reports.exempt(scene.people.office, kept, "其余两部等待发文", TOMORROW)
    following = checked(scene, actual=10, name="第二稿.md", previous=first)
    found = following.findings.get()
    assert (found.status, found.exempt_by, found.exempt_reason) == (
        FindingStatus.EXEMPT, scene.people.office, "其余两部等待发文",
    )  # fmt: skip
    assert following.result["exempted"]


def test_an_exemption_past_its_day_is_told_in_the_next_draft(scene):
    first = checked(scene)
    kept = first.findings.get(content__row="1.1.2 校级教材（部）")
    reports.exempt(scene.people.office, kept, "等待发文", TOMORROW)
    first.findings.filter(pk=kept.pk).update(exempt_until=timezone.localdate() - timedelta(days=1))
    following = checked(scene, actual=10, previous=first)
    assert sorted(codes(following)) == ["LED001", "TGT001"]
    assert following.findings.get(code="TGT001").status == FindingStatus.OPEN


@pytest.mark.parametrize(
    ("role", "reason", "until", "refusal"),
    [
        ("reporter", "等发文", TOMORROW, NotAllowedError), ("lead", " ", TOMORROW, RefusedError),
        ("lead", "等发文", None, RefusedError), ("lead", "等发文", timezone.localdate() - timedelta(days=1), RefusedError),
        ("lead", "长" * 301, TOMORROW, RefusedError), ("expert", "等发文", TOMORROW, NotAllowedError),
    ],
)  # fmt: skip
def test_an_exemption_wants_someone_a_reason_and_a_day(scene, role, reason, until, refusal):
    finding = checked(scene, unit=scene.teaching).findings.first()
    with pytest.raises(refusal):
        reports.exempt(getattr(scene.people, role), finding, reason, until)
    finding.refresh_from_db()
    assert finding.status == FindingStatus.OPEN


def test_a_finding_is_given_to_a_colleague_who_mends_it(scene):
    people = scene.people
    finding = checked(scene).findings.first()
    assert not access.visible_findings(people.colleague).exists()
    reports.give(people.office, finding, people.colleague, "核对课程清单", TOMORROW)
    assert "请整改" in people.colleague.notices.get().text
    assert access.visible_findings(people.colleague).get() == finding
    reports.mend(people.colleague, finding)
    with pytest.raises(OutOfOrderError):
        reports.mend(people.colleague, finding)
    reports.open_again(people.office, finding)
    assert [change.verb for change in history.of(finding).order_by("number")] == ["entrust", "mend", "unsettle"]


def test_who_is_to_mend_it_is_known_in_the_next_draft(scene):
    first = checked(scene)
    reports.give(scene.people.office, first.findings.last(), scene.people.colleague, "补教材清单", TOMORROW)
    found = checked(scene, actual=10, previous=first).findings.get()
    assert (found.assigned_to, found.measure, found.due) == (scene.people.colleague, "补教材清单", TOMORROW)


def test_a_finding_is_not_given_to_strangers_nor_by_them(scene):
    finding = checked(scene).findings.first()
    with pytest.raises(RefusedError, match="不是本校"):
        reports.give(scene.people.office, finding, scene.people.outsider, "", None)
    with pytest.raises(RefusedError, match="已经过去"):
        reports.give(scene.people.office, finding, scene.people.colleague, "", timezone.localdate() - timedelta(days=1))
    for role in ("colleague", "expert", "outsider"):
        with pytest.raises(NotAllowedError):
            reports.give(getattr(scene.people, role), finding, scene.people.colleague, "", None)
        with pytest.raises(NotAllowedError):
            reports.mend(getattr(scene.people, role), finding)


def test_the_office_marks_what_is_handed_in_once(scene):
    report = checked(scene)
    with pytest.raises(NotAllowedError):
        reports.hand_in(scene.people.reporter, report)
    reports.hand_in(scene.people.office, report)
    with pytest.raises(OutOfOrderError):
        reports.hand_in(scene.people.office, report)
    waiting = sent(scene, file("甲"))[0]
    with pytest.raises(OutOfOrderError):
        reports.hand_in(scene.people.office, waiting)
