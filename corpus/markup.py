"""The notation in which a report and its truth are written once, and the report it becomes.

    title: 学校|题名|时间            the head: keys and values, to the first empty line
    # 一、概述                       a heading, as many # as its level
    @ 表1-1 任务完成情况 {row=1}     a table follows; braces hold options
    | 任务 | 计划 |                  header rows, then |---, then the data rows; ← goes on from the left
    @note 注：……                     a remark under the table above
    ^ 脚注                           the text of the next footnote, called by [^1]
    {{words|kind|severity|expected|why}}   a planted fault, with the row as a sixth part where it cannot be computed
    [[words|why]]                    words that look wrong and are right
    ((words|why))                    words that are wrong only because of a fault elsewhere

Options of a table: row=N (the column that names a row; 0 by default), year=Y and ordinal=N (a task point: a year, a
column that holds it or `head`; the column of its circled number or `self`), merge=0,1, below, plain, cut=N, number=X, nocaption.
{-words-} and {+words+} are deleted and inserted while changes are tracked (layout `dreadful` only).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from samples.make.content import LEFT, Block, Contents, Heading, Para, Report, Table, Title, Turn

SOURCES = Path(__file__).resolve().parent / "sources"

_MARK = re.compile(r"\{\{(.+?)\}\}|\[\[(.+?)\]\]|\(\((.+?)\)\)")
_TOKEN = re.compile("\ue000(\\d+)\ue001")
_OPTIONS = re.compile(r"\s*\{([^{}]*)\}\s*$")
_NUMBER = re.compile(r"(?:附表|表)\s*([0-9A-Z一二三四五六七八九十]+(?:[-—.．][0-9]+)*)")
_CHANGES = re.compile(r"\{-.*?-\}|\{\+|\+\}|⏎|\[\^\d\]")
_CIRCLED = re.compile(r"[①-⑳]")


class Fault(NamedTuple):
    """A planted fault: what a finding should tell, and where. `paragraph` is the running text it stands in."""

    kind: str
    severity: str
    table: str | None
    row: str | None
    text: str
    expected: str
    why_zh: str
    paragraph: str | None = None


class Remark(NamedTuple):
    """A place that is right although it looks wrong (a trap), or wrong only because of a fault elsewhere."""

    table: str | None
    row: str | None
    text: str
    why_zh: str
    paragraph: str | None = None


class Truth(NamedTuple):
    """All that is known of a report."""

    findings: tuple[Fault, ...]
    consequences: tuple[Remark, ...]
    traps: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A report as written: its head, its blocks as printed, its truth."""

    name: str
    head: dict[str, str]
    report: Report
    truth: Truth

    @property
    def file(self) -> str:
        """The name of the file that it becomes."""
        return f"{self.name}.{self.head['format']}"

    @property
    def group(self) -> str:
        """The name under which files are checked together; its own where it stands alone."""
        return self.head.get("group", self.name)


@dataclass(slots=True)
class _Marks:
    """The marks of a source, taken out of its text and put back as the words printed."""

    parts: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    consequences: list[Remark] = field(default_factory=list)
    traps: list[Remark] = field(default_factory=list)

    def take(self, text: str) -> str:
        """The text with a token in the place of each mark."""

        def token(found: re.Match[str]) -> str:
            kind = next(index for index in (1, 2, 3) if found[index] is not None)
            self.parts.append((kind, found[kind].split("|")))
            return f"\ue000{len(self.parts) - 1}\ue001"

        return _MARK.sub(token, text)

    def printed(self, text: str) -> str:
        """The text as the report prints it."""
        return _TOKEN.sub(lambda found: self.parts[int(found[1])][1][0], text)

    def note(self, text: str, table: str | None = None, row: str | None = None) -> None:
        """Keep the truth of the marks that stand in a text."""
        for found in _TOKEN.finditer(text):
            kind, parts = self.parts[int(found[1])]
            words = _CHANGES.sub("", parts[0])
            around = None if table is not None or row is not None else _CHANGES.sub("", self.printed(text)).strip("# ")
            if kind == 1:
                where = (None if parts[5] == "-" else parts[5]) if len(parts) > 5 else row
                self.faults.append(Fault(parts[1], parts[2], table, where, words, parts[3], parts[4], around))
            else:
                where = parts[2] if len(parts) > 2 else row
                (self.traps if kind == 2 else self.consequences).append(Remark(table, where, words, parts[1], around))


