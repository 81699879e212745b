"""CON004: the running text gives two numbers for one thing."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._planned import planned
from taizhang.checks.rules._sameness import Disagreement, contradiction, sameness
from taizhang.intake.matching import agree
from taizhang.intake.statements import Role


@rule("CON004", kind="contradiction", severity="warning", since="0.3")
def two_numbers_for_one_thing(context: Context) -> Iterator[Problem]:
    """正文两处、或正文与任务点，对同一件事说了两个数。

    ## 为什么
    各部门供稿、前后照抄、只改一处，是同一件事出现两个数的常见来由；专家一旦对上，整段文字都会被怀疑。

    ## 不合格
    # 一、总体情况

    学校与企业共建特色书院7个。

    # 二、主要成效

    学校与企业共建特色书院8个。

    ## 合格
    # 一、总体情况

    学校与企业共建特色书院7个，2022年共建特色书院5个。

    # 二、主要成效

    学校与企业共建特色书院7个，累计共建特色书院7个。

    ## 例外
    写明不同年度的、由多少增加到多少的、“其中”的一部分、不同建设任务各自的数，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for found in sameness(context).inside:
        if Role.SAID in found.roles and found.roles <= {Role.SAID, Role.TOLD}:
            yield contradiction(context, _at_indicator(found, context))


def _at_indicator(found: Disagreement, context: Context) -> Disagreement:
    """The disagreement at the indicator’s actual value, where the completion that is held against the text is just it."""
    for each in planned(context) if found.odd.role is Role.TOLD else ():
        if each.actual is not None and found.odd in each.told and agree(each.actual, found.odd):
            return Disagreement(each.actual, found.against, (found.odd, *found.backing), found.severity)
    return found
