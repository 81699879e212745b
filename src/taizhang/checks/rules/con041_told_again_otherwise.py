"""CON041: a passage that repeats another, or a table, has one figure that differs."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._echoed import echoes
from taizhang.checks.rules._sameness import at_statement, figure, related, sameness, where
from taizhang.checks.rules._wholes import inversions


@rule("CON041", kind="contradiction", severity="warning", since="0.9")
def told_again_otherwise(context: Context) -> Iterator[Problem]:
    """概述、小结与正文（或正文与表格）说的是同几件事，别的数都相符，只有一个数（或级别）不同。

    ## 为什么
    概述和小结从正文、表格里抄来；抄了几个数，改了一处没有改另一处，只有这一个对不上。

    ## 不合格
    # 一、概述

    学校共有在职教工 972 人、专任教师 652 人，聘请产业导师 86 人。

    # 二、师资队伍

    目前在职教工 972 人，其中专任教师队伍达到 632 人，产业导师 86 人走上讲台。

    ## 合格
    # 一、概述

    学校共有在职教工 972 人、专任教师 632 人，聘请产业导师 86 人。

    # 二、师资队伍

    目前在职教工 972 人，其中专任教师队伍达到 632 人，产业导师 86 人走上讲台；机电学院有专任教师 64 人。

    ## 例外
    两处至少有两个数相同、所说的事也相近，才看其余的数（三项以上、数相同而一处写国家级一处写省级的也报）；级别、年度、对象、累计与当年、新增与现有不同的，计划和目标，
    两处各有另一处印证的，相差一半以上的（颠倒数字除外），不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    known = {id(each) for found in sameness(context).inside for each in (found.odd, *found.against)}
    told = {
        frozenset((id(found.narrow), id(other))) for found in inversions(context) if found.near for other in found.wide
    }
    for found in echoes(context):
        pair = frozenset((id(found.odd), id(found.other)))
        if id(found.odd) in known or pair <= known or pair in told | context.memo.get("told_pairs", set()):
            continue
        context.told(found.odd.source, found.other.source)
        odd, other = (figure(each) for each in (found.odd, found.other))
        if odd == other:  # told at another level
            odd, other = ("、".join(sorted(each.wording.levels)) for each in (found.odd, found.other))
        yield at_statement(
            found.odd,
            f"这里写“{found.odd.text[:24]}”，{where(found.other)} 是 {other}；两处另有 {found.common} 个数相同，这个数不同",
            printed=odd, expected=other, related=(related(found.other),),
        )  # fmt: skip
