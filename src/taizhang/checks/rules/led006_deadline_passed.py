"""LED006: an item that was still not handed in after its day."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_item, rule


@rule("LED006", kind="other", severity="info", since="0.3")
def deadline_passed(context: Context) -> Iterator[Problem]:
    """过了期限还没有提交。

    ## 为什么
    个人截止之后还有部门、建设组、学校几道审核，一项迟交，后面的时间都被挤掉。

    ## 不合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      完成情况: 新建课程 4 门
      截止: 2025-12-01
      今天: 2025-12-02
    ```

    ## 合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      完成情况: 新建课程 4 门
      截止: 2025-12-01
      今天: 2025-12-01
    ```

    ## 依据
    本项目的约定：双高办按层级定出截止日期。
    """
    for item in context.items:
        if item.due is not None and item.due < item.as_of:
            days = (item.as_of - item.due).days
            yield at_item(item, "完成情况", f"个人截止是 {item.due.isoformat()}，已过 {days} 天还没有提交")
