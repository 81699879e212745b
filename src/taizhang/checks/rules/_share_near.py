"""What ARI046 makes of a share whose whole stands near in other words: in the sentence before, or in a table's row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, related
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, fits, grids, is_percent, shown
from taizhang.checks.rules._mentions import grams
from taizhang.checks.rules._prose import Figure, Sentence, clause
from taizhang.checks.rules._share_told import OWN, TIME, Share
from taizhang.checks.rules._slips import is_slip
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Value, parts_of
from taizhang.intake.reading import Reading

_NAMED = Decimal("0.5")  # how many pairs of the whole's name stand before its figure, at least; of its characters all
_POINTS = Decimal(5)  # by how much such a share may miss: what misses by more is of something else
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
# “养老护理员培训占社会培训的 43.7%”: part and whole by their names alone
_OF_ROWS = re.compile(
    r"(?:^|[，。；、：])\s*(?:其中[，,]?)?(?P<part>[一-鿿“”]{3,14})占(?P<of>[一-鿿“”]{3,12}?)(?:总[数量额])?的(?:比例|比重)?(?:为|达)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
_OF_WHICH = re.compile("^(?:其中|含)[：:、，]?")
_TAIL = re.compile("(?:总?数量?|人次|人数|总?额)$")


def of_sentence_before(shares: Sequence[Share]) -> Iterator[Problem]:
    """A share whose whole is told in its paragraph, the words of its name strewn over the sentence before."""
    for share in shares:
        rate = _RATE.search(share.printed)
        before = share.sentence.before
        if rate is None or before is None or OWN.search(share.of) or TIME.search(share.of):
            continue
        name = grams(share.of)
        wholes = [f for f in before.figures if f.counts_like(share.part) and f.is_exact and f.value > share.part.value]
        if any(share.least <= f.value <= share.most for f in wholes):
            continue
        named = [f for f in wholes if _is_named(name, _words(before, f))]
        if len(named) == 1 and not clause(named[0].label).endswith(share.of):  # ARI008 judges what is told by its name
            places = len(rate[1].partition(".")[2])
            made = share.part.value / named[0].value * 100
            expected = percent(made, places)
            if abs(made - Decimal(rate[1])) <= _POINTS or is_slip(rate[1], expected.rstrip("%")):
                yield _of_figures(share, before, named[0], rate[1], expected)


def _is_named(name: frozenset[str], words: frozenset[str]) -> bool:
    return len(name & words) >= _NAMED * len(name) and set("".join(name)) <= set("".join(words))


def _words(sentence: Sentence, figure_: Figure) -> frozenset[str]:
    """The words of the sentence up to a figure, the numbers of other things left out."""
    return grams(re.sub(r"共?\s*[\d.]+\s*[个项]|[，,、\s\d.]+", "", sentence.text[sentence.begin : figure_.start]))


def _of_figures(share: Share, before: Sentence, whole: Figure, told: str, expected: str) -> Problem:
    return share.sentence.passage.problem(
        share.part.start, share.end,
        f"{share.sentence.printed(share.part)} ÷ {before.printed(whole)} = {expected}，写的是 {told}%",
        printed=f"{told}%", expected=expected, related=(before.passage.related(whole.start, whole.end),),
    )  # fmt: skip


def of_rows(sentence: Sentence, reading: Reading, context: Context) -> Iterator[Problem]:
    """A share of two rows of a table that its words name, told without their figures."""
    text = sentence.text
    for match in _OF_ROWS.finditer(text, sentence.begin, sentence.end) if "占" in text else ():
        if TIME.search(clause(text[sentence.begin : match.end("of")])):
            continue
        found = [pair for grid in grids(reading, context) if (pair := _pair(grid, match)) is not None]
        if len(found) != 1:
            continue
        grid, part, whole = found[0]
        rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
        made = _made(grid, part, whole)
        if any(fits(value, rate, places) for value in made.values()):
            continue
        slips = [c for c, value in made.items() if is_slip(match["rate"], percent(value, places).rstrip("%"))]
        if len(slips) == 1:
            cells = grid.value(part, slips[0]), grid.value(whole, slips[0])
            yield _of_cells(sentence, match, cells, percent(made[slips[0]], places))


def _pair(grid: Grid, match: re.Match[str]) -> tuple[Grid, Row, Row] | None:
    """The rows of a table that the words of a share name; None where either is not there just once."""
    rows: dict[str, list[Row]] = {}
    for row in grid.rows:
        if row.kind in {Kind.PART, Kind.SUBSET}:
            rows.setdefault(_name(grid, row), []).append(row)
    whole = rows.get(_TAIL.sub("", bare(match["of"])), ())
    part = [each for name, each in rows.items() if len(name) > 2 and bare(match["part"]).startswith(name)]
    if len(whole) == 1 and len(part) == 1 and len(part[0]) == 1 and part[0][0] is not whole[0]:
        return grid, part[0][0], whole[0]
    return None


def _name(grid: Grid, row: Row) -> str:
    return _TAIL.sub("", bare(parts_of(_OF_WHICH.sub("", grid.name(row).strip()))[1]))


def _made(grid: Grid, part: Row, whole: Row) -> Mapping[int, Decimal]:
    """The share that each column of amounts makes."""
    made: dict[int, Decimal] = {}
    for column in grid.numbers:
        small, large = figure(grid.value(part, column)), figure(grid.value(whole, column))
        if small and large and small <= large and not is_percent(grid, column):
            made[column] = small / large * 100
    return made


def _of_cells(sentence: Sentence, match: re.Match[str], cells: tuple[Value, Value], expected: str) -> Problem:
    part, whole = (shown(figure(cell) or Decimal(0)) for cell in cells)
    return sentence.passage.problem(
        match.start("part"), match.end(), f"表中 {part} ÷ {whole} = {expected}，写的是 {match['rate']}%",
        printed=f"{match['rate']}%", expected=expected, related=tuple(related(cell) for cell in cells),
    )  # fmt: skip
