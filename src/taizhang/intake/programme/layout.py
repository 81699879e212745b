"""Layout: what a table of a task book or report holds, and what each of its columns is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from taizhang.core.quantities import number
from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column
from taizhang.intake.plans import CIRCLED, plan_and_done
from taizhang.intake.programme.draft import Content, When
from taizhang.intake.programme.words import Wordlist

TARGETS = {"target_end": When.END, "target_mid": When.MID, "target_year": When.YEAR}
_BEFORE_LABEL = frozenset({"sequence", "category", "unit", "weight", "year", "responsible", "direction"})
_MOSTLY = 0.6
_SENTENCE = 4  # characters: a column of shorter texts holds no plans
_SAMPLE = 60
_YEAR = re.compile(r"20\d\d")
_BLANK = re.compile(r"\s*[-—–─/]*\s*")
_SCHEME = re.compile(r"\s*[A-Za-z]{0,2}\d+(?:[-—–.．]\d+)*\s*")
_TOLD = re.compile(r"达成|完成|实现")


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with what it is to be taken as. `reason` says why it is not; `label` is the column of names.

    `pairs` are (plan, done, year) of a table of task points; done is None where there is no column for it.
    """

    table: Table
    columns: tuple[Column, ...]
    content: Content
    reason: str = ""
    label: int = 0
    pairs: tuple[tuple[int, int | None, str | None], ...] = ()

    @property
    def name(self) -> str:
        """What a person knows the table by."""
        number_ = f"表 {self.table.number} " if self.table.number else ""
        return (number_ + (self.table.caption or "")).strip() or f"第 {self.table.index} 个表"

    def first(self, *roles: str) -> Column | None:
        """The first column that has one of the roles, the roles in order of preference."""
        return next((c for role in roles for c in self.columns if c.role == role), None)

    def all(self, *roles: str) -> list[Column]:
        """All columns that have one of the roles."""
        return [column for column in self.columns if column.role in roles]


def layout(table: Table, columns: Sequence[Column], words: Wordlist) -> Layout:
    """What a table is to be taken as."""
    told = " ".join((table.caption or "", *table.section))
    refined = _refined(table, columns, told, words)
    roles = {column.role for column in refined}
    targets = roles & set(TARGETS)
    nothing = Layout(table, tuple(refined), Content.NOTHING)
    if not table.body:
        return replace(nothing, reason="只有表头，没有内容")
    if "count_done" in roles and not targets and "plan" not in roles:
        return replace(nothing, reason="计数汇总表：任务数、完成数由台账推算，不照录")
    heads = (table.caption or "") + "".join(table.columns)
    if words["not_points"].search(heads):
        return replace(nothing, reason="整改清单，不是任务点")
    pairs = _pairs(table, refined, told, words) if not targets - {"target_year"} else ()
    if pairs and not ("indicator" in roles and targets):
        return Layout(table, tuple(refined), Content.POINTS, pairs=pairs)
    label = _label(refined, roles, targets)
    if label is not None:
        return Layout(table, tuple(refined), Content.INDICATORS, label=label)
    return replace(nothing, reason=_why_not(roles, table))


def _why_not(roles: set[str | None], table: Table) -> str:
    if len(table.columns) == 1:
        return "只有一栏的清单，不是任务点或指标"
    if "indicator" in roles:
        return "有指标名称，但没有认出目标值或实现值的栏"
    if roles & {"plan", "task"}:
        return "没有认出逐条的任务内容（没有年度、序号或完成情况）"
    return "表头里没有认出任务内容、目标值或实现值"


def filled(text: str) -> bool:
    """Whether a cell holds more than a sign for nothing."""
    return _BLANK.fullmatch(text) is None


def _texts(table: Table, column: int) -> list[str]:
    return [row[column].text.strip() for row in table.body[:_SAMPLE] if filled(row[column].text)]


