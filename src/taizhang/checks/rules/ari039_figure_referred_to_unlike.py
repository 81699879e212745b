"""ARI039: “上述 31 场活动” behind a sentence that told another number of them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import Figure, Sentence, sentences

_REFERS = re.compile("(?:上述|前述|上面这)的?$")
_BACK = 3  # sentences
_MOST_TIMES = 3


@rule("ARI039", kind="contradiction", severity="warning", since="0.6")
def figure_referred_to_unlike(context: Context) -> Iterator[Problem]:
    """“上述 31 场活动”，前面说的却不是 31 场。

    ## 为什么
    “上述”后面的数只能是刚才说过的；两个数不同，必有一处没有改到。

    ## 不合格
    学生实践队开展安全宣讲 21 场。上述 31 场活动覆盖村民 4300 人。

    ## 合格
    学生实践队开展安全宣讲 21 场、路桥义诊 10 场。上述 31 场活动覆盖村民 4300 人。

    ## 例外
    前面没有同样单位的数的不判断；前面的几个数相加相符的，不报。

    ## 依据
    教职成厅函〔2024〕1号：同一事实在一份报告里只能有一个数。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            for place in sentence.figures:
                if place.is_exact and place.value > 1 and _REFERS.search(place.label.rstrip()):
                    yield from _problem(sentence, place)


def _problem(sentence: Sentence, place: Figure) -> Iterator[Problem]:
    before: list[tuple[Sentence, Figure]] = []
    at: Sentence | None = sentence
    for _ in range(_BACK):
        if at is None:
            break
        told = [figure for figure in at.figures if figure.end <= place.start and figure.counts_like(place)]
        before[:0] = [(at, figure) for figure in told]
        at = at.before
    values = [figure.value for _, figure in before]
    if not values or any(sum(values[start:], Decimal(0)) == place.value for start in range(len(values))):
        return
    if place.value in values or sum(values[:-1], Decimal(0)) == place.value:
        return
    told_in, other = before[-1]
    if max(other.value, place.value) > _MOST_TIMES * min(other.value, place.value):
        return
    yield sentence.passage.problem(
        place.start, place.end, f"这里说“上述 {sentence.printed(place)}”，前面说的是 {told_in.printed(other)}",
        expected=told_in.printed(other), related=(told_in.passage.related(other.start, other.end),),
    )  # fmt: skip
