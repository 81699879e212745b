"""ARI012: in one row, the column of totals is not the sum of the columns it adds up."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import (
    Grid,
    Kind,
    Row,
    counts_scores,
    decimals,
    figure,
    grids,
    is_percent,
    is_total_head,
    runs_on,
    shown,
)
from taizhang.checks.rules._yearly_row import NOT_ADDED, of_one_row
from taizhang.core import finding
from taizhang.intake.plans import ALL_YEARS

_LEAST_ROWS = _LEAST_YEARS = 2
_MOST = Decimal("0.5")
_MOST_YEARLY = Decimal("0.6")
_YEAR = re.compile(r"20\d\d年?度?")

_WHOLE_YEAR = re.compile(r"全年(?:合计|累计|数)?(?:[（(].{1,4}[)）])?")
_SPAN = re.compile(r"[一二三四1-4]季度|[上下]半年|\d{1,2}月")
_ONE_LINE = re.compile(r"(20\d\d年|[两二三四五]年累计|累计)((?:实际)?完成|(?:实际)?支出|投入|新增)(?:数|值|额|情况)?")
_SUMMED = re.compile("^(?:累计|合计|总)|(?:合计|累计)$")


@rule("ARI012", kind="sum_mismatch", severity="error", since="0.1")
def row_total_unlike_sum(context: Context) -> Iterator[Problem]:
    """同一行里“合计”栏不等于前面各栏之和。

    ## 为什么
    分年度、分级别的数加起来应当等于合计；个别行对不上，说明有一个数填错或没有更新。

    ## 不合格
    | 建设任务 | 国家级 | 省级 | 合计 |
    |---|---|---|---|
    | 人才培养 | 3 | 18 | 21 |
    | 平台建设 | 1 | 9 | 10 |
    | 师资建设 | 2 | 11 | 15 |

    ## 合格
    | 建设任务 | 国家级 | 省级 | 合计 |
    |---|---|---|---|
    | 人才培养 | 3 | 18 | 21 |
    | 平台建设 | 1 | 9 | 10 |
    | 师资建设 | 2 | 11 | 13 |

    ## 例外
    由多数行看出合计栏是哪几栏之和；看不出的不判断。只有一行的，各栏是连续三年以上才判断。
    两层表头、每年各有“目标”“完成”的，与“三年”“累计”之下同名的栏比；比率、与某一年数相同的行（年末数、最好水平）不相加；逐年递增、合计栏就是最后一年的数的，看作年末数。

    ## 依据
    财预〔2020〕10号：绩效自评数据应真实、准确。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            yield from of_years(grid, context)
            amounts = [c for c in grid.numbers if not is_percent(grid, c)]
            for column in amounts:
                head = grid.columns[column].words
                if any(is_total_head(words) for words in head.split("/")) or _is_year_of_quarters(grid, head):
                    yield from _problems(grid, column, amounts, context)
        for table in reading.document.tables:
            if len(table.body) == 1:
                yield from of_one_row(table, context)


def _is_year_of_quarters(grid: Grid, head: str) -> bool:
    """Whether a column is the whole year beside its quarters or its halves."""
    spans = sum(bool(_SPAN.search(grid.columns[c].words)) for c in grid.numbers)
    return bool(_WHOLE_YEAR.fullmatch(head)) and spans in {2, 4, 12} and spans + 1 >= len(grid.numbers)


def _problems(grid: Grid, total: int, amounts: Sequence[int], context: Context) -> Iterator[Problem]:
    for parts in _readings(grid, total, amounts):
        rows = [row for row in grid.rows if _difference(grid, row, total, parts) is not None]
        wrong = [row for row in rows if _difference(grid, row, total, parts) and not runs_on(grid, row, total, parts)]
        if len(rows) - len(wrong) < _LEAST_ROWS or len(rows) - len(wrong) < _MOST * len(rows):
            continue
        for row in rows:
            context.judged(grid.value(row, total), *(grid.value(row, part) for part in parts))
        of_parts = [row for row in wrong if row.kind is Kind.PART]
        for row in of_parts or wrong:  # a row of totals is wrong because a row above it is
            yield unlike_sum(grid, row, total, parts)
        return


