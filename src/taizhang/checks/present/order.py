"""Findings in the order of the report: by file, then by table, the running text last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.checks.present.spot import Spot, Spots
from taizhang.checks.result import Result
from taizhang.core.finding import Finding
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Table

FAMILIES = {
    "STR": "结构与编号", "ARI": "算术", "TGT": "目标与完成", "ACT": "计划与完成", "CON": "前后矛盾", "XDC": "文件之间",
    "UNI": "单位与期间", "SCO": "评分", "EVD": "佐证材料", "LED": "台账",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with its place in the document that was read, None where it has none; `number` counts from 1."""

    number: int
    finding: Finding
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one table of one file, or of its running text."""

    file: str
    title: str
    findings: tuple[Placed, ...]


def place(source: Source) -> str:
    """Where to look, in words; a Word table by its rows, for no one counts the paragraphs in its cells."""
    if source.paragraph is None or source.row is None or source.page is not None:
        return source.sentence()
    return f"表内第 {source.row} 行" if source.row > 0 else "表头"


def place_elsewhere(source: Source, here: Source, table: str | None = None) -> str:
    """The same for a place outside the finding's own table, and with the file's name where that is another.

    `table` is the name of the table that the place lies in.
    """
    is_other_table = source.table is not None and (source.file, source.table) != (here.file, here.table)
    words = place(source)
    if is_other_table and source.paragraph is not None and source.page is None:
        words = f"{_named(table) + ' ' if table else f'第 {source.table} 个表'}{words.removeprefix('表内')}"
    return words if source.file == here.file else f"{source.file} {words}"


MOST_ELSEWHERE = 6  # further places are counted, not listed: the HTML page and the JSON have them all


def elsewhere(finding: Finding) -> list[str]:
    """The other places that a finding speaks of, in words; those in its own table row are in its message already."""
    own = (finding.source.file, finding.source.table, finding.source.row)
    far = [r for r in finding.related if own[1] is None or (r.source.file, r.source.table, r.source.row) != own]
    lines = [f"{place_elsewhere(r.source, finding.source, r.table)}“{r.text}”" for r in far[:MOST_ELSEWHERE]]
    return lines + ([f"等，共 {len(far)} 处"] if len(far) > MOST_ELSEWHERE else [])


def family(finding: Finding) -> str:
    """The three letters of the rule's family."""
    return finding.code[:3]


def groups(result: Result) -> tuple[Group, ...]:
    """All findings of the result, each in one group; numbered through in this order."""
    found: list[Group] = []
    number = 0
    of_file: dict[str, list[Finding]] = {}
    for finding in result.findings:
        of_file.setdefault(finding.source.file, []).append(finding)
    documents = {document.file: document for document in reversed(result.documents)}
    for file in dict.fromkeys([*result.files, *of_file]):  # the files given, then any other that a finding names
        for title, findings in _by_table(of_file.get(file, ()), documents.get(file)):
            placed = []
            for finding, spot in findings:
                number += 1
                placed.append(Placed(number, finding, spot))
            found.append(Group(file, title, tuple(placed)))
    return tuple(found)


def _by_table(
    found: Sequence[Finding], document: Document | None
) -> Iterator[tuple[str, list[tuple[Finding, Spot | None]]]]:
    spots = Spots(document, [finding.source for finding in found]) if document and found else None
    tables: dict[tuple[int, str], list[tuple[Finding, Spot | None]]] = {}
    last = len(document.blocks) if document else 0
    for finding in found:
        spot = spots.find(finding.source, finding.text) if spots else None
        table = document.blocks[spot.block] if document and spot else None
        if isinstance(table, Table) and spot:
            key = spot.block, _title(table)
        elif finding.table is not None:
            key = spot.block if spot else last, _named(finding.table)
        else:
            key = last + 1, "正文"
        tables.setdefault(key, []).append((finding, spot))
    for (_, title), findings in sorted(tables.items(), key=lambda item: item[0]):
        yield title, sorted(findings, key=_position)


def _position(item: tuple[Finding, Spot | None]) -> tuple[int, ...]:
    finding, spot = item
    if spot is None:
        return 1, 0, 0, 0, 0, finding.severity.rank
    row = -1 if spot.row is None else spot.row
    column = -1 if spot.column is None else spot.column
    return 0, spot.block, row, column, spot.start, finding.severity.rank


def _title(table: Table) -> str:
    parts = [f"表 {table.number}" if table.number else "", table.caption or ""]
    return " ".join(part for part in parts if part) or f"第 {table.index} 个表"


def _named(name: str) -> str:
    return f"表 {name}" if name[:1].isdigit() else name
