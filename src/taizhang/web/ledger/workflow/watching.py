"""Warnings: compute them, write what is done, close and reopen; set where they begin."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.core.watching import Alarm, Level, alarms, escalated
from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import (
    Chain,
    Forewarning,
    ForewarningState,
    Handling,
    Person,
    Programme,
    RoleName,
    Threshold,
    ThresholdName,
    Unit,
)
from taizhang.web.ledger.posts import Posts
from taizhang.web.ledger.watching import Limits, Place, Seen, Watch, gauged
from taizhang.web.ledger.workflow.desk import tell
from taizhang.web.ledger.workflow.figures import recompute
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

_LONGEST = 1000
_MOST = Decimal(100_000)


@dataclass(slots=True)
class Watching:
    """What a round of watching found."""

    raised: list[Forewarning] = field(default_factory=list)
    risen: list[Forewarning] = field(default_factory=list)
    gone: list[Forewarning] = field(default_factory=list)
    holding: int = 0


def watch(college: Unit, day: date) -> Watching:
    """Compute the warnings of a college as they are on a day. Run twice on a day, the second time changes nothing."""
    recompute(college)
    seen = [
        (each, Limits(college, programme.profile))
        for programme in _running(college)
        for each in Watch(programme, day).seen()
    ]
    usual = Limits(college)
    seen += [(each, usual) for each in gauged(college)]
    found = Watching()
    with transaction.atomic():
        # Two at once would raise the same warning twice; the chain is locked by each change anyway.
        Chain.objects.select_for_update().get_or_create(college=college)
        known = _known(college)
        holding: set[tuple[str, str]] = set()
        for each, limits in seen:
            watched, place = each
            for alarm in alarms(watched, limits.of(place.unit, place.year), day):
                holding.add((watched.key, alarm.cause.value))
                _held(found, college, each, alarm, known.get((watched.key, alarm.cause.value)), day)
        _ended(found, known, holding, day)
        _escalate(found, [row for row in known.values() if row.state == ForewarningState.OPEN], usual, day)
        _keep(college, found)
    found.holding = len(holding)
    _announce(college, found)
    return found


def _running(college: Unit) -> Iterable[Programme]:
    return Programme.objects.filter(college=college, is_closed=False).select_related("college")


def _known(college: Unit) -> dict[tuple[str, str], Forewarning]:
    """The newest warning of each key and cause that is not closed, or was closed while its cause went on."""
    rows = Forewarning.objects.filter(college=college).filter(~Q(state=ForewarningState.CLOSED) | Q(gone_on=None))
    return {(row.key, row.cause): row for row in rows.select_related("unit").order_by("pk")}


def _held(found: Watching, college: Unit, seen: Seen, alarm: Alarm, row: Forewarning | None, day: date) -> None:
    """A cause that holds: a new warning, or what is known of it brought up to date."""
    watched, place = seen
    if row is not None and row.state == ForewarningState.CLOSED:
        if alarm.level <= row.level:
            return  # it was closed knowing that; only something graver is a new warning
        row.gone_on = day
        found.gone.append(row)
        row = None
    if row is None:
        found.raised.append(_new(college, watched.key, watched.name, place, alarm, day))
        return
    if (row.level, row.sentence, row.gone_on) != (alarm.level, alarm.sentence[:300], None):
        graver = alarm.level > row.level
        row.level, row.sentence, row.working = alarm.level, alarm.sentence[:300], list(alarm.working)
        row.reach, row.gone_on = max(row.reach, alarm.level), None
        if graver:
            row.reached_on = day
            found.risen.append(row)
        row.save(update_fields=["level", "sentence", "working", "reach", "reached_on", "gone_on"])


def _new(college: Unit, key: str, name: str, place: Place, alarm: Alarm, day: date) -> Forewarning:
    return Forewarning(
        college=college, unit=place.unit, person=place.person, key=key, name=name[:300], cause=alarm.cause.value,
        level=alarm.level, reach=alarm.level, sentence=alarm.sentence[:300], working=list(alarm.working), raised_on=day,
        reached_on=day, **place.keys,
    )  # fmt: skip


def _ended(
    found: Watching, known: dict[tuple[str, str], Forewarning], holding: set[tuple[str, str]], day: date
) -> None:
    """Causes that no longer hold. The warning stays until someone has written what was done."""
    for key, row in known.items():
        if key not in holding and row.gone_on is None:
            row.gone_on = day
            found.gone.append(row)


def _escalate(found: Watching, rows: Iterable[Forewarning], limits: Limits, day: date) -> None:
    for row in rows:
        if row.gone_on is not None:
            continue
        reach = escalated(Level(row.level), row.raised_on, limits.of(row.unit, None), day)
        if reach > row.reach:
            row.reach, row.reached_on = reach, day
            row.save(update_fields=["reach", "reached_on"])
            found.risen.append(row)


def _keep(college: Unit, found: Watching) -> None:
    Forewarning.objects.bulk_create(found.raised, batch_size=500)
    Forewarning.objects.bulk_update(found.gone, ["gone_on"], batch_size=500)
    fields = ("cause", "level", "sentence", "raised_on")
    if found.raised:
        history.record_many(college, None, "warn", [(row, history.written(row, *fields)) for row in found.raised])
    if found.risen:
        steps = [(row, None, {"reach": row.reach, "sentence": row.sentence}) for row in found.risen]
        history.record_steps(college, None, "rise", steps)


def _announce(college: Unit, found: Watching) -> None:
    """One line on the desk of each whom new or risen warnings reach: how many, and where they are."""
    counts: Counter[int] = Counter()
    posts = Posts(college) if found.raised or found.risen else None
    for row in {row.pk: row for row in (*found.raised, *found.risen)}.values():
        for person in reached(posts, row) if posts else ():
            counts[person] += 1
    for who in Person.objects.filter(pk__in=counts, is_active=True):
        tell(who, f"有 {counts[who.pk]} 条预警新增或升级，请处置。", f"{reverse('warnings')}?state=open")


def reached(posts: Posts, row: Forewarning) -> set[int]:
    """Whom a warning reaches: whoever answers for it; from yellow on the unit's leads; red also the office."""
    path = row.unit.path
    found = {row.person_id} if row.person_id else posts.nearest(path, RoleName.REPORTER)
    if row.reach >= Level.YELLOW:
        found |= posts.nearest(path, RoleName.LEAD)
    if row.reach >= Level.RED:
        found |= posts.nearest(path, RoleName.OFFICE)
    return found


