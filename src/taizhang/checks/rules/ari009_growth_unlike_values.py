"""ARI009: a growth is not what the two values next to it make."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, at_value, related, rule
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import Grid, Row, decimals, figure, fits, grids, shown
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Paragraph

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_UNIT = r"\s*([^\d\s，。；、,;（()）]{0,5}?)"
_YEAR = r"(?:20\d\d\s*年[^，。；\d]{0,16})"
_CHANGE = (
    r"(?:同比|比上年|较上年|累计|共|净)?(?P<verb>增长|增加|提高|提升|上升|增幅|下降|降低|减少|降幅)(?:了|为|达到?)?\s*"
    r"(?P<rate>\d[\d,]*(?:\.\d+)?)\s*(?P<of>个百分点|[%％]|倍)"
)
_FORMS = (
    re.compile(
        rf"[由从][^，。；\d]{{0,12}}{_YEAR}?{_NUMBER}{_UNIT}[^，。；\d]{{0,4}}?"
        rf"(?:增加|增长|提高|提升|上升|扩大|发展|增|升|下降|降低|减少|降|减)[到至]了?[^，。；\d]{{0,4}}{_YEAR}?{_NUMBER}{_UNIT}"
        rf"\s*[，,（(]\s*{_CHANGE}"
    ),
    re.compile(rf"{_YEAR}{_NUMBER}{_UNIT}\s*[，,、；]\s*{_YEAR}{_NUMBER}{_UNIT}\s*[，,（(]\s*{_CHANGE}"),
)
_FALL = re.compile("下降|降低|减少|降幅")
_GROWTH = re.compile(r"增长|增幅|同比|增减|变化|提高|(?:20\d\d|本年)年?度?[较比](?:20\d\d|上年)|[较比]上年")
_PLANNED = re.compile("目标|预期|计划|预算|预定|设定")
_CELL = re.compile(r"\s*[+＋]?([-−]?\d[\d,]*(?:\.\d+)?)\s*(%|％|个?百分点)?\s*")
_MOST = Decimal("0.6")


@rule("ARI009", kind="growth_mismatch", severity="error", since="0.1")
def growth_unlike_values(context: Context) -> Iterator[Problem]:
    """增长幅度与前后两个数值算出来的不一致。

    ## 为什么
    前后两个数和增幅写在一句话里，谁都能复算；比率之间的差还常被误写成百分比。

    ## 不合格
    技术服务到款由 2022 年的 150 万元增加到 2023 年的 180 万元，增长 25%。

    ## 合格
    技术服务到款由 2022 年的 150 万元增加到 2023 年的 180 万元，增长 20%。

    ## 例外
    四舍五入之内的差别不报。比率之差写成“%”而不是“个百分点”的、到了原来的三倍而写“增长 3 倍”的，按存疑报。

    ## 依据
    国家统计局《统计用语》：增长率是增量除以基数，比率之差用百分点。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            if "%" in paragraph.text or "％" in paragraph.text or "百分点" in paragraph.text or "倍" in paragraph.text:
                for form in _FORMS:
                    for match in form.finditer(paragraph.text):
                        yield from _of_text(paragraph, match)
        for grid in grids(reading, context):
            yield from _of_table(grid, context)


