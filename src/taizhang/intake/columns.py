"""Header words and what they mean (目标值 = 指标值 = 年度指标值), settled by what stands below them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from taizhang.core.quantities import number
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table

_YEAR = re.compile(r"(20\d\d)")
# A footnote's mark; where a file lost its raised type, it is a bare digit behind the last word (“目标值1”).
_MARK = re.compile(r"[¹²³⁴-⁹*※]|(?<=[值率度数况])[0-9]$|\[\^?[0-9]\]$")
_UNIT_IN_HEADER = re.compile(r"[(（]([^()（）]{1,6})[)）]$")
_TEXTUAL = frozenset({"plan", "done", "task", "verdict"})
_PLANNED = frozenset({None, "plan", "target_end", "target_mid", "target_year"})
_COUNTED = frozenset({"count_total", "count_done"})
_TARGETS = frozenset({"target_end", "target_mid", "target_year"})
_VALUES = _TARGETS | {"actual"}
_GROWTH = re.compile("同比|环比|增|比上年|较上年|变化")
_MOSTLY = 0.6  # of a column's filled cells
_SAMPLE = 60  # rows are enough to see what a column holds
_ITEM_LENGTH = 5  # characters: a shorter text is a label, not the wording of a plan
_SENTENCE_LENGTH = 8  # characters: what a column of plans holds on average
_ECHO = 0.3  # of a plan's pairs of characters stand again in what is told of it
_CIRCLED = re.compile("^[①-⑳]")
_RUN = re.compile("[一-鿿]+")
_UNITS = 2  # units of rows, from which a table is no count of tasks
_LAST_DIGIT = 0.06  # percentage points: a rate printed with one decimal
_FEWEST = 3  # columns of a table whose last may judge the others
_STANDARD = re.compile("^(?:达标|合格|考核|评价|诊断)?(?:标准|底线)$")
_GOAL = re.compile("计划|目标|任务|要求|应完成|预期|预定|^应|指标值$")
_DEED = re.compile(r"完成|实际|落实|进展|成果|成效|产出情况|结果|达成|实现|取得|做法|^自评")
_NO_DEED = re.compile(
    "率$|时[间限]|日期|期限|数量?$|(?<!现)(?<!成)(?<!际)值$|占比|部门|单位|原因|计划|目标|要求|金额|经费|资金|得分|评分|次数|人数"
)
_WORDS = re.compile("[一-鿿]{2}")
_SHORT_ITEM = 2  # characters of a state: 立项, 在建
_JUDGED = re.compile(
    "(?:已|未|基本|部分|全部|按期|按时|如期|圆满|超额)*(?:完成|达标|达到|达成|实现|落实|合格|通过|办结|销号)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its header's words, the role they give it, its year and unit where they say so."""

    index: int
    words: str
    role: str | None
    year: str | None
    unit: str | None


