"""Indicators of a self-evaluation: counts, landmark results and tables by category, task by task, then by group."""

from collections.abc import Iterator, Sequence

from taizhang.reports.counts import Counts, root_of
from taizhang.reports.digest import promised_of
from taizhang.reports.outline import Align, Block, Cell, Column, Content, Figure, Heading, Runs, Table, row
from taizhang.reports.selfevaluation.points import heading
from taizhang.reports.sentences import listed, of, outcome, paragraph, quoted, reached, see, shown
from taizhang.reports.snapshot import RESULTS, Indicator, PeriodKind, Result, Satisfaction, Snapshot, Task
from taizhang.reports.wording import said

_NOTHING = "--"
_OF_TASKS = ("数量", "质量")
_EFFECTS = ("社会效益", "可持续影响")
_NAMED = {"可持续影响": "可持续影响力"}
_SCHOOL = "学校层面"
_MOST_TOLD = 6  # indicators of a table that the words before it tell one by one


def indicator_blocks(snapshot: Snapshot) -> Iterator[Block]:
    """The indicators of the period: output, effect, satisfaction."""
    if not snapshot.indicators and not snapshot.satisfaction and not snapshot.promises:
        return
    yield Heading(f"{snapshot.period.word}绩效目标完成情况", 2)
    made = _Indicators(snapshot)
    yield from made.output()
    yield from made.promised()
    yield from made.effects()
    yield from made.satisfied()


