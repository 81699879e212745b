"""LED003: an item in which nothing was filled in."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_item, rule


@rule("LED003", kind="other", severity="info", since="0.3")
def nothing_filled_in(context: Context) -> Iterator[Problem]:
    """填报项还没有填写。

    ## 为什么
    到期时空着的项，报告里就是一格空白；专家按“未完成”看待。

    ## 不合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      计划: 新建校级课程 6 门
    ```

    ## 合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      计划: 新建校级课程 6 门
      完成情况: 新建校级课程 6 门
    ```

    ## 依据
    本项目的约定：每个任务点和指标每一轮都要填。
    """
    for item in context.items:
        if not item.is_told:
            yield at_item(item, "完成情况", "还没有填写")
