"""What a file that people edited still holds of a report: the rows of its tables that are not there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from taizhang.reports.catalogue import KINDS
from taizhang.reports.outline import Cell, Figure, Outline, Table, Words, numbered
from taizhang.reports.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Absent:
    """A row of a report whose figures stand nowhere in a file: its table, as captioned, and what the row says."""

    table: str
    text: str
    address: str


def absent(outline: Outline, seen: Collection[str]) -> Iterator[Absent]:
    """The rows of an outline of which a file, whose bound figures have these keys, holds nothing."""
    held = set(seen)
    for table, series, number in numbered(outline):
        caption = f"{series}{number} {table.caption}"
        for line in table.rows:
            keys = [figure.key for figure in _figures(line)]
            if keys and held.isdisjoint(keys):
                yield Absent(caption, _text(line), keys[0])


def told(rows: Sequence[Absent]) -> str:
    """The missing rows in words, table by table; nothing where none is missing."""
    lines = ["台账里有、文件里没有的行（要用，请在台账网站另写一份，或自己补上）："] if rows else []
    for table in dict.fromkeys(each.table for each in rows):
        lines += [f"  {table}", *(f"    {each.text}" for each in rows if each.table == table)]
    return "\n".join(lines)


def outline_of(snapshot: Snapshot, seen: Collection[str]) -> Outline:
    """The report of a snapshot that a file with these figures is most like."""
    held = set(seen)
    made = (kind.build(snapshot) for kind in KINDS.values())
    return max(made, key=lambda outline: len(held & _keys(outline)))


def _keys(outline: Outline) -> set[str]:
    tables = (block for block in outline.blocks if isinstance(block, Table))
    return {figure.key for table in tables for line in table.rows for figure in _figures(line)}


def _figures(line: tuple[Cell, ...]) -> Iterator[Figure]:
    return (run for cell in line for part in cell.paragraphs for run in part if isinstance(run, Figure))


def _text(line: tuple[Cell, ...]) -> str:
    """What a row says, cell by cell."""
    cells = ("".join(_said(run) for part in cell.paragraphs for run in part) for cell in line)
    return " | ".join(text for text in cells if text)


def _said(run: object) -> str:
    return run if isinstance(run, str) else run.text if isinstance(run, Figure | Words) else ""
