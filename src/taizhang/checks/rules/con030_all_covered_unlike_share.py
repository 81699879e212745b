"""CON030: a thing is told as covering all in one place, and as covering a part of it in another."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._covered import LEAST, Covered, covered, year_of
from taizhang.checks.rules._period import report_year
from taizhang.core.finding import Severity

_WIDE = re.compile("(?:业务|工作|各类|各项|主要|全部|所有)*")


@rule("CON030", kind="contradiction", severity="warning", since="0.8")
def all_covered_unlike_share(context: Context) -> Iterator[Problem]:
    """一处说全覆盖，另一处写的覆盖率不到 100%。

    ## 为什么
    正文写“课程思政全覆盖”，指标表的课程思政覆盖率是 94%；两处都写完成，专家只会记住说过头的一处。

    ## 不合格
    # 一、教学改革

    全校课程思政实现全覆盖。

    # 二、数据

    课程思政覆盖率达到 94%。

    ## 合格
    # 一、教学改革

    课程思政覆盖率达到 94%，力争明年实现课程思政全覆盖。

    # 二、数据

    必修课课程思政全覆盖，课程思政覆盖率 94%。

    ## 例外
    计划、目标和尚未做到的，写明不同年份的（数据表只看报告年度的一栏），同一段里前后交代的，说全覆盖的只是其中一部分（“必修课课程思政全覆盖”）的，不报；
    名称不完全相同的，报为提示。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；同一事实在一份报告里只能有一个数。
    """
    for reading in context.readings:
        wholly, partly = covered(reading, context)
        if not wholly:
            continue
        last = max(
            (year for point in reading.plans.points if (year := year_of(point))), default=report_year(reading, context)
        )
        for claim in wholly:
            found = next(
                ((other, sure) for other in partly if (sure := _is_unlike(claim, other, last)) is not None), None
            )
            if found is not None:
                yield _problem(claim, *found)


def _is_unlike(claim: Covered, part: Covered, last: int | None) -> bool | None:
    """Whether the part is surely, or perhaps, of the very thing that is told as covered wholly; None where it is not."""
    if claim.text.block is part.text.block is not None or part.year not in {None, claim.year, last}:
        return None
    if claim.name == part.name:
        return True
    length = 0
    for mine, theirs in zip(reversed(claim.name), reversed(part.name), strict=False):
        if mine != theirs:
            break
        length += 1
    more = claim.name[: len(claim.name) - length]
    return False if length >= LEAST and _WIDE.fullmatch(more) else None


def _problem(claim: Covered, part: Covered, sure: bool) -> Problem:
    table = part.text.table
    where = (f"表{table.number}" if table.number else "表中") if table is not None else "另一处"
    share = f"{part.share.normalize():f}%"
    said = part.said if "%" in part.said or "％" in part.said else f"{part.name}覆盖率 {share}"
    return claim.text.problem(
        claim.start, claim.end, f"这里写“{claim.said}”，{where}写“{said}”", expected=share,
        related=(part.related or part.text.related(part.start, part.end),), severity=None if sure else Severity.INFO,
    )  # fmt: skip