def handle(person: Person, forewarning: Forewarning, reason: str, measure: str, due: date | None) -> Handling:
    """Write why it came to this and what is done about it; the warning is handled from then on."""
    reason, measure = reason.strip(), measure.strip()
    if not reason or not measure:
        raise RefusedError(_("请写明原因分析和处置措施。"))
    if max(len(reason), len(measure)) > _LONGEST:
        raise RefusedError(_("原因和措施各最多 %(longest)s 字。") % {"longest": _LONGEST})
    with transaction.atomic():
        row = _locked(forewarning)
        if not access.may_handle(person, row):
            raise NotAllowedError(_("只有责任部门和双高办能处置。"))
        if row.state == ForewarningState.CLOSED:
            raise OutOfOrderError(_("这条预警已经关闭。"))
        made = Handling.objects.create(
            forewarning=row, reason=reason, measure=measure, due=due, at=timezone.now(), by=person
        )
        before = history.written(row, "state")
        row.state = ForewarningState.HANDLED
        row.save(update_fields=["state"])
        after = {"state": row.state, "measure": measure, "reason_told": reason, "due": due.isoformat() if due else None}
        history.record(row.college, person, "handle", row, before=before, after=after)
        return made


def close(person: Person, forewarning: Forewarning, because: str = "") -> Forewarning:
    """Close a handled warning; where its cause goes on, only with a reason."""
    because = because.strip()
    if len(because) > 300:
        raise RefusedError(_("关闭说明最多 300 字。"))
    with transaction.atomic():
        row = _locked(forewarning)
        if not access.may_close(person, row):
            raise NotAllowedError(_("红色预警由双高办关闭，其余由部门负责人或双高办关闭。"))
        if row.state == ForewarningState.CLOSED:
            raise OutOfOrderError(_("这条预警已经关闭。"))
        if not row.handlings.exists():
            raise OutOfOrderError(_("还没有处置记录：先写明原因和措施，再关闭。"))
        if row.gone_on is None and not because:
            raise RefusedError(_("报警的原因还在，要关闭请写明理由。"))
        before = history.written(row, "state")
        row.state, row.closed_at, row.closed_by, row.closed_because = (
            ForewarningState.CLOSED, timezone.now(), person, because,
        )  # fmt: skip
        row.save(update_fields=["state", "closed_at", "closed_by", "closed_because"])
        history.record(
            row.college, person, "close", row, before=before, after=history.written(row, "state"), reason=because
        )
        return row


