"""A PDF page as pdfium knows it: runs of characters on their baselines, and the rulings drawn between them.

Lengths are points; x grows to the right and y downward from the page's corner as a person reads it, so that a page
turned by its Rotate entry, or a landscape text drawn on an upright page, looks like any other. A character stands
at its origin on the baseline and is as wide as its advance: the boxes of small marks (commas, hyphens) differ from
font to font, origin and advance do not.
"""

import ctypes
import math
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium

PDFIUM = threading.Lock()
"""pdfium knows no threads: whoever calls it, on whatever document, holds this."""

MOST_CHARACTERS = 200_000
"""Characters on one page, beyond which a file is made to exhaust us."""
MOST_OBJECTS = 500_000
"""Drawn objects on one page, likewise."""

_GAP = 0.5  # of the type size: a wider gap ends a run
_SHIFT = 0.12  # of the type size: characters of one run differ no more in height
_THICKEST = 3.0  # a filled box no thicker is a ruling, a thicker one is shading
_DASH = 4.0  # two pieces of a dashed or dotted ruling are no farther apart
_SHORTEST = 5.0  # a shorter ruling is part of a drawing
_SAME_LINE = 1.0  # rulings that differ no more in place are one
_ASIDE = 0.2  # of the type size: a shadow lies no farther aside
_STRIPE = 20.0  # points: runs are compared with those at about their height only
_DEEPEST = 6  # forms within forms
_SAMPLES = 24
_COVERING = 0.5  # of the page: a picture this large is a scan

# Converters map glyphs of fonts to the look-alike radicals; what the author typed is the character.
_PLAIN = {
    code: normal
    for code in range(0x2E80, 0x2FE0)
    if len(normal := unicodedata.normalize("NFKC", chr(code))) == 1 and normal != chr(code)
} | {0xA0: " ", 0x02: "-", 0xFFFE: "-"}
_SPACES = " \t\u3000\u2002\u2003\u2009\u200b\ufeff"
_UNKNOWN = "\0\ufffd"


@dataclass(slots=True)
class Run:
    """Consecutive characters that stand next to each other on one baseline; white space around them is left off.

    `start` is the first one's index in the page's text as pdfium counts it, `lefts` are the left edges. `spaced`
    tells that white space follows in the file. `turn` counts the quarter turns against the page's own direction.
    """

    text: str
    start: int
    x0: float
    x1: float
    y: float
    em: float
    lefts: list[float]
    spaced: bool = False
    turn: int = 0

    def parts(self, places: Sequence[int]) -> Iterator["Run"]:
        """This run cut before the characters at `places`."""
        edges = [0, *places, len(self.text)]
        for first, last in pairwise(edges):
            raw = self.text[first:last]
            text = raw.strip(_SPACES)
            if not text:
                continue
            begin = first + len(raw) - len(raw.lstrip(_SPACES))
            end = begin + len(text)
            right = self.lefts[end] if end < len(self.lefts) else self.x1
            spaced = self.spaced if last == len(self.text) else raw != raw.rstrip(_SPACES)
            yield Run(
                text, self.start + begin, self.lefts[begin], right, self.y, self.em, self.lefts[begin:end], spaced
            )


class Rule(NamedTuple):
    """A straight ruling: its y (or x, where it goes down the page), and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What stands on a page. `slanted` holds what is printed across the page (a watermark), `strokes` the lines across
    that are too short for rulings.
    """

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    slanted: list[Run] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    strokes: list[Rule] = field(default_factory=list)
    unknown: int = 0
    pictured: bool = False


class TooMuchError(Exception):
    """A page holds more than any printed page can."""


