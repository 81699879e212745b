"""What ARI008 makes of a column of shares beside the column that they are shares of."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, fits, is_percent, rated

_MOST = Decimal("0.6")


def of_column(grid: Grid, share: int, context: Context) -> Iterator[Problem]:
    """The share judged against the column that it fits best, and the row of that column that is the whole."""
    best: tuple[int, int, Row, list[Row], list[Row]] | None = None
    for column in grid.numbers:
        if column == share or is_percent(grid, column):
            continue
        rows = [
            row
            for row in grid.rows
            if rated(grid.value(row, share)) is not None and not grid.value(row, column).is_nothing
        ]
        for base in (row for row in rows if row.kind is Kind.TOTAL or _is_hundred(grid, row, share)):
            whole = figure(grid.value(base, column))
            if not whole:
                continue
            wrong = [row for row in rows if not _is_share(grid, row, column, share, whole)]
            if len(rows) - len(wrong) < 3 or len(rows) - len(wrong) < _MOST * len(rows):
                continue
            if best is None or len(wrong) < best[0]:
                best = len(wrong), column, base, rows, wrong
    if best is not None:
        _, column, base, rows, wrong = best
        context.judged(*(grid.value(row, c) for row in rows for c in (column, share)))
        for row in wrong:
            yield _in_table(grid, row, column, share, base)


def _is_hundred(grid: Grid, row: Row, share: int) -> bool:
    printed = rated(grid.value(row, share))
    return printed is not None and printed[0] == 100


def _is_share(grid: Grid, row: Row, column: int, share: int, whole: Decimal) -> bool:
    printed, amount = rated(grid.value(row, share)), figure(grid.value(row, column))
    if printed is None or amount is None:
        return True
    # The last share of a table is often set so that all make 100 %.
    return fits(amount / whole * 100, *printed) or abs(amount / whole * 100 - printed[0]) <= Decimal(3).scaleb(
        -printed[1]
    )


def _in_table(grid: Grid, row: Row, column: int, share: int, base: Row) -> Problem:
    value, part, whole = grid.value(row, share), grid.value(row, column), grid.value(base, column)
    printed, amount, total = rated(value), figure(part), figure(whole)
    assert printed is not None and amount is not None and total  # noqa: S101, PT018 - such rows were chosen
    expected = percent(amount / total * 100, printed[1])
    return at_value(
        value,
        f"{part.text.strip()} ÷ {whole.text.strip()} = {expected}，写的是 {value.text.strip()}",
        expected=expected,
        row=grid.name(row),
        related=(related(part), related(whole)),
    )
