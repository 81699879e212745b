"""ARI002: the parts that one sentence names do not add up to its total."""

import re
from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._parts import (
    Division,
    Form,
    Kind,
    divisions,
    is_partial,
    is_whole_by_levels,
    is_whole_by_sides,
    is_whole_by_years,
    may_exceed,
)
from taizhang.checks.rules._runs import run_problems
from taizhang.core.finding import Severity
from taizhang.profiles import Profile

_LONGEST = 80
_MEAN = re.compile("均值|平均|[人生户年月日校班村]均|中位数|最[高低大多]")
_PLACE = "名次"  # a place among others, of which none holds another
_NAMED = 24  # characters in which a further part would name its side
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_OF_PEOPLE = frozenset({"人", "名", "人次", "万人", "万人次"})
_NEXT = re.compile(r"[，,]?\s*其中[：:，,]?(?![^，。；]*(?:累计|达|共|增))[^，。；、\d]{0,10}")


@rule("ARI002", kind="sum_mismatch", severity="error", since="0.1")
def parts_unlike_whole(context: Context) -> Iterator[Problem]:
    """一句话里的各分项加起来不等于总数。

    ## 为什么
    “共 50 个，其中 2022 年 24 个、2023 年 27 个”，读的人随手一加就知道有一个数错了。

    ## 不合格
    全校共设任务点 50 个，其中 2022 年 24 个、2023 年 27 个。

    ## 合格
    全校共设任务点 50 个，其中 2022 年 24 个、2023 年 26 个。

    ## 例外
    “其中”只举出一部分、加起来不足总数的，不报；各年、各级（总数写明“省级及以上”的）、
    或口径配置 `arithmetic.sides` 所列的几个方面都齐了，才要求相等。括号里逐一列出的，加不上按存疑报。
    现有数、累计数包含更早年份的，平均数、中位数、最高数，不报。逐一列出的几项（“甲 5 份、乙 4 份、丙 3 份”）写明“合计”“分别”或用冒号
    引出的，要求相等；“其中”引出的，加起来超过总数、或相差甚小像是笔误、或以“其他”收尾列全了时才报，夹在中间的“较上年增加”“新增”不当总数；口径配置 `arithmetic.shared_qualities`
    所列的身份（双师、博士）可以一人兼有，不相加。每一部分写着两个数（“12 期、980 人次”）、一个加得上另一个加不上的，差额恰好是颠倒或写错一位数字造成的，
    A、B、C 类办理结果，预期性和约束性指标，“用于”几处的钱、完工和在建的超过总数的，报为存疑。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        told: set[tuple[int, int]] = set()
        for division in divisions(reading, context):
            is_right = division.fits()
            severity = None if is_right else _verdict(division, context.profile)
            if is_right or severity is not None:
                figures = (*division.wholes[-1:], *division.parts)
                context.judged_in(division.passage.block, *(part.quantity.start for part in figures))
            place = (id(division.passage.block), division.parts[0].quantity.start)
            if severity is not None and place not in told:
                told.add(place)
                told.update((id(division.passage.block), part.quantity.start) for part in division.parts)
                yield _problem(division, severity)
        yield from run_problems(reading, context, told)


def _verdict(division: Division, profile: Profile) -> Severity | None:
    """How grave the difference is; None where it may be none."""
    if _MEAN.search(division.parts[0].label) or any(_MEAN.search(whole.label) for whole in division.wholes[-1:]):
        return None  # some of them may be above the mean of all
    if may_exceed(division) or _PLACE in {division.wholes[-1].quantity.unit, division.parts[0].quantity.unit}:
        return None
    if division.form is Form.SUMMED and _is_summed_before(division):
        return None
    largest = max(whole.value for whole in division.wholes)
    if division.form is Form.AMONG and division.parts[0].value > largest and "累计" not in division.parts[0].label:
        return Severity.ERROR if _is_of_whole(division) else None
    if len(division.parts) < 2:
        return None
    more = division.sum > largest
    sides = profile.sections["arithmetic"]["sides"]
    if not more and not division.closed and not _is_all_sides(division, sides):
        return None
    match division.kind:
        case Kind.YEARS:
            sure = more or division.form is not Form.AMONG or is_whole_by_years(division)
            return Severity.ERROR if sure else None
        case Kind.LEVELS:
            if more or is_whole_by_levels(division, profile):
                return Severity.ERROR
            return Severity.WARNING if division.form is Form.BRACKETS and not is_partial(division) else None
        case Kind.SIDES if is_whole_by_sides(division, sides):
            return Severity.ERROR if more or division.form is not Form.AMONG else Severity.WARNING
    return _of_others(division)


def _is_all_sides(division: Division, sides: Sequence[Sequence[str]]) -> bool:
    """Whether the parts are all sides of a whole, and what follows them is of none (“…，达标 13 项”)."""
    if division.kind is not Kind.SIDES or not is_whole_by_sides(division, sides):
        return False
    end = division.parts[-1].quantity.end
    following = division.passage.text[end : end + _NAMED]
    return not any(part.key in following for part in division.parts)


def _of_others(division: Division) -> Severity | None:
    """The verdict on parts whose labels follow no pattern: only where they are plainly listed one by one."""
    if any(part.quantity.unit != division.wholes[-1].quantity.unit or "累计" in part.label for part in division.parts):
        return None
    if any(not part.key or len(part.key) > 16 for part in division.parts):
        return None
    if division.form is Form.BRACKETS and not is_partial(division):
        return Severity.WARNING
    if division.form is not Form.SUMMED or not division.closed:
        return None
    whole = division.wholes[-1].value
    return Severity.ERROR if abs(division.sum - whole) <= whole / 5 else Severity.WARNING


def _is_summed_before(division: Division) -> bool:
    """Whether the parts have their total already (“甲 9 项、乙 34 项，合计 43 项，而上期合计仅 17 项”)."""
    between = division.passage.text[division.parts[-1].quantity.end : division.wholes[-1].quantity.start]
    return shown(division.sum) in _FIGURE.findall(between)


def _is_of_whole(division: Division) -> bool:
    """Whether the first part is of the same things as the whole: by level, year, side, or a word of its own.

    “建成基地 1 个，其中实训室 12 个” tells what stands in it.
    """
    if division.kind is not Kind.OTHER or _is_of_people(division):
        return True
    text, part = division.passage.text, division.parts[0]
    noun = part.label.strip("，,、；;：: ")[-2:] or text[part.quantity.end :].lstrip()[:2]
    return any(
        noun in whole.label or noun in text[whole.quantity.end : part.quantity.start].partition("其中")[0]
        for whole in division.wholes
    )


def _is_of_people(division: Division) -> bool:
    """Whether whole and part are persons, told one right after the other (“引进技师 9 人，其中女性 11 人”)."""
    whole, part = division.wholes[-1], division.parts[0]
    between = division.passage.text[whole.quantity.end : part.quantity.start]
    return part.quantity.unit == whole.quantity.unit in _OF_PEOPLE and _NEXT.fullmatch(between) is not None


def _problem(division: Division, severity: Severity) -> Problem:
    passage, parts = division.passage, division.parts
    whole = min(division.wholes[::-1], key=lambda whole: abs(whole.value - division.sum))
    figures = [part.quantity for part in parts]
    start, end = figures[0].start - len(parts[0].label.lstrip("、，,；; ")), figures[-1].end
    if division.form is Form.BRACKETS and passage.text[end : end + 1] in {"）", ")"}:
        end += 1
    if division.form is Form.SUMMED:
        end = whole.quantity.end
    elif end - whole.quantity.start <= _LONGEST:
        start = whole.quantity.start
    printed = passage.text[whole.quantity.start : whole.quantity.end]
    terms = " + ".join(shown(figure.value) for figure in figures)
    if parts[0].value > whole.value:
        message = f"其中的 {shown(figures[0].value)} 大于总数 {printed}"
    else:
        message = (
            f"{terms} = {shown(sum((f.value for f in figures), start=figures[0].value * 0))}，与总数 {printed} 不符"
        )
    row = None
    if passage.table is not None:
        row = passage.text if len(passage.text) <= _LONGEST else None
    return passage.problem(start, end, message, expected=shown(division.sum), row=row, severity=severity)
