"""Words that a line is drawn through are struck out: they are taken from the page, and told."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.documents.pdf.page import Page, Rule, Run

_LOWEST, _HIGHEST = 0.15, 0.55  # of the type size: so far above the foot of the words the line is drawn
_BEYOND = 0.5  # of the type size: no farther does it go beyond the words
_TALL = 16  # points: of the stripes in which words are looked for

Stripes = dict[int, list[Run]]


def unstruck(page: Page) -> list[str]:
    """Take what is struck out, and the lines through it, from a page; the words that were taken."""
    stripes: Stripes = {}
    for run in page.runs:
        stripes.setdefault(int(run.y) // _TALL, []).append(run)
    struck: dict[int, set[int]] = {}  # the characters of each run, by its identity
    lines: set[Rule] = set()
    for line in [*page.across, *page.strokes]:
        through = [(run, places) for run in _near(stripes, line.at) if (places := _through(run, line))]
        if through and _fits(line, through):
            lines.add(line)
            for run, places in through:
                struck.setdefault(id(run), set()).update(places)
    if not lines:
        return []
    words = [run.text[first:last] for run in page.runs for first, last in _stretches(struck.get(id(run), set()))]
    page.across = [line for line in page.across if line not in lines]
    page.runs = [part for run in page.runs for part in _kept(run, struck.get(id(run), set()))]
    return words


def _near(stripes: Stripes, height: float) -> Iterator[Run]:
    row = int(height) // _TALL
    for stripe in (row, row + 1):
        yield from stripes.get(stripe, ())


def _through(run: Run, line: Rule) -> list[int]:
    """The characters of a run through whose middle a line goes."""
    if not _LOWEST < (run.y - line.at) / run.em < _HIGHEST or run.turn or line.end < run.x0 or line.start > run.x1:
        return []
    edges = [*run.lefts, run.x1]
    return [place for place, (left, right) in enumerate(pairwise(edges)) if line.start < (left + right) / 2 < line.end]


def _fits(line: Rule, through: Sequence[tuple[Run, Sequence[int]]]) -> bool:
    """Whether a line is no longer than the words it goes through; a table's ruling is."""
    em = through[0][0].em
    left = min(run.lefts[places[0]] for run, places in through)
    right = max(run.lefts[places[-1] + 1] if places[-1] + 1 < len(run.lefts) else run.x1 for run, places in through)
    return left - line.start < _BEYOND * em and line.end - right < _BEYOND * em


def _stretches(places: set[int]) -> Iterator[tuple[int, int]]:
    """Where characters that follow each other begin and end."""
    first = None
    for place in sorted(places):
        first = place if first is None else first
        if place + 1 not in places:
            yield first, place + 1
            first = None


def _kept(run: Run, struck: set[int]) -> Iterator[Run]:
    if not struck:
        yield run
        return
    gone = list(_stretches(struck))
    cuts = sorted({place for stretch in gone for place in stretch} - {0, len(run.text)})
    for part in run.parts(cuts):
        if part.start - run.start not in struck:
            yield part
