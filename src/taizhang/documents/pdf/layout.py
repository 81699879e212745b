"""What the lines of a printed page are for: running headers and footers, footnotes, contents, body within margins."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from taizhang.documents.alignment import nature
from taizhang.documents.blocks import Role
from taizhang.documents.outline import caption_label, is_contents_line, unit_note
from taizhang.documents.pdf.grids import Grid
from taizhang.documents.pdf.lines import Line
from taizhang.documents.pdf.page import Page, Rule

_EDGE = 0.16  # of the page height: headers and footers stand no farther from the edge
_SAME_EDGE = 3.0  # points: lines that begin (or end) no farther apart do so at one margin
_ENOUGH = 2  # lines that begin (or end) at one place: a margin
_LOOSE_ROWS = 3  # that follow each other: a table of which no ruling tells
_LOOSE_CELLS = 3  # of such a row
_APART = 1.5  # of the type size: words farther apart are two cells
_FIGURES = frozenset({"number", "rate"})
_REPEATED = 3  # pages that show the same words at the same height
_PAGE_NUMBER = re.compile(
    r"[-—–－·~\s]*(?:第\s*)?(?:\d{1,4}|[ivxlcIVXLC]{1,7}|[一二三四五六七八九十百〇]{1,5})(?:\s*页)?"
    r"(?:\s*[/／,，、]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－·~\s]*"
)
_FIRST_NUMBER = re.compile(r"^[·—-]?\s*(\d{1,4})(?=[\s·—/-])")
_LAST_NUMBER = re.compile(r"(?<=[\s·—/-])(\d{1,4})\s*[·—-]?$")
_CONTENTS_SHARE = 0.6
_SHORT_RULE = (0.1, 0.45)  # of the page width: what stands above footnotes
_SMALLER = 0.95  # of the usual type size: what belongs to the text is no smaller
_ASIDE = (Role.FURNITURE, Role.FOOTNOTE)


@dataclass(slots=True)
class Sheet:
    """A page, or a column of one, taken apart: lines outside tables, tables, and the roles of lines that are no body.

    Roles are by identity. `bottom` is how far down text goes: below that the next column begins, or the next page.
    `doubtful` tells of a column that may be the cells of a table, `reach` from where to where text goes on a page with
    columns.
    """

    page: Page
    lines: list[Line]
    grids: list[Grid]
    rules: list[Rule] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    bottom: float = 0.0
    doubtful: bool = False
    reach: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        self.bottom = self.bottom or self.page.height

    def role(self, line: Line) -> Role:
        """What a line is for."""
        return self.roles.get(id(line), Role.BODY)

    def items(self) -> list[Line | Grid]:
        """Lines and tables from top to bottom."""
        both: list[Line | Grid] = [*self.lines, *self.grids]
        return sorted(both, key=lambda item: item.top if isinstance(item, Grid) else item.y - 0.35 * item.em)

    def body(self) -> list[Line | Grid]:
        """The items without furniture, footnotes and the words that only say that a table goes on."""
        return [item for item in self.items() if isinstance(item, Grid) or not self._aside(item)]

    def _aside(self, line: Line) -> bool:
        if self.role(line) in _ASIDE:
            return True
        label = caption_label(line.text)
        return label is not None and label.continued


@dataclass(slots=True)
class Margins:
    """Where the lines of body text begin and end on pages of one size."""

    left: float
    right: float


def margins(sheets: Iterable[Sheet]) -> dict[tuple[int, int], Margins]:
    """The margins of each page size."""
    starts: dict[tuple[int, int], list[float]] = defaultdict(list)
    ends: dict[tuple[int, int], list[float]] = defaultdict(list)
    for sheet in sheets:
        if sheet.reach is not None:
            starts[size(sheet.page)] += [sheet.reach[0]] * _ENOUGH
            ends[size(sheet.page)] += [sheet.reach[1]] * _ENOUGH
        for line in sheet.lines:
            if sheet.role(line) is Role.BODY:
                starts[size(sheet.page)].append(line.x0)
                ends[size(sheet.page)].append(line.x1)
    return {key: Margins(_usual(starts[key], 1), _usual(ends[key], -1)) for key in starts}


def size(page: Page) -> tuple[int, int]:
    """The page's size, near enough."""
    return round(page.width / 10), round(page.height / 10)


def _usual(edges: Sequence[float], sign: int) -> float:
    """The outermost place at which more than a chance line begins (or ends)."""
    enough = max(_ENOUGH, 0.03 * len(edges))
    ordered = sorted(sign * edge for edge in edges)
    for place, edge in enumerate(ordered):
        if bisect_right(ordered, edge + _SAME_EDGE) - place >= enough:
            return sign * edge
    return sign * ordered[0]


def has_loose_rows(sheet: Sheet) -> bool:
    """Whether lines outside tables follow each other that hold several words or figures apart: rows without a table."""
    found = 0
    for line in sheet.lines:
        if sheet.role(line) is Role.BODY and _is_row(line):
            found += 1
            if found >= _LOOSE_ROWS:
                return True
        else:
            found = 0
    return False


def _is_row(line: Line) -> bool:
    if len(line.runs) < _LOOSE_CELLS:
        return False
    cells = [line.runs[0].text]
    for before, run in pairwise(line.runs):
        if run.x0 - before.x1 > _APART * run.em:
            cells.append(run.text)
        else:
            cells[-1] += run.text
    return len(cells) >= _LOOSE_CELLS and any(nature(text) in _FIGURES for text in cells[1:])