def _of_text(paragraph: Paragraph, match: re.Match[str]) -> Iterator[Problem]:
    before, unit, after, last_unit = _number(match[1]), match[2], _number(match[3]), match[4]
    years = re.findall(r"20\d\d(?=\s*年)", match[0])
    if len(years) > 1 and years[0] > years[1]:  # “2024 年 66 家，2022 年 60 家，增长 10%”
        before, after = after, before
    if (unit and last_unit and unit.replace("％", "%") != last_unit.replace("％", "%")) or not before:
        return
    told, places = _number(match["rate"]), len(match["rate"].partition(".")[2])
    change = before - after if _FALL.search(match["verb"]) else after - before
    rates = "%" in (last_unit or unit).replace("％", "%")
    severity = Severity.ERROR
    if match["of"] == "个百分点":
        right, expected = change == told, f"{shown(change)} 个百分点"
    elif match["of"] == "倍":
        right = abs(change / before - told) < Decimal("0.06")
        if abs(after / before - told) < Decimal("0.06"):
            severity = Severity.WARNING  # “增长 3 倍” said of what has become three times as much
        expected = f"{shown((change / before).quantize(Decimal('0.1')))} 倍"
    else:
        right, expected = fits(change / before * 100, told, places), percent(change / before * 100, places)
        if rates and change == told:
            right, severity, expected = False, Severity.WARNING, f"{shown(change)} 个百分点"
    if right:
        return
    words = f"{match[1]} 到 {match[3]}"
    yield at_text(
        paragraph,
        match.start("verb"),
        match.end(),
        f"由 {words} 应为{match['verb']} {expected}，写的是 {match['rate']}{match['of']}",
        expected=expected,
        severity=severity,
    )


def _of_table(grid: Grid, context: Context) -> Iterator[Problem]:
    """A growth column behind two columns of years: judged where most of its rows agree."""
    for column in grid.columns:
        last = column.words.rpartition("/")[2]
        if not _GROWTH.search(last) or column.index < 2:
            continue
        years = [
            c
            for c in grid.columns[: column.index]
            if c.year is not None and c.index in grid.numbers and not _PLANNED.search(c.words)
        ]
        if len(years) < 2 or years[-1].year is None or years[-2].year is None or years[-2].year >= years[-1].year:
            continue
        place = (years[-2].index, years[-1].index, column.index)
        absolute = sum(_is_difference(grid, row, *place) for row in grid.rows) * 2 > len(grid.rows)
        rows = [(row, _growth(grid, row, place, absolute=absolute)) for row in grid.rows]
        wrong = [(row, expected) for row, expected in rows if expected]
        judged = [row for row, expected in rows if expected is not None]
        if len(judged) < 3 or len(judged) - len(wrong) < _MOST * len(judged):
            continue
        for row in judged:
            context.judged(*(grid.value(row, c) for c in (years[-2].index, years[-1].index, column.index)))
        for row, expected in wrong:
            value, first, second = (grid.value(row, c) for c in (column.index, years[-2].index, years[-1].index))
            yield at_value(
                value,
                f"由 {first.text.strip()} 到 {second.text.strip()} 应为 {expected}，写的是 {value.text.strip()}",
                expected=expected,
                row=grid.name(row),
                related=(related(first), related(second)),
            )


def _is_difference(grid: Grid, row: Row, before: int, after: int, column: int) -> bool:
    """Whether the growth of a row is told as what was added, and not in per cent."""
    first, second = (figure(grid.value(row, c)) for c in (before, after))
    told = _CELL.fullmatch(grid.value(row, column).text)
    if first is None or second is None or told is None or told[2]:
        return False
    return second != first and second - first == _number(told[1].replace("−", "-"))


def _growth(grid: Grid, row: Row, place: tuple[int, int, int], *, absolute: bool) -> str | None:
    """What the growth should be where it is not; empty where it is right, None where it cannot be judged."""
    before, after, column = place
    first, second, value = figure(grid.value(row, before)), figure(grid.value(row, after)), grid.value(row, column)
    match = _CELL.fullmatch(value.text)
    if not first or second is None or match is None:
        return None
    told, places = _number(match[1].replace("−", "-")), decimals([value])
    point = match[2] is not None and "点" in match[2]
    if point or (match[2] is None and second - first == told):
        return "" if second - first == told else f"{shown(second - first)}个百分点"
    if match[2] is None and absolute:
        return shown(second - first)
    ratio = (second - first) / first * 100
    return "" if fits(ratio, told, places) else percent(ratio, places)


def _number(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))
