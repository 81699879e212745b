"""Recompute every declared relation of a table from the words it prints."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from samples.make.content import Across, Down, Growth, Law, Rate, Report, Share, Table, Within

NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


class Breach(NamedTuple):
    """A cell whose number is not what the relation gives."""

    table: str
    row: str
    printed: str
    expected: str


def number(text: str) -> Decimal | None:
    """The number a cell prints, or None where it prints words or nothing."""
    text = re.sub(r"\[\^\d+\]", "", text)
    found = NUMBER.findall(text)
    rest = NUMBER.sub("", text)
    if len(found) != 1 or re.search(r"[^\s%≥≤+]", rest.replace("个百分点", "")):
        return None
    return Decimal(found[0].replace(",", ""))


def rounded(value: Decimal, places: int) -> Decimal:
    """Half-up rounding, as office people do it."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def attained(target: Decimal, actual: Decimal, *, lower: bool = False, capped: bool = False) -> Decimal:
    """The attainment in per cent: actual / target, or target / actual where less is better."""
    ratio = (target / actual if lower else actual / target) * 100
    return min(ratio, Decimal(100)) if capped else ratio


def _label(table: Table, row: int) -> str:
    return next((cell for cell in table.rows[row] if cell and number(cell) is None), str(row))


def _rates(table: Table, law: Rate) -> Iterator[Breach]:
    for index, row in enumerate(table.rows):
        target, actual, rate = number(row[law.target]), number(row[law.actual]), number(row[law.rate])
        if index in law.skip or target is None or actual is None or rate is None:
            continue
        value = attained(target, actual, lower=index in law.lower, capped=law.capped)
        decimals = len(row[law.rate].rstrip("%").partition(".")[2])
        if decimals > law.places or rounded(value, decimals) != rate:
            yield Breach(table.number, _label(table, index), row[law.rate], f"{rounded(value, law.places)}%")


def _down(table: Table, law: Down) -> Iterator[Breach]:
    for column in law.columns:
        total = number(table.rows[law.total][column])
        parts = sum((number(table.rows[row][column]) or Decimal(0) for row in law.parts), Decimal(0))
        if total != parts:
            yield Breach(table.number, _label(table, law.total), table.rows[law.total][column], str(parts))


def _across(table: Table, law: Across) -> Iterator[Breach]:
    for index, row in enumerate(table.rows):
        total = number(row[law.total])
        parts = sum((number(row[column]) or Decimal(0) for column in law.parts), Decimal(0))
        if index not in law.skip and total is not None and total != parts:
            yield Breach(table.number, _label(table, index), row[law.total], str(parts))


def _shares(table: Table, law: Share) -> Iterator[Breach]:
    whole = number(table.rows[law.whole][law.part])
    for index, row in enumerate(table.rows):
        part, share = number(row[law.part]), number(row[law.share])
        if index in law.skip or not whole or part is None or share is None:
            continue
        if rounded(part / whole * 100, law.places) != share:
            yield Breach(table.number, _label(table, index), row[law.share], str(rounded(part / whole * 100, 1)))


def _growths(table: Table, law: Growth) -> Iterator[Breach]:
    for index, row in enumerate(table.rows):
        old, new, growth = number(row[law.old]), number(row[law.new]), number(row[law.growth])
        if old is None or new is None or growth is None:
            continue
        points = "百分点" in row[law.growth]
        value = new - old if points else (new - old) / old * 100
        if rounded(value, law.places) != growth:
            yield Breach(table.number, _label(table, index), row[law.growth], str(rounded(value, law.places)))


def _within(table: Table, law: Within) -> Iterator[Breach]:
    for column in law.columns:
        whole = number(table.rows[law.whole][column]) or Decimal(0)
        for index in law.parts:
            if (number(table.rows[index][column]) or Decimal(0)) > whole:
                yield Breach(table.number, _label(table, index), table.rows[index][column], f"≤{whole}")


def _breaches(table: Table, law: Law) -> Iterator[Breach]:
    match law:
        case Rate():
            yield from _rates(table, law)
        case Down():
            yield from _down(table, law)
        case Across():
            yield from _across(table, law)
        case Share():
            yield from _shares(table, law)
        case Growth():
            yield from _growths(table, law)
        case Within():
            yield from _within(table, law)


def breaches(report: Report) -> list[Breach]:
    """Every number of the report that breaks a relation its table declares."""
    return [breach for table in report.tables for law in table.laws for breach in _breaches(table, law)]


def checked(report: Report) -> int:
    """How many relations the tables of the report declare."""
    return sum(len(table.laws) for table in report.tables)
