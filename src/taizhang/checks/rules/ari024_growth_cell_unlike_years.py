"""ARI024: a cell that tells a growth in words (“增长 25%”) does not fit the two years of its row."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, figure, grids, shown
from taizhang.checks.rules._growth import TOLD, verdict
from taizhang.core.finding import Kind, Severity
from taizhang.intake.plans import parts_of

_CELL = re.compile(rf"(?:同比|较上年|比上年)?\s*{TOLD}")
_BEFORE = re.compile("^(?:上年|去年|上一年|基期)")
_NOW = re.compile("^(?:本年|当年|今年)|^(?:年度|实际|全年)?(?:完成|实现|实际)(?:值|数|情况)?$")
_WORDS = re.compile("[增升提降减翻]")
# A remark on what is counted up: “其中 2024 年新增 5 门”.
_NEW = re.compile(
    r"(?:其中[：:，,]?)?\s*(?:(?P<year>20\d\d)\s*年|本年度?|当年)(?:新增|净增|新增加)\s*(?P<new>\d+(?:\.\d+)?)\s*[一-鿿]{0,3}"
)
_KEPT = re.compile("开发|授权|出版|制[定订]|发布|累计|获|建成|认定|立项")  # such things are not lost again


@rule("ARI024", kind="growth_mismatch", severity="error", since="0.2")
def growth_cell_unlike_years(context: Context) -> Iterator[Problem]:
    """表格里用文字写的增长（“增长25%”）与同一行两年的数对不上。

    ## 为什么
    两年的数就在左边；“增长”“提高”多少一算便知，比率之差还常漏写“个百分点”。

    ## 不合格
    | 指标 | 2022年 | 2023年 | 增长情况 |
    |---|---|---|---|
    | 教师企业实践（人日） | 1200 | 1380 | 增长25% |
    | 高级职称教师比例（%） | 32.0 | 33.5 | 提高1.5个百分点 |

    ## 合格
    | 指标 | 2022年 | 2023年 | 增长情况 |
    |---|---|---|---|
    | 教师企业实践（人日） | 1200 | 1380 | 增长15% |
    | 高级职称教师比例（%） | 32.0 | 33.5 | 提高1.5个百分点 |

    ## 例外
    备注写“其中 2024 年新增 6 门”的，本行是只增不减的事物（开发、授权、出版、累计等）、或别的行也这样写而且对得上，才与两年之差比。
    舍入之内的差别不报；比率之差数值对而误写“%”的，按存疑报；只写数字的由 ARI009 报。

    ## 依据
    国家统计局《统计用语》：增长率是增量除以基数，比率之差用百分点。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            pair = _two_years(grid)
            if pair is not None:
                yield from _problems(grid, *pair, context)
                yield from _of_remarks(grid, *pair)


def _two_years(grid: Grid) -> tuple[int, int] | None:
    """The columns of the year before and of this year: by their years, else by words (上年值, 年度完成)."""
    years = sorted((int(c.year), c.index) for c in grid.columns if c.year is not None and c.index in grid.numbers)
    if len(years) > 1:
        return years[-2][1], years[-1][1]
    before = [c.index for c in grid.columns if _BEFORE.search(c.words)]
    after = [c.index for c in grid.columns if _NOW.search(c.words)]
    return (before[0], after[0]) if len(before) == len(after) == 1 else None


def _problems(grid: Grid, first: int, last: int, context: Context) -> Iterator[Problem]:
    unit_column = next((column.index for column in grid.columns if column.role == "unit"), None)
    for row in grid.rows:
        before, after = figure(grid.value(row, first)), figure(grid.value(row, last))
        for column in range(max(first, last) + 1, len(grid.columns)):
            value = grid.value(row, column)
            match = _CELL.fullmatch(value.text.strip()) if _WORDS.search(value.text) else None
            if match is None or before is None or after is None:
                continue
            told = grid.value(row, last).quantity
            column_unit = grid.value(row, unit_column).text.strip() if unit_column is not None else ""
            unit = (told.unit if told is not None else "") or column_unit or parts_of(grid.name(row))[2] or ""
            result = verdict(match, before, after, unit)
            if result is None:
                continue
            context.judged(value, grid.value(row, first), grid.value(row, last))
            if not result.is_right:
                yield at_value(
                    value,
                    f"由 {grid.value(row, first).text.strip()} 到 {grid.value(row, last).text.strip()}，"
                    f"应为 {result.expected}，写的是“{value.text.strip()}”",
                    expected=result.expected,
                    row=grid.name(row),
                    related=(related(grid.value(row, first)), related(grid.value(row, last))),
                    severity=result.severity,
                )


def _of_remarks(grid: Grid, first: int, last: int) -> Iterator[Problem]:
    """The remarks that tell what was new in the last year, against the two years of their row."""
    found = []
    for row in grid.rows:
        before, after = grid.value(row, first), grid.value(row, last)
        for column in range(max(first, last) + 1, len(grid.columns)):
            remark = grid.value(row, column)
            match = _NEW.fullmatch(remark.text.strip()) if "增" in remark.text else None
            numbers = figure(before), figure(after)
            is_of_year = match is not None and match["year"] in {None, grid.columns[last].year}
            if match is None or numbers[0] is None or not numbers[1] or not is_of_year:
                continue
            found.append((row, before, after, remark, numbers[1] - numbers[0], Decimal(match["new"])))
    is_net = any(gap == told for *_, gap, told in found)
    for row, before, after, remark, gap, told in found:
        if gap > 0 and gap != told and (is_net or _KEPT.search(grid.name(row))):
            yield at_value(
                remark,
                f"由 {before.text.strip()} 到 {after.text.strip()}，新增应为 {shown(gap)}，写的是“{remark.text.strip()}”",
                expected=shown(gap), row=grid.name(row), related=(related(before), related(after)),
                severity=Severity.WARNING, kind=Kind.SUM_MISMATCH,
            )  # fmt: skip