def reopen(person: Person, forewarning: Forewarning, reason: str) -> Forewarning:
    """Ask for more to be done: a handled or closed warning is open again."""
    if not reason.strip():
        raise RefusedError(_("重新处置要写明理由。"))
    with transaction.atomic():
        row = _locked(forewarning)
        if not access.may_close(person, row):
            raise NotAllowedError(_("只有部门负责人或双高办能要求重新处置。"))
        if row.state == ForewarningState.OPEN:
            raise OutOfOrderError(_("这条预警正在等待处置。"))
        again = Forewarning.objects.filter(college=row.college, key=row.key, cause=row.cause)
        if again.exclude(pk=row.pk).exclude(state=ForewarningState.CLOSED).exists():
            raise OutOfOrderError(_("同一件事已有新的预警，请在新的那条上处置。"))
        before = history.written(row, "state")
        row.state, row.closed_at, row.closed_by = ForewarningState.OPEN, None, None
        row.save(update_fields=["state", "closed_at", "closed_by"])
        after = history.written(row, "state")
        history.record(row.college, person, "reopen", row, before=before, after=after, reason=reason.strip()[:300])
        tell(row.person, f"请重新处置预警“{row.name[:80]}”：{reason.strip()[:100]}", reverse("warning", args=[row.pk]))
        return row


def _locked(forewarning: Forewarning) -> Forewarning:
    return (
        Forewarning.objects.select_for_update(of=("self",))
        .select_related("college", "unit", "person")
        .get(pk=forewarning.pk)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A threshold as the office sets it: for whom, for when, how much."""

    name: str
    number: Decimal
    unit: Unit | None = None
    year: int | None = None


def set_threshold(person: Person, college: Unit, limit: Limit) -> Threshold:
    """A threshold of the college's own; set again for the same unit and year, the new number holds."""
    if not access.may_watch(person, college):
        raise NotAllowedError(_("只有双高办能设阈值。"))
    if limit.name not in ThresholdName.values or not 0 <= limit.number <= _MOST:
        raise RefusedError(_("请选择阈值，并填不小于 0 的数。"))
    if limit.unit is not None and limit.unit.college_id != college.pk:
        raise RefusedError(_("部门应是本校的。"))
    with transaction.atomic():
        Chain.objects.select_for_update().get_or_create(college=college)
        same = {"college": college, "unit": limit.unit, "year": limit.year, "name": limit.name}
        row = Threshold.objects.filter(**same).first()
        before = history.written(row, "number") if row else None
        row = row or Threshold(**same)
        row.number = limit.number
        row.save()
        after = history.written(row, "name", "unit_id", "year", "number")
        history.record(college, person, "change" if before else "add", row, before=before, after=after)
        return row


def drop_threshold(person: Person, threshold: Threshold) -> None:
    """Back to what holds without it."""
    if not access.may_watch(person, threshold.college):
        raise NotAllowedError(_("只有双高办能设阈值。"))
    with transaction.atomic():
        before = history.written(threshold, "name", "unit_id", "year", "number")
        history.record(threshold.college, person, "drop", threshold, before=before, after={})
        threshold.delete()
