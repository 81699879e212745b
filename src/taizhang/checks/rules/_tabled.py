"""What the rules on contradictions share: what tables say row by row, as statements, found again by their words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._rows import rows_of
from taizhang.checks.rules._sameness import Sameness, Span, is_exchanged, sameness
from taizhang.intake.matching import agree, digits, significant
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_MOST_TIMES, _TWICE = 5, 2
_TELLING, _SURE = 3, 4  # digits that are hardly, and never, in another order by chance


_Kind = tuple[str, frozenset[str], frozenset[str]]  # the unit, the levels, and what narrows them


class Named(NamedTuple):
    """The rows of tables that are of the thing a figure is of, and whether the words are wholly the same."""

    rows: tuple[Statement, ...]
    is_exact: bool


class Rows:
    """The rows of all tables of a document, found by the rarest pair of characters of their names."""

    def __init__(self, rows: Iterable[Statement]) -> None:
        rows = [row for row in rows if row.wording.free]
        self.rows = rows
        count = Counter(pair for row in rows for pair in row.wording.free)
        self._by_pair: dict[_Kind, dict[str, list[Statement]]] = {}  # by what they count
        self._by_digits: dict[tuple[str, str], list[Statement]] = {}
        for row in rows:
            self._by_digits.setdefault((row.dimension, _digits(row)), []).append(row)
            rarest = min(row.wording.free, key=lambda pair: (count[pair], pair))
            self._by_pair.setdefault(_kind(row), {}).setdefault(rarest, []).append(row)

    def naming(self, one: Statement, key: frozenset[str], around: frozenset[str]) -> Named | None:
        """The rows whose names are the words of a figure: `key` those right at it, `around` all of its sentence."""
        rows = self._by_pair.get(_kind(one), {})
        found = [row for pair in around for row in rows.get(pair, ()) if not opposed(row.wording, one.wording)]
        exact = [row for row in found if row.wording.free in (key, one.wording.free)]
        carried = [row for row in found if key < row.wording.free <= around]
        if exact or carried:
            return Named(tuple(exact or _longest(carried)), bool(exact))
        held = [row for row in found if row.wording.free < key]
        held = held or [row for row in found if row.wording.free <= around and row.wording.free & key]
        return Named(tuple(_longest(held)), False) if held else None

    def unlike(self, one: Statement, same: Sameness) -> Statement | None:
        """The row of the same thing that cannot be true with a figure told elsewhere."""
        if _kind(one) not in self._by_pair:
            return None
        own = same.words.wording(one.subject).free or one.wording.free
        named = self.naming(one, own, own | same.words.wording(one.sentence + one.text).free)
        if named is None or any(agree(one, row) for row in named.rows) or _adds_up(one, named.rows):
            return None
        whole = one._replace(part=False)  # “其中规模以上” is a column of its own in a table
        near = [row for row in named.rows if same.near(one, row)]
        against = [row for row in near if same.conflict(whole, row) or _is_of_one_year(one, row, same)]
        against = [row for row in against if row.year == one.year] or against
        against = against or [row for row in near if _is_of_its_time(one, row, same) and self._is_slip(one, row)]
        if not against or len({row.value for row in against}) > 1 or _ratio(one, against[0]) > _MOST_TIMES:
            return None
        return against[0] if named.is_exact or self._is_slip(one, against[0]) else None

    def risen(self, former: Statement, one: Statement, same: Sameness) -> Statement | None:
        """The last year of the row that a figure rose in, where it starts with one of its years and ends with none."""
        own = same.words.wording(former.subject).free or former.wording.free
        named = self.naming(one, own, own)
        if named is None or not named.is_exact or any(agree(one, row) for row in named.rows):
            return None
        years = sorted((row for row in named.rows if row.year is not None), key=lambda row: row.year or 0)
        if not any(agree(former, row) for row in years[:-1]) or not same.near(one, years[-1]):
            return None
        last = years[-1]
        return last if one.year in {None, last.year} and _ratio(one, last) <= _TWICE else None

    def exchanged(self, one: Statement, same: Sameness) -> Statement | None:
        """The row of another table, or under another caption, with the same long figure in another order of digits."""
        if significant(one.value) < _SURE:
            return None
        for row in self._by_digits.get((one.dimension, _digits(one)), ()):
            if row.table is one.table or not is_exchanged(one, row) or not _is_of_kind(row, one):
                continue
            named = row.wording.free | same.words.wording(row.table.caption or "" if row.table is not None else "").free
            of_one_time = row.year == one.year or None in {row.year, one.year}
            if one.wording.free <= named and of_one_time and same.near(one, row):
                return row
        return None

    def _is_slip(self, one: Statement, row: Statement) -> bool:
        """Whether a figure can only be a slip for that of the row: its digits exchanged, or that of the row beside."""
        return is_exchanged(one, row) or any(
            other.table is row.table and other.value == one.value and significant(other.value) >= _TELLING
            for other in self._by_digits.get((one.dimension, _digits(one)), ())
        )


def _digits(one: Statement) -> str:
    """The digits of a figure but its noughts, in order."""
    return "".join(sorted(digits(one.quantity.value).replace("0", "")))


def _ratio(one: Statement, other: Statement) -> Decimal:
    return max(one.value, other.value) / max(min(one.value, other.value), Decimal("0.01"))


def _is_of_one_year(one: Statement, row: Statement, same: Sameness) -> bool:
    """Whether both stand in a report on one year and name no other time."""
    return same.span(one) is same.span(row) is Span.OPEN and _ratio(one, row) <= _TWICE


def _adds_up(one: Statement, rows: Sequence[Statement]) -> bool:
    """Whether a figure is that of the last years together."""
    years = sorted({row.year: row.value for row in rows if row.year is not None}.items())
    values = [value for _, value in years]
    return any(sum(values[start:], Decimal(0)) == one.value for start in range(len(values)))


def _is_of_its_time(one: Statement, row: Statement, same: Sameness) -> bool:
    """Whether a row is of the stretch of time of a figure, as far as both tell it."""
    return same.span(one) is same.span(row) and same.year(one) in {None, same.year(row)}


def _longest(rows: Sequence[Statement]) -> list[Statement]:
    """The rows with the longest name."""
    most = max(len(row.wording.free) for row in rows)
    return [row for row in rows if len(row.wording.free) == most]


def _is_of_kind(row: Statement, one: Statement) -> bool:
    """Whether a row counts at the same level and on the same side, in the same unit."""
    return _kind(row) == _kind(one) and not opposed(row.wording, one.wording)


def _kind(one: Statement) -> _Kind:
    return one.dimension, one.wording.levels, one.wording.narrowed


def tabled(context: Context) -> Rows:
    """The rows of the tables of the one document of a context, worked out once."""
    if "tabled" not in context.memo:
        same = sameness(context)
        actual = [each for each in same.statements if each.role is Role.ACTUAL]
        context.memo["tabled"] = Rows([*actual, *rows_of(context, same.words)])
    made: Rows = context.memo["tabled"]
    return made
