"""ARI034: a worth is not the number of pieces times the price of one."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, plain, sentences

_TIMES = re.compile(r"[^，。；\d]{0,6}\s*[×xX*]\s*")
_MADE = re.compile(r"(?:[一-鿿]{0,4}(?:价值|总价|总值|共计|合计|共|总额|金额|折价|总计|折合)[一-鿿]{0,3}|[=＝])")
_PRICED = re.compile("[每×xX*]|单价|均价")
_FAR = Decimal("0.5")
_SLIPS = frozenset(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))  # a point or a 万 astray


@rule("ARI034", kind="sum_mismatch", severity="error", since="0.2")
def worth_unlike_price_times_number(context: Context) -> Iterator[Problem]:
    """数量乘以单价，不等于所写的总价。

    ## 为什么
    数量、单价、总价写在一句话里，一乘便知；对不上，捐赠、采购的总额也会跟着错。

    ## 不合格
    捐赠电脑 60 台，每台 5000 元，价值 36 万元。

    ## 合格
    捐赠电脑 60 台，每台 5000 元，价值 30 万元。

    ## 例外
    三个数不相连的不判断；四舍五入之内的差别不报；“约”“以上”不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            for (number, price), worth in zip(pairwise(sentence.figures), sentence.figures[2:], strict=False):
                yield from _of_three(sentence, number, price, worth)


def _of_three(sentence: Sentence, number: Figure, price: Figure, worth: Figure) -> Iterator[Problem]:
    alike = price.dimension == worth.dimension or {price.dimension, worth.dimension} == {"人", "人次"}
    if not alike or price.dimension == number.dimension:
        return
    between = sentence.text[number.end : price.start]
    if not _PRICED.search(between):
        return
    if not (number.is_exact and price.is_exact and worth.is_exact and worth.value):
        return
    each = re.fullmatch(
        rf"[^，。；\d]{{0,14}}[，,]?\s*(?:(?:平均)?(?:按|以)?每{_one_of(number.unit)}|单价|均价)[^，。；\d]{{0,8}}",
        between,
    )
    if not (each or _TIMES.fullmatch(between)) or not _MADE.fullmatch(plain(worth.label)):
        return
    made = number.value * price.value
    slip = made / worth.value in _SLIPS
    if not slip and not _rounding(worth) < abs(made - worth.value) <= _FAR * made:
        return
    names = tuple(sentence.printed(figure) for figure in (number, price, worth))
    expected = shown(made * worth.quantity.value / worth.value)
    yield sentence.passage.problem(
        worth.start,
        worth.end,
        f"{names[0]} × {names[1]} = {expected}{worth.unit}，写的是 {names[2]}",
        expected=f"{expected}{worth.unit}",
        related=tuple(sentence.passage.related(f.start, f.end) for f in (number, price)),
    )


def _one_of(unit: str) -> str:
    """How one of what is counted is called: persons by any of their measure words."""
    return "[人名位]" if unit in {"人", "名", "位"} else re.escape(unit)


def _rounding(worth: Figure) -> Decimal:
    """By how much a worth may miss by rounding: half of its last place, where it is told in 万元 or with decimals."""
    scale, places = worth.value / worth.quantity.value, -int(worth.quantity.value.as_tuple().exponent)
    return Decimal("0.5").scaleb(-places) * scale if places > 0 or scale > 1 else Decimal(0)