def _is_numeric(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(number(text) is not None for text in texts) >= _MOSTLY * len(texts)


def _is_percent(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(text.endswith(("%", "％")) for text in texts) >= _MOSTLY * len(texts)


def _is_wordy(texts: Sequence[str]) -> bool:
    return bool(texts) and not _is_numeric(texts) and sum(map(len, texts)) / len(texts) >= _SENTENCE


def _refined(table: Table, columns: Sequence[Column], told: str, words: Wordlist) -> list[Column]:
    """The columns with roles that only their neighbours, their cells or the caption tell."""
    refined = [replace(column, unit=None if column.unit and "年" in column.unit else column.unit) for column in columns]
    has_actual = any(column.role == "actual" for column in refined)
    has_label = any(column.role == "indicator" for column in refined)
    for place, column in enumerate(refined):
        last = column.words.rpartition("/")[2]
        texts = _texts(table, column.index)
        role = column.role
        if words["deadline"].search(last) and role not in {"rate", "actual"}:
            role = "deadline"
        elif role is None and words["end_columns"].search(last) and _is_numeric(texts):
            role = "target_end"
        elif role is None and words["mid_columns"].search(last) and _is_numeric(texts):
            role = "target_mid"
        elif role in {None, "task"} and column.year:
            role = _of_year(column, texts, told, words, has_actual=has_actual, has_label=has_label) or role
        elif role is None and words["satisfaction"].search(last) and (column.unit == "%" or _is_percent(texts)):
            role = "satisfaction"
        refined[place] = replace(column, role=role)
    if has_label and not has_actual:
        refined = _qualitative(refined)
    return refined


def _of_year(
    column: Column, texts: Sequence[str], told: str, words: Wordlist, *, has_actual: bool, has_label: bool
) -> str | None:
    """What a column headed by a year is: plans, completions, targets or values."""
    if column.words.count("20") > 1 and not has_label:
        return None  # a stretch of years, in a table that says no more
    if _is_wordy(texts) and not has_label:
        if words["done_columns"].search(column.words):
            return "done"
        shown = column.words + told
        return "plan" if words["task_tables"].search(shown) or any(_is_item(text) for text in texts) else None
    if not has_label:
        return None
    if words["done_columns"].search(column.words):
        return "actual"
    if words["target_columns"].search(column.words):
        return "target_year"
    return "actual" if has_actual else "target_year" if words["target_tables"].search(told) else None


def _qualitative(columns: list[Column]) -> list[Column]:
    """An indicator table whose targets are words: what is planned is the target, what is told of it the actual."""
    roles = {column.role for column in columns}
    if "plan" not in roles or roles & (set(TARGETS) | {"done"}):
        return columns
    told = next((c.index for c in columns if c.role == "reason" and _TOLD.search(c.words)), None)
    given = {"plan": "target_year"}
    return [replace(c, role="actual" if c.index == told else given.get(c.role or "", c.role)) for c in columns]


def _is_item(text: str) -> bool:
    return text[:1] in CIRCLED and bool(text)


def _pairs(
    table: Table, columns: list[Column], told: str, words: Wordlist
) -> tuple[tuple[int, int | None, str | None], ...]:
    """Plan columns with the completion column each has; none where nothing shows that the rows are task points."""
    pairs: list[tuple[int, int | None, str | None]] = list(plan_and_done(columns))
    paired = {plan for plan, _, _ in pairs}
    alone = [c for c in columns if c.role == "plan" and c.index not in paired]
    if pairs:  # other plan columns without a year are labels, as the checker reads them
        alone = [column for column in alone if column.year is not None]
    elif not _shows_points(table, columns, alone, told, words):
        return ()
    elif any(column.year for column in alone):
        alone = [column for column in alone if column.year]
    else:
        alone = alone[-1:]
    return tuple(sorted([*pairs, *((c.index, None, c.year) for c in alone)], key=lambda pair: pair[0]))


def _shows_points(table: Table, columns: list[Column], plan: list[Column], told: str, words: Wordlist) -> bool:
    """Whether a table with plans and no completions is one of task points."""
    if not plan or any(column.role == "indicator" for column in columns):
        return False
    if any(column.year or column.role in {"year", "deadline"} for column in columns):
        return True
    items = [text for column in plan for text in _texts(table, column.index)]
    return sum(map(_is_item, items)) * 2 >= len(items) > 0 or bool(words["task_tables"].search(told))


def _label(columns: Sequence[Column], roles: set[str | None], targets: set[str | None]) -> int | None:
    """The column of the indicators' names, where the table has targets or values beside it."""
    named = next((column.index for column in columns if column.role == "indicator"), None)
    values = [column.index for column in columns if column.role in {*TARGETS, "satisfaction"}]
    if named is not None:
        return named if targets or roles & {"actual", "satisfaction"} else None
    if not values:
        return None
    before = [c.index for c in columns[: min(values)] if c.role not in _BEFORE_LABEL]
    if not before and "satisfaction" in roles:  # 类别 before 满意度 is who was asked
        before = [c.index for c in columns[: min(values)] if c.role == "category"]
    return before[-1] if before else None


def year_in(text: str) -> int | None:
    """The only year that a text names."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def is_scheme(text: str) -> bool:
    """Whether a cell is a number of a scheme: 1.1.2, S3, 2-1."""
    return _SCHEME.fullmatch(text) is not None
