"""CON004: the running text gives two numbers for one thing."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._echoed import echoed
from taizhang.checks.rules._planned import planned
from taizhang.checks.rules._sameness import (
    Disagreement,
    at_statement,
    contradiction,
    figure,
    related,
    sameness,
    where,
)
from taizhang.core.finding import Severity
from taizhang.intake.matching import agree, significant
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_TELLING = 3  # digits that two things do not have in common by chance
_FEW = 3  # pairs of characters


@rule("CON004", kind="contradiction", severity="warning", since="0.3")
def two_numbers_for_one_thing(context: Context) -> Iterator[Problem]:
    """正文两处、正文与任务点、或两个任务点，对同一件事说了两个数。

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
    两个任务点最后一年的数相同（三位以上）、名称一个含着另一个，而上一年的数不同的，只作提示。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for found in sameness(context).inside:
        if Role.SAID in found.roles and found.roles <= {Role.SAID, Role.TOLD} and not _stands_beside(found, context):
            yield contradiction(context, _surer(_at_indicator(found, context), context))
    yield from _unlike_before(context)


def _unlike_before(context: Context) -> Iterator[Problem]:
    """Things of two tasks that come to one number in the last year and did not have one number in the year before."""
    same = sameness(context)
    told = [each for each in same.statements if each.role is Role.TOLD and each.year and each.point is not None]
    by_end: dict[tuple[str, Decimal], list[Statement]] = {}
    for each in told:
        if each.year == same.last_year[0] and significant(each.value) >= _TELLING and not each.part:
            by_end.setdefault((each.dimension, each.value), []).append(each)
    for alike in by_end.values():
        for one, other in combinations(alike, 2):
            before = [_before(each, told) for each in (one, other)]
            first, second = before
            if first is None or second is None or not _is_one_thing(one, other) or agree(first, second):
                continue
            context.told(first.source, second.source)
            yield at_statement(
                first,
                f"{first.year} 年这里是 {figure(first)}，{where(second)} 是 {figure(second)}，而 {one.year} 年两处都是 {figure(one)}",
                printed=figure(first), expected=figure(second),
                related=tuple(related(each) for each in (second, one, other)), severity=Severity.INFO,
            )  # fmt: skip


def _before(last: Statement, told: list[Statement]) -> Statement | None:
    """What the same task tells of the thing for the year before, where it tells one number of it."""
    found = [
        each for each in told
        if each.year == (last.year or 0) - 1 and each.dimension == last.dimension and each.wording.tail == last.wording.tail
        if each.point is not None and last.point is not None and each.point.task == last.point.task
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _is_one_thing(one: Statement, other: Statement) -> bool:
    """Whether two completions of two tasks are of one thing, one of them perhaps told with more words."""
    mine, theirs = one.wording, other.wording
    if one.point is None or other.point is None or one.point.task == other.point.task or mine.levels != theirs.levels:
        return False
    keys = sorted((mine.key, theirs.key), key=len)
    return len(keys[0]) >= _FEW and keys[0] <= keys[1] and not opposed(mine, theirs)


def _stands_beside(found: Disagreement, context: Context) -> bool:
    """Whether the paragraph of the odd figure has the other one too: “共建园区 741 个，其中甲省与乙省共建园区 215 个”."""
    if found.odd.role is not Role.SAID or len({each.value for each in found.against}) > 1:
        return False
    other = found.against[0]
    return any(
        each.role is Role.SAID
        and each.paragraph == found.odd.paragraph
        and (each.value, each.dimension, each.wording.tail) == (other.value, other.dimension, other.wording.tail)
        for each in sameness(context).statements
    )


def _surer(found: Disagreement, context: Context) -> Disagreement:
    """The disagreement as a doubt, where the passages that it stands in agree in other figures."""
    if any(frozenset((id(found.odd), id(other))) in echoed(context) for other in found.against):
        return replace(found, severity=Severity.WARNING)
    return found


def _at_indicator(found: Disagreement, context: Context) -> Disagreement:
    """The disagreement at the indicator’s actual value, where the completion that is held against the text is just it."""
    for each in planned(context) if found.odd.role is Role.TOLD else ():
        if each.actual is not None and found.odd in each.told and agree(each.actual, found.odd):
            return Disagreement(each.actual, found.against, (found.odd, *found.backing), found.severity)
    return found
