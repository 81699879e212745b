"""ARI008: a share is not the part over the whole that stand next to it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import grids
from taizhang.checks.rules._parts import Passage, alike
from taizhang.checks.rules._prose import sentences
from taizhang.checks.rules._share_columns import of_column
from taizhang.checks.rules._share_lists import (
    EACH,
    list_begins,
    names_another,
    odd_pairs,
    of_counts,
    slip_of,
    sums_up_to,
    wholes_that_fit,
)
from taizhang.checks.rules._share_wholes import GENERIC, named_whole, of_sentence_before, without_its_limit
from taizhang.core.finding import Severity
from taizhang.core.quantities import quantities
from taizhang.core.quantity import Bound, Quantity

_SHARE = re.compile(
    r"(?:占比|占(?P<of>[^，。；、,;\d%（(]{0,14}?)(?:[（(](?P<base>\d[\d,]*(?:\.\d+)?)[^\d（()）]{0,4}[)）])?(?:的(?:比例|比重)?|比例?|总数的?)?)(?:为|达到?)?(?P<roughly>约(?:为|达到?)?)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
_STOP = re.compile(r"[。！？\n]")
_GAP = re.compile(r"[^。；！？\n\d]{0,12}$")
_ROUGHLY = Decimal(3)  # points: what is told as “约” may miss by so much
_HAS_SHARE = re.compile(r"\s*[，,（(]\s*占")


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
    四舍五入之内的差别不报；分母没有在同一句写明的不判断；“教职工几人，专任教师几人，占百分之几”没有写“其中”，相差不过几个百分点的，按存疑报；
    逐项写了占比、合起来约为 100% 的，与其余各项不合的一项照报；“约”“以上”不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        told: set[tuple[int, int]] = set()  # the paragraph, and where a share told by its own whole ends
        for paragraph in reading.document.paragraphs:
            if "占" in paragraph.text and "%" in paragraph.text.replace("％", "%"):
                passage = Passage(paragraph.text, paragraph)
                for problem, end in _of_text(passage, context):
                    told.add((id(paragraph), end))
                    yield problem
                yield from of_counts(passage, context)
        for sentence in sentences(reading, context):
            said = sentence.text[sentence.begin : sentence.end]
            if "占" in said and said.replace("％", "%").count("%") > 1:
                for problem, end in odd_pairs(sentence):
                    if (id(sentence.passage.block), end) not in told:
                        yield problem
        for grid in grids(reading, context):
            for column in grid.columns:
                if column.index in grid.numbers and re.search("占|构成", column.words.rpartition("/")[2]):
                    yield from of_column(grid, column.index, context)


def _is_of(text: str, end: int, of: str) -> bool:
    """Whether what stands behind a figure is its share of a whole of this name."""
    return text[end:].lstrip(" ，,（(").startswith(f"占{of}")


def _in_one_scale(found: Sequence[Quantity]) -> Sequence[Quantity]:
    """Quantities of which some are told in 万平方米 and some in 平方米, all in the smaller unit."""
    units = {quantity.unit for quantity in found}
    scaled = {unit for unit in units if unit[:1] == "万" and unit[1:] in units}
    return [
        quantity._replace(value=quantity.value * 10_000, unit=quantity.unit[1:])
        if quantity.unit in scaled
        else quantity
        for quantity in found
    ]


def _of_text(passage: Passage, context: Context) -> Iterator[tuple[Problem, int]]:
    """The problems of the shares of a text, each with the end of its share."""
    text = passage.text
    found: Sequence[Quantity] | None = None
    for match in _SHARE.finditer(text):
        found = _in_one_scale(quantities(text, context.profile.catalogue)) if found is None else found
        begin = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
        before = [q for q in found if begin <= q.start and q.end <= match.start() and q.unit not in {"%", "‰"}]
        if not before or not _GAP.match(text, before[-1].end, match.start()) or before[-1].bound is not Bound.EXACT:
            continue
        before = [*without_its_limit(text, before)]
        part = before[-1]
        listed = list_begins(text, part.start)
        if listed is not None and EACH.search(text, listed, part.start):
            continue  # “甲、乙各 7 所、丙 6 所，占 40%” is of all of them
        wholes = [
            q
            for q in (*of_sentence_before(text, begin, part, found, match["of"] or ""), *before[:-1])
            if alike(q.unit, part.unit) and q.value >= part.value and q.bound is Bound.EXACT and q.value
        ]
        if not GENERIC.sub("", match["of"] or ""):  # a part itself is not the whole, unless it is named
            wholes = [q for q in wholes if not _HAS_SHARE.match(text, q.end)] or wholes
        elif match["of"]:  # nor is one that is told as a share of the very same
            wholes = [q for q in wholes if not _HAS_SHARE.match(text, q.end) or not _is_of(text, q.end, match["of"])]
        if match["base"]:
            wholes = [q for q in found if match.start("base") <= q.start < match.end("base")]
        rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
        about = _ROUGHLY if match["roughly"] else Decimal(0)
        fitting = wholes_that_fit(wholes, sums_up_to(before, part), (rate, places), about)
        if fitting:
            context.judged_in(passage.block, fitting[0].start, part.start, match.start("rate"))
        if fitting or not wholes or names_another(text, before, match.start()):
            continue
        whole = (
            wholes[0]
            if match["base"]
            else named_whole(text, begin, wholes, GENERIC.sub("", match["of"] or "").strip(), part, rate)
        )
        severity = Severity.WARNING if whole is None or about else None
        whole = whole if whole is not None or match["of"] else slip_of(wholes, part, rate)
        if whole is None or (listed is not None and listed <= whole.start < part.start):
            continue
        expected = percent(part.value / whole.value * 100, places)
        message = (
            f"{text[part.start : part.end]} ÷ {text[whole.start : whole.end]} = {expected}，写的是 {match['rate']}%"
        )
        related = passage.related(whole.start, whole.end), passage.related(part.start, part.end)
        context.judged_in(passage.block, whole.start, part.start, match.start("rate"))
        problem = passage.problem(*match.span(), message, expected=expected, related=related, severity=severity)
        yield problem, match.end()
