"""Task points whose plan and completion stand above each other: in one cell (计划：…完成：…), or in two rows of a task."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column
from taizhang.intake.plans import (
    Manner,
    Point,
    Value,
    first_of,
    point_label,
    points_in,
    says_nothing,
    value_at,
    verdict_of,
)

PLAN_WORDS = "(?:年度|年初|工作|建设)?(?:计划|目标|任务|要求|部署|预期)(?:目标|内容|任务|要求)?"
DONE_WORDS = "(?:实际|年度|年末|目前)?(?:完成|落实|推进|达成|实施|进展|结果|成效)(?:情况|内容|结果|进展)?"
_IN_ONE_CELL = re.compile(
    rf"\s*(?:[【\[]{PLAN_WORDS}[】\]][:：]?|{PLAN_WORDS}[:：])(?P<plan>.+?)(?:[【\[]{DONE_WORDS}[】\]][:：]?|(?<=[。；;\s]){DONE_WORDS}[:：])(?P<done>.*)",
    re.DOTALL,
)
_PLAN_ROW = re.compile(PLAN_WORDS)
_DONE_ROW = re.compile(DONE_WORDS)
_BOTH = re.compile(f"{PLAN_WORDS}.{{0,2}}[及与和、/].{{0,2}}{DONE_WORDS}")
_ENDS = "。；; \n\t"
_MOSTLY = 0.6  # of the filled cells of a column
_FEWEST = 2  # cells or pairs of rows: a single one may be a remark
_SIDES = frozenset(
    {None, "category", "unit", "sequence", "indicator", "task"}
)  # what the header above 计划/完成 may mean
_NO_DEEDS = frozenset(
    {"year", "rate", "verdict", "reason", "evidence", "responsible", "score", "weight", "sequence", "unit"}
)


def stacked_points(table: Table, columns: Sequence[Column], manner: Manner) -> Iterator[Point]:
    """The task points of a table that has no columns of plan and completion."""
    for column in columns:
        fewest = 1 if _BOTH.search(column.words) else _FEWEST
        if len(table.rows) - table.header < fewest:
            continue
        found = [_IN_ONE_CELL.fullmatch(row[column.index].text) for row in table.body]
        filled = sum(not says_nothing(row[column.index].text) for row in table.body)
        if sum(map(bool, found)) >= max(fewest, _MOSTLY * filled):
            yield from _of_cells(table, columns, column, found, manner)
            return
        if len(table.rows) - table.header >= _FEWEST and column.role in _SIDES and _alternates(table, column.index):
            yield from _of_rows(table, columns, column, manner)
            return


def _of_cells(
    table: Table, columns: Sequence[Column], column: Column, found: Sequence[re.Match[str] | None], manner: Manner
) -> Iterator[Point]:
    """A point of each cell that tells plan and completion one after the other."""
    for row, match in enumerate(found, table.header):
        if match is None:
            continue
        plan, done = (_part(table, row, column.index, match, side) for side in ("plan", "done"))
        told = _year_told(table, row, columns) or column.year
        label = point_label(table, row, columns, column.index)
        yield from points_in(plan, done, verdict_of(table, row, columns, manner), told, label, label)


def _part(table: Table, row: int, column: int, match: re.Match[str], side: str) -> Value:
    """One side of a cell, without the white space around it and the mark at its end."""
    text = match[side].rstrip(_ENDS)
    return Value(table, row, column, text.lstrip(), None, match.start(side) + len(text) - len(text.lstrip()))


def _year_told(table: Table, row: int, columns: Sequence[Column]) -> str | None:
    place = first_of(columns, "year")
    year = re.search(r"20\d\d", table.rows[row][place].text) if place is not None else None
    return year[0] if year else None


def _alternates(table: Table, column: int) -> bool:
    """Whether a column says in turn 计划 and 完成, from the first row to the last."""
    sides = [row[column].text.strip() for row in table.body]
    if len(sides) < 2 * _FEWEST or len(sides) % 2:
        return False
    pairs = zip(sides[::2], sides[1::2], strict=True)
    return all(_PLAN_ROW.fullmatch(plan) and _DONE_ROW.fullmatch(done) for plan, done in pairs)


def _of_rows(table: Table, columns: Sequence[Column], side: Column, manner: Manner) -> Iterator[Point]:
    """A point of each pair of rows in each column of deeds; figures alone are an indicator's, and no deed."""
    deeds = [column for column in columns[side.index + 1 :] if column.role not in _NO_DEEDS]
    for row, below in pairwise(range(table.header, len(table.rows))):
        if (row - table.header) % 2:
            continue
        label = point_label(table, row, columns, side.index)
        rate = verdict_of(table, below, columns, manner)
        for column in deeds:
            plan, done = value_at(table, row, column.index), value_at(table, below, column.index)
            if plan.is_nothing or plan.quantity is not None:
                continue
            yield from points_in(plan, done, rate, column.year or _year_told(table, row, columns), label, label)
