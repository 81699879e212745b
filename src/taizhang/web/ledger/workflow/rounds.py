"""Reporting rounds: open, put off, take in points added later, close, reopen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Entry, Indicator, Period, Person, Point, Programme, Round, Task, Unit
from taizhang.web.ledger.workflow.reminders import announce, put_off_told
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

DEADLINES = ("due_person", "due_department", "due_team", "due_school")
_LAYERS = (lazy("个人"), lazy("部门"), lazy("建设组"), lazy("学校"))


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
        raise RefusedError(_("请给这一轮填报起个名字。"))
    if opening.period.programme_id != programme.pk:
        raise RefusedError(_("所选的期不属于这个建设项目。"))
    dates = [getattr(opening, deadline) for deadline in DEADLINES]
    _in_order(dates)
    with transaction.atomic():
        # One at a time: two who open the same round at once are told so, as two who do it one after the other are.
        Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        if Round.objects.filter(programme=programme, name=name).exists():
            raise RefusedError(_("已经有名为“%(name)s”的填报轮次。") % {"name": name})
        made = Round.objects.create(
            programme=programme, period=opening.period, name=name, opened_at=timezone.now(), opened_by=person,
            **dict(zip(DEADLINES, dates, strict=True)),
        )  # fmt: skip
        made.tasks.set(opening.tasks)
        items = add_items(made)
        if not items:
            raise RefusedError(
                _("%(period)s没有任务点，也没有有目标值的指标，不必开这一轮。") % {"period": opening.period}
            )
        after = {**history.written(made, "name", "period_id", *DEADLINES), "items": len(items)}
        history.record(programme.college, person, "open", made, after=after)
        announce(made, items)
    return made


def add_items(round_: Round) -> list[Entry]:
    """An item for each point and indicator that the round asks for and has none yet."""
    period, programme = round_.period, round_.programme
    tasks = {task.pk: task for task in programme.tasks.select_related("team")}
    points = Point.objects.filter(
        programme=programme, is_dropped=False, year__gte=period.first_year, year__lte=period.last_year
    )
    indicators = Indicator.objects.filter(programme=programme, is_dropped=False, targets__period=period)
    asked = _below(tasks, {task.pk for task in round_.tasks.all()})
    rows: list[Point | Indicator] = [
        *points.filter(asked).exclude(entries__round=round_),
        *indicators.filter(asked).exclude(entries__round=round_).distinct(),
    ]
    return Entry.objects.bulk_create([_item(round_, row, tasks) for row in rows], batch_size=500)


def _below(tasks: Mapping[int, Task], named: set[int]) -> Q:
    """Rows of the tasks named and of all under them, however deep; all rows where no task is named."""
    if not named:
        return Q()
    found = set(named)
    while more := {pk for pk, task in tasks.items() if task.parent_id in found} - found:
        found |= more
    return Q(task__in=found)


def _item(round_: Round, row: Point | Indicator, tasks: Mapping[int, Task]) -> Entry:
    task = tasks[row.task_id] if row.task_id is not None else None
    # Of the whole programme, after all tasks.
    first = task.position if task else "~"
    if isinstance(row, Point):
        which, place = {"point": row}, f"{first} 1|{row.year}|{row.ordinal:04}"
    else:
        which, place = {"indicator": row}, f"{first} 2|{row.position}"  # type: ignore[dict-item]
    person = row.person_id or (task.person_id if task else None)
    return Entry(
        round=round_,
        unit_id=row.unit_id,
        person_id=person,
        team=_team(tasks, row.task_id),
        position=place[:160],
        **which,
    )


def _team(tasks: Mapping[int, Task], pk: int | None) -> Unit | None:
    """The 建设组 of the task, or of the nearest task above it that has one."""
    while pk is not None:
        task = tasks[pk]
        if task.team is not None:
            return task.team
        pk = task.parent_id
    return None


def take_later_items(person: Person, round_: Round) -> int:
    """Ask also for what was added to the plan since the round was opened; how many items that are."""
    with transaction.atomic():
        row = _held(person, round_)
        if not row.is_open:
            raise OutOfOrderError(_("“%(row)s”已经结束。") % {"row": row})
        made = add_items(row)
        if made:
            history.record(row.programme.college, person, "extend", row, after={"items": len(made)})
            announce(row, made)
    return len(made)


def put_off(person: Person, round_: Round, dates: Sequence[date], reason: str) -> Round:
    """New deadlines, in the order of the layers, with a reason."""
    _in_order(dates)
    if not reason.strip():
        raise RefusedError(_("请写明调整截止日期的理由。"))
    with transaction.atomic():
        row = _held(person, round_)
        if not row.is_open:
            raise OutOfOrderError(_("“%(row)s”已经结束；要改期限请先重新开放。") % {"row": row})
        before = history.written(row, *DEADLINES)
        for name, day in zip(DEADLINES, dates, strict=True):
            setattr(row, name, day)
        row.save(update_fields=DEADLINES)
        history.record(
            row.programme.college, person, "put_off", row, before=before, after=history.written(row, *DEADLINES),
            reason=reason.strip(),
        )  # fmt: skip
        put_off_told(row)
    return row


def close(person: Person, round_: Round) -> Round:
    """Nobody fills in or reviews any more."""
    with transaction.atomic():
        row = _held(person, round_)
        if not row.is_open:
            raise OutOfOrderError(_("“%(row)s”已经结束。") % {"row": row})
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
        history.record(row.programme.college, person, "close", row)
    return row


def reopen(person: Person, round_: Round, reason: str) -> Round:
    """Open a closed round again, with a reason."""
    if not reason.strip():
        raise RefusedError(_("请写明重新开放的理由。"))
    with transaction.atomic():
        row = _held(person, round_)
        if row.is_open:
            raise OutOfOrderError(_("“%(row)s”还在进行。") % {"row": row})
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
        raise NotAllowedError(_("只有双高办能开启和调整填报轮次。"))


def _in_order(dates: Sequence[date]) -> None:
    for (layer, day), (upper, later) in pairwise(zip(_LAYERS, dates, strict=True)):
        if later < day:
            raise RefusedError(
                _("%(upper)s截止日（%(later)s）不能早于%(layer)s截止日（%(day)s）。")
                % {"upper": upper, "later": later, "layer": layer, "day": day}
            )
