"""Score forms laid out in another way: turned by ninety degrees, points beside the values, two tables for one form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from taizhang.core.quantities import number
from taizhang.core.source import Source
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table
from taizhang.intake.forms import FULL, Form, ScoredIndicator, points
from taizhang.intake.plans import Value

# “年度指标值（分值）”, “实际完成值（得分）”: what a header says to stand in brackets behind the value.
_SAID_BESIDE = {
    "weight": re.compile(r"[（(](?:指标|权重)?(?:分值|权重|满分|标准分)[)）]\s*$"),
    "score": re.compile(r"[（(](?:自评)?(?:得分|评分)[)）]\s*$"),
}
_BESIDE = re.compile(r"(?P<value>.+?)\s*[（(]\s*(?P<points>\d+(?:\.\d+)?\s*分?)\s*[)）]\s*", re.DOTALL)
_NEEDED = frozenset({"weight", "score", "actual"})  # heads below each other that make a form turned
_FEWEST = 4


@dataclass(slots=True)
class _Turned(Table):
    """A table with its columns as rows; what stands in it is found where it stands in the table as printed."""

    printed: Table | None = None

    def at(self, row: int, column: int, start: int = 0, end: int | None = None) -> Source:
        assert self.printed is not None  # noqa: S101 - made by `turned` alone
        return self.printed.at(column, row, start, end)


def turned(table: Table, role: Callable[[str], str | None]) -> Table | None:
    """A form whose heads stand below each other in its first column, turned; None where the table is none."""
    if len(table.rows) < _FEWEST or len(table.rows[0]) < _FEWEST:
        return None
    heads = [role(row[0].text) for row in table.rows]
    named = {head for head in heads if head is not None}
    if not named >= _NEEDED or not named & {"name", "level1", "level2"} or len(named) < _FEWEST:
        return None
    rows = [list(column) for column in zip(*table.rows, strict=True)]
    texts = tuple(cell.text for cell in rows[0])
    return _Turned(
        rows, 1, table.source, table.number, table.caption, table.label, table.unit, table.section, texts,
        table.index, table.fragments, table,
    )  # fmt: skip


def said_beside(head: str) -> str | None:
    """The role (`weight`, `score`) of what a header says to stand in brackets behind its values."""
    return next((role for role, pattern in _SAID_BESIDE.items() if pattern.search(head.strip())), None)


def apart(value: Value) -> tuple[Value, Value]:
    """A value and the points in brackets behind it; a cell of one figure (a total) is its points too."""
    match = _BESIDE.fullmatch(value.text)
    if match is None:
        return value, value
    told, scored = match["value"], match["points"]
    return (
        value._replace(text=told, quantity=number(told)),
        value._replace(text=scored, quantity=number(scored), start=value.start + match.start("points")),
    )


def joined(found: Sequence[Form]) -> list[Form]:
    """The forms of a document; funds in a table of their own belong to the indicators of the next table."""
    whole: list[Form] = []
    for form in found:
        above = whole[-1] if whole else None
        if (
            above is not None
            and above.funds
            and not above.indicators
            and form.indicators
            and not form.funds
            and form.table.index - above.table.index == 1
            and (above.table.section == form.table.section or _make_hundred(above, form))
        ):
            whole[-1] = replace(form, funds=above.funds, project=form.project or above.project, fund_table=above.table)
        elif above is not None and _goes_on(above, form):
            whole[-1] = replace(
                above, indicators=above.indicators + _under_levels(form, above), total=form.total,
                grade=above.grade or form.grade,
            )  # fmt: skip
        else:
            whole.append(form)
    return whole


def _goes_on(above: Form, below: Form) -> bool:
    """Whether a form is the rest of one that pages tore: the same heads again, and points for no more than a hundred."""
    if not above.indicators or above.total is not None or below.funds or below.project is not None:
        return False
    first, last = below.indicators[0].label, above.indicators[-1].label
    if first.table.index - last.table.index != 1 or above.table.section != below.table.section:
        return False
    heads = [[bare(cell.text) for cell in form.table.rows[form.heads[-1]]] for form in (above, below)]
    fund = points(above.fund_total.weight) if above.fund_total is not None else None
    weights = [points(item.weight) for item in above.indicators + below.indicators]
    known = [weight for weight in weights if weight is not None]
    return heads[0] == heads[1] and len(known) == len(weights) and sum(known, fund or Decimal(0)) <= FULL


def _under_levels(below: Form, above: Form) -> tuple[ScoredIndicator, ...]:
    """The rows of the rest of a form; those before the next level stand under the one that the page broke."""
    last = above.indicators[-1].levels[0]
    items = list(below.indicators)
    for place, item in enumerate(items):
        if item.levels[0] is not None:
            break
        items[place] = replace(item, levels=(last, item.levels[1]))
    return tuple(items)


def _make_hundred(above: Form, below: Form) -> bool:
    """Whether the points for the funds and those of the indicators, each told under a heading of its own, make 100."""
    fund, total = above.fund_total, below.total
    spent = points(fund.weight) if fund is not None else None
    rest = points(total.weight) if total is not None else None
    return spent is not None and rest is not None and spent + rest == FULL
