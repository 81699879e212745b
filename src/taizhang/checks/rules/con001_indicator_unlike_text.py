"""CON001: an indicator’s value is told differently in the running text or a list of results."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import contradiction, sameness
from taizhang.intake.statements import Role


@rule("CON001", kind="contradiction", severity="warning", since="0.3")
def indicator_unlike_text(context: Context) -> Iterator[Problem]:
    """指标表的实现值与正文或成果表所说的同一件事数目不同。

    ## 为什么
    专家先读正文，再对指标表；同一件事两个数，至少有一处不实，完成率也就无从判断。

    ## 不合格
    学校两年来建成省级生产性实训基地 3 个。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 省级生产性实训基地（个） | 8 | 4 | 6 | 150% |

    ## 合格
    学校两年来建成省级生产性实训基地 6 个，服务培训近 2800 人次。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 省级生产性实训基地（个） | 8 | 4 | 6 | 150% |
    | 1.2.2 服务培训（人次） | 6000 | 3000 | 2787 | 116% |

    ## 例外
    级别、年度、累计与当年、其中项不同的，不是同一件事；约数、“余”“近”如实使用的，不报；
    换了单位（2.46 万人日与 24617 人日）而四舍五入相符的，不报。
    几处说法一致、只有一处不同时，报在不同的那一处。

    ## 局限
    说法差得太远（简称、俗称）时认不出是同一件事；可以在口径文件的 matching 里补同义词。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for found in sameness(context).inside:
        if Role.ACTUAL in found.roles and found.roles & {Role.SAID, Role.LISTED}:
            yield contradiction(context, found)