def read_page(document: pdfium.FPDF_DOCUMENT, index: int) -> Page | None:
    """The page at `index` (from 0) of a pdfium document handle, None if damaged; the caller holds PDFIUM."""
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        return None
    try:
        if pdfium.FPDFPage_CountObjects(handle) > MOST_OBJECTS:
            raise TooMuchError
        text = pdfium.FPDFText_LoadPage(handle)
        try:
            return _page(handle, text, index + 1)
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _page(handle: pdfium.FPDF_PAGE, text: pdfium.FPDF_TEXTPAGE, number: int) -> Page:
    characters = page_text(text) if text else ""
    if len(characters) > MOST_CHARACTERS:
        raise TooMuchError
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, box)
    frame = Frame(box.left, box.bottom, box.right, box.top, _turn(text, characters, handle))
    page = Page(number, frame.width, frame.height)
    page.unknown = sum(characters.count(char) for char in _UNKNOWN)
    for run in _runs(text, characters, frame):
        if run.turn < 0:
            page.slanted.append(run)
        elif -run.em < run.x0 < page.width + run.em and -run.em < run.y < page.height + run.em:
            page.runs.append(run)
    drawing = _Drawing(frame)
    drawing.take(handle, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, None)
    page.across, page.strokes = _merged(drawing.across)
    page.down, _ = _merged(drawing.down)
    page.pictured = drawing.picture > _COVERING * frame.width * frame.height
    return page


