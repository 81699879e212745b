"""ARI040: a share of a whole is told as more than 100 %."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, row_name, rule
from taizhang.checks.rules._grid import Grid, grids, rated
from taizhang.checks.rules._parts import Passage
from taizhang.checks.rules._triggers import paragraphs_with
from taizhang.core.finding import Kind, Severity
from taizhang.documents.blocks import Role
from taizhang.intake.plans import Point, Value
from taizhang.profiles import Profile

_TOLD = r"(?:最高[，,]?)?(?:均|都|分别)?(?:为|是|达到?|高达|保持在|稳定在|约)?\s*(?P<rate>\d{3,}(?:\.\d+)?)\s*[%％]"
_ABOVE = re.compile(r"(?<!\d)(?!100(?:\.0*)?\s*[%％])\d{3,}(?:\.\d+)?\s*[%％]")  # most rates are not above the whole
_UNSPOKEN = {Role.CONTENTS, Role.FURNITURE}
_WHOLE = 100
_IS_VALUE = re.compile(r"^(?:20\d\d\s*[年届]?度?|本年|上年|今年|去年|数值|实际值?|目标值?)(?:[（(].{0,6}[)）])?$")


@rule("ARI040", kind="rate_mismatch", severity="error", since="0.4")
def rate_above_hundred(context: Context) -> Iterator[Problem]:
    """满意度、就业率、合格率一类的比率超过 100%。

    ## 为什么
    这类比率是整体中的一部分，最多 100%；超过的不是多打了一位，就是把完成率填进了比率。

    ## 不合格
    | 调查对象 | 有效问卷 | 满意度 |
    |---|---|---|
    | 在校生 | 1146 | 106.4% |
    | 用人单位 | 141 | 96.8% |

    ## 合格
    | 调查对象 | 有效问卷 | 满意度 |
    |---|---|---|
    | 在校生 | 1146 | 96.4% |
    | 用人单位 | 141 | 96.8% |

    ## 例外
    完成率、达成度、执行率、增长率可以超过 100%，不报；可以一人多证的获证率不报。

    任务点写的参加培训人员比例超过 100%，是把人次当作了人数，报为存疑。

    ## 参数
    口径配置 `arithmetic.at_most_hundred`（哪些比率至多 100%）、`arithmetic.of_people`（人员占总人数的比例）、`arithmetic.may_exceed`（名称里有这些词的不算），都是正则。

    ## 依据
    国家统计局《统计用语》：比重是部分占总体的百分比。
    """
    named = _Named(context.profile)
    for reading in context.readings:
        for paragraph in paragraphs_with(reading, context, _ABOVE):
            if paragraph.role not in _UNSPOKEN:
                yield from _in_text(Passage(paragraph.text, paragraph), named)
        for point in reading.plans.points:
            yield from _in_completion(point, named) if _ABOVE.search(point.done.text) else ()
        told: set[tuple[int, int, int]] = set()
        for indicator in reading.plans.indicators:
            for value in (indicator.actual, indicator.goal):
                if value is not None and named.is_share(indicator.name) and _is_above(value):
                    told.add((indicator.table.index, value.row, value.column))
                    yield _problem(value, indicator.name, row_name(indicator))
        for grid in grids(reading, context):
            for column in grid.columns:
                head = column.words.rpartition("/")[2]
                for row in grid.rows if named.is_share(head) else ():
                    value = grid.value(row, column.index)
                    if (grid.table.index, value.row, value.column) not in told and _is_above(value):
                        yield _problem(value, head, grid.name(row))
            yield from _in_rows(grid, named)


def _in_rows(grid: Grid, named: "_Named") -> Iterator[Problem]:
    """Rows that are each named a share and counted in per cent: “毕业去向落实率 | % | 95.8 | 108.3”."""
    unit = next((column.index for column in grid.columns if column.role == "unit"), None)
    if unit is None:
        return
    for row in grid.rows:
        if grid.value(row, unit).text.strip() not in {"%", "％"} or not named.is_share(grid.name(row)):
            continue
        for column in grid.numbers:
            value = grid.value(row, column)
            printed = rated(value) if _IS_VALUE.search(grid.columns[column].words) else None
            if printed is not None and printed[0] > _WHOLE and "%" not in value.text:
                yield _problem(value, grid.name(row), grid.name(row))


class _Named:
    """The names of shares, by the words of a profile."""

    def __init__(self, profile: Profile) -> None:
        words = profile.sections["arithmetic"]
        shares = "|".join(words["at_most_hundred"])
        self._share = re.compile(rf"(?:{shares})(?:[（(][%％][)）])?$")
        self._may = re.compile("|".join(words["may_exceed"]))
        of_people = "|".join(words["of_people"])
        self.attended = re.compile(rf"(?P<name>[^，。；：、,;:\d\s（）()]{{0,16}}(?:{shares}|{of_people})){_TOLD}")
        self.told = re.compile(rf"(?P<name>[^，。；：、,;:\d\s（）()]{{0,16}}(?:{shares})){_TOLD}")

    def may(self, name: str) -> bool:
        """Whether a share of this name may be above 100 %."""
        return bool(self._may.search(name))

    def is_share(self, name: str) -> bool:
        """Whether a name is that of a share of a whole."""
        plain = name.strip()
        return bool(self._share.search(plain)) and not self._may.search(plain)


def _in_text(passage: Passage, named: _Named) -> Iterator[Problem]:
    for match in named.told.finditer(passage.text):
        if float(match["rate"]) > _WHOLE and named.is_share(match["name"]):
            message = f"“{match['name'][-8:]}”最多 100%，写的是 {match['rate']}%"
            yield passage.problem(match.start("rate"), match.end(), message, expected="不超过 100%")


def _in_completion(point: Point, named: _Named) -> Iterator[Problem]:
    """Shares told of a task point; more than all of the people took part only where times are counted for them."""
    text = point.done.text
    for match in named.attended.finditer(text):
        if float(match["rate"]) > _WHOLE and not named.may(match["name"]):
            yield at_value(
                point.done, f"“{match['name'][-10:]}”最多 100%，写的是 {match['rate']}%，疑把人次当作人数",
                match.start("rate"), match.end(), expected="按人数计算，不超过 100%", row=row_name(point), severity=Severity.WARNING,
                kind=Kind.UNIT_OR_PERIOD,
            )  # fmt: skip


def _is_above(value: Value) -> bool:
    printed = rated(value)
    return printed is not None and printed[0] > _WHOLE and "%" in value.text.replace("％", "%")


def _problem(value: Value, name: str, row: str | None) -> Problem:
    message = f"“{name.strip()[-8:]}”最多 100%，写的是 {value.text.strip()}"
    return at_value(value, message, expected="不超过 100%", row=row)
