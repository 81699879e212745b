"""XDC002: a report gives the year before another value than the report on that year did."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, for_sisters, named, related, sameness
from taizhang.intake.matching import ACHIEVED, agree
from taizhang.intake.statements import Statement

_ALIKE = 0.6


@rule("XDC002", kind="cross_document", severity="warning", since="0.3", gathers=for_sisters)
def year_before_restated(context: Context) -> Iterator[Problem]:
    """本年报告里写的上年数，与上年报告不同。

    ## 为什么
    上年报告到款 600 万元，本年报告改写成 580 万元，本年的增长率就高了；改动上年数必须说明原因。

    ## 不合格
    === 2022年报告.md ===
    # 云岭职业技术学院2022年度绩效自评报告

    2022年横向技术服务到款600万元。
    === 2023年报告.md ===
    # 云岭职业技术学院2023年度绩效自评报告

    横向技术服务到款由580万元增加到702万元。

    ## 合格
    === 2022年报告.md ===
    # 云岭职业技术学院2022年度绩效自评报告

    2022年横向技术服务到款600万元。
    === 2023年报告.md ===
    # 云岭职业技术学院2023年度绩效自评报告

    横向技术服务到款由600万元增加到702万元。

    ## 例外
    只比较题目写明相邻两年的报告；四舍五入相符的不报。

    ## 依据
    财预〔2020〕10号：绩效自评应以真实、可核对的数据为依据；上年数以上年已报送的报告为准。
    """
    if len(context.documents) < 2:
        return
    same = sameness(context)
    for former in same.statements:
        own = same.origins.of[former.document].last
        if not former.former or own is None:
            continue
        before = _of_the_year_before(same, former, own - 1)
        if before and not any(agree(former, other) for other in before):
            context.told(former.source, before[0].source)
            yield at_statement(
                former,
                f"{named(former)}上年数写作 {figure(former)}，上年的报告是 {figure(before[0])}",
                printed=figure(former),
                expected=figure(before[0]),
                related=tuple(related(other) for other in before[:4]),
            )


def _of_the_year_before(same: Sameness, former: Statement, year: int) -> list[Statement]:
    """The figures of the same thing that the report on the year before gives for its own year."""
    return [
        link.other
        for link in same.links(former)
        if link.likeness >= _ALIKE
        and link.other.role in ACHIEVED
        and not link.other.former
        and link.other.wording.levels == former.wording.levels
        and same.origins.of[link.other.document].first == year == same.origins.of[link.other.document].last
        and same.year(link.other) == year
    ]