def source_of(path: Path) -> Source:
    """The report and the truth that a source file tells."""
    head_text, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    head = dict(line.split(": ", 1) for line in head_text.splitlines())
    marks = _Marks()
    lines = marks.take(body).splitlines()
    college, *titles, month = head["title"].split("|")
    blocks: list[Block] = [] if "bare" in head else [Title(tuple(titles), college, month)]
    if "contents" in head:
        blocks.append(Contents(tuple(range(1, 60))))
    notes: list[str] = []
    blocks.extend(_blocks(lines, marks, notes))
    report = Report(
        name=path.stem,
        running=f"{college}{titles[0]}",
        blocks=tuple(blocks),
        footnotes=tuple(notes),
        fields="fields" in head,
        chapters_on_new_pages="new_pages" in head,
    )
    truth = Truth(tuple(marks.faults), tuple(marks.consequences), tuple(marks.traps))
    return Source(path.stem, head, report, truth)


def sources() -> tuple[Source, ...]:
    """Every report of the corpus, in the order of its name."""
    return tuple(source_of(path) for path in sorted(SOURCES.glob("*.md")))


def _blocks(lines: list[str], marks: _Marks, notes: list[str]) -> Iterator[Block]:
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        index += 1
        if line.startswith("@ ") or line == "@":
            start = index
            while index < len(lines) and lines[index].startswith("|"):
                index += 1
            remark = ""
            if index < len(lines) and lines[index].startswith("@note "):
                remark = lines[index].removeprefix("@note ")
                marks.note(remark)
                index += 1
            yield _table(line[1:].strip(), lines[start:index], marks.printed(remark), marks)
        elif line.startswith("^ "):
            marks.note(line)
            notes.append(marks.printed(line[2:]))
        elif line in {"===landscape", "===portrait"}:
            yield Turn(line.endswith("landscape"))
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            marks.note(line)
            yield Heading(level, marks.printed(line[level:].strip()))
        elif line:
            marks.note(line)
            yield Para(marks.printed(line))


def _options(text: str) -> tuple[str, dict[str, str]]:
    found = _OPTIONS.search(text)
    if not found:
        return text, {}
    options = dict(part.partition("=")[::2] for part in re.split(r"[;\s]+", found[1].strip()))
    return text[: found.start()].rstrip(), options


def _table(caption: str, lines: list[str], remark: str, marks: _Marks) -> Table:
    caption, options = _options(caption)
    label = marks.printed(caption)
    number = _NUMBER.match(label)
    name = None if "nocaption" in options else options.get("number") or (number[1] if number else label)
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.startswith("|")]
    top = next((index for index, row in enumerate(rows) if row[0].startswith("---")), None)
    if top is None:
        raise ValueError(f"{label}: no line |--- under the header")
    header, data = rows[:top], rows[top + 1 :]
    marks.note(caption, name)
    for row in header:
        for cell in row:
            marks.note(cell, name)
    plain = [[marks.printed(cell) for cell in row] for row in (*header, *data)]
    for row, printed in zip(data, plain[top:], strict=True):
        for column, cell in enumerate(row):
            if _TOKEN.search(cell):
                marks.note(cell, name, _row_name(options, plain[:top], printed, column))
    shown = [[cell.replace("⏎", "\n") for cell in row] for row in plain]
    return Table(
        number=name or "",
        label="" if "nocaption" in options else label,
        header=tuple(tuple(row) for row in shown[:top]),
        rows=tuple(tuple(row) for row in shown[top:]),
        widths=_widths(shown),
        merge=tuple(int(part) for part in options.get("merge", "").split(",") if part),
        below="below" in options,
        plain="plain" in options,
        cut=int(options["cut"]) if "cut" in options else None,
        remark=remark,
    )


def _widths(rows: list[list[str]]) -> tuple[int, ...]:
    """Wide columns for long cells."""
    count = max(len(row) for row in rows)
    longest = [max(len(row[column]) if column < len(row) else 1 for row in rows) for column in range(count)]
    return tuple(min(max(length, 5), 26) for length in longest)


def _row_name(options: dict[str, str], header: list[list[str]], row: list[str], column: int) -> str:
    """The label of a row, or the name of the task point that a cell belongs to."""
    if "ordinal" not in options:
        place = int(options.get("row", "0"))
        while place and row[place] in {"", LEFT}:
            place -= 1
        return row[place].replace("⏎", "")
    year, ordinal = options["year"], options["ordinal"]
    heading = "".join(line[column] for line in header)
    words = heading if year == "head" else year if len(year) == 4 else row[int(year)]
    mark = _CIRCLED.search(row[column] if ordinal == "self" else row[int(ordinal)])
    found = re.search(r"20\d\d", words)
    if mark is None:
        raise ValueError(f"no task point in {row}")
    return f"{found[0] if found else ''}{mark[0]}"