def unlike_sum(grid: Grid, row: Row, total: int, parts: Sequence[int]) -> Problem:
    """The problem of a row whose total is not the sum of its parts."""
    value, values = grid.value(row, total), [grid.value(row, part) for part in parts]
    added = sum((figure(part) or Decimal(0) for part in values), Decimal(0))
    return at_value(
        value,
        f"{' + '.join(part.text.strip() or '0' for part in values)} = {shown(added)}，写的是 {value.text.strip()}",
        expected=shown(added),
        row=grid.name(row),
        kind=finding.Kind.SCORE_MISMATCH if counts_scores(grid, total) else None,
        related=tuple(related(part) for part in values),
    )


def of_years(grid: Grid, context: Context) -> Iterator[Problem]:
    """Where each year has columns of its own (目标, 完成), those of all years against the columns of the same name."""
    heads = {c: words for c in grid.numbers if len(words := _two_levels(grid.columns[c].words)) > 1}
    for total, words in heads.items():
        if not ALL_YEARS.fullmatch(words[0]) or any(is_total_head(part) for part in words):
            continue
        name = _SUMMED.sub("", words[-1])
        parts = [c for c, other in heads.items() if _YEAR.fullmatch(other[0]) and _SUMMED.sub("", other[-1]) == name]
        if len(parts) < _LEAST_YEARS or not name:
            continue
        rows = [row for row in grid.rows if row.kind is Kind.PART and _adds_up(grid, row, total, parts)]
        wrong = [row for row in rows if _difference(grid, row, total, parts)]
        if len(rows) - len(wrong) < _LEAST_ROWS or len(rows) - len(wrong) < _MOST_YEARLY * len(rows):
            continue
        for row in rows:
            context.judged(grid.value(row, total), *(grid.value(row, part) for part in parts))
        yield from (unlike_sum(grid, row, total, parts) for row in wrong)


def _two_levels(words: str) -> Sequence[str]:
    """The levels of a header; of “2022年完成” and “累计完成” in one line as well, and of the parts of one year."""
    one = _ONE_LINE.fullmatch(words)
    return one.groups() if one else words.split("/")


def _adds_up(grid: Grid, row: Row, total: int, parts: Sequence[int]) -> bool:
    """Whether the years of a row are to be added: no rate, and no state of which the total repeats one year's."""
    label = "".join(grid.value(row, column).text for column in grid.labels)
    if NOT_ADDED.search(label) or _difference(grid, row, total, parts) is None:
        return False
    printed = figure(grid.value(row, total))
    if printed is None or any((figure(grid.value(row, part)) or 0) > printed for part in parts):
        return False  # the mean of the years, or their last value
    return all(figure(grid.value(row, part)) != printed for part in parts)


def _readings(grid: Grid, total: int, amounts: Sequence[int]) -> Iterator[list[int]]:
    """The columns that a column of totals may add up: those of the same last or first header word, or all beside it."""

    def is_total(column: int) -> bool:
        return any(is_total_head(words) for words in grid.columns[column].words.split("/"))

    words = grid.columns[total].words.split("/")
    others = [c for c in amounts if not is_total(c)]
    if len(words) > 1:
        for place in (-1, 0):
            alike = [c for c in others if grid.columns[c].words.split("/")[place] == words[place]]
            if len(alike) > 1:
                yield alike
    left = [c for c in others if c < total and not any(is_total(t) for t in amounts if c < t < total)]
    right = [c for c in others if c > total and not any(is_total(t) for t in amounts if total < t < c)]
    for beside in (left, right):
        if len(beside) > 1:
            yield beside


def _difference(grid: Grid, row: Row, total: int, parts: Sequence[int]) -> Decimal | None:
    """By how much the total of a row misses the sum; 0 within rounding, None where a cell is no number."""
    value, values = grid.value(row, total), [grid.value(row, part) for part in parts]
    printed, numbers = figure(value), [figure(part) for part in values]
    if any(each.quantity is not None and each.quantity.unit in {"%", "％"} for each in (value, *values)):
        return None  # a row of rates
    if (
        printed is None
        or value.is_nothing
        or any(number is None for number in numbers)
        or all(part.is_nothing for part in values)
    ):
        return None
    gap = abs(sum((number for number in numbers if number is not None), Decimal(0)) - printed)
    places = decimals([value, *values])
    return gap if gap > (Decimal("0.5").scaleb(-places) * len(values) if places else 0) else Decimal(0)
