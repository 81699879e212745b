"""The way of an item from draft to locked, and who may take it which step."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Stage
from taizhang.web.ledger.workflow import entries
from taizhang.web.ledger.workflow.steps import approving
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


def test_a_step_answers_for_the_version_that_was_seen(scene):
    entry = filled(scene)
    with pytest.raises(StaleError):
        entries.submit(scene.people.reporter, entry, entry.version - 1)
    entry = entries.submit(scene.people.reporter, entry, entry.version)
    with pytest.raises(StaleError):
        entries.approve(scene.people.lead, entry, entry.version - 1)
    assert entries.approve(scene.people.lead, entry, entry.version).stage == Stage.DEPARTMENT


def test_the_same_form_sent_twice_is_no_clash(scene):
    first = entries.save(scene.people.reporter, scene.entries[0], 1, {"text": "甲", "rate": "100%"})
    again = entries.save(scene.people.reporter, scene.entries[0], 1, {"text": "甲", "rate": "100%"})
    assert again.version == first.version


def test_what_is_refused_for_one_of_many_does_not_hold_back_the_others(scene):
    entry = entries.submit(scene.people.reporter, filled(scene))
    tally = entries.each(approving(), scene.people.lead, [scene.entries[1], entry, scene.value])
    assert tally.done == [entry]
    assert [row for row, _sentence in tally.refused] == [scene.entries[1], scene.value]
    entry.refresh_from_db()
    assert entry.stage == Stage.DEPARTMENT
    assert list(history.breaks(scene.college)) == []


def test_an_altered_row_of_history_is_found(scene):
    entry = filled(scene)
    history.of(entry).update(after={"text": "改过"})
    assert [found.number for found in history.breaks(scene.college)] == [1]
