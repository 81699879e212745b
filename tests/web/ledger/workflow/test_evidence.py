"""Describing, citing, numbering and withdrawing evidence; what a locked item cites stays as it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_files as files
from taizhang.web.ledger import history
from taizhang.web.ledger.models import Evidence, Stage
from taizhang.web.ledger.workflow import evidence as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError


@pytest.fixture
def piece(kept):
    return kept()


@pytest.fixture
def cited(piece, scene):
    return verbs.cite(scene.people.reporter, scene.entries[0], piece)


def test_a_description_is_kept_with_its_history(piece, scene):
    typed = {
        "title": "立项 通知",
        "dated": "2024年3月5日",
        "issued_by": "省教育厅",
        "document_number": "江教〔2024〕1号",
    }
    row = verbs.describe(scene.people.reporter, piece, 1, typed)
    assert (row.title, row.dated, row.version) == ("立项 通知", date(2024, 3, 5), 2)
    change = history.of(row).first()
    assert (change.verb, change.before["dated"], change.after["dated"]) == ("describe", None, "2024-03-05")
    assert list(history.breaks(scene.college)) == []


def test_who_describes_an_older_version_is_given_both(piece, scene):
    verbs.describe(scene.people.reporter, piece, 1, {"title": "甲"})
    with pytest.raises(StaleError) as clash:
        verbs.describe(scene.people.lead, piece, 1, {"title": "乙"})
    assert (clash.value.theirs.title, clash.value.mine) == ("甲", {"title": "乙"})


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"title": " "}, "标题"),
        ({"title": "长" * 201}, "太长"),
        ({"dated": "去年"}, "不是日期"),
        ({"dated": "2024-02-30"}, "不是日期"),
        ({"dated": "1024-02-03"}, "不是日期"),
        ({"document_number": "号" * 81}, "太长"),
    ],
)
def test_what_cannot_be_understood_is_told(piece, scene, typed, why):
    with pytest.raises(RefusedError, match=why):
        verbs.describe(scene.people.reporter, piece, 1, typed)


@given(st.dates(min_value=date(1949, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_is_understood_as_it_is_written(day):
    for text in (
        f"{day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
    ):
        assert verbs.day(text) == day


@pytest.mark.parametrize("role", ["colleague", "team_lead", "admin", "expert", "province", "outsider", "nobody"])
def test_others_neither_describe_nor_withdraw(piece, scene, role):
    person = getattr(scene.people, role)
    for step in (
        lambda: verbs.describe(person, piece, 1, {"title": "乙"}),
        lambda: verbs.withdraw(person, piece, "错了"),
        lambda: verbs.assign_number(person, piece, scene.entries[0]),
    ):
        with pytest.raises(NotAllowedError):
            step()


def test_citing_is_told_on_the_item_and_numbers_the_piece(cited, scene):
    assert cited.evidence.citations.get() == cited
    assert [change.verb for change in history.of(scene.entries[0])] == ["cite"]
    assert Evidence.objects.get().number == "1-0-2024-1-01"


def test_numbers_follow_the_convention_and_are_given_once(kept, scene):
    office = scene.people.office
    for entry, number in (
        (scene.entries[0], "1-0-2024-1-01"),
        (scene.entries[0], "1-0-2024-1-02"),
        (scene.entries[1], "1-0-2024-2-01"),
        (scene.value, "1-0-2025-1.1.1-01"),
    ):
        row = kept()
        verbs.cite(office, entry, row)
        assert Evidence.objects.get(pk=row.pk).number == number
        verbs.cite(office, scene.value, row)
        assert Evidence.objects.get(pk=row.pk).number == number
    with pytest.raises(RefusedError, match="已经用在"):
        verbs.describe(office, row, row.version, {"number": "1-0-2024-1-01"})


def test_a_sub_task_is_told_from_its_task(kept, scene):
    scene.task.code = "2-3"
    scene.task.save()
    row = verbs.assign_number(scene.people.office, kept(), scene.entries[1])
    assert row.number == "2-3-2024-2-01"


def test_one_piece_proves_many_items_and_an_item_cites_it_once(piece, scene):
    for entry in (*scene.entries, scene.value):
        verbs.cite(scene.people.office, entry, piece, note="见通知")
    again = verbs.cite(scene.people.office, scene.value, piece, "2")
    assert (piece.citations.count(), again.pages) == (3, "2")


def test_pages_are_bounded_by_the_file(kept, scene):
    row = kept("a.pdf", files.pdf("one", "two", "three"))
    assert verbs.cite(scene.people.reporter, scene.value, row, "第１页，2—3页").pages == "1,2-3"
    for wrong in ("4", "0", "3-2", "封面", "1-99"):
        with pytest.raises(RefusedError):
            verbs.cite(scene.people.reporter, scene.value, row, wrong)


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 5)), max_size=6))
def test_pages_that_were_kept_are_understood_again(ranges):
    kept = verbs.page_ranges("、".join(f"{first}至{first + more}" for first, more in ranges), None)
    assert verbs.page_ranges(kept, None) == kept


def test_a_citation_is_withdrawn_and_made_again(cited, scene):
    verbs.withdraw_citation(scene.people.reporter, cited)
    assert not scene.entries[0].citations.filter(withdrawn_at=None).exists()
    assert verbs.cite(scene.people.reporter, scene.entries[0], cited.evidence).pk != cited.pk
    assert [change.verb for change in history.of(scene.entries[0])] == ["cite", "uncite", "cite"]


def test_who_cites_is_who_fills_who_reviews_first_and_the_office(kept, scene):
    def may(role):
        try:
            verbs.cite(getattr(scene.people, role), scene.entries[0], kept())
        except NotAllowedError:
            return False
        return True

    everyone = list(vars(scene.people))
    assert [role for role in everyone if may(role)] == ["reporter", "lead", "office"]
    for stage, may_now in (
        (Stage.SUBMITTED, ["lead", "office"]),
        (Stage.DEPARTMENT, ["office"]),
        (Stage.APPROVED, ["office"]),
    ):
        scene.round.entries.update(stage=stage)
        assert [role for role in everyone if may(role)] == may_now


def test_nothing_goes_once_a_locked_item_cites_it(cited, scene):
    scene.round.entries.update(stage=Stage.LOCKED)
    office = scene.people.office
    with pytest.raises(OutOfOrderError, match="锁定"):
        verbs.withdraw(office, cited.evidence, "错了")
    with pytest.raises(OutOfOrderError, match="锁定"):
        verbs.withdraw_citation(office, cited)
    with pytest.raises(OutOfOrderError, match="锁定"):
        verbs.cite(office, scene.entries[0], cited.evidence, "1")
    for row in (cited, cited.evidence):
        with pytest.raises(TypeError):
            row.delete()
    scene.round.closed_at = scene.round.opened_at
    scene.round.save()
    scene.round.entries.update(stage=Stage.DRAFT)
    with pytest.raises(OutOfOrderError, match="已经结束"):
        verbs.withdraw_citation(office, cited)


def test_what_an_open_item_cites_is_not_withdrawn_in_silence(cited, scene):
    with pytest.raises(OutOfOrderError, match="先去掉引用"):
        verbs.withdraw(scene.people.reporter, cited.evidence, "错了")


def test_withdrawn_is_not_gone(piece, scene):
    with pytest.raises(RefusedError):
        verbs.withdraw(scene.people.reporter, piece, " ")
    row = verbs.withdraw(scene.people.reporter, piece, "传错了")
    assert row.withdrawn_at is not None
    with pytest.raises(OutOfOrderError, match="已经撤回"):
        verbs.cite(scene.people.reporter, scene.entries[0], row)
    assert verbs.restore(scene.people.reporter, row).withdrawn_at is None
    assert [change.verb for change in history.of(piece)] == ["restore", "withdraw", "upload"]


def test_a_number_used_meanwhile_is_told_when_a_piece_is_restored(kept, scene):
    first, second = kept(), kept()
    office = scene.people.office
    verbs.assign_number(office, first, scene.entries[0])
    verbs.withdraw(office, first, "换了")
    verbs.describe(office, second, 1, {"number": "1-0-2024-1-01"})
    with pytest.raises(RefusedError, match="已经用在"):
        verbs.restore(office, first)
