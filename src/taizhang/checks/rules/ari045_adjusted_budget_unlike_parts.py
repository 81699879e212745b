"""ARI045: the budget after adjustment is not that of the year’s beginning, with what was added and taken away."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, clause, sentences, slack

_BEGUN = re.compile(r"(?:年初|期初)[^，。；\d]{0,8}(?:预算|批复|下达|安排)[^，。；\d]{0,6}$")
_BUDGET = re.compile(r"(?:预算|批复)(?:总额|总数|数|资金|经费|安排)?(?:为|是|共|数为)?\s*$")
_ADDED = re.compile(r"(?:追加|调增|增补|追增)[^，。；\d]{0,8}$")
_TAKEN = re.compile(r"(?:调减|压减|核减|收回|追减)[^，。；\d]{0,8}$")
_ADJUSTED = re.compile(r"(?:调整后|调整为|变更后)[^，。；\d]{0,10}$|调整预算数?[^，。；\d]{0,4}$")
_PART = re.compile("其中|上年|去年")


@rule("ARI045", kind="sum_mismatch", severity="error", since="0.8")
def adjusted_budget_unlike_parts(context: Context) -> Iterator[Problem]:
    """年初预算加追加、减调减，不等于调整后的预算。

    ## 为什么
    年初、追加、调整后写在一句话里，一加便知；对不上，后面的执行率也就没有了根据。

    ## 不合格
    2024 年年初预算 6820 万元，年中追加 1240 万元，调整后预算 8160 万元。

    ## 合格
    2024 年年初预算 6820 万元，年中追加 1240 万元、调减 60 万元，调整后预算 8000 万元。

    ## 例外
    没有写追加或者调减了多少的、三者不在同一句的、“约”“近”的，不判断；“其中”的一部分不加。

    ## 依据
    《预算法》第六十七条：预算调整应当列明调整的项目和数额。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            if len(sentence.figures) > 2:
                yield from _of(sentence)


def _of(sentence: Sentence) -> Iterator[Problem]:
    begun: Figure | None = None
    changes: list[tuple[Figure, int]] = []
    for figure in sentence.figures:
        if figure.dimension != "元":
            continue
        words = clause(figure.label)
        sign = 1 if _ADDED.search(words) else -1 if _TAKEN.search(words) else 0
        if _PART.search(words):
            continue
        if not figure.is_exact:
            return
        if begun is not None and changes and _ADJUSTED.search(words):
            yield from _compared(sentence, begun, changes, figure)
            return
        if _BEGUN.search(words) or (begun is None and _BUDGET.search(words)):
            begun, changes = figure, []
        elif sign:
            changes.append((figure, sign))


def _compared(
    sentence: Sentence, begun: Figure, changes: list[tuple[Figure, int]], adjusted: Figure
) -> Iterator[Problem]:
    made = begun.value + sum((figure.value * sign for figure, sign in changes), Decimal(0))
    terms = [begun, *(figure for figure, _ in changes)]
    if abs(made - adjusted.value) <= slack([*terms, adjusted]):
        return
    scale = adjusted.value / adjusted.quantity.value if adjusted.quantity.value else Decimal(1)
    expected = f"{shown(made / scale)}{adjusted.unit}"
    worked = sentence.printed(begun) + "".join(
        f" {'+' if sign > 0 else '−'} {sentence.printed(figure)}" for figure, sign in changes
    )
    yield sentence.passage.problem(
        adjusted.start, adjusted.end, f"{worked} = {expected}，写的是 {sentence.printed(adjusted)}",
        expected=expected, related=tuple(sentence.passage.related(f.start, f.end) for f in terms),
    )  # fmt: skip
