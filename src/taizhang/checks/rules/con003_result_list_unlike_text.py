"""CON003: a list of results differs from the text or the task points."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import contradiction, sameness
from taizhang.intake.statements import Role


@rule("CON003", kind="contradiction", severity="warning", since="0.3")
def result_list_unlike_text(context: Context) -> Iterator[Problem]:
    """标志性成果表与正文或任务点所说的同一件事数目不同。

    ## 为什么
    标志性成果逐项都要佐证；成果表列 2 门而正文写 5 门，专家会要求逐项说明。

    ## 不合格
    立项国家级资源共享课5门。

    | 典型标志性成果 |
    |---|
    | 1.国家级资源共享课2门 |
    | 2.省级精品课程3门 |

    ## 合格
    立项国家级资源共享课2门，其中重点项目1项。

    | 典型标志性成果 |
    |---|
    | 1.国家级资源共享课2门 |
    | 2.省级精品课程3门 |

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for found in sameness(context).inside:
        if Role.LISTED in found.roles and Role.ACTUAL not in found.roles:
            yield contradiction(context, found)
