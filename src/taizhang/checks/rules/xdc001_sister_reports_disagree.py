"""XDC001: sister reports of one college disagree."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import contradiction, for_sisters, sameness


@rule("XDC001", kind="cross_document", severity="warning", since="0.3", gathers=for_sisters)
def sister_reports_disagree(context: Context) -> Iterator[Problem]:
    """同一所学校的几份报告，对同一件事说了两个数。

    ## 为什么
    自评报告、服务区域发展报告、产教融合报告由不同部门写，数字各报各的；省厅和专家会并排着看。

    ## 不合格
    === 自评报告.md ===
    云岭职业技术学院中期自评报告

    学校与骨干企业合办12个产业学院，每个专业群一个。
    === 产教融合报告.md ===
    云岭职业技术学院产教融合工作报告

    学校与骨干企业合办11个产业学院，每个专业群一个。

    ## 合格
    === 自评报告.md ===
    云岭职业技术学院中期自评报告

    学校与骨干企业合办11个产业学院，每个专业群一个。
    === 产教融合报告.md ===
    澄江职业学院产教融合工作报告

    学校与骨干企业合办12个产业学院，每个专业群一个。

    ## 例外
    不同学校的报告不比；看不出是哪所学校的报告，只有一起检查的报告里没有第二所学校时才比。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for found in sameness(context).across:
        yield contradiction(context, found)
