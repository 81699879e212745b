"""What the rules of the funds block share: its columns added up, and which amount is to blame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.intake.forms import FULL, Form, FundRow, points_of_money
from taizhang.intake.plans import Value

_COLUMNS: dict[str, Callable[[FundRow], Value | None]] = {
    "年初预算数": lambda row: row.budget,
    "全年预算数": lambda row: row.adjusted,
    "全年执行数": lambda row: row.executed,
}
_SURE = 2  # columns that agree
_TOLERANCE = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the block: its total, its parts, and what the parts add up to."""

    name: str
    whole: FundRow
    total: Value
    parts: tuple[Value, ...]
    added: Decimal

    @property
    def short(self) -> Decimal:
        """What the parts lack of the total."""
        return (points_of_money(self.total) or Decimal(0)) - self.added

    @property
    def agrees(self) -> bool:
        """Whether the parts make the total, but for rounding."""
        places = max(len(value.text.partition(".")[2]) for value in (self.total, *self.parts))
        return abs(self.short) <= (Decimal("0.5").scaleb(-places) * len(self.parts) if places else 0)


def stand_alone(form: Form) -> bool:
    """Whether the funds are a table of their own, which the rules of ordinary tables judge."""
    first = form.funds[0].label
    return first.row == first.table.header and (not form.indicators or form.fund_table is first.table)


def wrong_columns(form: Form) -> list[Column]:
    """The columns that do not add up; none where not one column does, the parts being incomplete then.

    The only part of a total must be all of it in two columns for the third to be wrong.
    """
    whole, parts = form.fund_total, [row for row in form.funds if not row.is_total]
    if whole is None or not parts:
        return []
    inner = next((n for n, row in enumerate(parts) if n and row.label.text.strip().startswith("其中")), None)
    if inner is None:
        return _wrong(whole, parts)
    ends = range(inner + 1, len(parts) + 1)  # “项目支出、其中：财政拨款、其他资金”: how far its parts reach is not said
    tops = [parts[:inner] + parts[end:] for end in ends]
    reach = max(range(len(ends)), key=lambda n: (len(_agreeing(whole, tops[n])), ends[n]))
    return _wrong(whole, tops[reach]) + _wrong(parts[inner - 1], parts[inner : ends[reach]])


def _wrong(whole: FundRow, parts: Sequence[FundRow]) -> list[Column]:
    columns, agreeing = _columns(whole, parts), _agreeing(whole, parts)
    wrong = [column for column in columns if column not in agreeing]
    if len(parts) == 1 and len(agreeing) < _SURE:
        return []
    return wrong if agreeing else []


def _columns(whole: FundRow, parts: Sequence[FundRow]) -> list[Column]:
    return [column for name in _COLUMNS if (column := _column(name, whole, parts)) is not None]


def _agreeing(whole: FundRow, parts: Sequence[FundRow]) -> list[Column]:
    return [column for column in _columns(whole, parts) if column.agrees]


def exceeding(form: Form) -> list[tuple[FundRow, Value, Value]]:
    """The parts that are more than the total of their column, each with its amount and that total."""
    whole = form.fund_total
    if whole is None:
        return []
    pairs = [
        (row, column(row), column(whole)) for row in form.funds if not row.is_total for column in _COLUMNS.values()
    ]
    return [
        (row, part, total) for row, part, total in pairs
        if part is not None and total is not None
        and (amount := points_of_money(part)) is not None and (all_ := points_of_money(total)) is not None
        and amount > all_
    ]  # fmt: skip


def _column(name: str, whole: FundRow, parts: Sequence[FundRow]) -> Column | None:
    total, values = _COLUMNS[name](whole), [_COLUMNS[name](row) for row in parts]
    known = [value for value in values if value is not None and points_of_money(value) is not None]
    blanks = [value for value in values if value is not None and value.is_nothing]
    if (
        total is None
        or points_of_money(total) is None
        or len(known) < min(2, len(parts))
        or len(known) + len(blanks) < len(values)
    ):
        return None
    return Column(name, whole, total, tuple(known), sum((points_of_money(v) or Decimal(0) for v in known), Decimal(0)))


def to_blame(form: Form, column: Column) -> FundRow | None:
    """The part whose printed rate is that of the amount that would make the column add up, and not of its own."""
    for row in form.funds:
        part = points_of_money(row.executed)
        if row.is_total or row.executed not in column.parts or part is None or part + column.short < 0:
            continue
        if _has_rate(row, part + column.short) and not _has_rate(row, part):
            return row
    return None


def _has_rate(row: FundRow, executed: Decimal) -> bool:
    budget = points_of_money(row.adjusted) or points_of_money(row.budget)
    rate = points_of_money(row.rate)
    return bool(budget) and rate is not None and abs(executed / (budget or FULL) * FULL - rate) <= _TOLERANCE
