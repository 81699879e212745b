"""A step says what it changes, or why not; what the office lets block it, blocks."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Entry, Stage
from taizhang.web.ledger.workflow import entries
from taizhang.web.ledger.workflow.steps import approving, locking, returning
from taizhang.web.ledger.workflow.trouble import RefusedError

FINDING = {"code": "TGT001", "severity": "error", "message": "低于目标值", "field": "rate"}


@pytest.mark.parametrize(
    ("blocking", "severity", "stops"),
    [(["TGT"], "error", True), (["TGT"], "warning", False), (["TGT:warning"], "warning", True),
     (["TGT:warning"], "info", False), (["ACT"], "error", False), ([], "error", False)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("step", "stage"), [("submit", Stage.DRAFT), ("approve", Stage.TEAM), ("lock", Stage.APPROVED)]
)
def test_the_office_lets_a_family_of_rules_block_a_step(scene, blocking, severity, stops, step, stage):
    scene.programme.blocking = {step: blocking}
    scene.programme.save()
    scene.round.entries.update(stage=stage, text="5", findings=[{**FINDING, "severity": severity}])
    verb = getattr(entries, step)
    if stops:
        with pytest.raises(RefusedError, match="低于目标值"):
            verb(scene.people.office, scene.value)
    else:
        verb(scene.people.office, scene.value)


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
