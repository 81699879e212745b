"""What ARI012 makes of a table of one row that tells some years and their total."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related
from taizhang.checks.rules._grid import decimals, figure, is_total_head, shown
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Value, value_at

NOT_ADDED = re.compile("[%％率]|占比|比例|满意|平均|[人生师]均|年末|期末|现有|在校|排名|累计")
_FEWEST_YEARS = 3
_YEAR = re.compile(r"20\d\d年?度?")
_BLANK = re.compile(r"\s")


def of_one_row(table: Table, context: Context) -> Iterator[Problem]:
    """A table of one row: a value for each of three or more years in a row, and their total behind or before them."""
    row = table.header
    heads = [words.strip() for words in table.columns]
    totals = [column for column, words in enumerate(heads) if is_total_head(words)]
    years = [column for column, words in enumerate(heads) if _YEAR.fullmatch(_BLANK.sub("", words))]
    told = [int(heads[column][:4]) for column in years]
    if len(totals) != 1 or len(years) < _FEWEST_YEARS or told != list(range(told[0], told[0] + len(told))):
        return
    value, parts = value_at(table, row, totals[0]), [value_at(table, row, column) for column in years]
    numbers = [figure(each) for each in (value, *parts)]
    label = "".join(cell.text for column, cell in enumerate(table.rows[row]) if column not in (*totals, *years))
    if NOT_ADDED.search(label) or any(number is None for number in numbers) or {"%", "％"} & _units((value, *parts)):
        return
    printed, *added = (number for number in numbers if number is not None)
    context.judged(value, *parts)
    places = decimals([value, *parts])
    if abs(sum(added) - printed) > (Decimal("0.5").scaleb(-places) * len(parts) if places else 0):
        terms = " + ".join(part.text.strip() or "0" for part in parts)
        yield at_value(
            value, f"{terms} = {shown(Decimal(sum(added)))}，写的是 {value.text.strip()}",
            expected=shown(Decimal(sum(added))), row=label.strip() or None, severity=Severity.WARNING,
            related=tuple(related(part) for part in parts),
        )  # fmt: skip


def _units(values: Sequence[Value]) -> set[str]:
    return {value.quantity.unit for value in values if value.quantity is not None}
