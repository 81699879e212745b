"""UNI025: what was planned for one year is reached only with results that, by its own words, are another year's."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.checks.rules._period import report_year
from taizhang.checks.rules._promise import promises
from taizhang.core.quantities import number, quantities
from taizhang.core.quantity import Bound, Catalogue
from taizhang.intake.plans import Indicator, Point, Value

_PART = re.compile(r"(?:其中|内含|包括|(?<=[（(])含)(?P<told>[^，。；;、（）()]{4,30})")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!来|以来|[前后]|起|级|版|[至到—–~-])")
_NAMED_YEAR = re.compile(r"(?<![\d至到—–~-])(20\d\d)\s*年?度?(?!\s*[年\d]?\s*[至到—–~-]|\s*年?\s*(?:底|末|[前以]))")
_SPAN = re.compile(
    r"累计|总计|现有|共有|拥有|建有|存量|总数|总量|建设期|期满|期末|截至|以来|历年|[两二三四五]年|学年|中期"
)
_RANGE = re.compile(
    r"[①-⑳]?(?P<years>(?P<first>20\d\d)\s*年?\s*[至到—–~-]+\s*(?P<last>20\d\d)\s*年)(?!度?[一-鿿]{0,8}(?:规划|计划|方案|报告))[^，。；\d]{0,16}\d"
)
_THIS_YEAR = re.compile("新增|当年|本年|今年|年内|全年")
_BEGUN = re.compile("申请|申报|启动|开工|开始|受理|提交|提出|签订|入学|入库|招标|编写|投稿|评选|结转|转入|续|延续|跨")
_FULL = 100


class _Part(NamedTuple):
    """What a text counts in as another year's: how many, in which year, and where it says so."""

    value: Decimal
    year: str
    start: int
    end: int


@rule("UNI025", kind="unit_or_period", severity="warning", since="0.9")
def other_years_counted(context: Context) -> Iterator[Problem]:
    """当年的目标，靠别的年份的成果才够数。

    ## 为什么
    “其中 2022 年获奖 5 项”写明了有几项不是当年的；当年的指标只能用当年的成果去比，上年的报过一次，不能再报。

    ## 不合格
    | 绩效指标 | 目标值 | 实际完成值 | 完成率 |
    |---|---|---|---|
    | 2024年新增省级以上奖项（项） | 18 | 20（其中2023年获奖4项） | 111% |
    | 教师培训（人次） | 300 | 320 | 107% |

    ## 合格
    | 绩效指标 | 目标值 | 实际完成值 | 完成率 |
    |---|---|---|---|
    | 2024年新增省级以上奖项（项） | 18 | 23（其中2023年获奖4项） | 128% |
    | 累计获省级以上奖项（项） | 18 | 20（其中2023年获奖4项） | 111% |

    ## 例外
    累计、现有的数不报；扣去以后仍然够数的不报；上年申请、启动、签订而当年做成的不报；看不出目标是哪一年的不判断。

    ## 依据
    教职成〔2020〕8号：绩效自评按年度进行；统计期间以外的成果不应计入。
    """
    for reading in context.readings:
        year = report_year(reading, context)
        for row in reading.plans.indicators:
            rate = printed_rate(row.rate)
            if row.actual is not None and "年" in row.actual.text and (rate is None or rate >= _FULL):
                yield from _of_indicator(row, str(year or ""), context.profile.catalogue)
    years = {id(point): report_year(reading, context) for reading in context.readings for point in reading.plans.points}
    for promise in promises(context):
        if promise.ordinary and "年" in promise.point.done.text:
            year = years.get(id(promise.point))
            yield from _of_point(promise.point, str(year or ""), context.profile.catalogue)


def _of_indicator(row: Indicator, reported: str, catalogue: Catalogue) -> Iterator[Problem]:
    goal, actual = row.goal, row.actual
    if goal is None or actual is None or goal.quantity is None or goal.quantity.bound is Bound.AT_MOST:
        return
    heads = f"{goal.table.columns[goal.column]} {actual.table.columns[actual.column]}"
    wanted = _wanted(row.name, heads, reported)
    whole = actual.quantity or number(re.split("[（(，,；;]", actual.text, maxsplit=1)[0])
    if wanted is None or whole is None or _SPAN.search(f"{row.name}{goal.text}{heads}{actual.text}"):
        return
    yield from _short(goal, actual, goal.quantity.value, whole.value, wanted, row_name(row), catalogue)


def _of_point(point: Point, reported: str, catalogue: Catalogue) -> Iterator[Problem]:
    wanted = _wanted(point.plan.text, point.year or "", reported)
    if wanted is None or _SPAN.search(point.plan.text):
        return
    span = _RANGE.match(point.done.text)
    if span is not None and span["first"] < wanted <= span["last"] and re.search(r"\d", point.plan.text):
        yield at_value(
            point.done, f"计划是 {wanted} 年的，完成情况写的是 {span['years']} 年", *span.span("years"),
            expected=f"只计 {wanted} 年的", row=row_name(point), related=(related(point.plan),),
        )  # fmt: skip
        return
    if not _PART.search(point.done.text):
        return
    asked = [each for each in quantities(point.plan.text, catalogue) if each.unit]
    told = [each for each in quantities(point.done.text, catalogue) if each.unit]
    same = [each for each in asked if told and each.unit == told[0].unit]
    if len(same) == 1 and not _SPAN.search(point.done.text):
        yield from _short(point.plan, point.done, same[0].value, told[0].value, wanted, row_name(point), catalogue)


def _wanted(words: str, heads: str, reported: str) -> str | None:
    """The one year that a plan speaks of: its own, else that of its columns, else the report's where it is of one year."""
    for text in (words, heads):
        named = {match[1] for match in _NAMED_YEAR.finditer(text)}
        if named:
            return named.pop() if len(named) == 1 else None
    return reported if reported and _THIS_YEAR.search(words) else None


def _short(
    goal: Value, actual: Value, asked: Decimal, whole: Decimal, wanted: str, row: str | None, catalogue: Catalogue
) -> Iterator[Problem]:
    parts = list(_parts(actual.text, wanted, catalogue))
    rest = whole - sum((part.value for part in parts), Decimal(0))
    if not parts or not 0 <= rest < asked <= whole:
        return
    first = parts[0]
    yield at_value(
        actual, f"目标是 {wanted} 年的，其中有 {first.year} 年的，扣去后只有 {rest.normalize():f}，达不到 {asked.normalize():f}",
        first.start, first.end, expected=f"只计 {wanted} 年的", row=row, related=(related(goal),),
    )  # fmt: skip


def _parts(text: str, wanted: str, catalogue: Catalogue) -> Iterator[_Part]:
    for match in _PART.finditer(text):
        piece = match["told"]
        years = {year[1] for year in _YEAR.finditer(piece)}
        counted = [each for each in quantities(_YEAR.sub(_blanked, piece), catalogue) if each.unit]
        if len(years) == 1 and wanted not in years and len(counted) == 1 and not _BEGUN.search(piece):
            yield _Part(counted[0].value, years.pop(), match.start(), match.end())


def _blanked(match: re.Match[str]) -> str:
    return "，" * len(match[0])