class _Indicators:
    """One walk over the categories; `section` is the running number of the part of the report."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.word = snapshot, snapshot.period.word
        self.counts, self.find = Counts(snapshot), root_of(snapshot)
        self.forms = {(form.task, form.group, form.category): form for form in snapshot.forms}

    def output(self) -> Iterator[Block]:
        """产出指标: quantity and quality by task, then timeliness and cost."""
        if not any(row.category in {*_OF_TASKS, "时效", "成本", ""} for row in self.snapshot.indicators):
            return
        yield Heading("产出指标", 3)
        rows = [each for each in self.snapshot.indicators if each.category in {*_OF_TASKS, ""}]
        if rows:
            count = self.counts.of_tasks()
            yield Heading("数量与质量指标", 4)
            yield paragraph("数量与质量指标共 ", of(count, "total"), "；", outcome(count, "达标"))
            for place, task in enumerate(self.snapshot.roots(), 1):
                yield from self._of_task(
                    task, place, [each for each in rows if not each.group and self._root(each) is task]
                )
            yield from self._without_task([each for each in rows if not each.group and self._root(each) is None])
            for group in self.snapshot.groups():
                yield from self._of_task(group, 0, [each for each in rows if each.group == group.group])
        for category in ("时效", "成本"):
            yield from self._whole(category, 4)

    def promised(self) -> Iterator[Block]:
        """标志性成果 that the plan promises, each with what became of it."""
        rows = self.snapshot.promises
        if not rows:
            return
        whole, kept, broken = (each.figure for each in promised_of(self.snapshot))
        short = said("promise.short", n=broken) if any(not each.is_kept for each in rows) else ()
        yield Heading("承诺的标志性成果", 3)
        yield paragraph(said("promise.opening", n=whole, done=kept, short=short), see(["promises"]))
        columns = (
            Column(("序号",), 0.6), Column((RESULTS,), 3, Align.LEFT), Column(("承诺级别",)), Column(("责任单位",), 1.6),
            Column(("现状",), 3, Align.LEFT),
        )  # fmt: skip
        lines = tuple(
            row(
                str(number), Figure(f"{each.ref}:name", each.name, RESULTS), each.level or _NOTHING, each.unit,
                Figure(f"{each.ref}:said", each.said, f"{each.name}现状"),
            )
            for number, each in enumerate(rows, 1)
        )  # fmt: skip
        yield Table(caption="承诺的标志性成果完成情况表", columns=columns, rows=lines, key="promises")

    def effects(self) -> Iterator[Block]:
        """效益指标: social benefit and lasting effect."""
        if any(each.category in _EFFECTS for each in self.snapshot.indicators):
            yield Heading("效益指标", 3)
            for category in _EFFECTS:
                yield from self._whole(category, 4)

    def satisfied(self) -> Iterator[Block]:
        """满意度指标: those with targets, then what surveys tell."""
        rows = [each for each in self.snapshot.indicators if each.category == "满意度"]
        if not rows and not self.snapshot.satisfaction:
            return
        yield Heading("满意度指标", 3)
        if rows:
            yield from self._tables("满意度", rows)
        if self.snapshot.satisfaction:
            yield from self._surveys()

    def _root(self, row_: Indicator) -> Task | None:
        return self.find(row_.task, row_.group)

    def _of_task(self, task: Task, place: int, rows: Sequence[Indicator]) -> Iterator[Block]:
        """A task's count, landmark results, and its tables of quantity and quality."""
        keys_within = {each.key for each in self.snapshot.within(task)}
        results = [each for each in self.snapshot.results if each.group == task.group and each.task in keys_within]
        if not rows and not results:
            return
        where = f"{task.group}/{task.key}"
        yield heading(task, place, 5)
        if rows:
            count = self.counts.of_task_tables(task)
            keys = [f"indicator-counts/{where}", *([f"results/{where}"] if results else [])]
            keys += [f"indicators/{where}/{category}" for category in _present(rows)]
            yield paragraph(
                f"本建设任务{self.word}共有绩效指标 ", of(count, "total"), "；", outcome(count, "达标"), see(keys)
            )
            yield from self._met(rows)
            yield self._count_table(task, where, rows)
        if results:
            yield self._results_table(task, where, results)
        for category in _present(rows):
            own = [each for each in rows if each.category == category]
            yield self._table(
                f"{task.name}{category}指标表", own, f"indicators/{where}/{category}", (task.key, task.group, category)
            )

    def _results_table(self, task: Task, where: str, results: Sequence[Result]) -> Table:
        """标志性成果: the lines, numbered, then those that sum them up."""
        apart = (task.key, task.group, RESULTS) in self.forms
        lines = []
        for number, each in enumerate(sorted(results, key=lambda result: result.is_total), 1):
            text = Figure(f"{each.ref}:text", each.text, RESULTS)
            if each.is_total:
                lines.append(row(Cell(((text,),), columns=2 if apart else 1)))
            else:
                lines.append(row(f"{number}.", text) if apart else row((f"{number}. ", text)))
        columns = (*([Column((f"典型{RESULTS}",), 0.2)] if apart else []), Column((f"典型{RESULTS}",), 1, Align.LEFT))
        totals = sum(each.is_total for each in results)
        return Table(
            caption=f"{task.name}典型{RESULTS}表",
            columns=columns,
            rows=tuple(lines),
            key=f"results/{where}",
            totals=totals,
        )

    def _count_table(self, task: Task, where: str, rows: Sequence[Indicator]) -> Table:
        lines = []
        for category in _present(rows):
            count = self.counts.indicators_of(task, category)
            lines.append(row(f"{category}指标", count.figure("total"), count.figure("done"), count.figure("rate")))
        names = ("绩效指标", f"{self.word}指标数", f"{self.word}完成数", f"{self.word}完成率")
        return Table(
            caption=f"{quoted(task.name)}绩效完成情况表", columns=tuple(Column((name,)) for name in names), rows=tuple(lines),
            key=f"indicator-counts/{where}",
        )  # fmt: skip

    def _without_task(self, rows: Sequence[Indicator]) -> Iterator[Block]:
        results = [each for each in self.snapshot.results if not each.task and not each.group]
        if rows or results:
            yield Heading(_SCHOOL, 5, numbered=False)
            if results:  # the ledger knows no task that they belong to
                yield self._results_table(Task(key="", name=_SCHOOL), "school", results)
            for category in _present(rows):
                own = [each for each in rows if each.category == category]
                yield self._table(
                    f"{_SCHOOL}{category}指标表", own, f"indicators/school/{category}", ("", "", category)
                )

    def _whole(self, category: str, level: int) -> Iterator[Block]:
        """A category of the whole school, and of each group."""
        rows = [each for each in self.snapshot.indicators if each.category == category]
        if rows:
            yield Heading(f"{_NAMED.get(category, category)}指标", level)
            yield from self._tables(category, rows)

    def _tables(self, category: str, rows: Sequence[Indicator]) -> Iterator[Block]:
        count = self.counts.of_category(category)
        groups = [("", _SCHOOL), *((group.group, group.name) for group in self.snapshot.groups())]
        keys = [
            f"indicators/{group or 'school'}/{category}"
            for group, _ in groups
            if any(each.group == group for each in rows)
        ]
        yield paragraph(f"{category}指标共 ", of(count, "total"), "；", outcome(count, "达标"), see(keys))
        yield from self._met(rows)
        for group, name in groups:
            own = [each for each in rows if each.group == group]
            if own:
                yield self._table(
                    f"{name}{_NAMED.get(category, category)}指标表",
                    own,
                    f"indicators/{group or 'school'}/{category}",
                    ("", group, category),
                )

    def _met(self, rows: Sequence[Indicator]) -> Iterator[Block]:
        """What was reached, in words: the indicators that met their targets, the first few of many."""
        met = [each for each in rows if each.is_met and each.actual]
        if met:
            told = [reached(each, self.word) for each in met[:_MOST_TOLD]]
            pattern = "indicator.listed" if len(met) <= _MOST_TOLD else "indicator.some"
            yield paragraph(said(pattern, rows=listed(told, "；")))

    def _table(self, caption: str, rows: Sequence[Indicator], key: str, place: tuple[str, str, str]) -> Table:
        """An indicator table: end target, target, value, attainment of the period; reasons where any is given."""
        form = self.forms.get(place)
        first, rate = (form.first, form.rate) if form is not None else ("类型", "完成率")
        is_end = self.snapshot.period.kind is PeriodKind.END
        has_reasons = any(each.reason for each in rows)
        columns = [Column((first,), 1.2)] if first else []
        columns += [Column(("三级指标",), 4, Align.LEFT), Column(("期满目标值",), 1.3)]
        columns += [] if is_end else [Column((f"{self.word}目标值",), 1.3)]
        columns += [Column((f"{self.word}实现值",), 1.6), Column((f"{self.word}{rate}",), 1.2)]
        columns += [Column(("原因分析及改进措施",), 2.5, Align.LEFT)] if has_reasons else []
        lines = []
        for number, each in enumerate(rows):
            contents: list[Content] = []
            if first and not number:
                contents.append(Cell(((f"{each.category or '产出'}指标",),), rows=len(rows)))
            contents += [
                Figure(f"{each.ref}:label", each.title, "指标"),
                _or_nothing(each, "goal" if is_end else "end"),
            ]
            contents += [] if is_end else [_or_nothing(each, "goal")]
            contents += [_or_nothing(each, "actual"), _or_nothing(each, "rate")]
            contents += [_or_nothing(each, "reason")] if has_reasons else []
            lines.append(row(*contents))
        return Table(caption=caption, columns=tuple(columns), rows=tuple(lines), key=key)

    def _surveys(self) -> Iterator[Block]:
        """What people said when they were asked: by whom, when and how many where that is told."""
        rows = self.snapshot.satisfaction
        parts = (("目标值", "goal"), ("样本数", "sample"), ("调查机构", "surveyor"), ("调查时间", "asked"))
        extra = [(name, part) for name, part in parts if any(getattr(each, part) for each in rows)]
        columns = tuple(Column((name,)) for name in ("序号", "类别", "满意度", *(name for name, _ in extra)))
        lines = tuple(
            row(
                str(number), each.who, Figure(f"{each.ref}:rate", each.rate, f"{each.who}"),
                *(Figure(f"{each.ref}:{part}", getattr(each, part) or _NOTHING, f"{each.who}{name}") for name, part in extra),
            )
            for number, each in enumerate(rows, 1)
        )  # fmt: skip
        yield paragraph(
            said("survey.all", surveys=listed([_survey(each) for each in rows], "；")), see(["satisfaction"])
        )
        yield Table(caption="满意度调查统计表", columns=columns, rows=lines, key="satisfaction")


def _survey(each: Satisfaction) -> Runs:
    """“在校生满意度 96.5%（样本 1200，第三方，2023 年 11 月）”, of what is told."""
    names = {"sample": "样本数", "surveyor": "调查机构", "asked": "调查时间"}
    told: list[Runs] = [
        (
            *(["样本 "] if part == "sample" else []),
            Figure(f"{each.ref}:{part}", getattr(each, part), f"{each.who}{name}"),
        )
        for part, name in names.items()
        if getattr(each, part)
    ]
    about = ("（", *listed(told, "，"), "）") if told else ()
    return said("survey.one", who=each.who, rate=Figure(f"{each.ref}:rate", each.rate, each.who), about=about)


def _present(rows: Sequence[Indicator]) -> list[str]:
    """The categories of some rows, in the order of the rule."""
    return [category for category in (*_OF_TASKS, "") if any(each.category == category for each in rows)]


def _or_nothing(row_: Indicator, part: str) -> Content:
    return shown(row_, part) if getattr(row_, part) else (_NOTHING if part in {"end", "goal"} else "")
