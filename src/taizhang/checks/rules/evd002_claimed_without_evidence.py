"""EVD002: a rate of 100 % and no evidence cited."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_item, rule


@rule("EVD002", kind="evidence", severity="warning", since="0.3")
def claimed_without_evidence(context: Context) -> Iterator[Problem]:
    """完成度写 100%，没有引用一份佐证材料。

    ## 为什么
    没有佐证的完成不能认定；审核和抽查都从佐证看起。

    ## 不合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      完成情况: 新建校级课程 6 门
      完成度: 100%
    ```

    ## 合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      完成情况: 新建校级课程 6 门
      完成度: 100%
      佐证: [{名称: 课程建设验收通知, 日期: 2024-11-20}]
    ```

    ## 依据
    教职成〔2020〕8号：自评应当以事实和佐证材料为依据。
    """
    for item in context.items:
        if item.claims_done and not item.evidence:
            yield at_item(item, "佐证材料", f"完成度写 {item.rate.strip()}，还没有引用佐证材料", text=item.rate.strip())
