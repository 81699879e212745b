"""A snapshot of what a document tells, so that a report can be written from a task book or an earlier report."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.core.attainment import Attainment, Cap, Direction, Goal, attained, plain, shown
from taizhang.core.quantity import Bound, Quantity
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Document, Heading, Table
from taizhang.intake.plans import Tally as PrintedTally
from taizhang.intake.plans import says_nothing, without_ordinal
from taizhang.intake.programme import DraftIndicator, DraftPoint, DraftTask, Printed, ProgrammeDraft, When, drafted
from taizhang.intake.programme.tasks import alike, coded, unmarked
from taizhang.intake.reading import typed_rows
from taizhang.profiles import Profile
from taizhang.reports.snapshot import (
    RESULTS,
    Form,
    Indicator,
    Period,
    PeriodKind,
    Point,
    Result,
    Satisfaction,
    Snapshot,
    Tally,
    Task,
)

_NEAR = Decimal("0.6")  # percentage points: a printed rate may be rounded to whole points
_FULL = Decimal(100)
_TAGS = re.compile(r"<[^<>]{1,12}>")
_COUNT = re.compile(r"\s*\d+\s*[.．、)）]\s*")
_SUMMED_UP = re.compile(r"^(?:共|累计|合计)?获?.*标志性成果\s*\d+\s*[项个]")
_LEVEL = re.compile(r"国家级|省级|市级|县级|校级")
_GROUPS = "专业群"


def imported(document: Document, profile: Profile, on: date, period: Period | None = None) -> Snapshot:
    """What the document tells, frozen. Without a period given, the document's own: its mid-term, its end, its year.

    A rate that the values beside it do not bear out is worked out again; `working` says what was printed.
    """
    draft = drafted(document, profile)
    done_words = frozenset(profile.sections.get("attainment", {}).get("done_words", ()))
    made = _Import(document, draft, period or period_of(draft), done_words)
    tallies, _ = typed_rows(document, profile)
    first, last = draft.period or (None, None)
    return Snapshot(
        name=draft.title or document.file, taken_on=on, origin=document.file, college=draft.college or "",
        programme="", first_year=first, last_year=last, period=made.period, tasks=tuple(made.tasks()),
        points=tuple(made.points()), indicators=tuple(made.indicators()), results=tuple(made.results()),
        satisfaction=tuple(made.satisfaction()), tallies=(*made.tallies(tallies.tallies), *made.shares(tallies.tallies)), forms=tuple(made.forms()),
    )  # fmt: skip


def period_of(draft: ProgrammeDraft) -> Period:
    """The period that a document reports on, by the targets that it gives and the years that it names."""
    times = {figure.when for row in draft.indicators for figure in (*row.targets, *row.actuals)}
    years = draft.years or tuple(
        sorted({figure.year for row in draft.indicators for figure in row.targets if figure.year is not None})
    )
    first, last = (years[0], years[-1]) if years else draft.period or (1, 9999)
    if When.MID in times:
        return Period(name="中期", kind=PeriodKind.CHECKPOINT, first_year=first, last_year=last)
    if When.YEAR in times:
        return Period(name=f"{last} 年度", kind=PeriodKind.YEAR, first_year=last, last_year=last)
    return Period(name="期满", kind=PeriodKind.END, first_year=first, last_year=last)


@dataclass(frozen=True, slots=True)
class _Rated:
    """What is printed as an indicator's attainment, and what came of working it out."""

    rate: str = ""
    is_met: bool | None = None
    working: tuple[str, ...] = ()


