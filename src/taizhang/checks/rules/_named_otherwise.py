"""What CON016 makes of figures told that have the digits of a table’s row on the same thing, named otherwise, in another order."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._lines import lines_of
from taizhang.checks.rules._prose import clause, sentences
from taizhang.checks.rules._sameness import Sameness, is_exchanged, place
from taizhang.checks.rules._tabled import tabled
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound
from taizhang.intake.matching import agree, digits, significant
from taizhang.intake.plans import Value
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import Wording, opposed

_AHEAD = re.compile("计划|目标|预算|拟|力争")
_YEARS = re.compile("[两二三四五]年|累计|合计|共")
_BEFORE = re.compile("上一?年|去年|上届")
_TELLING = 3  # digits that are hardly in another order by chance
_MOST_TIMES = 5
_SHARED = 2  # pairs of characters
_HALF, _MOST = 0.5, 0.75  # of the shorter name
_PLANNED = frozenset({0, 1, 3})  # stages of a line: a target, a budget, the year before
_NO_SIDES: frozenset[tuple[int, int]] = frozenset()


class Slip(NamedTuple):
    """A figure told, the row of a table that has its digits in another order, and how sure that is."""

    one: Statement
    row: Statement
    severity: Severity


def slips_for_rows(told: Sequence[Statement], context: Context, same: Sameness) -> Iterator[Slip]:
    """The figures told that have the digits of a row on the same thing in another order, however it is named."""
    rows = _rows(context, same)
    every = {(each.dimension, each.value) for each in rows}
    by_digits: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for row in rows:
        by_digits[row.dimension, _digits(row)].append(row)
    for one in told:
        near = by_digits.get((one.dimension, _digits(one)), ())
        if not near or (one.dimension, one.value) in every or not _is_plain(one):
            continue
        found = _slip(one, near, same)
        if found is not None:
            yield found


def said_in_cells(context: Context, same: Sameness) -> Iterator[Statement]:
    """The figures of the sentences that stand in tables which are none of task points (主要工作、进展、实施内容)."""
    digits_of = {(row.dimension, _digits(row)) for row in _rows(context, same)}
    for reading in context.readings:
        own = {point.table.index for point in reading.plans.points}
        for sentence in sentences(reading, context):
            value = sentence.passage.block
            if not isinstance(value, Value) or value.table.index in own:
                continue
            for figure in sentence.figures:
                quantity = figure.quantity
                if (figure.dimension, _printed_digits(quantity.value)) not in digits_of or _AHEAD.search(sentence.text):
                    continue
                begin = max(sentence.text.rfind(mark, 0, figure.start) for mark in "，；。：,;") + 1
                end = min(
                    (at for mark in "，；。,;" if (at := sentence.text.find(mark, figure.end)) >= 0),
                    default=len(sentence.text),
                )
                text = sentence.text[begin:end]
                yield Statement(
                    role=Role.TOLD, document=0, subject=clause(figure.label), wording=same.words.wording(text),
                    quantity=quantity, value=figure.value, dimension=figure.dimension, source=value.at(begin, end),
                    text=text.strip(), section=value.table.section, table=value.table,
                    row=value.table.rows[value.row][0].text.strip(),
                )  # fmt: skip


def _is_plain(one: Statement) -> bool:
    return one.quantity.bound is Bound.EXACT and significant(one.value) > 1 and not one.part


def _digits(one: Statement) -> str:
    return _printed_digits(one.quantity.value)


def _printed_digits(value: Decimal) -> str:
    return "".join(sorted(digits(value).replace("0", "")))


def _rows(context: Context, same: Sameness) -> list[Statement]:
    """What the tables say that is neither planned nor of the year before."""
    if "cells_told" not in context.memo:
        rows = [each for each in tabled(context).rows if each.dimension]
        known = {each.source for each in rows}
        for reading in context.readings:
            for line in lines_of(reading, context, same.words):
                for key, figure in line.cells.items():
                    if not isinstance(key, tuple) or not figure.dimension or figure.stages & _PLANNED:
                        continue
                    source = figure.at.at()
                    if source in known or figure.at.quantity is None:
                        continue
                    known.add(source)
                    rows.append(Statement(
                        role=Role.TABLED, document=0, subject=figure.row, wording=_wording(key, line.thing),
                        quantity=figure.at.quantity, value=figure.value, dimension=figure.dimension, source=source,
                        text=figure.at.text.strip(), year=line.year, stated=line.year is not None,
                        section=line.table.section, table=line.table, row=figure.row,
                    ))  # fmt: skip
        context.memo["cells_told"] = rows
    made: list[Statement] = context.memo["cells_told"]
    return made


def _wording(key: tuple[frozenset[str], ...], thing: frozenset[str]) -> Wording:
    free, levels, narrowed, _ = key[:4]
    return Wording(free | thing, levels, _NO_SIDES, narrowed, "", free=free | thing)


def _slip(one: Statement, near: Sequence[Statement], same: Sameness) -> Slip | None:
    own = one.wording.free | same.words.wording(one.text).free
    answered = one.answers.text if one.answers is not None else ""
    around = own | same.words.wording(one.sentence + answered + (one.row or "")).free
    for row in near:
        if not is_exchanged(one, row) or agree(one, row) or place(row) == place(one):
            continue
        if max(one.value, row.value) > _MOST_TIMES * min(one.value, row.value) or not _is_of_one(one, row, same):
            continue
        if significant(one.value) < _TELLING and (row.year is not None or _YEARS.search(one.text)):
            continue  # two digits may be the sum of years as well
        share = _share(own, around, row.wording.free)
        if share >= _HALF:
            is_sure = significant(one.value) >= _TELLING and (share >= _MOST or significant(one.value) > _TELLING)
            return Slip(one, row, Severity.WARNING if is_sure else Severity.INFO)
    return None


def _share(own: frozenset[str], around: frozenset[str], name: frozenset[str]) -> float:
    """How much of the shorter name stands with the other figure as well."""
    if not own & name or len(around & name) < min(_SHARED, len(name)):
        return 0.0
    return max(len(name & around) / len(name), len(own & name) / len(own))


def _is_of_one(one: Statement, row: Statement, same: Sameness) -> bool:
    """Whether a figure told may be that of a row: of one level, side, part of the whole and year."""
    if one.wording.levels != row.wording.levels or opposed(one.wording, row.wording) or not same.near(one, row):
        return False
    year, last = same.year(one), same.last_year[one.document]
    if last and not one.stated and _BEFORE.search(one.text):
        year = last - 1
    if one.former:  # “由上年的 168 家增加到 204 家”
        before = one.year if one.stated else last - 1 if last and _BEFORE.search(one.sentence + one.text) else None
        return before is not None and row.year == before
    return None in {year, row.year} or year == row.year
