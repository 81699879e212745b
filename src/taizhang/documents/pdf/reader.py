"""PDF files with text become Drafts: paragraphs healed over lines and pages, tables as they stand on each page.

pdfium is not safe for threads: reading holds one lock for the whole process, so several files at once want several
processes.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from taizhang.core.source import Source
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Draft, Fragment, Heading, Leftover, Paragraph, Role
from taizhang.documents.outline import caption_label, starts_section, unit_note
from taizhang.documents.pdf.columns import moved, parted
from taizhang.documents.pdf.elements import Element, Panel, elements_of
from taizhang.documents.pdf.file import bookmarks, is_scanned, opened, read_pages
from taizhang.documents.pdf.grids import Grid, ruled
from taizhang.documents.pdf.halves import lone_boxes, pair_halves
from taizhang.documents.pdf.layout import (
    Margins,
    Sheet,
    has_loose_rows,
    margins,
    mark_common_footnotes,
    mark_furniture,
    mark_roles,
    size,
)
from taizhang.documents.pdf.lines import Line, lines_of, written
from taizhang.documents.pdf.page import Page, Rule, Run
from taizhang.documents.pdf.raised import settled
from taizhang.documents.pdf.struck import unstruck
from taizhang.documents.pdf.unruled import finish_open, unruled

_ENDS = "。！？；!?…"
_CLOSING = "”’）)》】"
_LATIN_WIDTH = 0.6  # of the type size
_INDENT = 1.0  # of the type size: a line that begins farther in is indented
_DANGLING = ("占", "为", "达", "的", "和", "与", "及", "由", "较", "比", "、", "，")  # with which no paragraph ends
_LONG = 0.85  # of the width: so far an unfinished sentence goes before its line is broken early
_MOST_HEADING_LINES = 3
_DOUBT = "有并排的几栏文字，分不清是分栏排版还是没有框线的表格，已经逐栏读，请人工看一下"
_WRAPPED = "有一张行与行之间没有线的表，单元格里的字折行，按折行处断开，分行可能不对，请人工看一下"
_LOOSE = "有几行数对齐成列，像是没有框线的表格，没有读成表，请人工看一下"
_NOTE_MARK = re.compile(r"[①-⑳*※]|\[?\d{1,3}\]?\s*[^\d\s.,%]|注\d*[:：]")


def read_pdf(path: Path) -> Draft:
    """The draft of a PDF file with text; UnreadableDocumentError where it has none or cannot be opened."""
    with opened(path) as document:
        pages = read_pages(path, document)
        titles = list(bookmarks(document))
    struck = [(page.number, words) for page in pages for words in unstruck(page)]
    for page in pages:
        page.runs = settled(page.runs)
    sheets = _sheets(pages)
    mark_roles(sheets)
    finish_open(sheets)
    pair_halves(sheets)
    flow = _Flow(path.name, sheets, titles)
    for sheet in sheets:
        flow.take(sheet)
    flow.close()
    return Draft(path.name, "pdf", flow.blocks, _leftovers(path.name, pages, sheets, struck))


def _sheets(pages: Sequence[Page]) -> list[Sheet]:
    """The pages taken apart, those set in columns column by column."""
    taken = [(page, *ruled(page, page.runs)) for page in pages]
    pieces = [elements_of(rest, grids, _free(page, grids)) for page, grids, rest in taken]
    columned = [len(parts) > 1 for parts in parted(pieces)]
    whole = [
        Sheet(page, lines_of(rest, page.number), grids, _free(page, grids)) if apart else _sheet(page, grids, rest)
        for (page, grids, rest), apart in zip(taken, columned, strict=True)
    ]
    mark_furniture(whole)
    if not any(columned):
        return whole
    for sheet in whole:
        mark_common_footnotes(sheet)
    sheets: list[Sheet] = []
    for sheet, apart, parts in zip(whole, columned, parted(list(map(_body, whole))), strict=True):
        untouched = not apart and len(parts) == 1 and not parts[0].column
        sheets += [sheet] if untouched else _parts(sheet, parts)
    return sheets


def _free(page: Page, grids: Sequence[Grid]) -> list[Rule]:
    return [rule for rule in page.across if not any(grid.covers(rule) for grid in grids)]


def _sheet(page: Page, grids: list[Grid], rest: list[Run]) -> Sheet:
    free = _free(page, grids)
    more, rest = unruled(page.number, page.width, free, rest)
    free = [rule for rule in free if not any(grid.covers(rule) for grid in more)]
    return Sheet(page, lines_of(rest, page.number), [*grids, *more], free)


def _body(sheet: Sheet) -> list[Element]:
    """What stands on a page, without what belongs to the page as a whole."""
    runs = [run for line in sheet.lines if sheet.role(line) is Role.BODY for run in line.runs]
    return elements_of(runs, sheet.grids, sheet.rules)


def _parts(whole: Sheet, parts: Sequence[Panel]) -> list[Sheet]:
    """The parts of a page in reading order; what belongs to the page as a whole stands in the last one."""
    sheets: list[Sheet] = []
    for part in parts:
        if part.column:
            page, grids, runs = moved(part, whole.page)
            reach = None
        else:
            page, grids, runs = replace(whole.page, slanted=[], across=part.rules), part.grids, part.runs
            reach = (part.left, part.right)
        sheet = _sheet(page, grids, runs)
        if part.column or part is not parts[-1]:
            sheet.bottom = part.bottom
        sheet.doubtful, sheet.reach = part.doubtful, reach
        sheets.append(sheet)
    last = sheets[-1]
    last.page.slanted = whole.page.slanted
    aside = [line for line in whole.lines if whole.role(line) is not Role.BODY]
    last.lines += aside
    last.roles.update((id(line), whole.role(line)) for line in aside)
    return sheets


def _leftovers(
    file: str, pages: Sequence[Page], sheets: Sequence[Sheet], struck: Sequence[tuple[int, str]]
) -> list[Leftover]:
    left = [
        Leftover(words, "画了删除线的文字，按删去处理，没有读。", Source(file, page=page)) for page, words in struck
    ]
    doubtful = {sheet.page.number for sheet in sheets if sheet.doubtful}
    wrapped = {sheet.page.number for sheet in sheets for grid in sheet.grids if grid.doubtful}
    loose = {sheet.page.number for sheet in sheets if has_loose_rows(sheet)}
    for page in pages:
        place = Source(file, page=page.number)
        if is_scanned(page):
            left.append(Leftover("", f"第 {page.number} 页是扫描图片，没有文字层，没有读", place))
        if page.unknown:
            left.append(Leftover("", f"第 {page.number} 页有 {page.unknown} 个字没有文字编码，读不出来", place))
        if page.number in doubtful:
            left.append(Leftover("", f"第 {page.number} 页{_DOUBT}", place))
        if page.number in wrapped:
            left.append(Leftover("", f"第 {page.number} 页{_WRAPPED}", place))
        if page.number in loose:
            left.append(Leftover("", f"第 {page.number} 页{_LOOSE}", place))
    return left


class _Flow:
    """The items of page after page become blocks in reading order."""

    def __init__(self, file: str, sheets: Sequence[Sheet], titles: Sequence[tuple[int, str, int]]) -> None:
        self.file = file
        self.blocks: list[Heading | Paragraph | Fragment] = []
        self.margins = margins(sheets)
        self.boxes = lone_boxes(sheets)
        self.indented = self._is_indented(sheets)
        self.titles: dict[int, dict[str, int]] = {}
        for page, title, level in titles:
            self.titles.setdefault(page, {})[bare(title)] = level
        self.open: list[Line] = []
        self.sheet: Sheet | None = None  # on which the last open line stands
        self.begun = 0  # how many open lines stand on the sheets before
        self.role = Role.BODY
        self.aside: list[tuple[list[Line], Role]] = []

    def take(self, sheet: Sheet) -> None:
        """Go on with the next page."""
        items = sheet.items()
        position = 0
        while position < len(items):
            item = items[position]
            position += 1
            if isinstance(item, Grid):
                self._table(item)
                continue
            role = sheet.role(item)
            if role in (Role.FURNITURE, Role.FOOTNOTE):
                self._aside(item, role)
                continue
            if role is Role.BODY:
                heading = self._title(items, position - 1, sheet)
                if heading:
                    self.close()
                    level = self.titles[item.page][bare("".join(line.text for line in heading))]
                    text, pieces = written(heading, self.file, prose=True)
                    self.blocks.append(Heading(text, pieces, level))
                    position += len(heading) - 1
                    continue
            self._line(item, role, sheet)
        if sheet.page.slanted:
            lines = [Line([run], sheet.page.number, run.y, run.em) for run in sheet.page.slanted]
            self.aside.append((lines, Role.FURNITURE))

    def _table(self, grid: Grid) -> None:
        self.close()
        if id(grid) in self.boxes:
            lines = lines_of(grid.boxes[0].runs, grid.page)
            text, pieces = written(lines, self.file, right=grid.xs[1])
            self.blocks.append(Paragraph(text, pieces, Role.TEXTBOX))
        else:
            self.blocks.append(grid.fragment(self.file))

    def _title(self, items: Sequence[Line | Grid], position: int, sheet: Sheet) -> list[Line]:
        """The lines from `position` on that are a bookmark's title, or none."""
        titles = self.titles.get(sheet.page.number)
        if not titles:
            return []
        lines: list[Line] = []
        for item in items[position : position + _MOST_HEADING_LINES]:
            if isinstance(item, Grid) or sheet.role(item) is not Role.BODY:
                return []
            lines.append(item)
            if bare("".join(line.text for line in lines)) in titles:
                return lines
        return []

    def _line(self, line: Line, role: Role, sheet: Sheet) -> None:
        if not (self.open and role is self.role and self._goes_on(line, sheet, role)):
            self.close()
            self.role = role
        if self.sheet is not sheet:
            self.sheet, self.begun = sheet, len(self.open)
        self.open.append(line)

    def _aside(self, line: Line, role: Role) -> None:
        """Furniture or a footnote: under an unfinished paragraph it waits until the paragraph is whole."""
        last = self.aside[-1] if self.aside else None
        if last is not None and role is Role.FOOTNOTE is last[1] and not _NOTE_MARK.match(line.text):
            last[0].append(line)
        else:
            self.aside.append(([line], role))
        if not self.open and role is not Role.FOOTNOTE:
            self.close()

    def close(self) -> None:
        """End the open paragraph, and put behind it what stood between its lines."""
        if self.open:
            self.blocks.append(self._paragraph(self.open, self.role))
        self.blocks += [self._paragraph(lines, role) for lines, role in self.aside]
        self.open, self.aside, self.begun = [], [], 0

    def _paragraph(self, lines: Sequence[Line], role: Role) -> Paragraph:
        text, pieces = written(lines, self.file, prose=True)
        return Paragraph(text, pieces, role)

    def _goes_on(self, line: Line, sheet: Sheet, role: Role) -> bool:
        """Whether a line continues the open paragraph."""
        before = self.open[-1]
        if role is Role.CONTENTS or (before.page == line.page and not self._as_wide(sheet)):
            return False
        edges = self.margins[size(sheet.page)]
        same_page = self.sheet is sheet
        pitch = line.y - before.y
        if abs(before.em - line.em) > 0.12 * line.em or (same_page and pitch > 2.6 * line.em):
            return False
        measured = same_page and len(self.open) - self.begun > 1
        if measured and pitch > 1.3 * (before.y - self.open[-2].y):
            return False
        if caption_label(line.text) is not None or unit_note(line.text) is not None:
            return False
        return self._fits(before, line, edges, same_page=same_page)

    def _as_wide(self, sheet: Sheet) -> bool:
        """Whether a part of a page is as wide as the one before: sentences go on from column to column only."""
        return self.sheet is not None and self.sheet.page.width == sheet.page.width

    def _fits(self, before: Line, line: Line, edges: Margins, *, same_page: bool) -> bool:
        """Whether the line before is full, and this one begins where a paragraph goes on."""
        em = line.em
        ended = before.text.rstrip(_CLOSING).endswith(tuple(_ENDS))
        width = edges.right - edges.left
        begins = line.x0 - edges.left < _INDENT * em
        far = before.x1 - edges.left > _LONG * width or before.text.rstrip().endswith(_DANGLING)
        open_end = self.indented and begins and not ended and far
        if before.x1 < edges.right - _wanted(line) and not open_end:
            centre = abs((before.x0 + before.x1) - (line.x0 + line.x1)) < 2 * em
            return same_page and not ended and centre and before.x1 - before.x0 > width - 4 * em
        if starts_section(line.text) and (ended or line.x0 - edges.left > _INDENT * em):
            return False
        if begins:
            return self.indented or not ended
        if ended or not same_page:
            return False
        block = abs(line.x0 - before.x0) < 0.5 * em
        hanging = len(self.open) == 1 and before.x0 < line.x0
        centred = abs((before.x0 + before.x1) - (line.x0 + line.x1)) < 2 * em
        return block or hanging or centred

    def _is_indented(self, sheets: Sequence[Sheet]) -> bool:
        """Whether this document indents the first line of a paragraph."""
        seen: Counter[bool] = Counter()
        for sheet in sheets:
            lines = [line for line in sheet.lines if sheet.role(line) is Role.BODY]
            for before, line in pairwise(lines):
                edges = self.margins[size(sheet.page)]
                if line.x1 - line.x0 > 0.5 * (edges.right - edges.left) and before.x1 < edges.right - 3 * before.em:
                    seen[line.x0 - edges.left > _INDENT * line.em] += 1
        return seen[True] >= seen[False]


def _wanted(line: Line) -> float:
    """How much room the beginning of a line would have taken: less than that left, the line before is full."""
    word = re.match(r"[“‘（《【]*([!-~]*)", line.runs[0].text)
    length = len(word[1]) if word else 0
    opening = word.end() - length if word else 0
    return line.em * (2.2 if not length else 1.5 + opening + _LATIN_WIDTH * min(length, 20))