class _Import:
    """One document on its way into a snapshot."""

    def __init__(
        self, document: Document, draft: ProgrammeDraft, period: Period, done_words: frozenset[str]
    ) -> None:  # fmt: skip
        self.document, self.draft, self.period, self.done_words = document, draft, period, done_words
        self.headed = {bare(unmarked(block.text)) for block in document.blocks if isinstance(block, Heading)}
        self.times = Counter(
            bare(coded(cell.text)[1])
            for table in document.tables
            for cell in {id(c): c for row in table.body for c in row}.values()
        )
        self.times.update(bare(unmarked(block.text)) for block in document.blocks if isinstance(block, Heading))
        self.counted: list[Form] = []
        self.capped = self._caps()
        self.categories = _categories(draft.indicators)

    def tasks(self) -> Iterator[Task]:
        """The tasks, each with the name that a heading gives it, where that is another."""
        for task in self.draft.tasks:
            is_group = task.group is not None and task.parent is None and task.code is None
            name = self._name(task)
            heading = self._heading(task)
            yield Task(
                key=task.key, code=task.code or "", name=name, heading="" if heading == name else heading,
                parent=task.parent or "", group=task.group or "", is_labelled=is_group or not task.is_derived,
            )  # fmt: skip

    def _name(self, task: DraftTask) -> str:
        """The wording that the document gives the task most often, of those that differ in a character or two."""
        near = [name for name in (task.name, *task.also) if alike(name, task.name)]
        return _clean(max(near, key=lambda name: self.times[bare(name)]))

    def _heading(self, task: DraftTask) -> str:
        """The name that a heading gives it, which says more than labels do."""
        return next((name for each in task.also if bare(name := _clean(each)) in self.headed), "")

    def points(self) -> Iterator[Point]:
        """The task points of the period; one without an ordinal takes the next of its task and year."""
        last: dict[tuple[str, str, int], int] = {}
        for point in self.draft.points:
            year = point.year or self.period.last_year
            if year not in self.period.years:
                continue
            place = (point.group or "", point.task or "", year)
            ordinal = max(point.position or 0, last.get(place, 0) + 1)
            last[place] = ordinal
            yield self._point(point, year, ordinal)

    def _point(self, point: DraftPoint, year: int, ordinal: int) -> Point:
        done = without_ordinal(point.done.text)[0].strip() if point.done else ""
        rate, percent = self._verdict(point)
        if says_nothing(done):
            done, rate = "", ""
        ref = "/".join(filter(None, ("point", point.group, point.task, str(year), str(ordinal))))
        return Point(
            ref=ref, task=point.task or "", group=point.group or "", year=year, ordinal=ordinal,
            plan=_clean(without_ordinal(point.plan.text)[0]), done=_clean(done), rate=rate, state=point.state or "",
            is_done=percent >= _FULL if percent is not None and done else None,
        )  # fmt: skip

    def indicators(self) -> Iterator[Indicator]:
        """The indicators, those that only tell how satisfied people are apart."""
        for place, row in enumerate(self.draft.indicators, 1):
            if not _is_survey(row):
                yield self._indicator(row, f"indicator/{'/'.join(filter(None, (row.group, row.code or str(place))))}")

    def _indicator(self, row: DraftIndicator, ref: str) -> Indicator:
        when = {PeriodKind.YEAR: When.YEAR, PeriodKind.CHECKPOINT: When.MID, PeriodKind.END: When.END}[self.period.kind]
        year = self.period.last_year if when is When.YEAR else None
        goal = row.target(when, year) or (row.target(when) if year else None)
        actual = row.actual(when, year) or (row.actuals[0].printed if row.actuals else None)
        end = row.target(When.END)
        rated = self._rated(row, goal.quantity if goal else None, actual.quantity if actual else None)
        return Indicator(
            ref=ref, code=row.code or "", name=_clean(row.name), label=_label(row), category=self._category(row),
            unit=row.unit or "", task=row.task or "", group=row.group or "", end=_told(end),
            goal=_told(goal), actual=_told(actual),
            goal_number=goal.quantity.value if goal and goal.quantity else None,
            number=actual.quantity.value if actual and actual.quantity else None, rate=rated.rate, is_met=rated.is_met,
            is_words=goal is not None and goal.quantity is None, working=rated.working,
            reason=_clean(row.reason.text) if row.reason else "",
        )  # fmt: skip

    def _category(self, row: DraftIndicator) -> str:
        """The category of most rows whose codes begin alike, else the row's own."""
        return self.categories.get(_family(row), row.category) or ""

    def _rated(self, row: DraftIndicator, goal: Quantity | None, actual: Quantity | None) -> _Rated:
        """The rate as printed where the values bear it out, else as they make it."""
        told, percent = self._verdict(row)
        if goal is None or actual is None:  # words are judged by people: what they told stands, and rules ask about it
            side = "目标值" if goal is None else "实现值"
            working = (f"{side}不是一个数，完成度照原文",) if told else ()
            return _Rated(told, percent >= _FULL if percent is not None else None, working)
        result = attained(_goal(goal), actual.upper or actual.value)
        if percent is not None and _bears_out(percent, result):
            return _Rated(told, result.is_met, result.working)
        cap = Cap.CAPPED if self.capped.get(row.source.table, True) else Cap.AS_IS
        rate = f"{plain(shown(result, cap, 0 if cap is Cap.CAPPED and result.is_met else 2))}%"
        printed_as = (f"原文写的是 {told}",) if told else ()
        return _Rated(rate, result.is_met, (*result.working, *printed_as))

    def _verdict(self, row: DraftIndicator | DraftPoint) -> tuple[str, Decimal | None]:
        """The printed rate, as a text and as a number; where the table judges in words, its word."""
        if row.rate is not None:
            return row.rate.text.strip(), row.rate.quantity.value if row.rate.quantity else None
        word = row.verdict.text.strip() if row.verdict else ""
        is_done = word.startswith(tuple(self.done_words)) and not re.search(r"\d", word)
        return word, _FULL if is_done else None

    def _caps(self) -> dict[int | None, bool]:
        """For each table whether it prints nothing above 100 %."""
        capped: dict[int | None, bool] = {}
        for row in self.draft.indicators:
            quantity = row.rate.quantity if row.rate else None
            above = quantity is not None and quantity.value > _FULL
            capped[row.source.table] = capped.get(row.source.table, True) and not above
        return capped

    def satisfaction(self) -> Iterator[Satisfaction]:
        """How satisfied people are, where a table tells it without a target for the period."""
        for place, row in enumerate(filter(_is_survey, self.draft.indicators), 1):
            rate = row.actuals[0].printed.text.strip() if row.actuals else ""
            yield Satisfaction(ref=f"satisfaction/{place}", who=_clean(row.name), rate=rate)

    def results(self) -> Iterator[Result]:
        """The lines of tables of landmark results; the task is the one whose indicators stand in the same section."""
        sections: dict[tuple[str, ...], tuple[str, str]] = {}
        tables = {table.index: table for table in self.document.tables}
        for row in self.draft.indicators:
            if row.source.table in tables and row.task:
                sections[tables[row.source.table].section] = (row.task, row.group or "")
        for table in self._result_tables():
            task, group = sections.get(table.section, ("", ""))
            for place, line in enumerate(_lines(table), 1):
                level = _LEVEL.search(line)
                yield Result(
                    ref=f"result/{table.index}/{place}", text=line, task=task, group=group,
                    level=level[0] if level else "", is_total=_SUMMED_UP.match(line) is not None,
                )  # fmt: skip
            if len(table.columns) > 1:
                self.counted.append(Form(task=task, group=group, category=RESULTS, first=bare(table.columns[0])))

    def _result_tables(self) -> list[Table]:
        return [table for table in self.document.tables if all(RESULTS in column for column in table.columns)]

    def tallies(self, printed_ones: tuple[PrintedTally, ...]) -> Iterator[Tally]:
        """The counts told of specialty groups of which nothing stands one by one."""
        groups = {task.group for task in self.draft.tasks if task.group}
        known = {row.group for row in self.draft.points if row.group}
        known |= {row.group for row in self.draft.indicators if row.group}
        for each in printed_ones:
            total, done = each.total.quantity, each.done.quantity
            group = each.label.text.strip()
            if group not in groups - known and not (group == _GROUPS and not known):
                continue
            if total is None or done is None:
                continue
            year = re.search(r"20\d\d", each.table.rows[each.label.row][0].text)
            what = "指标" if "指标" in each.heading or "绩效" in each.heading else "任务"
            yield Tally(
                ref=f"tally/{each.table.index}/{each.label.row}/{what}", group=group, what=what, total=int(total.value),
                done=int(done.value), year=int(year[0]) if year else None,
            )  # fmt: skip

    def shares(self, printed_ones: tuple[PrintedTally, ...]) -> Iterator[Tally]:
        """The counts told of the school's tasks, where they share out among the tasks all that is there one by one.

        Then indicators that stand under no task (效益, 满意度) are counted with the task that answers for them, as told.
        """
        own = [row for row in self.draft.indicators if row.group is None]
        roots = {
            task.code: task for task in self.draft.tasks if task.group is None and task.parent is None and task.code
        }
        told = [
            (code, each, int(each.total.quantity.value))
            for each in printed_ones
            if ("指标" in each.heading or "绩效" in each.heading) and each.total.quantity is not None
            and (code := coded(each.label.text)[0]) in roots
        ]  # fmt: skip
        if sum(total for _, _, total in told) != len(own) or len({code for code, _, _ in told}) != len(told):
            return
        for code, each, total in told:
            yield Tally(
                ref=f"tally/{each.table.index}/{each.label.row}/指标", group="", task=code or "", what="指标", total=total,
                done=int(each.done.quantity.value) if each.done.quantity else 0,
            )  # fmt: skip

    def forms(self) -> Iterator[Form]:
        """How the document lays out its tables of indicators and results, so that the next one looks like it."""
        tables = {table.index: table for table in self.document.tables}
        seen: set[tuple[str, str, str]] = set()
        for row in self.draft.indicators:
            place = (row.task or "", row.group or "", self._category(row))
            table = tables.get(row.source.table or 0)
            if table is None or place in seen or not row.targets:
                continue
            seen.add(place)
            first = bare(table.columns[0]) if row.source.column and row.source.column > 1 else ""
            rate = table.columns[row.rate.source.column - 1] if row.rate and row.rate.source.column else ""
            word = next((word for word in ("完成度", "完成率", "达成度", "达成率") if word in bare(rate)), "完成率")
            yield Form(task=place[0], group=place[1], category=place[2], first=first, rate=word)
        yield from self.counted


