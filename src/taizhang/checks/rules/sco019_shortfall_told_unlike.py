"""SCO019: the reason of a row that falls short tells another shortfall than target and actual value make."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._forms import falls_short, label, ratio_of, shown
from taizhang.core.quantities import quantities
from taizhang.core.quantity import Bound, Quantity
from taizhang.documents.alignment import bare
from taizhang.intake.forms import ScoredIndicator
from taizhang.intake.plans import Value

_LEFT = re.compile("(?:剩余|剩下|尚余|还差|尚差|相差|只差|仅差|补足|补齐|补完)(?:的|下的)?$")
_FEWER = re.compile("(?<![减至不缺多])少(?P<thing>[^少，。；、,;0-9]{1,10})$")
_ENDS = re.compile("$|[，。；、,;（(于在将计次明已待推延后未至年]")
_LEAST_SHARED = 2  # characters of the indicator's name that name the thing


@rule("SCO019", kind="contradiction", severity="warning", since="0.7")
def shortfall_told_unlike(context: Context) -> Iterator[Problem]:
    """偏差原因里写的差额，不等于指标值减实际完成值。

    ## 为什么
    指标值 240 公里、完成 228 公里，差 12 公里；原因栏却写“剩余 22 公里次年完成”，不是完成值改过，就是原因是抄来的。

    ## 不合格
    | 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因及改进措施 |
    |---|---|---|---|---|---|---|
    | 产出指标 | 安防工程里程 | ≥240公里 | 228公里 | 50 | 47.5 | 雨季停工，剩余22公里次年5月完成 |

    ## 合格
    | 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因及改进措施 |
    |---|---|---|---|---|---|---|
    | 产出指标 | 安防工程里程 | ≥240公里 | 228公里 | 50 | 47.5 | 雨季停工，剩余12公里次年5月完成 |

    ## 例外
    单位不同的、写“约”“以上”的不比较；几个数合起来是差额的（10 公里次年完成、2 公里取消）不报；“少……”后面的事物与指标名称无关的不比较。

    ## 依据
    财预〔2020〕10号自评表“偏差原因分析及改进措施”栏：说明未完成的部分和补救措施。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            for item in form.indicators:
                reason = item.reason if item.reason is not None else item.remark
                if reason is not None and not reason.is_nothing and falls_short(item, context.profile.catalogue):
                    yield from _problem(item, reason, context)


def _problem(item: ScoredIndicator, reason: Value, context: Context) -> Iterator[Problem]:
    catalogue, pair = context.profile.catalogue, ratio_of(item, context.profile.catalogue)
    goal = item.target.quantity if item.target is not None else None
    if pair is None or goal is None or item.target is None or item.actual is None:
        return
    unit = goal.unit or item.unit or ""
    short, dimension = catalogue.normal(Quantity(pair[0] - pair[1], unit))
    found = [told for told in quantities(reason.text, catalogue) if catalogue.normal(told)[1] == dimension]
    amounts = [catalogue.normal(told)[0] for told in found]
    if not unit or unit == "%" or short in amounts or sum(amounts) == short:
        return
    for told in found:
        if told.bound is Bound.EXACT and _is_of(reason.text, told, item):
            yield at_value(
                reason, f"差额应为 {shown(pair[0])} − {shown(pair[1])} = {shown(pair[0] - pair[1])} {unit}，原因里写的是 {reason.text[told.start : told.end].strip()}",
                told.start, told.end, expected=f"{shown(pair[0] - pair[1])}{unit}", row=label(item),
                related=(related(item.target), related(item.actual)),
            )  # fmt: skip
            return


def _is_of(text: str, told: Quantity, item: ScoredIndicator) -> bool:
    """Whether a figure of a reason is what the row lacks: so many are left, or so many fewer of the thing it names."""
    before, after = text[: told.start].rstrip(), text[told.end :].lstrip()
    if _LEFT.search(before):
        return bool(_ENDS.match(after))
    fewer = _FEWER.search(before)
    return fewer is not None and len(set(bare(fewer["thing"])) & set(bare(item.name))) >= _LEAST_SHARED