def page_text(text: pdfium.FPDF_TEXTPAGE) -> str:
    """The characters of a text page, one for each index that pdfium counts."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    if count > MOST_CHARACTERS:
        raise TooMuchError
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, buffer)
    whole = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if written != count + 1 or len(whole) != count or "\0" in whole:
        codes = (pdfium.FPDFText_GetUnicode(text, index) for index in range(count))
        whole = "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)
    return whole.translate(_PLAIN)


class Frame:
    """The page's corner and direction: how places that pdfium tells become places as a person reads the page."""

    def __init__(self, left: float, bottom: float, right: float, top: float, turn: int) -> None:
        self.turn = turn
        self.width, self.height = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
        # x = x_sign * (x or y) + x_shift, and y likewise with the other of the two
        self.x_sign, self.x_shift = ((1, -left), (1, -bottom), (-1, right), (-1, top))[turn]
        self.y_sign, self.y_shift = ((-1, top), (1, -left), (1, -bottom), (-1, right))[turn]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point."""
        along, over = (x, y) if self.turn % 2 == 0 else (y, x)
        return self.x_sign * along + self.x_shift, self.y_sign * over + self.y_shift


def _turn(text: pdfium.FPDF_TEXTPAGE, characters: str, handle: pdfium.FPDF_PAGE) -> int:
    """The quarter turns (against the clock) in which most of the page's characters are drawn."""
    visible = [index for index, char in enumerate(characters) if char not in _SPACES and char not in "\r\n"]
    matrix = pdfium.FS_MATRIX()
    seen: Counter[int] = Counter()
    for index in visible[:: max(len(visible) // _SAMPLES, 1)]:
        if pdfium.FPDFText_GetMatrix(text, index, matrix):
            seen[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4] += 1
    return seen.most_common(1)[0][0] if seen else int(pdfium.FPDFPage_GetRotation(handle)) % 4


def _runs(text: pdfium.FPDF_TEXTPAGE, characters: str, frame: Frame) -> list[Run]:
    builder = _Builder(text, frame)
    for index, char in enumerate(characters):
        if char not in "\r\n\0":
            builder.add(index, char)
    builder.close(spaced=False)
    return _without_shadows(builder.runs)


class _Builder:
    """Characters in the order of the file become runs."""

    def __init__(self, text: pdfium.FPDF_TEXTPAGE, frame: Frame) -> None:
        self.text, self.frame = text, frame
        self.runs: list[Run] = []
        self.open: Run | None = None
        self.letters: list[str] = []
        self.waiting: list[str] = []  # white space that belongs to the run if another character follows
        self.waiting_lefts: list[float] = []
        self.right = self.left = 0.0  # of the last character, white space included
        edges = (ctypes.c_float * 4)()
        self.edges, self.box = edges, pdfium.FS_RECTF.from_buffer(edges)  # left, top, right, bottom
        self.near, self.far = ((0, 2), (3, 1), (2, 0), (1, 3))[frame.turn]
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.height = self.y if frame.turn % 2 == 0 else self.x
        self.matrix = pdfium.FS_MATRIX()

    def add(self, index: int, char: str) -> None:
        """Take the next character into the open run, or begin another."""
        edges, frame, run = self.edges, self.frame, self.open
        pdfium.FPDFText_GetLooseCharBox(self.text, index, self.box)
        left = frame.x_sign * edges[self.near] + frame.x_shift
        right = frame.x_sign * edges[self.far] + frame.x_shift
        if char in _SPACES:
            if run is not None and right - left > 0 and run.start + len(self.letters) + len(self.waiting) == index:
                self.waiting.append(char)
                self.waiting_lefts.append(left)
                self.right = max(right, self.right)
            elif run is not None:
                self.close(spaced=right - left > 0)
            return
        pdfium.FPDFText_GetCharOrigin(self.text, index, self.x, self.y)
        base = frame.y_sign * self.height.value + frame.y_shift
        if run is not None and abs(base - run.y) <= _SHIFT * run.em:
            if char == self.letters[-1] and abs(left - self.left) < 0.25 * (right - left):
                self.close(spaced=False)  # the same character printed twice to look bold
                return
            follows = run.start + len(self.letters) + len(self.waiting) == index
            if follows and left > self.left and left - self.right <= _GAP * run.em and not run.turn:
                if self.waiting:
                    self.letters += self.waiting
                    run.lefts += self.waiting_lefts
                    self.waiting, self.waiting_lefts = [], []
                self.letters.append(char)
                run.lefts.append(left)
                run.x1 = self.right = right
                self.left = left
                return
        self.close(spaced=bool(self.waiting))
        em, turn = self._type(index)
        self.open = Run("", index, left, right, base, em, [left], turn=turn)
        self.letters, self.left, self.right = [char], left, right

    def close(self, *, spaced: bool) -> None:
        """End the open run."""
        if self.open is not None:
            self.open.text = "".join(self.letters)
            self.open.spaced = spaced or bool(self.waiting)
            self.runs.append(self.open)
        self.open, self.waiting, self.waiting_lefts = None, [], []

    def _type(self, index: int) -> tuple[float, int]:
        """The type size at a character, and its quarter turns against the page (-1: slanted)."""
        matrix = self.matrix
        if not pdfium.FPDFText_GetMatrix(self.text, index, matrix):
            return max(abs(self.edges[1] - self.edges[3]), 1.0), 0
        em = pdfium.FPDFText_GetFontSize(self.text, index) * math.hypot(matrix.c, matrix.d)
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = (round(quarters) - self.frame.turn) % 4 if abs(quarters - round(quarters)) < 0.1 else -1
        return max(em, 1.0), turn


def _without_shadows(runs: list[Run]) -> list[Run]:
    """Without the runs that are printed again at the same place, a hair aside, to look bold or shadowed."""
    kept: list[Run] = []
    seen: dict[tuple[str, int], list[Run]] = {}
    for run in runs:
        near = _ASIDE * run.em
        stripes = {int((run.y - near) // _STRIPE), int((run.y + near) // _STRIPE)}
        others = [other for stripe in stripes for other in seen.get((run.text, stripe), ())]
        if any(abs(other.x0 - run.x0) < near and abs(other.y - run.y) < near for other in others):
            continue
        seen.setdefault((run.text, int(run.y // _STRIPE)), []).append(run)
        kept.append(run)
    return kept


class _Drawing:
    """Collects the rulings among the objects of a page, those in forms included."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.picture = 0.0
        self.objects = 0
        self._bounds = [ctypes.c_float() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def take(
        self,
        holder: pdfium.FPDF_PAGE,
        count: Callable[[pdfium.FPDF_PAGE], int],
        get: Callable[[pdfium.FPDF_PAGE, int], pdfium.FPDF_PAGEOBJECT],
        matrix: "Matrix | None",
        depth: int = 0,
    ) -> None:
        """Look at each object of a page, or of a form that is drawn with `matrix`."""
        number = count(holder)
        self.objects += max(number, 0)
        if self.objects > MOST_OBJECTS:
            raise TooMuchError
        for index in range(number):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                x0, y0, x1, y1 = self._box(item, matrix)
                self.picture = max(self.picture, (x1 - x0) * (y1 - y0))
                self._rectangle(x0, y0, x1, y1)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(item, inner)
                whole = _product(inner, matrix) if matrix is not None else _entries(inner)
                self.take(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, whole, depth + 1)

    def _path(self, item: pdfium.FPDF_PAGEOBJECT, matrix: "Matrix | None") -> None:
        pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke)
        filled, stroked = self._fill.value != 0, self._stroke.value != 0
        segments = pdfium.FPDFPath_CountSegments(item)
        if not (filled or stroked) or segments < 2:
            return
        if segments > 5 or (stroked and segments > 2):
            for points in _outlines(item, segments):
                self._outline(points, matrix, filled=filled, stroked=stroked)
            return
        x0, y0, x1, y1 = self._box(item, matrix)
        if not stroked:
            self._rectangle(x0, y0, x1, y1)
        elif x1 - x0 > 3 * (y1 - y0):
            self.across.append(Rule((y0 + y1) / 2, x0, x1))
        elif y1 - y0 > 3 * (x1 - x0):
            self.down.append(Rule((x0 + x1) / 2, y0, y1))

    def _outline(
        self, points: Sequence[tuple[float, float]], matrix: "Matrix | None", *, filled: bool, stroked: bool
    ) -> None:
        placed = [self.frame.point(*(_moved(point, matrix) if matrix is not None else point)) for point in points]
        if filled:
            xs, ys = [x for x, _ in placed], [y for _, y in placed]
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
            if min(x1 - x0, y1 - y0) <= _THICKEST or not stroked:
                self._rectangle(x0, y0, x1, y1)
                return
        for (x0, y0), (x1, y1) in pairwise(placed):
            if abs(y1 - y0) <= 1:
                self.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= 1:
                self.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def _rectangle(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A filled box: a ruling where it is thin, part of a dotted one where it is a point, else shading."""
        if y1 - y0 <= _THICKEST:
            self.across.append(Rule((y0 + y1) / 2, x0, x1))
        if x1 - x0 <= _THICKEST:
            self.down.append(Rule((x0 + x1) / 2, y0, y1))

    def _box(self, item: pdfium.FPDF_PAGEOBJECT, matrix: "Matrix | None") -> tuple[float, float, float, float]:
        pdfium.FPDFPageObj_GetBounds(item, *self._bounds)
        left, bottom, right, top = (value.value for value in self._bounds)
        corners = [(left, bottom), (right, top)]
        if matrix is not None:
            corners = [_moved(corner, matrix) for corner in corners]
        (x0, y0), (x1, y1) = (self.frame.point(*corner) for corner in corners)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


Matrix = tuple[float, float, float, float, float, float]


def _entries(matrix: pdfium.FS_MATRIX) -> Matrix:
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(inner: pdfium.FS_MATRIX, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    return (
        inner.a * a + inner.b * c,
        inner.a * b + inner.b * d,
        inner.c * a + inner.d * c,
        inner.c * b + inner.d * d,
        inner.e * a + inner.f * c + e,
        inner.e * b + inner.f * d + f,
    )


def _moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _outlines(item: pdfium.FPDF_PAGEOBJECT, segments: int) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines that a path consists of, in the coordinates of its page or form."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    entries = _entries(matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved((x.value, y.value), entries)
        if kind != pdfium.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        if kind != pdfium.FPDF_SEGMENT_BEZIERTO or not points:
            points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield [*points, points[0]]
            points = []
    if points:
        yield points


def _merged(rules: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Rulings in one line that touch, or are the dashes of one ruling, made one; and apart from them what stays short."""
    rules.sort()
    merged: list[Rule] = []
    position = 0
    while position < len(rules):
        last = position
        while last < len(rules) and rules[last].at - rules[position].at <= _SAME_LINE:
            last += 1
        group = sorted(rules[position:last], key=lambda rule: rule.start)
        at = group[len(group) // 2].at
        start, end = group[0].start, group[0].end
        for rule in group[1:]:
            if rule.start - end > _DASH:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        merged.append(Rule(at, start, end))
        position = last
    return [r for r in merged if r.end - r.start >= _SHORTEST], [r for r in merged if r.end - r.start < _SHORTEST]
