"""The plan: found a programme, keep its tasks, points, indicators and targets, and keep versions of the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import (
    Entry,
    Indicator,
    Period,
    PeriodKind,
    Person,
    PlanVersion,
    Point,
    Programme,
    Stage,
    Target,
    Task,
    Unit,
)
from taizhang.web.ledger.reading import number_of, place_of
from taizhang.web.ledger.versions import content_of
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

TASK_FIELDS = ("code", "name", "parent", "unit", "team", "person")
POINT_FIELDS = ("task", "year", "ordinal", "plan", "unit", "person")
INDICATOR_FIELDS = (
    "task", "code", "name", "category", "measure", "direction", "basis", "cap", "qualitative", "group", "unit", "person",
)  # fmt: skip
_LONGEST_PROGRAMME = 15
Row = TypeVar("Row", Task, Point, Indicator)


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new programme is told by."""

    name: str
    first_year: int
    last_year: int
    profile: str = "provincial"
    approved_on: date | None = None


def found(person: Person, college: Unit, founding: Founding) -> Programme:
    """A new programme with its usual periods: each year, the mid-term, and the end."""
    if not access.standing(person).reaches(college, access.OFFICE):
        raise NotAllowedError(_("只有双高办能建立建设项目。"))
    name = founding.name.strip()
    if not name:
        raise RefusedError(_("请填写建设项目的名称。"))
    if not 0 <= founding.last_year - founding.first_year < _LONGEST_PROGRAMME:
        raise RefusedError(
            _("结束年应不早于起始年，且建设期不超过 %(longest_programme)s 年。")
            % {"longest_programme": _LONGEST_PROGRAMME}
        )
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=college.pk)
        if Programme.objects.filter(college=college, name=name).exists():
            raise RefusedError(_("已经有名为“%(name)s”的建设项目。") % {"name": name})
        programme = Programme.objects.create(
            college=college, name=name, first_year=founding.first_year, last_year=founding.last_year,
            profile=founding.profile, approved_on=founding.approved_on,
        )  # fmt: skip
        Period.objects.bulk_create(_usual_periods(programme))
        history.record(college, person, "found", programme, after=history.written(programme))
    return programme


