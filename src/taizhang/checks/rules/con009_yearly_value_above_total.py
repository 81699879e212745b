"""CON009: a value of each year does not go with the total of all years."""

from collections import defaultdict
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import Sameness, Span, at_statement, figure, named, related, sameness, where
from taizhang.intake.matching import ACHIEVED
from taizhang.intake.statements import Role

_ALIKE = 0.4
_SEVERAL = 2


@rule("CON009", kind="contradiction", severity="error", since="0.3")
def yearly_value_above_total(context: Context) -> Iterator[Problem]:
    """按年计的实现值，与几年的累计数对不上。

    ## 为什么
    指标按“万元/年”考核而实现值写 560，累计却只有 613.4 万元，平均每年不到 310 万元，年度值就不可能是 560。

    ## 不合格
    # 一、总体情况

    两年里横向技术服务做了86项，到账613.4万元。

    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 技术服务 | ①横向项目30项 | ①横向项目30项 | ①横向项目60项 | ①横向项目73项 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.6 横向技术服务到款额（万元/年） | 560 | 560 | 560 | 100% |

    ## 合格
    # 一、总体情况

    两年里横向技术服务做了86项，到账1228.4万元。

    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 技术服务 | ①横向项目30项 | ①横向项目30项 | ①横向项目60项 | ①横向项目73项 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.6 横向技术服务到款额（万元/年） | 560 | 560 | 560 | 100% |

    ## 依据
    财预〔2020〕10号：指标值应与统计期间一致；教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    told = _years(same)
    for yearly in same.statements:
        if yearly.role is not Role.ACTUAL or not yearly.dimension.endswith("/年") or not yearly.value:
            continue
        years = len(told[yearly.document])
        if years < _SEVERAL:
            continue
        totals = [
            link.other
            for link in same.matcher.links(yearly, yearly.dimension.removesuffix("/年"))
            if link.likeness >= _ALIKE
            and link.other.document == yearly.document
            and link.other.role in ACHIEVED
            and same.span(link.other) is Span.WHOLE
            and link.other.value < yearly.value * years
            and link.other.value * _SEVERAL > yearly.value
        ]
        if totals:
            total = totals[0]
            context.told(*(yearly.source, total.source))
            yield at_statement(
                yearly,
                f"{named(yearly)}每年 {yearly.text}，而{where(total)} 累计只有 {figure(total)}",
                expected=f"平均每年不超过 {total.quantity.value / years:.6g}{total.quantity.unit}",
                related=tuple(related(each) for each in totals[:4]),
            )


def _years(same: Sameness) -> dict[int, set[int]]:
    """The years that the task tables of each document cover."""
    years: dict[int, set[int]] = defaultdict(set)
    for each in same.statements:
        if each.role is Role.TOLD and each.year is not None:
            years[each.document].add(each.year)
    return years
