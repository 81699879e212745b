"""A step taken of many rows is what it would be of each, and what is refused holds nothing back."""

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Entry, Record, Stage
from taizhang.web.ledger.workflow import entries, record_steps
from taizhang.web.ledger.workflow.steps import approving, locking, returning
from web_records import record


def test_many_steps_are_written_as_one_by_one(scene):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6")
    entries.approve(scene.people.lead, scene.entries[0])
    entries.each(approving(), scene.people.lead, [scene.value])
    one, other = (history.of(row).get() for row in (scene.entries[0], scene.value))
    assert (one.verb, one.before, one.after) == (other.verb, other.before, other.after)
    assert list(history.breaks(scene.college)) == []


def test_a_return_of_many_tells_each_of_their_reporters(scene):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6")
    tally = entries.each(returning("缺佐证"), scene.people.lead, Entry.objects.all())
    assert (len(tally.done), len(tally.refused)) == (2, 1)
    assert scene.people.reporter.notices.count() == 2
    assert {change.reason for change in history.of(scene.value)} == {"缺佐证"}


def test_nothing_is_written_where_all_is_refused(scene):
    tally = entries.each(locking(), scene.people.office, Entry.objects.all())
    assert (len(tally.done), len(tally.refused)) == (0, 3)
    assert not history.of(scene.value).exists()


def test_records_take_their_steps_in_the_same_way(scene):
    handed_in, draft = record(scene, stage=Stage.SUBMITTED), record(scene, stage=Stage.DRAFT)
    tally = record_steps.each(record_steps.confirming(), scene.people.lead, Record.objects.all())
    assert (tally.done, [row for row, _why in tally.refused]) == ([handed_in], [draft])
    assert list(history.breaks(scene.college)) == []


def test_a_text_that_has_changed_since_it_was_seen_is_not_signed(scene):
    row = record(scene, stage=Stage.SUBMITTED)
    tally = record_steps.each(record_steps.confirming(), scene.people.lead, [row], {row.pk: row.version - 1})
    assert (tally.done, [why for _row, why in tally.refused]) == ([], [f"“{row}”刚刚被改过，请看过新内容再办。"])