def _family(row: DraftIndicator) -> tuple[str | None, str]:
    return row.group, ".".join((row.code or "").split(".")[:2])


def _categories(rows: Iterable[DraftIndicator]) -> dict[tuple[str | None, str], str]:
    """The category of each family of codes of three parts or more (1.2 of 1.2.8.1): that of most of its rows."""
    told: dict[tuple[str | None, str], Counter[str]] = {}
    for row in rows:
        if row.code is not None and row.category is not None and row.code.count(".") >= 2:
            told.setdefault(_family(row), Counter())[row.category] += 1
    return {family: names.most_common(1)[0][0] for family, names in told.items()}


def _is_survey(row: DraftIndicator) -> bool:
    return row.category == "满意度" and not row.targets


def _label(row: DraftIndicator) -> str:
    """The cell that names it, with the unit where that stands in a column of its own and not beside the figures."""
    label = _clean(row.label.text)
    beside = any((row.unit or "") in each.printed.text for each in (*row.targets, *row.actuals))
    return label if not row.unit or row.unit in label or beside else f"{label}（{row.unit}）"


def _goal(quantity: Quantity) -> Goal:
    direction = Direction.LOWER if quantity.bound is Bound.AT_MOST else Direction.HIGHER
    return Goal(quantity.value, quantity.upper, direction)


def _bears_out(percent: Decimal, result: Attainment) -> bool:
    """Whether the values bear a printed rate out: as it is, or capped at 100 % where the target is met."""
    near = abs(percent - result.ratio) <= _NEAR and (result.is_met or percent < _FULL)
    return near or (result.is_met and percent == _FULL)


def _lines(table: Table) -> Iterator[str]:
    """The rows of a table as lines, without markup and without their own count."""
    for row in table.body:
        line = " ".join(text for cell in row if (text := _clean(cell.text)))
        bare = _COUNT.sub("", line, count=1).strip()
        if bare:
            yield bare


def _told(cell: Printed | None) -> str:
    """What a cell says; nothing where it only has a sign for nothing."""
    return "" if cell is None or says_nothing(cell.text.strip()) else _clean(cell.text)


def _clean(text: str) -> str:
    """A text without markup, its white space single."""
    return " ".join(_TAGS.sub("", text).split())
