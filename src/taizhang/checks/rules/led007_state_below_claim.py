"""LED007: a rate of 100 % on a state that is none."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_item, rule
from taizhang.core.finding import Severity

_DONE = ("建成", "验收")


@rule("LED007", kind="below_target_claimed_done", severity="error", since="0.3")
def state_below_claim(context: Context) -> Iterator[Problem]:
    """状态还没有到，完成度却写 100%。

    ## 为什么
    申报不等于立项，立项不等于建成，延期不是完成。状态低一级而写 100%，是最常见的虚报。

    ## 不合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      计划: 建成虚拟仿真实训室 2 间
      完成情况: 实训室 2 间已立项
      完成度: 100%
      状态: 立项
    ```

    ## 合格
    ```ledger
    填报项:
    - 名称: 1-1 2024①
      期间: 2024-2024
      计划: 立项省级教改课题 2 项
      完成情况: 立项 2 项
      完成度: 100%
      状态: 立项
    ```

    ## 例外
    计划本来就只要求到这一步（“申报”“立项”“启动”）的，不报。计划没有写要到哪一步的，立项和在建只作存疑。

    ## 依据
    教职成〔2020〕8号：对照任务书逐项核对；教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”。
    """
    for item in context.items:
        if not item.claims_done or not item.state:
            continue
        states = context.profile.states
        rung = states.rank(item.state)
        wanted = [rank for word in states.named(item.plan) if (rank := states.rank(word)) is not None]
        if rung is None:
            yield at_item(
                item, "完成度", f"状态是“{item.state}”，完成度不能写 {item.rate.strip()}", text=item.rate.strip()
            )
        elif item.state not in _DONE and (not wanted or rung > min(wanted)):
            sure = bool(wanted) or item.state == "申报"
            said = f"状态是“{item.state}”，还没有建成，完成度却写 {item.rate.strip()}"
            yield at_item(item, "完成度", said, text=item.rate.strip(), severity=None if sure else Severity.WARNING)
