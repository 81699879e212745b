"""LED010: the report gives an indicator another value than the ledger has approved."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, row_name, rule
from taizhang.checks.rules._counterparts import plain, unlike
from taizhang.intake.counterparts import indicator_pairs


@rule("LED010", kind="cross_document", severity="warning", since="0.2")
def value_unlike_ledger(context: Context) -> Iterator[Problem]:
    """报告里指标的实现值，与台账里已审的不同。

    ## 为什么
    台账里的数逐级审过，附有佐证；报告写了另一个数，专家核对佐证时对不上。不是报告抄错，就是台账漏改，两处要改成一样。

    ## 不合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|
    | 1.1.1 省级在线课程（门） | 6 | 8 | 100% |

    ```ledger
    指标:
    - {编号: 1.1.1, 名称: 省级在线课程, 单位: 门, 实现值: 7}
    ```

    ## 合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|
    | 1.1.1 省级在线课程（门） | 6 | 8 | 100% |

    ```ledger
    指标:
    - {编号: 1.1.1, 名称: 省级在线课程, 单位: 门, 实现值: 8}
    ```

    ## 例外
    台账里没有学校审过的数时不比；按报告写出的位数四舍五入相符的不报；单位换算不了的不报；写“约”“超过”的不报。

    ## 局限
    只在网站上检查、选了填报轮次时才比。编号和名称都对得上、或名称在台账里只有一个的才算同一项。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；报告与台账一致是本项目的约定。
    """
    if context.ledger is None:
        return
    for reading in context.readings:
        for row, item in indicator_pairs(reading.plans.indicators, context.ledger):
            if row.actual is None or item.number is None:
                continue
            context.compared(row.actual)
            if unlike(row.actual, row.unit, item.number, item.measure, context):
                known = f"{plain(item.number)}{item.measure}"
                yield at_value(
                    row.actual,
                    f"报告写 {row.actual.text.strip()}，台账（{item.stage}）是 {known}",
                    expected=known,
                    row=row_name(row),
                )
