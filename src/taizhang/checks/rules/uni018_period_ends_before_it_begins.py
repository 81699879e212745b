"""UNI018: a period whose end lies before its beginning."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, at_value, related, rule
from taizhang.documents.blocks import Table
from taizhang.intake.plans import value_at

_POINT = r"(?P<{0}_year>20\d\d)\s*年\s*(?:(?P<{0}_month>1[0-2]|0?[1-9])\s*月\s*(?:(?P<{0}_day>[0-3]?\d)\s*日)?)?"
_SPAN = re.compile(
    rf"(?<!\d){_POINT.format('first')}[底初末]?\s*(?:至|到|—+|－|~|～|-)\s*{_POINT.format('last')}(?!\s*(?:度|级|届))"
)
_BEGINS = re.compile("(?:起始|开始|启动|开工|开办)(?:时间|日期|年月)?$")
_ENDS = re.compile("(?:完成|结束|截止|完工|终止|验收)(?:时间|日期|年月)$")
_CELL = re.compile(r"\s*(20\d\d)\s*[年./-]\s*(1[0-2]|0?[1-9])(?:\s*[月./-]\s*([0-3]?\d))?\s*[月日]?\s*")


@rule("UNI018", kind="unit_or_period", severity="error", since="0.7")
def period_ends_before_it_begins(context: Context) -> Iterator[Problem]:
    """起止时间写反：止于起点以前。

    ## 为什么
    “2024 年 9 月至 2024 年 1 月”多半是年份没有改；期间写错，期间内的数就无法核对。

    ## 不合格
    本学期（2024 年 9 月至 2024 年 1 月）共采集数据 1.9 万条。

    ## 合格
    本学期（2024 年 9 月至 2025 年 1 月）共采集数据 1.9 万条。

    ## 例外
    两端都写明年份的才判断；表中起始、完成各成一栏的，逐行比较。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            for match in _SPAN.finditer(paragraph.text) if paragraph.text.count("20") > 1 else ():
                first, last = _date(match, "first"), _date(match, "last")
                shared = min(len(first), len(last))
                if last[:shared] < first[:shared]:
                    message = f"“{match[0]}”止于起点以前，请核对年月"
                    yield at_text(paragraph, *match.span(), message)
        for table in reading.document.tables:
            yield from _of_table(table)
            yield from _of_cells(table)


def _of_table(table: Table) -> Iterator[Problem]:
    """The rows of a table with a column of beginnings and one of ends."""
    begins = [index for index, words in enumerate(table.columns) if _BEGINS.search(words)]
    ends = [index for index, words in enumerate(table.columns) if _ENDS.search(words)]
    if len(begins) != 1 or len(ends) != 1:
        return
    for row in range(table.header, len(table.rows)):
        begin, end = (value_at(table, row, places[0]) for places in (begins, ends))
        first, last = (_CELL.fullmatch(value.text) for value in (begin, end))
        if first and last:
            days = [tuple(int(part) for part in match.groups() if part) for match in (first, last)]
            shared = min(map(len, days))
            if days[1][:shared] < days[0][:shared]:
                message = f"{begin.text.strip()} 开始，{end.text.strip()} 结束，止于起点以前，请核对年月"
                yield at_value(end, message, row=table.rows[row][0].text.strip() or None, related=(related(begin),))


def _of_cells(table: Table) -> Iterator[Problem]:
    """Both ends told in one cell."""
    for row in range(table.header, len(table.rows)):
        for column, cell in enumerate(table.rows[row]):
            match = _SPAN.search(cell.text) if cell.text.count("20") > 1 and cell.text.count("年") > 1 else None
            if match is None:
                continue
            first, last = _date(match, "first"), _date(match, "last")
            shared = min(len(first), len(last))
            if last[:shared] < first[:shared]:
                yield at_value(
                    value_at(table, row, column), f"“{match[0]}”止于起点以前，请核对年月", *match.span(),
                    row=table.rows[row][0].text.strip() or None,
                )  # fmt: skip


def _date(match: re.Match[str], end: str) -> tuple[int, ...]:
    """Year, month and day of one end, as far as they are told."""
    parts = [match[f"{end}_{part}"] for part in ("year", "month", "day")]
    return tuple(int(part) for part in parts[: parts.index(None) if None in parts else 3])