class Headers:
    """The header words of a profile, ready to be looked up."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._roles = [(role, re.compile("|".join(patterns))) for role, patterns in words.items()]
        self._fitting = lru_cache(maxsize=4096)(self._fitting_words)  # a report has the same header on many tables

    def of(self, table: Table) -> list[Column]:
        """The columns of a table, each with its role.

        Words that may mean several things are settled by the cells: 计划 over numbers is a target, over sentences a
        plan. What is still open is inferred from the columns beside it.
        """
        natures = [_Nature.of(table, index) for index in range(len(table.columns))]
        columns = [self.column(index, words, natures[index]) for index, words in enumerate(table.columns)]
        columns = _with_indicator(columns, natures)
        columns = _without_counts(columns, table)
        columns = _with_verdict(columns, natures, table)
        columns = _with_worded_pairs(columns, natures, table)
        columns = _with_plan(columns, natures)
        columns = _with_plan_and_done(columns, natures, table)
        columns = _without_goal_as_label(columns, natures)
        columns = _with_standard(columns, natures)
        columns = _with_rate(columns, natures)
        return _with_target_and_actual(columns, natures, table)

    def column(self, index: int, words: str, nature: "_Nature | None" = None) -> Column:
        """One column by its words, and by its cells where they are known."""
        plain = _MARK.sub("", bare(words))
        last = plain.rpartition("/")[2]
        unit = _UNIT_IN_HEADER.search(last)
        core = last[: unit.start()] if unit else last
        year = _YEAR.search(plain)
        role = next((role for role in self._fitting(core) if nature is None or nature.allows(role)), None)
        if role is None and "/" in plain:
            # “目标值/中期” is a 中期目标值: the header above says of what, the one below which.
            above = plain.rpartition("/")[0].rpartition("/")[2]
            role = next((role for role in self._fitting(core + above) if role in _VALUES), None)
        return Column(index, plain, role, year[1] if year else None, unit[1] if unit else None)

    def _fitting_words(self, words: str) -> tuple[str, ...]:
        """The roles that words may mean, the likeliest first."""
        return tuple(role for role, pattern in self._roles if pattern.search(words))


@dataclass(frozen=True, slots=True)
class _Nature:
    """What the cells of a column are: how many are numbers, and how long and how different their texts are."""

    numeric: float
    length: float
    different: float
    percent: float
    values: tuple[float | None, ...]

    @classmethod
    def of(cls, table: Table, index: int) -> "_Nature":
        texts = [row[index].text.strip() for row in table.rows[table.header : table.header + _SAMPLE]]
        found = [number(text) for text in texts]
        values = tuple([float(each.value) if each is not None else None for each in found])
        filled = [text for text in texts if text and text.strip("-—–/ ")]
        if not filled:
            return cls(0.0, 0.0, 0.0, 0.0, values)
        count = len(filled)
        percent = sum([text.endswith(("%", "％")) for text in filled])
        figures = len(found) - found.count(None)
        return cls(figures / count, len("".join(filled)) / count, len(set(filled)) / count, percent / count, values)

    def allows(self, role: str) -> bool:
        """Whether a column of this nature can have the role."""
        if role in _TEXTUAL:
            return self.numeric < _MOSTLY
        return role not in _COUNTED or self.numeric >= _MOSTLY or self.length == 0


def _with_indicator(columns: list[Column], natures: Sequence[_Nature]) -> list[Column]:
    """Where a table of targets has no third level: its last level whose rows differ (二级指标) names the indicators."""
    values = [column.index for column in columns if column.role in _VALUES]
    if not values or any(column.role in {"indicator", "task", "plan", None} for column in columns[: values[0]]):
        return columns
    levels = [c.index for c in columns[: values[0]] if c.role == "category" and "指标" in c.words]
    if not levels or natures[levels[-1]].different < _MOSTLY or natures[levels[-1]].numeric >= _MOSTLY:
        return columns
    return [replace(each, role="indicator") if each.index == levels[-1] else each for each in columns]


def _without_counts(columns: list[Column], table: Table) -> list[Column]:
    """Where rows print a unit each (“精品课程（门）”), 任务数 and 完成数 are target and actual, and count no tasks."""
    done = next((column.index for column in columns if column.role == "count_done"), None)
    if not done or columns[done - 1].role not in {"count_total", None} or not _has_own_units(columns, table):
        return columns
    given = {done - 1: "target_year", done: "actual"}
    return [replace(column, role=given.get(column.index, column.role)) for column in columns]


def _has_own_units(columns: Sequence[Column], table: Table) -> bool:
    """Whether the labels of the rows print units, of several kinds, as those of indicators do."""
    labels = [column.index for column in columns if column.role in {"indicator", "task", None}]
    rows = [
        next((u[1] for at in labels if (u := _UNIT_IN_HEADER.search(row[at].text.strip()))), "") for row in table.body
    ]
    return len(set(rows) - {""}) >= _UNITS and sum(map(bool, rows)) >= _MOSTLY * len(rows)


def _with_verdict(columns: list[Column], natures: Sequence[_Nature], table: Table) -> list[Column]:
    """Where no header says so: the last column, if all its cells are words like 完成, is the verdict."""
    roles = {column.role for column in columns}
    if (
        not columns
        or roles & {"verdict", "rate", "score"}
        or columns[-1].role not in {None, "done"}
        or len(columns) < _FEWEST
    ):
        return columns
    last = columns[-1].index
    cells = [row[last].text.strip() for row in table.body[:_SAMPLE] if row[last].text.strip()]
    fewest = 1 if columns[-1].role == "done" and "actual" in roles else 2
    if len(cells) < fewest or natures[last].numeric or not all(_JUDGED.fullmatch(cell) for cell in cells):
        return columns
    return [replace(column, role="verdict") if column.index == last else column for column in columns]


def _without_goal_as_label(columns: list[Column], natures: Sequence[_Nature]) -> list[Column]:
    """Before plan and completion, 年度总体目标 over short words (目标1) holds the labels of the rows, and no target."""
    plan = next((column.index for column in columns if column.role == "plan"), None)
    if plan is None or not any(column.role == "done" for column in columns):
        return columns
    return [
        replace(column, role="task")
        if column.index < plan and column.role in _TARGETS and not natures[column.index].numeric
        else column
        for column in columns
    ]


def _with_standard(columns: list[Column], natures: Sequence[_Nature]) -> list[Column]:
    """Where rows are judged against a standard (报到率, 标准, 结论): it is the target of the rate to its left."""
    roles = {column.role for column in columns}
    if "verdict" not in roles or roles & {"actual", "plan", "done", "score", *_COUNTED}:
        return columns
    if any(column.role in _TARGETS and natures[column.index].percent for column in columns):
        return columns
    standards = [
        c for c in columns if c.role is None and _STANDARD.search(c.words) and natures[c.index].percent >= _MOSTLY
    ]
    rates = [c.index for c in columns if c not in standards and natures[c.index].percent >= _MOSTLY]
    if len(standards) != 1 or len(rates) != 1 or rates[0] > standards[0].index:
        return columns
    given = {standards[0].index: "target_year", rates[0]: "actual"}
    numbers = {column.index: None for column in columns if column.role in _TARGETS}  # 计划数 beside 报到数
    return [replace(column, role=(numbers | given).get(column.index, column.role)) for column in columns]


def _with_worded_pairs(columns: list[Column], natures: Sequence[_Nature], table: Table) -> list[Column]:
    """Where headers name a goal and what was done of it, both over words alone: plan and completion.

    What 目标 and 实际完成 mean hangs on what stands below: figures are an indicator's, sentences a task point's.
    """
    if any(column.role == "indicator" for column in columns):
        return columns
    given: dict[int, str] = {}
    goal: Column | None = None
    for column in columns:
        nature, last = natures[column.index], column.words.rpartition("/")[2]
        if nature.numeric or nature.length < _SHORT_ITEM or not _is_worded(table, column.index):
            continue
        if column.role in _TARGETS | {"plan"} or (column.role is None and _GOAL.search(last)):
            goal = column
        elif goal is not None and _tells_deeds(column, last) and column.year in {goal.year, None}:
            given |= {goal.index: "plan", column.index: "done"}
            goal = None
    if not given or (_has_figures(columns, natures) and not _reads_as_text(natures, given)):
        return columns
    return [replace(each, role=given.get(each.index, each.role)) for each in columns]


def _is_worded(table: Table, column: int) -> bool:
    """Whether the cells of a column hold words, and not dates."""
    filled = [text for row in table.body[:_SAMPLE] if (text := row[column].text.strip(" -—–/"))]
    return sum(_WORDS.search(text) is not None for text in filled) >= _MOSTLY * len(filled)


def _tells_deeds(column: Column, words: str) -> bool:
    if _NO_DEED.search(words) is not None:
        return False
    return column.role in {"done", "actual"} or (column.role is None and _DEED.search(words) is not None)


def _has_figures(columns: Sequence[Column], natures: Sequence[_Nature]) -> bool:
    """Whether other columns are targets or actual values in figures: then the table is one of indicators."""
    return any(column.role in _VALUES and natures[column.index].numeric for column in columns)


def _reads_as_text(natures: Sequence[_Nature], given: Mapping[int, str]) -> bool:
    return all(natures[index].length >= _SENTENCE_LENGTH for index in given)


def _with_plan(columns: list[Column], natures: Sequence[_Nature]) -> list[Column]:
    """Where a completion column has no plan of its year: the column of sentences just left of it is the plan."""
    roles = {column.role for column in columns}
    if "plan" in roles or roles & _TARGETS:
        return columns
    given: set[int] = set()
    last = 0
    for done in (column for column in columns if column.role == "done"):
        if given and done.year is None:
            break  # one plan, told of in two columns
        for column in reversed(columns[last : done.index]):
            nature = natures[column.index]
            worded = nature.numeric < _MOSTLY and nature.length >= _ITEM_LENGTH
            if worded and column.role in {"task", "indicator", None} and column.year in {None, done.year}:
                given |= {column.index} if nature.different >= _MOSTLY else set()
                break
        last = done.index
    return [replace(each, role="plan") if each.index in given else each for each in columns]


def _with_plan_and_done(columns: list[Column], natures: Sequence[_Nature], table: Table) -> list[Column]:
    """Where headers name plan and completion in words of their own: two columns of sentences, the second echoing the first.

    Only where the table judges its rows (a rate, a verdict, circled numbers): a problem and its remedy echo each
    other as well.
    """
    roles = {column.role for column in columns}
    judged = roles & {"rate", "verdict"} or any(nature.percent >= _MOSTLY for nature in natures)
    targets = {column.index for column in columns if column.role in _TARGETS}
    if {"plan", "done"} <= roles or roles & {"reason", "score"} or ("indicator" in roles and targets):
        return columns
    if any(natures[target].numeric or natures[target].length < _SENTENCE_LENGTH for target in targets):
        return columns
    if not judged and not any(_CIRCLED.match(cell.text) for row in table.body[:_SAMPLE] for cell in row):
        return columns
    worded = [
        column for column, nature in zip(columns, natures, strict=True)
        if nature.numeric < _MOSTLY and nature.length >= _SENTENCE_LENGTH and nature.different >= _MOSTLY
    ]  # fmt: skip
    given: dict[int, str] = {}
    for plan, done in pairwise(worded):  # one pair, or one for each year
        if plan.index in given or plan.role not in _PLANNED or done.role not in {None, "done", "actual"}:
            continue
        if (not given or (plan.year and plan.year == done.year)) and _echoes(table, plan.index, done.index):
            given |= {plan.index: "plan", done.index: "done"}
    return [replace(c, role=given.get(c.index, c.role)) for c in columns] if given else columns


def _echoes(table: Table, plan: int, done: int) -> bool:
    """Whether most cells of the second column take up the words of the first."""
    rows = [(_pairs(row[plan].text), _pairs(row[done].text)) for row in table.body[:_SAMPLE]]
    rows = [(planned, told) for planned, told in rows if planned and told]
    again = sum(len(planned & told) >= _ECHO * len(planned) for planned, told in rows)
    return len(rows) > 1 and again >= _MOSTLY * len(rows)


def _pairs(text: str) -> set[str]:
    return {run[place : place + 2] for run in _RUN.findall(text) for place in range(len(run) - 1)}


def _with_rate(columns: list[Column], natures: Sequence[_Nature]) -> list[Column]:
    """Where no header says so: the one column of percentages behind what was done or reached is its rate."""
    roles = {column.role for column in columns}
    last = max((c.index for c in columns if c.role in {"done", "actual"} | _TARGETS), default=None)
    if last is None or roles & {"rate", "verdict", "score"} or not roles & (_TARGETS | {"plan"}):
        return columns
    open_ones = [c for c in columns[last + 1 :] if c.role is None and natures[c.index].percent >= _MOSTLY]
    if len(open_ones) != 1:
        return columns
    return [replace(c, role="rate") if c is open_ones[0] else c for c in columns]


def _with_target_and_actual(columns: list[Column], natures: Sequence[_Nature], table: Table) -> list[Column]:
    """Where an indicator table's rates are known but not what they are made from: the two columns that make them."""
    roles = {column.role for column in columns}
    rate = next((column.index for column in columns if column.role == "rate"), None)
    if rate is None and "indicator" in roles:
        open_rates = [
            c.index
            for c in columns
            if c.role is None and natures[c.index].percent >= _MOSTLY and not _GROWTH.search(c.words)
        ]
        rate = open_rates[0] if len(open_rates) == 1 else None
    if rate is None or roles & {"plan", "done", *_COUNTED} or ("actual" in roles and roles & _TARGETS):
        return columns
    if "indicator" not in roles and not _has_own_units(columns, table):
        return columns
    known = {column.role: column.index for column in columns if column.role in _TARGETS or column.role == "actual"}
    open_ones = [c.index for c in columns[:rate] if c.role is None and natures[c.index].numeric >= _MOSTLY]
    targets = [known[role] for role in ("target_mid", "target_year", "target_end") if role in known] or open_ones
    actuals = [known["actual"]] if "actual" in known else [c for c in open_ones if c > min(targets, default=-1)]
    pairs = [(target, actual) for target in targets for actual in actuals if target != actual]
    fits = {pair: _makes(natures[pair[0]], natures[pair[1]], natures[rate]) for pair in pairs}
    best = max(pairs, key=fits.__getitem__, default=None)  # the first of several alike
    if best is None or not fits[best]:
        return columns
    given = {best[0]: "target_year", best[1]: "actual", rate: "rate"}
    return [replace(c, role=given[c.index]) if c.index in given and c.role is None else c for c in columns]


def _makes(target: _Nature, actual: _Nature, rate: _Nature) -> float:
    """In how many rows the third column is the second over the first, capped or not; 0 where it is not in most.

    A row that agrees to the last digit counts a little more: 186 and 195 may come near to the rate of 195 and 204.
    """
    rows = [
        (goal, got, told)
        for goal, got, told in zip(target.values, actual.values, rate.values, strict=True)
        if goal and got is not None and told is not None
    ]
    agree = sum(1 for goal, got, told in rows if abs(got / goal * 100 - told) <= 1 or (told == 100 and got >= goal))
    if len(rows) < 2 or agree < _MOSTLY * len(rows):
        return 0.0
    return agree + sum(0.1 for goal, got, told in rows if abs(got / goal * 100 - told) <= _LAST_DIGIT)
