"""ARI058: an indicator of several things is not what the text tells of each of them, added up."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import (
    Sameness,
    at_statement,
    figure,
    is_reached,
    named,
    place,
    place_name,
    related,
    sameness,
)
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_TELLING = frozenset({Role.SAID, Role.TOLD, Role.LISTED})
_COUNTED = frozenset({"件", "人", "次", "人次"})
_TITLES = re.compile("《[^《》]*》等?")
_MOST = 4  # things of one indicator
_HALF = 2
_TIMES = 2  # of what the indicator has: more is of a wider thing
_SHORT = frozenset({"申报", "延期", "取消"})


@rule("ARI058", kind="sum_mismatch", severity="warning", since="0.8")
def joint_indicator_unlike_parts(context: Context) -> Iterator[Problem]:
    """一个指标管几样东西，实现值不等于别处分开写的几样之和；正文合写的数，也不应少于别处分开写的之和。

    ## 为什么
    指标“专利和软件著作权”写 45 项，正文写“专利 31 项、软件著作权 19 项”：各自看都像真的，加起来是 50 项。

    ## 不合格
    授权专利 31 项、软件著作权 19 项。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 专利和软件著作权（项） | 60 | 30 | 45 | 150% |

    ## 合格
    授权专利 26 项、软件著作权 19 项。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 专利和软件著作权（项） | 60 | 30 | 45 | 150% |

    ## 例外
    几样在同一处都写了数才比；几处都写了的，有一处相符即可。写的是更窄的（发明专利）、另一级的、某一年的而不到实现值的，名称里有“等”而不到实现值的，不比。
    加起来不到实现值的，可能另有没写的，报为提示（正文合写的不报）。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    joint = [each for each in same.statements if _is_joint(each)]
    if not joint:
        return
    told: dict[tuple[str, str], list[Statement]] = defaultdict(list)  # by what is counted, and how its name ends
    for each in same.statements:
        if each.role not in _TELLING or each.dimension not in _COUNTED or each.quantity.bound is not Bound.EXACT:
            continue
        if not (each.former or each.wording.several or each.state in _SHORT):
            told[each.dimension, each.wording.tail].append(each)
    for whole in joint:
        found = list(_told_of(whole, told, same))
        if found and all(_sum(parts) != whole.value for parts in found):
            yield from _problem(whole, found[0], same, context)


def _is_joint(each: Statement) -> bool:
    """Whether a figure is of several things at once: an indicator's, or one that the text tells as reached."""
    if not 1 < len(each.wording.items) <= _MOST or each.dimension not in _COUNTED or not all(each.wording.items):
        return False
    if each.quantity.bound is not Bound.EXACT or not each.value:
        return False
    return each.role is Role.ACTUAL or (each.role is Role.SAID and is_reached(each))


def _told_of(
    whole: Statement, told: dict[tuple[str, str], list[Statement]], same: Sameness
) -> Iterator[Sequence[Statement]]:
    """What the places that tell of each of an indicator's things tell of them, one number of each."""
    places: list[dict[tuple[object, ...], list[Statement]]] = []
    for item in whole.wording.items:
        of_it: dict[tuple[object, ...], list[Statement]] = {}
        for pair in sorted(item):
            for each in told.get((whole.dimension, pair), ()):
                if each.document == whole.document and _is_of(item, whole, each, same):
                    of_it.setdefault(place(each), []).append(each)
        if not of_it:
            return
        places.append(of_it)
    for here in places[0]:
        if here == place(whole):
            continue
        beside = [of_it.get(here, []) for of_it in places]
        parts = [each[0] for each in beside if len(each) == 1]
        if len(parts) == len(beside) == len({id(each) for each in parts}) and _go_together(whole, parts, same):
            yield parts


def _sum(parts: Sequence[Statement]) -> Decimal:
    return sum((each.value for each in parts), Decimal(0))


def _go_together(whole: Statement, parts: Sequence[Statement], same: Sameness) -> bool:
    """Whether the parts are of one level, and of the same part of the college as the indicator."""
    if whole.role is Role.SAID and any(_is_of_another(each, whole, same) for each in parts):
        return False
    levels = {each.wording.levels for each in parts} | {whole.wording.levels}
    return len(levels - {frozenset()}) <= 1 and same.near(whole, parts[0]) and len({each.part for each in parts}) == 1


def _is_of(item: frozenset[str], whole: Statement, part: Statement, same: Sameness) -> bool:
    """Whether a figure is of one of an indicator's things, told at whatever length but no more narrowly."""
    mine, theirs = whole.wording, part.wording
    if "《" in part.subject:  # the titles of some of them say nothing of what all are
        theirs = same.words.wording(_TITLES.sub("", part.subject))
    if not theirs.narrowed <= mine.narrowed or theirs.tail not in item:
        return False
    return len(item & theirs.free) * _HALF >= len(item) and not opposed(mine, theirs)


def _is_of_another(part: Statement, whole: Statement, same: Sameness) -> bool:
    """Whether two figures of the running text are of other years, villages or schools, or one of them is summed up."""
    return (
        same.year(part) != same.year(whole)
        or part.running is not whole.running
        or part.sphere != whole.sphere
        or part.label != whole.label
    )


def _is_narrower(part: Statement, whole: Statement, same: Sameness) -> bool:
    """Whether a part is told of one year, or of what was done to the things, so that it need not be all of them."""
    return bool(same.year(part)) or part.stated or not part.wording.sides <= whole.wording.sides


def _problem(whole: Statement, parts: Sequence[Statement], same: Sameness, context: Context) -> Iterator[Problem]:
    added = _sum(parts)
    less = added < whole.value
    if less and (
        whole.role is Role.SAID or "等" in whole.subject or any(_is_narrower(each, whole, same) for each in parts)
    ):
        return
    if added > _TIMES * whole.value or any(one.value == added for one in parts):
        return
    context.told(whole.source, *(each.source for each in parts))
    told = "".join(f"“{each.text.strip()}”" for each in parts)
    yield at_statement(
        whole, f"{named(whole)}{'实现' if whole.role is Role.ACTUAL else '共'} {figure(whole)}，{place_name(parts[0])}写{told}，合计 {added.normalize():f}",
        printed=figure(whole), expected=f"{added.normalize():f}{whole.quantity.unit}",
        related=tuple(related(each) for each in parts), severity=Severity.INFO if less else None,
    )  # fmt: skip
