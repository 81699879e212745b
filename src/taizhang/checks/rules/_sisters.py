"""What the rules that hold sister reports against each other take from each: its statements, light enough to hand over."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from taizhang.checks.registry import Context
from taizhang.core.quantity import Quantity
from taizhang.core.source import Source
from taizhang.documents.blocks import Table
from taizhang.intake.statements import Statement, stripped
from taizhang.intake.wording import Wording


class Told(NamedTuple):
    """What a document states, and the parts of the college that it treats one by one.

    For its sisters also: the places of the figures of its running text that are told as reached, and its tables' rows.
    """

    statements: list[Statement]
    parts: Mapping[str, str]
    reached: Sequence[int] = ()
    rows: Sequence[Statement] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """As columns of plain tuples, which another process is handed in a third of the time."""
        return _put_together, (_columns(self.statements), self.parts, self.reached, _columns(self.rows))


_INNER = [(Statement._fields.index(name), kind) for name, kind in
          (("wording", Wording), ("quantity", Quantity), ("source", Source))]  # fmt: skip


def _columns(statements: Sequence[Statement]) -> list[Sequence[Any]]:
    columns: list[Sequence[Any]] = list(zip(*statements, strict=True))
    for place, _ in _INNER if columns else ():
        columns[place] = list(map(tuple, columns[place]))
    return columns


def _put_together(
    columns: list[Sequence[Any]], parts: Mapping[str, str], reached: Sequence[int], rows: list[Sequence[Any]]
) -> Told:
    """What was told, from its columns."""
    return Told(_statements(columns), parts, reached, _statements(rows))


def _statements(columns: list[Sequence[Any]]) -> list[Statement]:
    for place, kind in _INNER if columns else ():
        columns[place] = [tuple.__new__(kind, each) for each in columns[place]]
    return [tuple.__new__(Statement, each) for each in zip(*columns, strict=True)]


def light(context: Context, statements: Iterable[Statement]) -> list[Statement]:
    """Statements of a document without the rows and cells that they were read from, which are nearly all of it."""
    tables: dict[int, tuple[Table, Table]] = context.memo.setdefault("named tables", {})
    found = []
    for each in statements:
        table = each.table
        if table is not None and id(table) not in tables:
            tables[id(table)] = table, table.named()  # the first is held on to, or its id might come again
        found.append(stripped(each, None if table is None else tables[id(table)][1]))
    return found
