"""Plain text and Markdown, also as converters make it from PDF: hard-wrapped prose, tab-separated or pipe tables."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from taizhang.core.errors import UnreadableDocumentError
from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Draft, Fragment, Leftover, Piece, Role
from taizhang.documents.drawn import CLOSING, drawn, is_part
from taizhang.documents.joining import glue
from taizhang.documents.limits import refuse_beyond
from taizhang.documents.markup import IMAGE, strip_markup
from taizhang.documents.outline import caption_label, is_contents_line, numbering_rank, unit_note
from taizhang.documents.reflow import Line, reflow, width_of
from taizhang.documents.tabular import Aligned, aligned, bare_pipes, delimited, is_drawn, separator
from taizhang.documents.tagged import tagged

MAX_BYTES = 64 * 1024 * 1024  # the largest of our reports has 0.2 MB; past this it is no report
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_RULE_CELL = re.compile(r":?[-─—=]+(?:[+:][-─—=]+)*:?")
_STROKES = re.compile(r"(?:[-*_=]\s?){3,}")  # a line drawn across the page
_CONTENTS = re.compile(r"目\s*[录次]")
_ENTRY = re.compile(r"\S.{0,80}?(?:\t|\s{2,}|[.…·]{3,})\s*[-—]?\s*[\divxIVX]{1,4}\s*[-—]?")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = 3  # strokes: two are the sign for “nothing”
_FOOTNOTE = re.compile(r"(?:<sup>\s*\d{1,2}\s*</sup>|\[\^\d{1,2}\]:|[¹²³⁴-⁹])\s*(?=\S)")
_PAGE_NUMBER = re.compile(r"(?:[-—–]\s*)?(?:第\s*)?\d{1,4}\s*(?:页\s*)?(?:[/共]\s*\d{1,4}\s*(?:页\s*)?)?[-—–]?")
_HEAD_LENGTH = 40  # characters: a running head is a title, not a sentence
_QUOTED = 200  # characters of a table that was not read
_HEADER_WORDS = 16  # characters: a longer line is no header of a one-column table


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16, UTF-32 (with its mark) or GB18030; refuses what is no text."""
    if data[:4] in {b"\xff\xfe\0\0", b"\0\0\xfe\xff"}:
        codecs = ["utf-32"]
    elif data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        codecs = ["utf-16"]
    elif b"\0" in data and (unmarked := _utf16(data)) is not None:
        codecs = [unmarked]
    elif b"\0" in data:
        raise UnreadableDocumentError(f"{name} 不是文本文件（含有二进制内容），请确认文件没有改错扩展名。")
    else:
        codecs = ["utf-8-sig", "gb18030"]
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        control = sum(1 for c in text[:20000] if ord(c) < 32 and c not in "\t\n\r\f")
        foreign = sum(1 for c in text[:20000] if "\ue000" <= c <= "\uf8ff") if codec == "gb18030" else 0
        if max(control, foreign) * 50 > min(len(text), 20000):
            break  # foreign: Big5 and others, which read as GB18030 come out in its private area
        return text
    raise UnreadableDocumentError(f"{name} 的文字编码无法识别，请另存为 UTF-8 编码的文本后再试。")


def _utf16(data: bytes) -> str | None:
    """In which order the bytes of UTF-16 without its mark stand: in that of its line ends."""
    pairs = [data[place : place + 2] for place in range(0, min(len(data), 20000), 2)]
    ends = {"utf-16-le": pairs.count(b"\n\0"), "utf-16-be": pairs.count(b"\0\n")}
    codec = max(ends, key=lambda name: ends[name])
    return codec if ends[codec] and sum(ends.values()) == ends[codec] else None


