"""Reports that the ledger writes: ordered, built once, passed on in order, and never lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from taizhang.documents import read
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import BuildState, BuiltReport, Change, Entry, FileOrigin, LifeState, ReportStage, Stage
from taizhang.web.ledger.workflow import building
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError


@pytest.fixture
def filled(scene, vault_folder):
    for row in (*scene.entries, scene.value):
        row.stage, row.rate, row.text, row.state = Stage.APPROVED, "100%", "新建校级课程 8 门", LifeState.BUILT
        row.save()
    scene.value.text, scene.value.number, scene.value.rate = "9", Decimal(9), ""
    scene.value.save()
    return scene


@pytest.fixture
def order(filled, django_capture_on_commit_callbacks):
    """`order("中期报告")`: ordered by the office and built, as a worker would."""

    def made(name="中期报告", role="office", **more):
        with django_capture_on_commit_callbacks(execute=True):
            row = building.order(getattr(filled.people, role), filled.periods["mid"], "selfevaluation", name, **more)
        row.refresh_from_db()
        return row

    return made


def edited(report, tmp_path, before, after):
    """The last file of a report with a figure changed by hand, as a person would in Word."""
    import zipfile

    path, out = vault.place(report.files.first().blob_id), tmp_path / "改过.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode(), 1)
            new.writestr(name, data)
    return out


class Upload:
    """A file as a form brings it."""

    def __init__(self, path):
        self.name, self._data = path.name, path.read_bytes()
        self.size = len(self._data)

    def chunks(self):
        return [self._data]


def test_a_report_is_ordered_built_and_read_back(order, filled):
    row = order()
    assert row.state == BuildState.BUILT and row.stage == ReportStage.DRAFT
    file = row.files.get()
    assert (
        file.origin == FileOrigin.BUILT
        and {"address": f"indicator/{filled.indicator.pk}:actual", "form": "", "text": "9"}.items()
        <= next(each for each in file.figures if each["address"].endswith(":actual")).items()
    )
    path = vault.place(file.blob_id)
    copy = path.with_suffix(".docx")
    copy.write_bytes(path.read_bytes())
    assert [t.caption for t in read(copy).tables][:2] == ["全校中期建设任务完成情况表", "建设任务点分年度完成情况表"]
    assert list(Change.objects.filter(verb__in=["freeze", "order", "build"]).values_list("verb", flat=True)) != []


def test_building_twice_makes_one_file(order):
    row = order()
    building.build.call(row.pk)
    assert row.files.count() == 1


def test_what_a_dead_worker_left_is_found_again(order, django_capture_on_commit_callbacks):
    row = order()
    late = timezone.now() - timedelta(minutes=2)
    row.files.all().delete()
    BuiltReport.objects.filter(pk=row.pk).update(state=BuildState.BUILDING, begun_at=late)
    assert building.resume() == 1
    row.refresh_from_db()
    assert row.state == BuildState.BUILT and row.files.count() == 1
    BuiltReport.objects.filter(pk=row.pk).update(state=BuildState.BUILDING, begun_at=timezone.now())
    assert building.resume() == 0


def test_what_went_wrong_is_a_sentence_and_is_built_again(order, filled):
    row = order()
    BuiltReport.objects.filter(pk=row.pk).update(state=BuildState.WAITING)
    row.snapshot.__class__.objects.filter(pk=row.snapshot_id).update(content="{}")
    building.build.call(row.pk)
    row.refresh_from_db()
    assert row.state == BuildState.FAILED and "快照" in row.sentence
    assert building.again(filled.people.office, row).pk == row.pk


def test_unseen_changes_and_errors_stand_in_the_way_until_a_reason_is_given(order, filled):
    Entry.objects.filter(pk=filled.value.pk).update(altered=True)
    Entry.objects.filter(pk=filled.entries[0].pk).update(worst="error")
    with pytest.raises(OutOfOrderError, match=r"1 项审后有改动.*1 项已审的内容有错误"):
        order()
    row = order(override="改动已口头确认")
    assert row.override == "改动已口头确认" and len(row.obstacles) == 2
    assert order("又一份", override="没有必要").override == "没有必要"


def test_a_reason_without_need_is_not_kept(order):
    assert order(override="以防万一").override == ""


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "expert", "province", "outsider", "nobody"])
def test_only_the_office_orders(order, role):
    with pytest.raises(NotAllowedError):
        order(role=role)


def test_what_cannot_be_taken_is_refused(order, filled):
    order()
    for name in ("", " ", "长" * 121, "中期报告"):
        with pytest.raises(RefusedError):
            order(name)
    with pytest.raises(RefusedError):
        building.order(filled.people.office, filled.periods["mid"], "nonsense", "另一份")
    with pytest.raises(RefusedError, match="理由"):
        order("第三份", override="长" * 301)


def test_a_report_goes_out_in_order(order, filled):
    row, office = order(), filled.people.office
    with pytest.raises(OutOfOrderError):
        building.move(office, row, "hand_in")
    for verb, stage in (
        ("circulate", "CIRCULATED"),
        ("call_back", "DRAFT"),
        ("circulate", "CIRCULATED"),
        ("approve", "APPROVED"),
        ("hand_in", "HANDED_IN"),
    ):
        row = building.move(office, row, verb)
        assert row.stage == ReportStage[stage]
    assert row.approved_by == office and row.handed_in_at is not None
    with pytest.raises(OutOfOrderError):
        building.move(office, row, "call_back")
    with pytest.raises(NotAllowedError):
        building.move(filled.people.lead, row, "circulate")


def test_remarks_are_of_the_office_and_of_leads_while_it_is_circulated(order, filled):
    row = order()
    building.remark(filled.people.office, row, "表 2-3 再核一遍")
    with pytest.raises(NotAllowedError):
        building.remark(filled.people.lead, row, "我也看看")
    row = building.move(filled.people.office, row, "circulate")
    building.remark(filled.people.lead, row, "同意")
    with pytest.raises(RefusedError):
        building.remark(filled.people.lead, row, " ")
    assert [each.text for each in row.remarks.all()] == ["表 2-3 再核一遍", "同意"]


def test_a_figure_changed_by_hand_is_found_and_brought_back_and_the_words_stay(order, filled, tmp_path):
    row, office = order(), filled.people.office
    path = edited(row, tmp_path, ">9<", ">99<")
    made = building.take_back(office, row, Upload(path))
    (change,) = building.unsettled(made)
    assert (change["before"], change["after"]) == ("99", "9")
    with pytest.raises(OutOfOrderError, match="不一致"):
        building.move(office, row, "approve")
    fresh = building.refresh(office, row)
    assert fresh.origin == FileOrigin.REFRESHED and not building.unsettled(fresh)
    with pytest.raises(OutOfOrderError, match="不必更新"):
        building.refresh(office, row)
    assert building.move(office, row, "approve").stage == ReportStage.APPROVED
    with pytest.raises(OutOfOrderError, match="收回"):
        building.take_back(office, row, Upload(path))


def test_a_file_that_is_no_report_of_ours_is_not_taken(order, filled, tmp_path):
    from docx import Document

    row, office = order(), filled.people.office
    Document().save(tmp_path / "别的.docx")
    with pytest.raises(RefusedError, match="没有台账写的数字"):
        building.take_back(office, row, Upload(tmp_path / "别的.docx"))
    (tmp_path / "通知.txt").write_text("不是 Word", encoding="utf-8")
    with pytest.raises(RefusedError, match="docx"):
        building.take_back(office, row, Upload(tmp_path / "通知.txt"))
    with pytest.raises(NotAllowedError):
        building.take_back(filled.people.lead, row, Upload(tmp_path / "别的.docx"))
    assert row.files.count() == 1


def test_a_draft_is_checked_as_any_report_and_only_once(order, filled):
    row, office = order(), filled.people.office
    made = building.check(office, row.files.get())
    made.refresh_from_db()
    assert made.state == "checked" and made.round == filled.round
    assert building.check(office, row.files.get()).pk == made.pk
    with pytest.raises(NotAllowedError):
        building.check(filled.people.lead, row.files.get())


def test_a_new_report_takes_over_the_edited_words_and_tells_each_figure_that_changed(order, filled, tmp_path):
    first = order()
    path = edited(first, tmp_path, "依据建设方案和任务书", "对照建设方案逐条")
    building.take_back(filled.people.office, first, Upload(path))
    Entry.objects.filter(pk=filled.value.pk).update(number=Decimal(12))
    second = order("中期报告（补充）", previous=first, carry=True)
    assert second.state == BuildState.BUILT, second.sentence
    carried = second.files.first()
    assert (carried.origin, carried.number) == (FileOrigin.CARRIED, 2)
    taken = tmp_path / "沿用.docx"
    taken.write_bytes(vault.place(carried.blob_id).read_bytes())
    document = read(taken)
    assert any("对照建设方案逐条" in getattr(block, "text", "") for block in document.blocks)
    actual = next(each for each in document.bound if each.key.endswith(":actual"))
    assert actual.text == "12"
    assert ("renewed", "9", "12") in {(each["kind"], each["before"], each["after"]) for each in carried.changes}
    assert building.unsettled(carried) == []
    building.move(filled.people.office, second, "approve")


def test_a_row_that_is_new_and_one_that_is_gone_are_told_and_a_figure_typed_over_stays(order, filled, tmp_path):
    first = order()
    path = edited(first, tmp_path, ">新建校级课程 8 门<", ">新建校级课程 80 门<")
    building.take_back(filled.people.office, first, Upload(path))
    filled.points[1].is_dropped = True
    filled.points[1].save()
    filled.programme.points.create(
        task=filled.task, year=2025, ordinal=1, plan="新建虚拟实训室 1 间", unit=filled.teaching
    )
    second = order("中期报告（补充）", previous=first, carry=True)
    changes = second.files.first().changes
    told = {each["kind"] for each in changes}
    assert {"absent", "gone", "edited"} <= told
    (absent,) = [each for each in changes if each["kind"] == "absent" and "虚拟实训室" in each["after"]]
    assert absent["name"].startswith("表2-")
    assert any(each["kind"] == "gone" and "制定培训办法" in each["before"] for each in changes)


def test_words_are_taken_over_only_from_a_report_of_the_same_kind_that_one_may_keep(order, filled):
    first = order()
    office, mid = filled.people.office, filled.periods["mid"]
    with pytest.raises(RefusedError, match="先选接续"):
        building.order(office, mid, "selfevaluation", "另一份", carry=True)
    with pytest.raises(RefusedError, match="同一种"):
        building.order(office, mid, "issues", "另一份", previous=first, carry=True)
    assert BuiltReport.objects.count() == 1
