"""EVD003: evidence whose own date lies outside the period."""

from collections.abc import Iterator
from datetime import date

from taizhang.checks.registry import Context, Problem, at_item, rule
from taizhang.core.finding import Severity


@rule("EVD003", kind="evidence", severity="warning", since="0.3")
def evidence_out_of_period(context: Context) -> Iterator[Problem]:
    """佐证材料的日期不在本期之内。

    ## 为什么
    用期前的文件证明本期的成果，是把旧成果算进来；用很晚的文件，说明到期时还没有做成。

    ## 不合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      完成情况: 新建校级课程 6 门
      佐证: [{名称: 课程建设通知, 日期: 2022-05-01}]
    ```

    ## 合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      完成情况: 新建校级课程 6 门
      佐证: [{名称: 课程建设通知, 日期: 2024-05-01}, {名称: 验收结果公布, 日期: 2025-02-20}]
    ```

    ## 例外
    没有写日期的材料不查。次年三月底以前印发的，是结果公布的常例，不报；更晚的只作提示。累计口径的指标从建设期开始算。

    ## 依据
    教职成〔2020〕8号：佐证材料应当与建设期一致。
    """
    for item in context.items:
        for each in item.evidence:
            if each.dated is None:
                continue
            early, late = each.dated.year < item.first_year, each.dated > date(item.last_year + 1, 3, 31)
            if early or late:
                span = (
                    f"{item.first_year}-{item.last_year} 年"
                    if item.first_year != item.last_year
                    else f"{item.last_year} 年"
                )
                said = f"佐证“{each.title}”的日期 {each.dated.isoformat()} {'早' if early else '晚'}于本期（{span}）"
                yield at_item(item, "佐证材料", said, text=each.title, severity=None if early else Severity.INFO)
