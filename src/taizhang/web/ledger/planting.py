"""A settled draft as rows of the plan, and what it tells of completion as items of a round. On behalf of workflow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from taizhang.intake.plans import CIRCLED
from taizhang.intake.programme import Difference, DraftIndicator, DraftPoint, DraftTask, Figure, ProgrammeDraft, When
from taizhang.intake.programme.differences import match_indicators, match_points
from taizhang.web.ledger import history
from taizhang.web.ledger.known import CATEGORIES, DIRECTIONS, WHEN, Known, known_draft, plan_of
from taizhang.web.ledger.models import (
    Basis,
    Category,
    Entry,
    Indicator,
    Period,
    PeriodKind,
    Person,
    Point,
    Round,
    Taking,
    Target,
    Task,
    Unit,
    UnitKind,
)
from taizhang.web.ledger.models import Direction as Better
from taizhang.web.ledger.reading import number_of, place_of
from taizhang.web.ledger.workflow.trouble import RefusedError

_CODE, _NAME, _TARGET, _RATE, _MEASURE = 30, 300, 300, 20, 20


class Planting:
    """One taking on its way into the plan; call inside the transaction that is to hold all of it."""

    def __init__(self, person: Person, taking: Taking) -> None:
        self.person = person
        self.taking = taking
        self.programme = taking.programme
        self.periods = list(self.programme.periods.all())
        self.groups = {
            unit.name: unit for unit in Unit.objects.filter(college=self.programme.college, kind=UnitKind.GROUP)
        }
        self.tasks = {(task.group_id, task.code or task.name): task for task in self.programme.tasks.all()}
        self.new: list[tuple[Any, Mapping[str, Any]]] = []

    def add(self, plan: ProgrammeDraft, chosen: set[int]) -> dict[str, int]:
        """Write the items of the draft whose identity was chosen; how many of each."""
        tasks = [task for task in plan.tasks if id(task) in chosen]
        for task in tasks:
            self._task(task)
        for task in tasks:
            self._place(task)
        points = self._points([point for point in plan.points if id(point) in chosen])
        indicators = [row for row in plan.indicators if id(row) in chosen]
        targets = sum(self._indicator(row, number) for number, row in enumerate(indicators))
        history.record_many(self.programme.college, self.person, "add", self.new)
        return {"任务": len(tasks), "任务点": points, "绩效指标": len(indicators), "目标值": targets}

    def _group(self, name: str | None) -> Unit | None:
        if not name:
            return None
        if name not in self.groups:
            college = self.programme.college
            made = Unit.objects.create(
                name=_short(name, 120, _("专业群")), kind=UnitKind.GROUP, parent=college, college=college
            )
            made.path = f"{college.path}{made.pk}/"
            made.save(update_fields=["path"])
            self.groups[name] = made
            self.new.append((made, {"name": made.name}))
        return self.groups[name]

    def _task(self, drafted: DraftTask) -> None:
        group = self._group(drafted.group)
        task = Task.objects.create(
            programme=self.programme, code=_short(drafted.code or "", _CODE, _("任务编号")), group=group,
            name=_short(drafted.name, _NAME, _("任务名称")), unit=self.taking.unit,
            position=place_of(group.pk if group else None, drafted.code or "", drafted.name),
        )  # fmt: skip
        self.tasks[task.group_id, drafted.key] = task
        self.new.append((task, {"code": task.code, "name": task.name}))

    def _place(self, drafted: DraftTask) -> None:
        """Hang a task under its parent, which may have come after it."""
        task = self._find(drafted.key, drafted.group)
        parent = self._find(drafted.parent, drafted.group)
        if task and parent and parent.pk != task.pk:
            task.parent = parent
            task.save(update_fields=["parent"])

    def _find(self, key: str | None, group: str | None) -> Task | None:
        unit = self._group(group)
        return self.tasks.get((unit.pk if unit else None, key or ""))

    def _points(self, drafted: list[DraftPoint]) -> int:
        taken: dict[tuple[int, int], set[int]] = defaultdict(set)
        for key, year, ordinal in self.programme.points.values_list("task", "year", "ordinal"):
            taken[key, year].add(ordinal)
        made = []
        for point in drafted:
            task = self._find(point.task, point.group)
            if task is None:
                raise RefusedError(
                    _("任务点“%(label)s”没有对应的任务（%(value)s），请先确定它的任务编号。")
                    % {"label": point.label, "value": point.task or _("空")}
                )
            year = self._year(point)
            used = taken[task.pk, year]
            ordinal = CIRCLED.index(point.ordinal) + 1 if point.ordinal else max(used, default=0) + 1
            if ordinal in used:
                raise RefusedError(
                    _("任务 %(task)s 的 %(year)s 年已有第 %(ordinal)s 个任务点，“%(text)s”与它重号。")
                    % {"task": task, "year": year, "ordinal": ordinal, "text": point.plan.text[:20]}
                )
            used.add(ordinal)
            made.append(
                Point(
                    programme=self.programme, task=task, year=year, ordinal=ordinal, plan=_plain(point), unit=task.unit,
                    person=task.person,
                )
            )  # fmt: skip
        Point.objects.bulk_create(made, batch_size=500)
        self.new += [(point, {"plan": point.plan, "year": point.year, "ordinal": point.ordinal}) for point in made]
        return len(made)

    def _year(self, point: DraftPoint) -> int:
        period = self.taking.period
        year = point.year or (period.last_year if period and period.kind == PeriodKind.YEAR else None)
        if year is None:
            raise RefusedError(
                _("任务点“%(label)s”没有写年度，请在存疑里写明，或选定这份文件报的是哪一年。") % {"label": point.label}
            )
        if not self.programme.first_year <= year <= self.programme.last_year:
            raise RefusedError(
                _("任务点“%(label)s”的年度 %(year)s 不在建设期 %(first_year)s—%(last_year)s 内。")
                % {
                    "label": point.label,
                    "year": year,
                    "first_year": self.programme.first_year,
                    "last_year": self.programme.last_year,
                }
            )
        return year

    def _indicator(self, drafted: DraftIndicator, number: int) -> int:
        task = self._find(drafted.task, drafted.group)
        group = self._group(drafted.group)
        row = Indicator.objects.create(
            programme=self.programme, task=task, code=_short(drafted.code or "", _CODE, _("指标编号")), group=group,
            name=_short(drafted.name, _NAME, _("指标名称")), category=CATEGORIES.get(drafted.category or "", Category.QUANTITY),
            measure=_short(drafted.unit or "", _MEASURE, _("计量单位")),
            direction=DIRECTIONS[drafted.direction] if drafted.direction else Better.HIGHER,
            basis=Basis.PER_YEAR if drafted.is_per_year else Basis.CUMULATIVE, unit=task.unit if task else self.taking.unit,
            qualitative=bool(drafted.targets) and all(each.printed.quantity is None for each in drafted.targets),
            person=task.person if task else None,
            position=place_of(group.pk if group else None, drafted.code or "", number=number),
        )  # fmt: skip
        targets = [self._target(row, figure) for figure in drafted.targets if figure.printed.text.strip()]
        Target.objects.bulk_create(targets)
        shown = {each.period.name: each.text for each in targets}
        self.new.append((row, {"code": row.code, "name": row.name, "targets": shown}))
        return len(targets)

    def _target(self, row: Indicator, figure: Figure) -> Target:
        number, upper = number_of(figure.printed.text, row.measure)
        period = self._period(figure)
        text = _short(figure.printed.text, _TARGET, _("“%(row)s”的目标值") % {"row": row})
        return Target(indicator=row, period=period, text=text, number=number, upper=upper)

    def _period(self, figure: Figure) -> Period:
        if figure.when is When.YEAR and figure.year is None:
            raise RefusedError(
                _("目标值“%(text)s”没有写明是哪一期，请在存疑里写明，或选定这份文件报的是哪一期。")
                % {"text": figure.printed.text}
            )
        for period in self.periods:
            if WHEN[PeriodKind(period.kind)] is figure.when and figure.year in {None, period.last_year}:
                return period
        told = (
            _("%(year)s 年") % {"year": figure.year}
            if figure.year
            else {When.END: _("期满"), When.MID: _("中期")}[figure.when]
        )
        raise RefusedError(
            _("目标值“%(text)s”是%(told)s的，这个建设项目没有这一期。") % {"text": figure.printed.text, "told": told}
        )

    def change(self, known: Known, changed: Iterable[Difference]) -> int:
        """Take over changed fields, all of one row at once; how many rows."""
        fields: dict[int, list[Difference]] = defaultdict(list)
        for difference in changed:
            if difference.known is not None:
                fields[id(difference.known)].append(difference)
        for identity, found in fields.items():
            self._change(known.rows[identity], found)
        return len(fields)

    def _change(self, row: Task | Point | Indicator, found: list[Difference]) -> None:
        before = {str(each.field): each.before for each in found}
        after = {str(each.field): each.after for each in found}
        for each in found:
            self._field(row, each)
        row.version += 1
        row.save()
        history.record(self.programme.college, self.person, "change", row, before=before, after=after)

    def _field(self, row: Task | Point | Indicator, each: Difference) -> None:
        text = (each.after or "").strip()
        if (
            each.field
            and each.field.endswith("目标值")
            and isinstance(row, Indicator)
            and isinstance(each.drafted, DraftIndicator)
        ):
            self._retarget(row, each, text)
        elif each.field == "计划" and isinstance(row, Point):
            row.plan = text
        elif each.field == "年度" and isinstance(row, Point):
            row.year = int(text)
        elif each.field == "序号" and isinstance(row, Point):
            row.ordinal = CIRCLED.index(text) + 1
        elif each.field == "名称" and not isinstance(row, Point):
            row.name = _short(text, _NAME, _("名称"))
        elif each.field == "编号" and not isinstance(row, Point):
            row.code = _short(text, _CODE, _("编号"))
        elif isinstance(row, Indicator) and each.field in {"类别", "计量单位", "方向", "每年"}:
            self._of_indicator(row, each.field, text, each)
        else:
            self._moved(row, each)

    def _of_indicator(self, row: Indicator, field: str, text: str, each: Difference) -> None:
        if field == "类别":
            row.category = CATEGORIES[text]
        elif field == "计量单位":
            row.measure = _short(text, _MEASURE, _("计量单位"))
        elif field == "每年":
            row.basis = Basis.PER_YEAR if text else Basis.CUMULATIVE
        elif isinstance(each.drafted, DraftIndicator) and each.drafted.direction:
            row.direction = DIRECTIONS[each.drafted.direction]

    def _moved(self, row: Task | Point | Indicator, each: Difference) -> None:
        """To another task, or under another parent."""
        group = each.drafted.group if each.drafted else None
        task = self._find(each.after, group)
        if task is None or each.field not in {"建设任务", "上级任务"}:
            raise RefusedError(
                _("“%(label)s”的%(field)s从“%(value)s”改为“%(value2)s”，不能自动写入，请不选这一条。")
                % {
                    "label": each.label,
                    "field": each.field,
                    "value": each.before or _("空"),
                    "value2": each.after or _("空"),
                }
            )
        if isinstance(row, Task):
            row.parent = task
        else:
            row.task = task

    def _retarget(self, row: Indicator, each: Difference, text: str) -> None:
        drafted = each.drafted
        assert isinstance(drafted, DraftIndicator)  # noqa: S101 - asked by the caller
        for figure in drafted.targets:
            if figure.printed.text.strip() != text:
                continue
            period = self._period(figure)
            number, upper = number_of(text, row.measure)
            Target.objects.update_or_create(
                indicator=row, period=period, defaults={"text": text, "number": number, "upper": upper}
            )

    def tell(self, settled: ProgrammeDraft, round_: Round) -> int:
        """Put what the document tells of completion into the items of a round, as drafts; how many are not empty."""
        known = known_draft(self.programme)
        plan = plan_of(settled, self.taking.period)
        done = {id(bare): full for bare, full in zip(plan.points, settled.points, strict=True)}
        reached = {id(bare): full for bare, full in zip(plan.indicators, settled.indicators, strict=True)}
        entries = {("point", each.point_id): each for each in round_.entries.exclude(point=None)}
        entries |= {("indicator", each.indicator_id): each for each in round_.entries.exclude(indicator=None)}
        told: list[Entry] = []
        for bare, other in match_points(plan.points, known.draft.points).pairs:
            entry = entries.get(("point", known.rows[id(other)].pk))
            full = done[id(bare)]
            if entry is not None and full.done is not None:
                entry.text, entry.rate = full.done.text, full.rate.text if full.rate else ""
                told.append(entry)
        for bare_row, other_row in match_indicators(plan.indicators, known.draft.indicators).pairs:
            row = known.rows[id(other_row)]
            entry = entries.get(("indicator", row.pk))
            if entry is not None and isinstance(row, Indicator):
                told.extend(self._reached(entry, reached[id(bare_row)], row))
        for entry in told:
            entry.rate = _short(entry.rate, _RATE, _("“%(entry)s”的完成度") % {"entry": entry})
            entry.changed_by, entry.changed_at = self.person, round_.opened_at
        Entry.objects.bulk_update(
            told, ["text", "rate", "number", "reason", "changed_by", "changed_at"], batch_size=200
        )
        shown = [(entry, history.written(entry, "text", "number", "rate", "reason")) for entry in told]
        history.record_many(self.programme.college, self.person, "take_in", shown)
        return len(told)

    def _reached(self, entry: Entry, full: DraftIndicator, row: Indicator) -> Iterable[Entry]:
        period = self.taking.period
        figure = next((each for each in full.actuals if period and WHEN[PeriodKind(period.kind)] is each.when), None)
        figure = figure or (full.actuals[0] if len(full.actuals) == 1 else None)
        if figure is None:
            return
        entry.text = figure.printed.text
        entry.number = number_of(figure.printed.text, row.measure)[0]
        entry.rate = full.rate.text if full.rate else ""
        entry.reason = full.reason.text if full.reason else ""
        yield entry


def _plain(point: DraftPoint) -> str:
    """The plan without its ordinal, which stands in a column of its own."""
    text = point.plan.text.strip()
    return text[1:].strip() if text[:1] in CIRCLED and text else text


def _short(text: str, longest: int, what: str) -> str:
    """The text, if it is not longer than its column: nothing is cut off in silence."""
    if len(text) > longest:
        raise RefusedError(
            _("%(what)s太长（%(count)s 字，最多 %(longest)s 字）：“%(text)s……”，请在存疑里改短。")
            % {"what": what, "count": len(text), "longest": longest, "text": text[:30]}
        )
    return text
