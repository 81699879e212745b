"""ACT011: many times the planned number is told."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._clauses import Amount
from taizhang.checks.rules._counting import counted_for
from taizhang.checks.rules._promise import Pair, Promise, promises, short
from taizhang.core.finding import Severity


@rule("ACT011", kind="other", severity="warning", since="0.1")
def many_times_the_plan(context: Context) -> Iterator[Problem]:
    """完成数是计划数的十倍以上，口径可疑。

    ## 为什么
    超出太多，不是计划定得太低，就是两边数的不是同一种东西（人与人次、当年与累计、认定与培养）。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①培养专业带头人 4 名 | ①培养专业带头人 66 名 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①培养专业带头人 4 名 | ①培养专业带头人 6 名 | 100% |

    ## 参数
    promise.many_times：多少倍以上要问一句，默认 10。计划数为 1 的，只作提示。

    ## 依据
    财预〔2020〕10号：偏离绩效目标较大的，应当说明原因。
    """
    times = Decimal(str(context.profile.sections["promise"]["many_times"]))
    for promise in promises(context):
        if not promise.ordinary:
            continue
        seen: set[int] = set()
        for pair in promise.pairs:
            for wanted in pair.plan.amounts:
                for clause, told, _ in counted_for(promise, pair, wanted):
                    enough = wanted.dimension != "%" and wanted.upper > 0 and told.lower >= wanted.upper * times
                    if enough and clause.levels == pair.plan.levels and told.quantity.start not in seen:
                        seen.add(told.quantity.start)
                        yield _problem(promise, pair, wanted, told)


def _problem(promise: Promise, pair: Pair, wanted: Amount, told: Amount) -> Problem:
    point = promise.point
    ratio = (told.lower / wanted.upper).quantize(Decimal(1), ROUND_DOWN)
    return at_value(
        point.done, f"计划“{short(pair.plan.text)}”，完成数是计划数的 {ratio} 倍",
        told.quantity.start, told.quantity.end,
        expected=point.plan.text[wanted.quantity.start : wanted.quantity.end].strip(), row=row_name(point),
        related=(related(point.plan),), severity=None if wanted.upper > 1 else Severity.INFO,
    )  # fmt: skip
