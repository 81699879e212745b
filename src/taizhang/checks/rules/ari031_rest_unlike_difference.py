"""ARI031: a whole, what is done of it and the rest are told, and the rest is not the difference."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, clause, earlier, sentences, slack

_REST = re.compile(
    r"(?:均?还?尚?未(?P<done>[一-鿿]{1,3})|还?(?:相差|差|缺)|其余|余下?|剩余|尚余|(?:资金|经费)?缺口|剩下?|仅剩|(?:年末|期末|年底)?结[余转存])的?"
)
_UNDER_WAY = re.compile(
    r"部分(?:完成|达成|落地|落实|实现|达标)的?(?:有|为)?|(?:其余|余下)?(?:正在|尚在|还在|仍在|在)(?:推进|实施|建设|进行|办理|开展)中?的?(?:有|为)?"
)
_ANOTHER = re.compile("另(?:外)?有?|还有")
_CARRIED = re.compile(
    r"[^，。；\d]{0,4}(?:(?:转入|结转|顺延|延至|推迟)[^，。；\d]{0,2}(?:[下次明来]年|20\d\d)|(?:将?[于在]\s*)?20\d\d\s*年(?:\s*\d+\s*月)?[底末]?[以之]?前?(?:结题|验收|完工|完成|建成|交付)|(?:尚|仍|还)?未(?:完成|办结|达标|落实))"
)
_REST_BEHIND = re.compile(r"(?<=[有余\s])[\d,.]+\s*[一-鿿]{1,2}?(?:尚|还|仍)?未(?P<done>[一-鿿]{2})")
_DUE = re.compile("应|预算|计划|需|下达|核定|编制|任务|目标")
_HAD = re.compile("到|实|拨|有|已|在岗|完成")
# “应到 46 台，实到 44 台，2 台推迟”: the rest begins its clause, and what is told behind it says that it is the rest.
_LEFT = re.compile(
    r"[^，。；\d（(]{0,6}(?:[（(][^（()）]{1,16}[)）])?(?:(?:正在|尚在|还在|仍在)(?:整改|办理|推进|实施|建设|处理|进行)中?|(?:转入|结转|顺延|延至|推迟)(?:到|至)?(?:[下次明来]年|20\d\d\s*年)?|(?:尚|还|仍)?[未没](?:有)?(?:完成|办结|达标|达到(?:目标)?|落实|整改|完工))(?=[，。；,;（(]|$)"
)
_ALONE = re.compile(
    r"^[^，。；、\d]{0,6}(?:[（(][^（()）]{1,12}[)）])?[，,；;]\s*(?:其余|余下|剩余|另有|还有|仍有)?的?\s*$"
)
_DONE = re.compile("已|完成|建成|达[标到]|实际|办结|整改|落实|验收|到货")
_NEAR = Decimal("0.2")
_FEW = 8  # figures: more are not tried out in all combinations


@rule("ARI031", kind="sum_mismatch", severity="error", since="0.2")
def rest_unlike_difference(context: Context) -> Iterator[Problem]:
    """总数减去已完成的，不等于所写的剩余数。

    ## 为什么
    “共 140 个，达标 126 个，未达标 16 个”，三个数里必有一个错，读的人一减便知。

    ## 不合格
    全年收到建议 80 条，已办结 72 条，未办结 6 条。

    ## 合格
    全年收到建议 80 条，已办结 72 条，未办结 8 条，其中 2 条需跨年办理。

    ## 例外
    几个数的单位不同的不判断；“正在推进几项”后面还写了没有启动的，不判断；总数、完成数之间还有别的部分、合起来减得出的，不报；相差很大、看来不是一回事的，不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            for rest in sentence.figures:
                match = _REST.fullmatch(clause(rest.label)) or _REST_BEHIND.match(sentence.text, rest.start)
                if match and rest.is_exact:
                    yield from _of_rest(sentence, rest, match["done"])
                elif rest.is_exact and _is_carried_on(sentence, rest) and _is_last(sentence, rest):
                    yield from _of_rest(sentence, rest, None)


