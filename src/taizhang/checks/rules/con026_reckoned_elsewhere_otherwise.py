"""CON026: a figure is not what figures told in another place make it: last year’s, the sum of grades, the rest."""

from collections import defaultdict
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import sentences
from taizhang.checks.rules._reckoned import Reckoned, earlier_values, graded, remaining

_FORMS = (earlier_values, graded, remaining)


@rule("CON026", kind="contradiction", severity="warning", since="0.7")
def reckoned_elsewhere_otherwise(context: Context) -> Iterator[Problem]:
    """一处写的数，与另一处的几个数推算出来的不一样。

    ## 为什么
    前面写“解决难题 94 项，比上年多 24 项”，后面写“由上年的 80 项增加到 94 项”：两处单看都没有错，放在一起上年的数就有了两个。

    ## 不合格
    # 一、科技服务

    全年解决技术难题 94 项，比上年多 24 项。获省科技进步奖二等奖 1 项、三等奖 2 项。进驻结对村 86 个，占 96 个结对村的 89.6%。

    # 二、存在问题

    解决技术难题由上年的 80 项增加到 94 项，增速放缓；只获得省科技进步奖 4 项；还有 12 个结对村没有进驻。

    ## 合格
    # 一、科技服务

    全年解决技术难题 94 项，比上年多 14 项。获省科技进步奖二等奖 1 项、三等奖 2 项。进驻结对村 86 个，占 96 个结对村的 89.6%。

    # 二、存在问题

    解决技术难题由上年的 80 项增加到 94 项，增速放缓；只获得省科技进步奖 3 项；还有 10 个结对村没有进驻。

    ## 例外
    三种推算才报：今年的数和名称相同的两处推出的上年数；同一奖项各等第之和；总数减去已覆盖的。写明不同年份的、累计的、申报的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for reading in context.readings:
        known = sentences(reading, context)
        for form in _FORMS:
            groups: dict[tuple[str, ...], list[Reckoned]] = defaultdict(list)
            for each in form(known):
                groups[each.key].append(each)
            for group in groups.values():
                yield from _unlike(group)


def _unlike(group: list[Reckoned]) -> Iterator[Problem]:
    """The first pair of one thing that comes to two values; one of the two at least is reckoned."""
    for place, later in enumerate(group):
        for first in group[:place]:
            if first.value == later.value or not (first.working or later.working) or not first.is_of(later):
                continue
            odd, other = (first, later) if first.working and not later.working else (later, first)
            if odd.working and not other.working:
                odd, other = other, odd
            texts = [each.working or each.text for each in (odd, other)]
            yield odd.sentence.passage.problem(
                odd.start, odd.end,
                f"这里{odd.what}是 {shown(odd.value)} {odd.unit}（{texts[0]}），另一处是 {shown(other.value)} {other.unit}（{texts[1]}）",
                printed=odd.text, expected=f"{shown(other.value)} {other.unit}",
                related=(other.sentence.passage.related(other.start, other.end),),
            )  # fmt: skip
            return
