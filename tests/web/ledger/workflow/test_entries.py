"""The way of an item from draft to locked, and who may take it which step."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Stage
from taizhang.web.ledger.workflow import entries
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError


def filled(scene):
    entry = scene.entries[0]
    return entries.save(
        scene.people.reporter, entry, entry.version, {"text": "新建校级课程 6 门，均已开课。", "rate": "100%"}
    )


def test_an_item_goes_from_draft_to_locked_by_the_hands_it_must(scene):
    people, entry = scene.people, filled(scene)
    for actor, step, stage in (
        (people.reporter, entries.submit, Stage.SUBMITTED),
        (people.lead, entries.approve, Stage.DEPARTMENT),
        (people.team_lead, entries.approve, Stage.TEAM),
        (people.office, entries.approve, Stage.APPROVED),
        (people.office, entries.lock, Stage.LOCKED),
    ):
        entry = step(actor, entry)
        assert entry.stage == stage
    assert [change.verb for change in history.of(entry).order_by("number")] == [
        "save", "submit", "approve", "approve", "approve", "lock",
    ]  # fmt: skip
    assert list(history.breaks(scene.college)) == []


def test_who_saves_an_older_version_is_given_both(scene):
    entry = scene.entries[0]
    entries.save(scene.people.reporter, entry, 1, {"text": "甲"})
    with pytest.raises(StaleError) as clash:
        entries.save(scene.people.lead, entry, 1, {"text": "乙"})
    assert clash.value.theirs.text == "甲"
    assert clash.value.mine == {"text": "乙"}


@pytest.mark.parametrize("role", ["colleague", "team_lead", "admin", "expert", "province", "outsider", "nobody"])
def test_only_the_responsible_unit_and_the_office_fill(scene, role):
    with pytest.raises(NotAllowedError):
        entries.save(getattr(scene.people, role), scene.entries[0], 1, {"text": "乙"})


def test_an_empty_item_is_not_submitted(scene):
    with pytest.raises(RefusedError):
        entries.submit(scene.people.reporter, scene.entries[0])


def test_a_submitted_item_is_not_typed_into(scene):
    entry = entries.submit(scene.people.reporter, filled(scene))
    with pytest.raises(OutOfOrderError):
        entries.save(scene.people.reporter, entry, entry.version, {"text": "改"})


def test_a_returned_item_comes_with_a_reason_and_a_notice(scene):
    entry = entries.submit(scene.people.reporter, filled(scene))
    with pytest.raises(RefusedError):
        entries.return_for_revision(scene.people.lead, entry, "  ")
    entry = entries.return_for_revision(scene.people.lead, entry, "缺名单")
    assert (entry.stage, entry.returned_because) == (Stage.RETURNED, "缺名单")
    assert "缺名单" in scene.people.reporter.notices.get().text


@pytest.mark.parametrize("typed", ["abc", "1e9", "NaN", "Infinity", "1" * 15, "0.1234567"])
def test_what_is_no_number_is_refused_with_a_sentence(typed):
    with pytest.raises(RefusedError):
        entries.number(typed)


@pytest.mark.parametrize(("typed", "number"), [("１，２００", "1200"), ("3.50", "3.50"), (" 7 ", "7"), ("-2", "-2")])
def test_a_number_is_understood_however_it_is_typed(typed, number):
    assert str(entries.number(typed)) == number


def test_an_altered_row_of_history_is_found(scene):
    entry = filled(scene)
    history.of(entry).update(after={"text": "改过"})
    assert [found.number for found in history.breaks(scene.college)] == [1]
