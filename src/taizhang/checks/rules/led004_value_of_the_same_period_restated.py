"""LED004: another value than was approved for the same years in an earlier round."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_item, rule


@rule("LED004", kind="cross_document", severity="warning", since="0.3")
def value_of_the_same_period_restated(context: Context) -> Iterator[Problem]:
    """同一期间的数，与以前轮次已审的不同。

    ## 为什么
    同一期间的数报过、审过，再报一个不同的，两份报告就对不上；确实要更正的，写明原因。

    ## 不合格
    ```ledger
    填报项:
    - 名称: 1.1.1 省级在线课程
      期间: 2023-2025
      实现值: 7
      往期: [{轮次: 2025 年中期填报, 期间: 2023-2025, 实现值: 8}]
    ```

    ## 合格
    ```ledger
    填报项:
    - 名称: 1.1.1 省级在线课程
      期间: 2023-2025
      实现值: 7
      原因: 原数把未开课的 1 门计入，现予更正
      往期: [{轮次: 2025 年中期填报, 期间: 2023-2025, 实现值: 8}]
    ```

    ## 例外
    写了原因的不报；期间不同的不比。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一期间前后一致是本项目的约定。
    """
    for item in context.items:
        same = [each for each in item.earlier if each.last_year == item.last_year]
        if not same or item.number is None or item.reason.strip():
            continue
        before = same[-1]
        if before.number != item.number:
            said = f"“{before.name}”已审的是 {before.number:f}，现在填 {item.number:f}；确需更正的请写明原因"
            yield at_item(item, "完成情况", said, text=item.text or f"{item.number:f}", expected=f"{before.number:f}")