def mark_roles(sheets: Sequence[Sheet]) -> None:
    """Find footnotes and contents."""
    for sheet in sheets:
        _mark_footnotes(sheet)
        _mark_contents(sheet)


def mark_furniture(sheets: Sequence[Sheet]) -> None:
    """Find running headers and footers (lines that come again at one distance from one edge), and page numbers."""
    shown: Counter[tuple[bool, int, str]] = Counter()
    places: Counter[tuple[bool, int]] = Counter()
    edge_lines: list[tuple[Sheet, Line, bool, int, str]] = []
    for sheet in sheets:
        for line, lower in _edge_lines(sheet):
            distance = round(sheet.page.height - line.y if lower else line.y)
            words = line.text
            is_number = _PAGE_NUMBER.fullmatch(words) is not None
            key = "#" if is_number else _without_page(words, sheet.page.number)
            if caption_label(words) is None and unit_note(words) is None:
                edge_lines.append((sheet, line, lower, distance, key))
                for near in {distance - 1, distance, distance + 1}:
                    shown[lower, near, key] += 1
    repeated = min(_REPEATED, max(2, len(sheets) - 1))
    for sheet, line, lower, distance, key in edge_lines:
        if shown[lower, distance, key] >= repeated:
            sheet.roles[id(line)] = Role.FURNITURE
            places[lower, distance] += 1
    for sheet, line, lower, distance, _ in edge_lines:
        if places[lower, distance] >= max(_REPEATED, len(sheets) / 2) and _alone(sheet, line):
            sheet.roles[id(line)] = Role.FURNITURE


def _without_page(words: str, page: int) -> str:
    """A header's words without the page number at one of their ends; told by how far it is from the page's own."""
    for pattern in (_FIRST_NUMBER, _LAST_NUMBER):
        found = pattern.search(words)
        if found is not None:
            return f"{words[: found.start()]}#{int(found[1]) - page}{words[found.end() :]}"
    return words


def _edge_lines(sheet: Sheet) -> list[tuple[Line, bool]]:
    """The lines outside tables near the upper (False) and the lower edge (True)."""
    height = sheet.page.height
    first = min((grid.top for grid in sheet.grids), default=height)
    last = max((grid.ys[-1] for grid in sheet.grids), default=0)
    upper = [(line, False) for line in sheet.lines if line.y < min(_EDGE * height, first)]
    lower = [(line, True) for line in sheet.lines if line.y > max((1 - _EDGE) * height, last)]
    return upper[:3] + lower[-3:]


def _alone(sheet: Sheet, line: Line) -> bool:
    """Whether a line stands apart from the text, as a header that changes with the chapter does."""
    distances = [abs(other.y - line.y) for other in sheet.lines if other is not line]
    distances += [min(abs(grid.top - line.y), abs(grid.ys[-1] - line.y)) for grid in sheet.grids]
    return line in (sheet.lines[0], sheet.lines[-1]) and min(distances, default=0) > 2 * line.em


def mark_common_footnotes(sheet: Sheet) -> None:
    """Find the footnotes below all columns of a page: everything under a short rule is in smaller type."""
    _mark_footnotes(sheet, largest=_SMALLER)


def _mark_footnotes(sheet: Sheet, largest: float = 1.0) -> None:
    """Small type under a short rule in the lower part of the page."""
    width, height = sheet.page.width, sheet.page.height
    least, most = (share * width for share in _SHORT_RULE)
    body = Counter(round(line.em, 1) for line in sheet.lines if sheet.role(line) is Role.BODY)
    usual = body.most_common(1)[0][0] if body else 0
    for rule in sheet.rules:
        if not (rule.at > 0.4 * height and least < rule.end - rule.start < most):
            continue
        below = [line for line in sheet.lines if line.y > rule.at and sheet.role(line) is Role.BODY]
        tables = any(grid.top > rule.at for grid in sheet.grids)
        near = below and below[0].y - rule.at < 3 * below[0].em and abs(below[0].x0 - rule.start) < 3 * below[0].em
        if near and not tables and all(line.em <= largest * usual for line in below):
            sheet.roles.update((id(line), Role.FOOTNOTE) for line in below)


def _mark_contents(sheet: Sheet) -> None:
    """Entries with dot leaders; or, where they fill most of the page, lines that end in a number at the margin."""
    lines = [line for line in sheet.lines if sheet.role(line) is Role.BODY]
    for line in lines:
        if is_contents_line(line.text):
            sheet.roles[id(line)] = Role.CONTENTS
    edge = max((line.x1 for line in lines), default=0)
    numbered = [line for line in lines if _ends_in_number(line, edge)]
    if len(numbered) >= 5 and len(numbered) >= _CONTENTS_SHARE * len(lines):
        sheet.roles.update((id(line), Role.CONTENTS) for line in numbered)
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        beside = sheet.role(before) is sheet.role(after) is Role.CONTENTS
        if beside and line.y - before.y < 3 * line.em and after.y - line.y < 3 * line.em:
            sheet.roles[id(line)] = Role.CONTENTS


def _ends_in_number(line: Line, edge: float) -> bool:
    if len(line.runs) < 2 or edge - line.x1 > line.em:
        return False
    last = line.runs[-1]
    return last.text.isdigit() and last.x0 - line.runs[-2].x1 > 2 * line.em
