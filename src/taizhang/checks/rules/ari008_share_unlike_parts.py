"""ARI008: a share is not the part over the whole that stand next to it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, fits, grids, is_percent, rated
from taizhang.checks.rules._parts import Passage, alike
from taizhang.core.quantities import quantities
from taizhang.core.quantity import Bound, Quantity
from taizhang.profiles import Profile

_SHARE = re.compile(
    r"(?:占比|占(?P<of>[^，。；、,;\d%（(]{0,14}?)(?:[（(](?P<base>\d[\d,]*(?:\.\d+)?)[^\d（()）]{0,4}[)）])?(?:的(?:比例|比重)?|比例?|总数的?)?)(?:为|达到?)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
_STOP = re.compile(r"[。！？\n]")
_GAP = re.compile(r"[^。；！？\n\d]{0,12}$")
_WITHIN = re.compile("[^，。；]{0,6}(?:[，,]?[^，。；]{0,2}其中|中[，,])")
_AMONG = re.compile(r"\s*其中[：:，,]?")
_MOST = Decimal("0.6")
_GENERIC = re.compile("总人?数|总量|总额|全部|全校|其中|的|总")


@rule("ARI008", kind="rate_mismatch", severity="error", since="0.1")
def share_unlike_parts(context: Context) -> Iterator[Problem]:
    """占比与旁边的分子、分母算出来的不一致。

    ## 为什么
    分子、分母和占比写在一起，读的人会复算；对不上，多半是换了分母或某个数没有更新。

    ## 不合格
    学校现有专任教师 420 人，其中双师型教师 252 人，占专任教师的 66%。

    ## 合格
    学校现有专任教师 420 人，其中双师型教师 252 人，占专任教师的 60%。

    ## 例外
    四舍五入之内的差别不报；分母没有在同一句写明的不判断；“约”“以上”不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            if "占" in paragraph.text and "%" in paragraph.text.replace("％", "%"):
                yield from _of_text(Passage(paragraph.text, paragraph), context.profile)
        for grid in grids(reading, context):
            for column in grid.columns:
                if column.index in grid.numbers and re.search("占|构成", column.words.rpartition("/")[2]):
                    yield from _of_column(grid, column.index, context)


def _of_text(passage: Passage, profile: Profile) -> Iterator[Problem]:
    text = passage.text
    found: Sequence[Quantity] | None = None
    for match in _SHARE.finditer(text):
        found = quantities(text, profile.catalogue) if found is None else found
        begin = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
        before = [q for q in found if begin <= q.start and q.end <= match.start() and q.unit not in {"%", "‰"}]
        if not before or not _GAP.match(text, before[-1].end, match.start()) or before[-1].bound is not Bound.EXACT:
            continue
        part = before[-1]
        wholes = [
            q
            for q in (*_of_sentence_before(text, begin, part, found), *before[:-1])
            if alike(q.unit, part.unit) and q.value >= part.value and q.bound is Bound.EXACT and q.value
        ]
        if match["base"]:
            wholes = [q for q in found if match.start("base") <= q.start < match.end("base")]
        rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
        if not wholes or any(fits(part.value / whole.value * 100, rate, places) for whole in wholes):
            continue
        whole = wholes[0] if match["base"] else _named(text, begin, wholes, _GENERIC.sub("", match["of"] or "").strip())
        if whole is None:
            continue
        expected = percent(part.value / whole.value * 100, places)
        yield passage.problem(
            match.start(),
            match.end(),
            f"{text[part.start : part.end]} ÷ {text[whole.start : whole.end]} = {expected}，写的是 {match['rate']}%",
            expected=expected,
            related=(passage.related(whole.start, whole.end), passage.related(part.start, part.end)),
        )


def _of_sentence_before(text: str, begin: int, part: Quantity, found: Sequence[Quantity]) -> Sequence[Quantity]:
    """The figures that a sentence beginning with “其中” may be of: those of the sentence before of the same noun."""
    match = _AMONG.match(text, begin, part.start)
    if match is None:
        return ()
    previous = max((stop.end() for stop in _STOP.finditer(text, 0, max(begin - 1, 0))), default=0)
    noun = text[match.end() : part.start].strip()[-2:]
    return (
        [q for q in found if previous <= q.start < begin and noun in text[max(previous, q.start - 12) : q.start]]
        if len(noun) > 1
        else ()
    )


def _named(text: str, begin: int, wholes: Sequence[Quantity], of: str) -> Quantity | None:
    """The whole that the share says it is of; the only one where it names none."""
    if not of:
        is_among = wholes[0].start < begin or bool(_WITHIN.match(text, wholes[0].end))
        return wholes[0] if len(wholes) == 1 and is_among else None
    for place, whole in reversed(list(enumerate(wholes))):
        start = wholes[place - 1].end if place else begin
        if of in text[max(start, whole.start - 20) : whole.start]:
            return whole
    return None


def _of_column(grid: Grid, share: int, context: Context) -> Iterator[Problem]:
    """The share judged against the column that it fits best, and the row of that column that is the whole."""
    best: tuple[int, int, Row, list[Row], list[Row]] | None = None
    for column in grid.numbers:
        if column == share or is_percent(grid, column):
            continue
        rows = [
            row
            for row in grid.rows
            if rated(grid.value(row, share)) is not None and not grid.value(row, column).is_nothing
        ]
        for base in (row for row in rows if row.kind is Kind.TOTAL or _is_hundred(grid, row, share)):
            whole = figure(grid.value(base, column))
            if not whole:
                continue
            wrong = [row for row in rows if not _is_share(grid, row, column, share, whole)]
            if len(rows) - len(wrong) < 3 or len(rows) - len(wrong) < _MOST * len(rows):
                continue
            if best is None or len(wrong) < best[0]:
                best = len(wrong), column, base, rows, wrong
    if best is not None:
        _, column, base, rows, wrong = best
        context.judged(*(grid.value(row, c) for row in rows for c in (column, share)))
        for row in wrong:
            yield _in_table(grid, row, column, share, base)


def _is_hundred(grid: Grid, row: Row, share: int) -> bool:
    printed = rated(grid.value(row, share))
    return printed is not None and printed[0] == 100


def _is_share(grid: Grid, row: Row, column: int, share: int, whole: Decimal) -> bool:
    printed, amount = rated(grid.value(row, share)), figure(grid.value(row, column))
    if printed is None or amount is None:
        return True
    # The last share of a table is often set so that all make 100 %.
    return fits(amount / whole * 100, *printed) or abs(amount / whole * 100 - printed[0]) <= Decimal(3).scaleb(
        -printed[1]
    )


def _in_table(grid: Grid, row: Row, column: int, share: int, base: Row) -> Problem:
    value, part, whole = grid.value(row, share), grid.value(row, column), grid.value(base, column)
    printed, amount, total = rated(value), figure(part), figure(whole)
    assert printed is not None and amount is not None and total  # noqa: S101, PT018 - such rows were chosen
    expected = percent(amount / total * 100, printed[1])
    return at_value(
        value,
        f"{part.text.strip()} ÷ {whole.text.strip()} = {expected}，写的是 {value.text.strip()}",
        expected=expected,
        row=grid.name(row),
        related=(related(part), related(whole)),
    )
