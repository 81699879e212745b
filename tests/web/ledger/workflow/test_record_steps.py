"""The way of a record from draft to locked, and back."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Notice, Record, Stage
from taizhang.web.ledger.workflow import record_steps as steps
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError
from web_records import entered, record

pytestmark = pytest.mark.django_db


def test_a_record_goes_from_draft_to_locked_by_the_hands_it_must(scene):
    people, row = scene.people, entered(scene)
    for actor, step, stage in (
        (people.reporter, steps.submitting(), Stage.SUBMITTED),
        (people.lead, steps.confirming(), Stage.DEPARTMENT),
        (people.office, steps.confirming(), Stage.APPROVED),
        (people.office, steps.locking(), Stage.LOCKED),
    ):
        row = steps.take(step, actor, row)
        assert row.stage == stage
    assert [each.verb for each in history.of(row).order_by("number")] == ["add", "submit", "approve", "approve", "lock"]
    assert list(history.breaks(scene.college)) == []


# Who may take a step at the stage where it is due; everyone else is refused.
MAY = [
    (steps.submitting(), Stage.DRAFT, {"reporter", "lead", "office"}),
    (steps.taking_back(), Stage.SUBMITTED, {"reporter", "lead"}),
    (steps.confirming(), Stage.SUBMITTED, {"lead"}),
    (steps.returning("请补名单"), Stage.SUBMITTED, {"lead"}),
    (steps.confirming(), Stage.DEPARTMENT, {"office"}),
    (steps.returning("请补名单"), Stage.APPROVED, {"office"}),
    (steps.locking(), Stage.APPROVED, {"office"}),
    (steps.reopening("已验收"), Stage.LOCKED, {"office"}),
    (steps.dropping("重复"), Stage.DRAFT, {"reporter", "lead", "office"}),
    (steps.dropping("重复"), Stage.APPROVED, {"office"}),
    (steps.dropping("重复"), Stage.LOCKED, set()),
]
ROLES = ("reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody")


@pytest.mark.parametrize(("step", "stage", "may"), MAY, ids=[f"{step.verb} {stage.name}" for step, stage, _ in MAY])
def test_each_step_is_for_those_who_may(scene, step, stage, may):
    done = set()
    for role in ROLES:
        row = record(scene, stage=stage)
        try:
            steps.take(step, getattr(scene.people, role), row)
        except (NotAllowedError, OutOfOrderError):
            continue
        done.add(role)
    assert done == may


def test_a_change_after_confirmation_must_be_seen_before_locking(scene):
    row = record(scene, stage=Stage.APPROVED, altered=True)
    with pytest.raises(OutOfOrderError, match="改动"):
        steps.take(steps.locking(), scene.people.office, row)
    with pytest.raises(NotAllowedError):
        steps.take(steps.seeing(), scene.people.lead, row)
    row = steps.take(steps.seeing(row.version), scene.people.office, row)
    assert steps.take(steps.locking(), scene.people.office, row).stage == Stage.LOCKED


def test_nobody_confirms_what_they_have_not_seen(scene):
    row = record(scene, stage=Stage.SUBMITTED, version=2)
    with pytest.raises(StaleError):
        steps.take(steps.confirming(1), scene.people.lead, row)


def test_what_its_kind_calls_wrong_is_not_handed_in(scene):
    row = record(scene, findings=[{"severity": "error", "code": "", "message": "没有这种单位", "field": "measures"}])
    with pytest.raises(RefusedError, match="没有这种单位"):
        steps.take(steps.submitting(), scene.people.reporter, row)


def test_who_entered_it_is_told_why_it_came_back(scene):
    row = record(scene, stage=Stage.SUBMITTED, made_by=scene.people.reporter)
    steps.take(steps.returning("请补名单"), scene.people.lead, row)
    assert "请补名单" in Notice.objects.get(person=scene.people.reporter).text
    for nothing in (steps.returning, steps.reopening, steps.dropping):
        with pytest.raises(RefusedError):
            nothing(" ")


def test_what_was_withdrawn_comes_back(scene):
    row = steps.take(steps.dropping("重复"), scene.people.reporter, record(scene))
    assert row.withdrawn_at is not None
    with pytest.raises(OutOfOrderError):
        steps.take(steps.submitting(), scene.people.reporter, row)
    with pytest.raises(NotAllowedError):
        steps.take(steps.restoring(), scene.people.colleague, row)
    row = steps.take(steps.restoring(), scene.people.reporter, row)
    with pytest.raises(OutOfOrderError):
        steps.take(steps.restoring(), scene.people.reporter, row)


def test_of_many_each_is_asked_by_itself(scene):
    rows = [
        record(scene, stage=Stage.SUBMITTED),
        record(scene),
        record(scene, stage=Stage.SUBMITTED, unit=scene.training),
    ]
    tally = steps.each(steps.confirming(), scene.people.lead, Record.objects.order_by("pk"))
    assert tally.done == rows[:1]
    assert [row for row, _why in tally.refused] == rows[1:]
