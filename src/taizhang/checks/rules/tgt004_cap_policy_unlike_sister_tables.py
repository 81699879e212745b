"""TGT004: one table of a kind prints rates above 100 % while its sister tables cap them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import Rated, cap_policy, rated_rows
from taizhang.core.saying import few
from taizhang.documents.blocks import Table

_KIND = re.compile(r"(数量|质量|时效|成本|社会效益|经济效益|生态效益|可持续影响|满意度)")
_SISTERS = 3  # fewer tables of a kind show no custom


@rule("TGT004", kind="rate_mismatch", severity="warning", since="0.1")
def cap_policy_unlike_sister_tables(context: Context) -> Iterator[Problem]:
    """同一类指标表都封顶写 100%，只有一张表写出超过 100% 的完成率。

    ## 为什么
    同一份报告的同类表应当可以相互比较；一张表单独换了口径，汇总时就对不上。

    ## 不合格
    表1 甲任务质量指标表

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 省级课题（项） | 4 | 6 | 100% |
    | 省级奖项（项） | 2 | 3 | 100% |

    表2 乙任务质量指标表

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 省级团队（个） | 1 | 2 | 100% |
    | 省级基地（个） | 2 | 5 | 100% |

    表3 丙任务质量指标表

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 省级平台（个） | 1 | 2 | 100% |
    | 省级专家（人） | 2 | 4 | 100% |

    表4 丁任务质量指标表

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 国际标准（项） | 2 | 3 | 150% |

    ## 合格
    表1 甲任务质量指标表

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 省级课题（项） | 4 | 6 | 150% |

    表2 乙任务质量指标表

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 省级团队（个） | 1 | 2 | 200% |

    ## 依据
    财预〔2020〕10号及各地自评表的计分说明：同一评价对象应采用同一计算口径。
    """
    for reading in context.readings:
        kinds: dict[str, list[tuple[Table, list[Rated], list[Rated]]]] = defaultdict(list)
        for table, indicators in reading.indicator_tables:
            kind = _KIND.search(table.caption or "")
            capped, above = cap_policy(rated_rows(indicators))
            if kind and (capped or above):
                kinds[kind[1]].append((table, capped, above))
        for kind_name, tables in kinds.items():
            odd = [above for _, capped, above in tables if above and not capped]
            custom = [capped for _, capped, above in tables if capped and not above]
            if len(odd) == 1 and len(custom) >= _SISTERS:
                yield _problem(kind_name, odd[0], len(custom))


def _problem(kind: str, above: list[Rated], sisters: int) -> Problem:
    rates = [row.indicator.rate for row in above if row.indicator.rate is not None]
    first = rates[0]
    printed = few((rate.text.strip() for rate in rates), 4)
    return at_value(
        first,
        f"其他 {sisters} 张{kind}指标表的完成率都以 100% 封顶，只有本表写 {printed}",
        expected="100%",
        related=tuple(related(rate) for rate in rates[1:]),
    )
