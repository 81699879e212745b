"""LED005: a cumulative value below the one approved for an earlier time."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_item, rule
from taizhang.core.finding import Severity


@rule("LED005", kind="contradiction", severity="error", since="0.3")
def cumulative_value_falls(context: Context) -> Iterator[Problem]:
    """累计数比以前已审的小。

    ## 为什么
    累计数只增不减；比上一期小，不是口径变了，就是有一期填错了。

    ## 不合格
    ```ledger
    填报项:
    - 名称: 1.1.1 省级在线课程
      期间: 2023-2025
      实现值: 4
      累计: true
      往期: [{轮次: 2024 年度填报, 期间: 2024-2024, 实现值: 5}]
    ```

    ## 合格
    ```ledger
    填报项:
    - 名称: 1.1.1 省级在线课程
      期间: 2023-2025
      实现值: 6
      累计: true
      往期: [{轮次: 2024 年度填报, 期间: 2024-2024, 实现值: 5}]
    ```

    ## 例外
    口径是每年或时点的指标不查。写了原因的，只作存疑。

    ## 依据
    财预〔2020〕10号附表：累计指标按实施期累计填列。
    """
    for item in context.items:
        before = [each for each in item.earlier if each.last_year < item.last_year]
        if not item.is_cumulative or item.number is None or not before:
            continue
        highest = max(before, key=lambda each: each.number)
        if item.number < highest.number:
            said = f"累计数不应减少：“{highest.name}”已审 {highest.number:f}，现在填 {item.number:f}"
            severity = Severity.WARNING if item.reason.strip() else None
            yield at_item(
                item,
                "完成情况",
                said,
                text=item.text or f"{item.number:f}",
                expected=f"≥{highest.number:f}",
                severity=severity,
            )
