"""Small characters printed above the line (marks of notes, exponents) are put on the line that they belong to.

Behind a figure they are told apart from its digits, behind a Latin letter (m²) they stay as they are, and a note's mark
behind any other word is left out.
"""

from collections.abc import Iterable
from itertools import product

from taizhang.documents.digits import apart, raised
from taizhang.documents.pdf.page import Run

_SMALL = 0.8  # of the type size beside them: no larger are raised characters
_LOWEST, _HIGHEST = 0.15, 0.75  # of the type size: so far above the line they stand
_BESIDE = 0.35  # of the type size: so near to the word that they belong to
_LONGEST = 8  # characters
_WIDE, _TALL = 8, 16  # points: of the fields in which a neighbour is looked for

Fields = dict[tuple[int, int], list[Run]]


def settled(runs: list[Run]) -> list[Run]:
    """The runs of a page, with the raised ones on the line of the words beside them."""
    largest = max((run.em for run in runs), default=0.0)
    small = [run for run in runs if run.em < _SMALL * largest and len(run.text) <= _LONGEST and _may_be_raised(run)]
    if not small:
        return runs
    least = min(run.em for run in small) / _SMALL
    large = [run for run in runs if run.em > least]
    ending, beginning = _fields((run.x1, run) for run in large), _fields((run.x0, run) for run in large)
    lifted: list[tuple[Run, float]] = []  # with the height at which each was printed
    dropped: set[int] = set()
    for run in sorted(small, key=lambda run: run.x0):
        before = _first(_near(ending, run.x0, run.y), run, behind=True) or _beside(run, lifted)
        after = _first(_near(beginning, run.x1, run.y), run, behind=False)
        line = before or after
        if line is None:
            continue
        lifted.append((run, run.y))
        run.y = line.y
        if before is not None and _is_note(before, run, after):
            dropped.add(id(run))
        else:
            run.text = _told_apart(before, run, after)
    return [run for run in runs if id(run) not in dropped]


def _may_be_raised(run: Run) -> bool:
    return not run.turn and (raised(run.text) != run.text or (run.text.isascii() and run.text.isalpha()))


def _fields(places: Iterable[tuple[float, Run]]) -> Fields:
    fields: Fields = {}
    for x, run in places:
        fields.setdefault((int(x) // _WIDE, int(run.y) // _TALL), []).append(run)
    return fields


def _near(fields: Fields, x: float, y: float) -> list[Run]:
    """The runs that end (or begin) near a place, on its line or the one below."""
    column, row = int(x) // _WIDE, int(y) // _TALL
    around = product((column - 1, column, column + 1), (row, row + 1))
    return [run for field in around for run in fields.get(field, ())]


def _first(near: list[Run], run: Run, *, behind: bool) -> Run | None:
    """The run of larger type beside which this one is raised."""
    for other in near:
        gap = run.x0 - other.x1 if behind else other.x0 - run.x1
        rise = other.y - run.y
        if run.em < _SMALL * other.em and abs(gap) < _BESIDE * other.em and _LOWEST < rise / other.em < _HIGHEST:
            return other
    return None


def _beside(run: Run, lifted: list[tuple[Run, float]]) -> Run | None:
    """The raised run that this one follows."""
    for other, y in lifted:
        if abs(y - run.y) < _LOWEST * run.em and abs(run.x0 - other.x1) < _BESIDE * run.em:
            return other
    return None


def _told_apart(before: Run | None, run: Run, after: Run | None) -> str:
    parts = [(before.text if before else "", False), (run.text, True), (after.text if after else "", False)]
    return apart(parts)[1]


def _is_note(before: Run, run: Run, after: Run | None) -> bool:
    """Whether a raised run is the mark of a note behind a word, and no exponent."""
    is_mark = raised(run.text) != run.text and _told_apart(before, run, after) == run.text
    return is_mark and not before.text[-1].isascii()