def _usual_periods(programme: Programme) -> list[Period]:
    first, last = programme.first_year, programme.last_year
    spans = [(f"{year} 年度", PeriodKind.YEAR, year, year) for year in range(first, last + 1)]
    if last > first:
        spans.append(("中期", PeriodKind.CHECKPOINT, first, first + (last - first) // 2))
        spans.append(("期满", PeriodKind.END, first, last))
    return [
        Period(programme=programme, name=name, kind=kind, first_year=start, last_year=stop)
        for name, kind, start, stop in spans
    ]


PROGRAMME_FIELDS = ("name", "profile", "approved_on")


def keep_programme(person: Person, programme: Programme, fields: Mapping[str, Any]) -> Programme:
    """Another name, profile or day of approval."""
    _manages(person, programme)
    with transaction.atomic():
        row = Programme.objects.select_for_update(of=("self",)).select_related("college").get(pk=programme.pk)
        before = history.written(row, *PROGRAMME_FIELDS)
        for name in PROGRAMME_FIELDS:
            setattr(row, name, fields.get(name, getattr(row, name)))
        _checked(row)
        namesakes = Programme.objects.filter(college=row.college, name=row.name).exclude(pk=row.pk)
        if namesakes.exists():
            raise RefusedError(_("已经有名为“%(name)s”的建设项目。") % {"name": row.name})
        after = history.written(row, *PROGRAMME_FIELDS)
        if after != before:
            row.save()
            history.record(row.college, person, "change", row, before=before, after=after)
    return row


def keep_period(person: Person, programme: Programme, period: Period | None, fields: Mapping[str, Any]) -> Period:
    """Add a period, or change its name and years; every target and round of it follows."""
    _manages(person, programme)
    names = ("name", "kind", "first_year", "last_year")
    with transaction.atomic():
        row = programme.periods.select_for_update().get(pk=period.pk) if period else Period(programme=programme)
        before = history.written(row, *names) if period else None
        for name in names:
            setattr(row, name, fields.get(name, getattr(row, name)))
        _checked(row)
        if not programme.first_year <= row.first_year <= row.last_year <= programme.last_year:
            raise RefusedError(
                _("%(name)s应在建设期 %(first_year)s—%(last_year)s 内，起始年不晚于结束年。")
                % {"name": row.name, "first_year": programme.first_year, "last_year": programme.last_year}
            )
        if programme.periods.filter(name=row.name).exclude(pk=row.pk).exists():
            raise RefusedError(_("已经有名为“%(name)s”的一期。") % {"name": row.name})
        after = history.written(row, *names)
        if after != before:
            row.save()
            history.record(programme.college, person, "change" if period else "add", row, before=before, after=after)
    return row


def drop_period(person: Person, period: Period) -> None:
    """Take away a period that nothing was planned or told for."""
    programme = period.programme
    _manages(person, programme)
    with transaction.atomic():
        if period.targets.exists() or period.rounds.exists() or programme.takings.filter(period=period).exists():
            raise OutOfOrderError(_("%(period)s已有目标值、填报或导入，不能删除。") % {"period": period})
        history.record(programme.college, person, "drop", period, before=history.written(period))
        period.delete()


def keep_task(person: Person, programme: Programme, task: Task | None, version: int, fields: Mapping[str, Any]) -> Task:
    """Add a task (None) or change one; `version` is the one that was seen."""
    with transaction.atomic():
        row = _started(person, programme, Task, task, version)
        code, name = (str(fields.get(key, getattr(row, key))) for key in ("code", "name"))
        return _kept(person, row, TASK_FIELDS, fields, position=place_of(_group(fields, row), code, name))


def _group(fields: Mapping[str, Any], row: Task | Indicator) -> int | None:
    """The specialty group that a task or an indicator is to belong to."""
    group = fields.get("group", row.group)
    return group.pk if group is not None else None


def keep_point(
    person: Person, programme: Programme, point: Point | None, version: int, fields: Mapping[str, Any]
) -> Point:
    """Add or change a task point; open entries of it follow its unit."""
    with transaction.atomic():
        row = _started(person, programme, Point, point, version)
        year = int(fields.get("year", row.year))
        if not programme.first_year <= year <= programme.last_year:
            raise RefusedError(
                _("年度 %(year)s 不在建设期 %(first_year)s—%(last_year)s 内。")
                % {"year": year, "first_year": programme.first_year, "last_year": programme.last_year}
            )
        return _followed(_kept(person, row, POINT_FIELDS, fields))


def keep_indicator(
    person: Person,
    programme: Programme,
    indicator: Indicator | None,
    version: int,
    fields: Mapping[str, Any],
    targets: Mapping[int, tuple[str, str]] | None = None,
) -> Indicator:
    """Add or change an indicator, with its targets, each with its exception, by the id of their period; an empty
    target takes one away.
    """
    with transaction.atomic():
        row = _started(person, programme, Indicator, indicator, version)
        # Changed, it keeps its place in the document; a new one comes after all.
        last = row.position.rpartition(" ")[2]
        number = int(last) if last.isdecimal() else programme.indicators.count() + 1
        position = place_of(_group(fields, row), str(fields.get("code", row.code)), number=number)
        row = _kept(person, row, INDICATOR_FIELDS, fields, position=position)
        for period_id, (text, exception) in (targets or {}).items():
            set_target(person, row, programme.periods.get(pk=period_id), text, exception)
        return _followed(row)


def set_target(person: Person, indicator: Indicator, period: Period, text: str, exception: str = "") -> Target | None:
    """What the indicator is to reach in the period, as it is written; its number is read from the text."""
    _manages(person, indicator.programme)
    text = text.strip()
    with transaction.atomic():
        Indicator.objects.select_for_update(no_key=True, of=("self",)).get(pk=indicator.pk)
        target = Target.objects.select_for_update().filter(indicator=indicator, period=period).first()
        before = history.written(target, "text", "exception") if target else None
        if not text:
            if target:
                history.record(indicator.programme.college, person, "untarget", target, before=before)
                target.delete()
            return None
        after = {"text": text, "exception": exception.strip()}
        if before == after:
            return target
        target = target or Target(indicator=indicator, period=period)
        target.text, target.exception = text, exception.strip()
        target.number, target.upper = number_of(text, indicator.measure)
        _checked(target)
        target.save()
        history.record(indicator.programme.college, person, "target", target, before=before, after=after)
        return target


def drop(person: Person, row: Point | Indicator, reason: str) -> None:
    """Take a point or an indicator out of the plan; what was told of it stays in history and in past rounds."""
    _manages(person, row.programme)
    if not reason.strip():
        raise RefusedError(_("请写明取消的理由和依据。"))
    with transaction.atomic():
        row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.is_dropped:
            raise OutOfOrderError(_("“%(row)s”已经取消。") % {"row": row})
        if row.entries.filter(stage=Stage.LOCKED).exists():
            raise OutOfOrderError(_("“%(row)s”已有锁定的填报，不能取消。") % {"row": row})
        row.is_dropped = True
        row.save(update_fields=["is_dropped"])
        history.record(row.programme.college, person, "drop", row, reason=reason.strip())


def keep_version(person: Person, programme: Programme, label: str) -> PlanVersion:
    """Keep the whole plan as it stands now, under a name; the first is the baseline (任务书批准稿)."""
    _manages(person, programme)
    if not label.strip():
        raise RefusedError(_("请给这一版起个名字，如“任务书批准稿”。"))
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        last = programme.versions.first()
        version = PlanVersion.objects.create(
            programme=programme, number=last.number + 1 if last else 1, label=label.strip()[:120], taken_at=timezone.now(),
            taken_by=person, content=content_of(programme),
        )  # fmt: skip
        history.record(programme.college, person, "version", version, after={"label": version.label})
    return version


def _manages(person: Person, programme: Programme) -> None:
    if not access.may_manage(person, programme):
        raise NotAllowedError(_("只有双高办能改动任务书。"))


def _started(person: Person, programme: Programme, table: type[Row], row: Row | None, version: int) -> Row:
    """The row to write: a new one of the programme, or the one seen, if nobody changed it since."""
    _manages(person, programme)
    if row is None:
        return table(programme=programme)
    held = table._default_manager.select_for_update(of=("self",)).get(pk=row.pk, programme=programme)  # noqa: SLF001 - Django's documented interface
    if held.version != version:
        raise StaleError(_("这一项刚刚被别人改过，请看过新内容再保存。"), held, {})
    return held


def _kept(person: Person, row: Row, names: tuple[str, ...], fields: Mapping[str, Any], **derived: Any) -> Row:  # noqa: ANN401 - as above
    adding = row._state.adding  # noqa: SLF001 - Django's documented interface
    before = None if adding else history.written(row, *names)
    for name, value in {**fields, **derived}.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    after = history.written(row, *names)
    if before == after:
        return row
    if not adding:
        row.version += 1
    _checked(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        _refuse_duplicate(row)
    history.record(row.programme.college, person, "add" if adding else "change", row, before=before, after=after)
    return row


def _checked(row: models.Model) -> None:
    """Every field as its table wants it; one sentence where one is not."""
    try:
        row.clean_fields()
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        title = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001 - Django's documented interface
        raise RefusedError(f"{title}：{sentences[0]}") from error


def _refuse_duplicate(row: models.Model) -> NoReturn:
    raise RefusedError(_("已经有编号相同的一项：%(row)s。") % {"row": row})


def _followed(row: Row) -> Row:
    """Entries that are not yet handed in belong to the unit and person that answer for the thing now."""
    waiting = Entry.objects.filter(stage__in=[Stage.DRAFT, Stage.RETURNED], round__closed_at=None)
    name = "point" if hasattr(row, "ordinal") else "indicator"
    waiting.filter(**{name: row}).update(unit=row.unit, person=row.person)
    return row