def cell_of(raw: str, file: str, number: int, column: int) -> Cell:
    """A cell out of the stretch of a line that begins at `column`."""
    lead = len(raw) - len(raw.lstrip())
    stripped, marks = strip_markup(raw.strip(), column + lead)
    text = stripped.strip()
    cut = len(stripped) - len(stripped.lstrip())
    starts = {0: column + lead} | {max(at - cut, 0): place for at, place in marks if at - cut <= len(text)}
    return Cell(text, tuple(Piece(at, Source(file, number, start=place)) for at, place in starts.items()))


class _Reader:
    """The lines of one file, sorted into prose, tables and page furniture."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = re.split(r"\r\n|\r|\n|\f", text)
        self.draft = Draft(file, "text", [])
        self.prose: list[Line] = []
        self.above = ""  # the last line that is not blank
        self.announced = False  # whether a caption stands above, with nothing but a unit note between
        self.found: dict[int, Aligned] = {}  # the tables aligned with spaces, by their first lines
        self.tried = 0  # up to which line no further one begins
        self.cells = 0

    def read(self) -> Draft:
        """The whole file as a draft."""
        stretches = list(self._stretches())
        width = width_of([line for kind, lines in stretches if kind == "prose" for line in self._prose(lines)])
        for kind, numbers in stretches:
            if kind == "prose":
                self.prose += self._prose(numbers)
                self._leave_pictures(numbers)
                continue
            self._flush(width)
            if kind == "table" and any(is_drawn(self.lines[number]) for number in numbers):
                self._add_drawn(numbers)
            elif kind == "table":
                self.draft.blocks.append(self._fragment(numbers))
            elif kind == "tagged":
                lines = [self.lines[number] for number in numbers]
                self.draft.blocks += tagged(lines, self.file, numbers[0] + 1)
            else:
                self._add_aligned(self.found[numbers[0]])
        self._flush(width)
        return self.draft

    def _flush(self, width: float | None) -> None:
        self.draft.blocks.extend(reflow(self.prose, self.file, width))
        self.prose = []

    def _leave_pictures(self, numbers: list[int]) -> None:
        for number in numbers:
            if IMAGE.search(self.lines[number]):
                place = Source(self.file, number + 1, start=0)
                self.draft.leftovers.append(Leftover("", "这里是一张图片，图中的文字和表格没有读。", place))

    def _stretches(self) -> Iterator[tuple[str, list[int]]]:
        """Runs of line numbers (from 0): tables (no blank line inside) and prose."""
        run: list[int] = []
        number, count = 0, len(self.lines)
        while number < count:
            kind, stop = self._table_run(number)
            if stop > number:
                if run:
                    yield "prose", run
                    run = []
                yield kind, list(range(number, stop))
                number = stop
                self.above = self.lines[number - 1]
                self.announced = False
                continue
            line = self.lines[number]
            if line.strip():
                run.append(number)
                self.above = line
                self.announced = self._is_caption(line) or (self.announced and unit_note(line) is not None)
            number += 1
        if run:
            yield "prose", run

    def _table_run(self, first: int) -> tuple[str, int]:
        """What kind of table begins here and where it ends; at its first line where none does."""
        if first in self._contents:
            return "prose", first
        if "<table" in self.lines[first].lower():
            return "tagged", self._end_of_tags(first)
        stop = first
        while stop < len(self.lines) and self._is_row(self.lines[stop]):
            stop += 1
            if self.lines[stop - 1].lstrip().startswith(CLOSING):
                break
        if stop > first:
            return "table", stop
        stop = bare_pipes(self.lines, first)
        if stop == first and first >= self.tried:
            found = aligned(self.lines, first, self._is_aside, announced=self.announced)
            self.tried = max(found.stop, first + 1)
            if found.pages:
                self.found[first] = found
                return "aligned", found.stop
        if stop == first and (parted := delimited(self.lines, first, announced=self.announced)) is not None:
            self.found[first] = parted
            return "aligned", parted.stop
        return "table", stop if stop > first else self._one_column(first)

    def _end_of_tags(self, first: int) -> int:
        """Where a table written as HTML ends; with the file where it is not closed."""
        for number in range(first, len(self.lines)):
            if "</table" in self.lines[number].lower():
                return number + 1
        return len(self.lines)

    @staticmethod
    def _is_row(line: str) -> bool:
        return not is_contents_line(line) and (separator(line) is not None or is_drawn(line) or is_part(line))

    def _one_column(self, first: int) -> int:
        """Where a table of one column ends: a caption above, then a short header and items without a blank line."""
        header = self.lines[first].strip()
        if not header or not self._is_caption(self.above):
            return first
        if len(header) > _HEADER_WORDS or re.search("[，。；：]", header) or numbering_rank(header) is not None:
            return first
        stop = first
        while stop < len(self.lines) and self.lines[stop].strip() and not self._is_row(self.lines[stop]):
            if self._is_caption(self.lines[stop]):
                break
            stop += 1
        items = [self.lines[n].strip() for n in range(first + 1, stop)]
        listed = sum(1 for item in items if numbering_rank(item) is not None or item.startswith(("<b>", "**")))
        return stop if items and listed * 2 >= len(items) else first

    @staticmethod
    def _is_caption(line: str) -> bool:
        return caption_label(strip_markup(line.strip().lstrip("# "), 0)[0]) is not None

    @cached_property
    def _running_heads(self) -> frozenset[str]:
        """Lines that come back next to page numbers: the heads and feet that a converter left in the text."""
        spoken = [line.strip() for line in self.lines if line.strip()]
        beside = Counter(
            near
            for place, line in enumerate(spoken)
            if _PAGE_NUMBER.fullmatch(line)
            for near in {*spoken[max(place - 1, 0) : place], *spoken[place + 1 : place + 2]}
            if len(near) <= _HEAD_LENGTH and "\t" not in near and not near.endswith("。")
        )
        seen = Counter(spoken)
        return frozenset(line for line, count in beside.items() if count > 1 and count * 2 >= seen[line])

    @cached_property
    def _contents(self) -> frozenset[int]:
        """The lines of a contents list whose page numbers stand behind a tab or a gap."""
        first = next((n for n, line in enumerate(self.lines) if _CONTENTS.fullmatch(line.strip("# *\u3000"))), None)
        found: set[int] = set()
        for number in range(len(self.lines) if first is None else first + 1, len(self.lines)):
            line = self.lines[number].strip()
            if line and not _ENTRY.fullmatch(line):
                break
            found.add(number)
        return frozenset(found)

    def _prose(self, numbers: list[int]) -> list[Line]:
        lines = []
        for number in numbers:
            raw = self.lines[number]
            start = len(raw) - len(raw.lstrip())
            body = raw.strip()
            if number in self._contents:
                lines.append(Line(body, number + 1, start, None, Role.CONTENTS))
                continue
            heading = _HEADING.match(body)
            level = len(heading[1]) if heading else None
            if heading:
                start, body = start + heading.end(), body[heading.end() :]
            role = Role.FURNITURE if body in self._running_heads else self._role(body)
            text, marks = strip_markup(body, start)
            if not text.strip() or _STROKES.fullmatch(text):
                continue
            if level is not None and caption_label(text):
                level = None
            lines.append(Line(text.strip(), number + 1, start, level, role, marks))
        return lines

    @staticmethod
    def _role(body: str) -> Role:
        if is_contents_line(body):
            return Role.CONTENTS
        if _FOOTNOTE.match(body):
            return Role.FOOTNOTE
        if _PAGE_NUMBER.fullmatch(body):
            return Role.FURNITURE
        return Role.BODY

    @staticmethod
    def _is_rule(texts: list[str]) -> bool:
        """Whether a row is the line that Markdown draws under a header."""
        return all(map(_RULE_CELL.fullmatch, texts)) and any(len(text) >= _RULE for text in texts)

    def _fragment(self, numbers: list[int]) -> Fragment:
        grid: list[list[Cell | None]] = []
        header = None
        ended = separator(self.lines[numbers[0]]) is not None  # whether rows begin and end with a pipe
        for number in numbers:
            row = self._row(number, ended=ended)
            if self._is_rule([cell.text for cell in row if cell.text]):
                header = len(grid) if len(grid) == 1 and "\t" not in self.lines[number] else header
                continue
            self._count(len(row))
            grid.append(list(row))
        return Fragment(grid, Source(self.file, numbers[0] + 1), header)

    def _add_drawn(self, numbers: list[int]) -> None:
        found = drawn([(number, self.lines[number]) for number in numbers])
        place = Source(self.file, numbers[0] + 1)
        if found is None:
            told = [number for number in numbers if not is_drawn(self.lines[number])]
            quoted = " ".join(self.lines[number].strip() for number in told)[:_QUOTED]
            self.draft.leftovers.append(Leftover(quoted, "这张表用字符画的线对不上，没有按表读。", place))
            self.draft.blocks += reflow(self._prose(told), self.file, None)
            return
        rows, columns, boxes = found
        self._count(rows * columns)
        grid: list[list[Cell | None]] = [[None] * columns for _ in range(rows)]
        for box in boxes:
            words = [cell_of(text, self.file, at + 1, column) for at, column, text in box.words]
            cell, *more = [each for each in words if each.text] or words[:1]
            for each in more:
                glue(cell, each)
            cell.rows, cell.columns = box.rows, box.columns
            grid[box.row][box.column] = cell
        self.draft.blocks.append(Fragment(grid, place))

    def _row(self, number: int, *, ended: bool) -> list[Cell]:
        raw, column = self.lines[number], 0
        bar = separator(raw) or "|"
        if bar != "\t" and ended:
            column = raw.index(bar) + 1
            raw = raw[column:].rstrip().removesuffix(bar)
        row = []
        for part in _PIPE.split(raw) if bar == "|" else raw.split(bar):
            row.append(cell_of(part, self.file, number + 1, column))
            column += len(part) + 1
        return row

    @staticmethod
    def _folded(lines: list[list[Cell | None]]) -> list[Cell | None]:
        """One row out of its printed lines."""
        first, *rest = lines
        for line in rest:
            for cell, more in zip(first, line, strict=False):
                if cell is not None and more is not None and more.text:
                    glue(cell, more)
        return first

    def _add_aligned(self, found: Aligned) -> None:
        for page in found.pages:
            grid: list[list[Cell | None]] = []
            for row in page:
                self._count(len(row))
                lines: list[list[Cell | None]] = []
                for depth in range(max(map(len, row))):
                    stretches = [cell[depth] if depth < len(cell) else (cell[0][0], 0, "") for cell in row]
                    lines.append([cell_of(text, self.file, at + 1, column) for at, column, text in stretches])
                grid.append(self._folded(lines))
            self.draft.blocks.append(Fragment(grid, Source(self.file, page[0][0][0][0] + 1)))
        self.draft.blocks += reflow(self._prose(found.aside), self.file, None)

    def _is_aside(self, line: str) -> bool:
        plain = line.strip()
        return plain in self._running_heads or _PAGE_NUMBER.fullmatch(plain) is not None

    def _count(self, cells: int) -> None:
        self.cells += cells
        refuse_beyond(self.file, cells=self.cells)


def read_text(path: Path) -> Draft:
    """The blocks of a text or Markdown file; raises UnreadableDocumentError for what is no text."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableDocumentError(f"{path.name} 超过 64 MB，不像是一份报告，请拆分或只保留文字后再试。")
    text = decode(path.read_bytes(), path.name)
    if not text.strip():
        raise UnreadableDocumentError(f"{path.name} 是空文件，请确认保存成功后再试。")
    refuse_beyond(path.name, characters=len(text))
    return _Reader(text, path.name).read()
