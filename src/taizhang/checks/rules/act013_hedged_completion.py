"""ACT013: the completion is hedged: only tried, in part, at first."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import promises
from taizhang.checks.rules._sameness import at_statement, figure, sameness, where
from taizhang.checks.rules._sameness import related as told
from taizhang.core.quantity import Bound
from taizhang.intake.matching import ACHIEVED, significant
from taizhang.intake.statements import Role, Statement

_LOOSE = frozenset({Bound.ABOUT, Bound.NEARLY, Bound.AT_LEAST, Bound.MORE_THAN})
_TELLING = 3  # digits that two things do not have in common by chance


@rule("ACT013", kind="plan_actual_mismatch", severity="info", since="0.1")
def hedged_completion(context: Context) -> Iterator[Problem]:
    """完成情况打了折扣：试点、初步、部分、基本完成；或者已有准数而写“约”“以上”。

    ## 为什么
    写着“试点成立”“基本完成”，就还没有做完；完成率 100% 与它不相称。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建成校史馆 | ①校史馆布展基本完成 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建成校史馆 | ①校史馆布展完成，10 月开馆 | 100% |

    ## 例外
    计划本来就写试点、初步的，不报；没有写 100% 的，不报。“约”“以上”只在别处写着同一个准数（三位以上）时才报。

    ## 依据
    教职成〔2020〕8号：完成情况应当如实填报。
    """
    for promise in promises(context):
        if not promise.ordinary or not promise.full:
            continue
        hedges = promise.words.pattern("hedges")
        match = hedges.search(promise.point.done.text)
        if match and not hedges.search(promise.point.plan.text) and match[0] not in promise.point.plan.text:
            yield at_value(
                promise.point.done, f"完成情况写“{match[0]}”，完成率却是 100%", *match.span(),
                expected="全部完成", row=row_name(promise.point), related=(related(promise.point.plan),),
            )  # fmt: skip
    yield from _vague(context)


def _vague(context: Context) -> Iterator[Problem]:
    """Figures told as about or at least so many, that another place tells as exactly so many."""
    same = sameness(context)
    loose = [
        each for each in same.statements
        if each.role is Role.TOLD and each.quantity.bound in _LOOSE and significant(each.value) >= _TELLING
    ]  # fmt: skip
    exactly: dict[tuple[Decimal, str], list[Statement]] = defaultdict(list)
    for other in same.statements if loose else ():
        if other.quantity.bound is Bound.EXACT and other.role in ACHIEVED:
            exactly[other.value, other.dimension].append(other)
    for each in loose:
        exact = [
            other for other in exactly[each.value, each.dimension]
            if other.wording.levels == each.wording.levels and same.near(each, other)
        ]  # fmt: skip
        if exact:
            context.told(each.source, exact[0].source)
            yield at_statement(
                each, f"{where(exact[0])} 写的准数是 {figure(exact[0])}，这里写“{each.text.strip()}”",
                expected=figure(exact[0]), related=tuple(told(other) for other in exact[:3]),
            )  # fmt: skip
