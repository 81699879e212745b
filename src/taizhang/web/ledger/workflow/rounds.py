"""Reporting rounds: open, put off, take in points added later, close, reopen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Entry, Indicator, Period, Person, Point, Programme, Round, Task
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

DEADLINES = ("due_person", "due_department", "due_team", "due_school")
_LAYERS = ("个人", "部门", "建设组", "学校")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a round asks for: a period, perhaps only some tasks, and a deadline for each layer."""

    name: str
    period: Period
    due_person: date
    due_department: date
    due_team: date
    due_school: date
    tasks: Sequence[Task] = ()


def usual_opening(name: str, period: Period) -> Opening:
    """A round over four weeks from today: two for the reporters, the rest for the three layers above them."""
    day = timezone.localdate()
    return Opening(
        name=name,
        period=period,
        due_person=day + timedelta(days=14),
        due_department=day + timedelta(days=18),
        due_team=day + timedelta(days=21),
        due_school=day + timedelta(days=28),
    )


def open_round(person: Person, programme: Programme, opening: Opening) -> Round:
    """A new round with an empty item for each point and indicator that it asks for."""
    _manages(person, programme)
    name = opening.name.strip()
    if not name:
        raise RefusedError("请给这一轮填报起个名字。")
    if opening.period.programme_id != programme.pk:
        raise RefusedError("所选的期不属于这个建设项目。")
    dates = [getattr(opening, deadline) for deadline in DEADLINES]
    _in_order(dates)
    with transaction.atomic():
        if Round.objects.filter(programme=programme, name=name).exists():
            raise RefusedError(f"已经有名为“{name}”的填报轮次。")
        made = Round.objects.create(
            programme=programme, period=opening.period, name=name, opened_at=timezone.now(), opened_by=person,
            **dict(zip(DEADLINES, dates, strict=True)),
        )  # fmt: skip
        made.tasks.set(opening.tasks)
        count = len(add_items(made))
        if not count:
            raise RefusedError(f"{opening.period}没有任务点，也没有有目标值的指标，不必开这一轮。")
        after = {**history.written(made, "name", "period_id", *DEADLINES), "items": count}
        history.record(programme.college, person, "open", made, after=after)
    return made


def add_items(round_: Round) -> list[Entry]:
    """An item for each point and indicator that the round asks for and has none yet."""
    period, programme = round_.period, round_.programme
    points = Point.objects.filter(
        programme=programme, is_dropped=False, year__gte=period.first_year, year__lte=period.last_year
    )
    indicators = Indicator.objects.filter(programme=programme, is_dropped=False, targets__period=period)
    asked = _below(round_.tasks.all())
    rows: list[Point | Indicator] = [
        *points.filter(asked).exclude(entries__round=round_).select_related("task"),
        *indicators.filter(asked).exclude(entries__round=round_).select_related("task").distinct(),
    ]
    return Entry.objects.bulk_create([_item(round_, row) for row in rows], batch_size=500)


def _below(tasks: Iterable[Task]) -> Q:
    """Rows of the tasks and of those under them; all rows where no task is named."""
    asked = Q()
    for task in tasks:
        asked |= Q(task=task) | Q(task__parent=task) | Q(task__parent__parent=task)
    return asked


def _item(round_: Round, row: Point | Indicator) -> Entry:
    task = row.task
    first = task.position if task else "~"
    if isinstance(row, Point):
        which, place = {"point": row}, f"{first}|1|{row.year}|{row.ordinal:04}"
    else:
        which, place = {"indicator": row}, f"{first}|2|{row.position}"  # type: ignore[dict-item]
    return Entry(
        round=round_, unit_id=row.unit_id, person_id=row.person_id, team_id=task.team_id if task else None,
        position=place[:160], **which,
    )  # fmt: skip


def take_later_items(person: Person, round_: Round) -> int:
    """Ask also for what was added to the plan since the round was opened; how many items that are."""
    with transaction.atomic():
        row = _held(person, round_)
        if not row.is_open:
            raise OutOfOrderError(f"“{row}”已经结束。")
        made = add_items(row)
        if made:
            history.record(row.programme.college, person, "extend", row, after={"items": len(made)})
    return len(made)


def put_off(person: Person, round_: Round, dates: Sequence[date], reason: str) -> Round:
    """New deadlines, in the order of the layers, with a reason."""
    _in_order(dates)
    if not reason.strip():
        raise RefusedError("请写明调整截止日期的理由。")
    with transaction.atomic():
        row = _held(person, round_)
        before = history.written(row, *DEADLINES)
        for name, day in zip(DEADLINES, dates, strict=True):
            setattr(row, name, day)
        row.save(update_fields=DEADLINES)
        history.record(
            row.programme.college, person, "put_off", row, before=before, after=history.written(row, *DEADLINES),
            reason=reason.strip(),
        )  # fmt: skip
    return row


def close(person: Person, round_: Round) -> Round:
    """Nobody fills in or reviews any more."""
    with transaction.atomic():
        row = _held(person, round_)
        if not row.is_open:
            raise OutOfOrderError(f"“{row}”已经结束。")
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
        history.record(row.programme.college, person, "close", row)
    return row


def reopen(person: Person, round_: Round, reason: str) -> Round:
    """Open a closed round again, with a reason."""
    if not reason.strip():
        raise RefusedError("请写明重新开放的理由。")
    with transaction.atomic():
        row = _held(person, round_)
        if row.is_open:
            raise OutOfOrderError(f"“{row}”还在进行。")
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        history.record(row.programme.college, person, "reopen", row, reason=reason.strip())
    return row


def _held(person: Person, round_: Round) -> Round:
    row = Round.objects.select_for_update(of=("self",)).select_related("programme__college", "period").get(pk=round_.pk)
    _manages(person, row.programme)
    return row


def _manages(person: Person, programme: Programme) -> None:
    if not access.may_manage(person, programme):
        raise NotAllowedError("只有双高办能开启和调整填报轮次。")


def _in_order(dates: Sequence[date]) -> None:
    for (layer, day), (upper, later) in pairwise(zip(_LAYERS, dates, strict=True)):
        if later < day:
            raise RefusedError(f"{upper}截止日（{later}）不能早于{layer}截止日（{day}）。")