def _of_rest(sentence: Sentence, rest: Figure, done: str | None) -> Iterator[Problem]:
    told = [f for f in earlier(sentence, rest.start) if f.counts_like(rest) and f.is_exact]
    if not told or (done is not None and not _tells(sentence, told[-1], done)):
        return
    if (
        "缺口" in rest.label
        and len(told) > 1
        and told[-1].value > told[-2].value
        and _DUE.search(clause(told[-1].label))
    ):
        told[-2:] = told[:-3:-1]  # “完成 6850 人次，低于目标 7000 人次，缺口 150 人次”
    part, wholes = told[-1], [f for f in told[:-1] if f.value > told[-1].value]
    before = sentence.before.figures if sentence.before is not None else ()
    near = [f for f in before if f.counts_like(rest) and f.is_exact]
    if not wholes:
        wholes = [f for f in near if f.value > part.value]
        if len(wholes) != 1:
            return
    if _is_left([*near, *told], rest):
        return
    whole = max(wholes, key=lambda figure: figure.value)
    if "缺口" in rest.label and not (_DUE.search(clause(whole.label)) and _HAD.search(clause(part.label))):
        return  # what is lacking is not what has not been spent
    all_parts = whole.value - sum((f.value for f in told if f.start > whole.start), Decimal(0))
    left = all_parts if whole in told and all_parts > 0 and whole.start < part.start else whole.value - part.value
    if not 0 < abs(left - rest.value) <= _NEAR * whole.value:
        return
    expected = shown(left / (rest.value / rest.quantity.value if rest.quantity.value else 1))
    taken = [f for f in told if f.start > whole.start] if left == all_parts else [part]
    names = (sentence.printed(whole), "、".join(sentence.printed(f) for f in taken), sentence.printed(rest))
    yield sentence.passage.problem(
        rest.start,
        rest.end,
        f"{names[0]}减去{names[1]}是 {expected}，写的是 {names[2]}",
        expected=expected,
        related=tuple(sentence.passage.related(f.start, f.end) for f in (whole, *taken)),
    )


def _is_carried_on(sentence: Sentence, rest: Figure) -> bool:
    """Whether a figure is told as under way, or as another one that is carried into the next year."""
    label = clause(rest.label)
    told = [f for f in earlier(sentence, rest.start) if f.counts_like(rest)]
    if told and _ALONE.search(rest.label) and _LEFT.match(sentence.text, rest.end, sentence.end):
        return bool(_DONE.search(clause(told[-1].label) + sentence.text[told[-1].end : told[-1].end + 4]))
    if _ANOTHER.fullmatch(label):
        return _CARRIED.match(sentence.text, rest.end, sentence.end) is not None
    return _UNDER_WAY.fullmatch(label) is not None


def _is_last(sentence: Sentence, rest: Figure) -> bool:
    """Whether no further part follows: what is under way is all the rest where nothing is told of what has not begun."""
    after = [f for f in sentence.figures if f.start > rest.end and f.counts_like(rest)]
    return not after or "其中" in sentence.text[rest.end : after[0].start]


def _tells(sentence: Sentence, figure: Figure, done: str) -> bool:
    """Whether a figure is told of what the rest is not: 达标 126 个 for 未达标 16 个."""
    words = clause(figure.label) + sentence.text[figure.end : figure.end + 6]
    return done[:2] in words and f"未{done[:2]}" not in words[: words.find(done[:2]) + 2]


def _is_left(told: Sequence[Figure], rest: Figure) -> bool:
    """Whether the rest is what some of the figures leave of another one."""
    some = told[-_FEW:]
    off = slack([*some, rest])
    return any(
        abs(whole.value - sum((part.value for part in parts), Decimal(0)) - rest.value) <= off
        for place, whole in enumerate(some)
        for count in range(1, len(some) - place)
        for parts in combinations(some[place + 1 :], count)
    )
