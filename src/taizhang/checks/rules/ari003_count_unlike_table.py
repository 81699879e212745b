"""ARI003: a number of task points or indicators told in the text is not what the table it names holds."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._links import category, named_tables, of_category, tables_by_number, told
from taizhang.checks.rules._parts import Division, Kind, Passage, divisions
from taizhang.core.finding import Related, Severity
from taizhang.documents.blocks import Paragraph, Table
from taizhang.intake.plans import Indicator, Point
from taizhang.intake.reading import Reading

_YEAR = re.compile(r"20\d\d")
_ALL_OF_IT = re.compile("(?:全|本)表(?:共|合计|总计|列|设)[^，。；\\d]{0,6}指标\\s*\\d")


@rule("ARI003", kind="count_mismatch", severity="error", since="0.1")
def count_unlike_table(context: Context) -> Iterator[Problem]:
    """文中所说的任务点数、指标数，与所指的表实际的条数不一致。

    ## 为什么
    “任务点 6 个，见表 2”，表里只有 5 个：不是漏填就是数错，汇总数也会跟着错。

    ## 不合格
    本行动设任务点 5 个，见表2-1。

    表2-1 任务完成情况表

    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 |
    |---|---|---|---|---|
    | 平台建设 | ①制定建设方案 | ①印发建设方案 | ①建成创新平台 1 个 | ①建成创新平台 1 个 |
    | 平台建设 | ②启动招标采购 | ②完成招标采购 | ②服务企业 20 家 | ②服务企业 22 家 |

    ## 合格
    本行动设任务点 4 个，其中 2022 年 2 个、2023 年 2 个，见表2-1。

    表2-1 任务完成情况表

    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 |
    |---|---|---|---|---|
    | 平台建设 | ①制定建设方案 | ①印发建设方案 | ①建成创新平台 1 个 | ①建成创新平台 1 个 |
    | 平台建设 | ②启动招标采购 | ②完成招标采购 | ②服务企业 20 家 | ②服务企业 22 家 |

    ## 例外
    文中没有写明“见表 X”、也没有写“全表共”的不判断；所指的表不全是任务表或指标表的，不判断；一格填有多项而没有编号的，不判断。

    ## 依据
    省级双高中期自评报告的通行体例：分节列数，明细见表。
    """
    for reading in context.readings:
        tables = tables_by_number(reading)
        split = {id(d.passage.block): d for d in divisions(reading, context) if d.kind in {Kind.YEARS, Kind.SIDES}}
        points: dict[int, list[Point]] = {}
        for point in reading.plans.points:
            points.setdefault(point.table.index, []).append(point)
        for paragraph in reading.document.paragraphs:
            if "表" not in paragraph.text or not ("任务" in paragraph.text or "指标" in paragraph.text):
                continue
            named = named_tables(paragraph.text, tables) or _the_one_meant(paragraph, reading)
            if not named:
                continue
            division = split.get(id(paragraph))
            of_points = [points[table.index] for table in named if table.index in points]
            if len(of_points) == len(named):
                yield from _of_points(paragraph, division, [point for found in of_points for point in found], named)
            else:
                yield from _of_indicators(paragraph, division, reading, named)
        yield from _of_areas(reading, points)


def _the_one_meant(paragraph: Paragraph, reading: Reading) -> list[Table]:
    """The table that “全表共……指标 16 项” is of, where the document has but one of indicators."""
    tables = [table for table, found in reading.indicator_tables if found]
    return tables if len(tables) == 1 and _ALL_OF_IT.search(paragraph.text) else []


def _of_areas(reading: Reading, points: Mapping[int, Sequence[Point]]) -> Iterator[Problem]:
    """An area's own number of task points against what its subsections tell, where each task table has its number."""
    stated = [(p, found) for p in reading.document.paragraphs for found in told(p) if found.of_tasks]
    counted = [table for table in reading.document.tables if table.index in points]
    for paragraph, total in stated:
        own = paragraph.section
        below = {
            p.section: found
            for p, found in reversed(stated)
            if len(p.section) > len(own) and p.section[: len(own)] == own
        }
        tables = [table for table in counted if table.section[: len(own)] == own]
        if not own or len(below) < 2 or len(below) != len(tables):
            continue
        added = sum(found.number for found in below.values())
        if added != total.number and set(below) == {table.section for table in tables}:
            terms = " + ".join(str(found.number) for found in reversed(below.values()))
            yield Passage(paragraph.text, paragraph).problem(
                total.start,
                total.end,
                f"任务点写 {total.number} 个，各小节所写的 {terms} = {added}",
                expected=str(added),
                related=tuple(
                    Passage(found.paragraph.text, found.paragraph).related(found.start, found.end)
                    for found in below.values()
                ),
                severity=Severity.WARNING,
            )


def _of_points(
    paragraph: Paragraph, division: Division | None, points: Sequence[Point], named: Sequence[Table]
) -> Iterator[Problem]:
    first = next((found for found in told(paragraph) if found.of_tasks), None)
    if first is None or any("\n" in point.plan.text.strip() and point.ordinal is None for point in points):
        return
    if division is not None and division.kind is Kind.YEARS:
        years = Counter(_year(point) for point in points)
        for part in division.parts:
            if None not in years and part.value != years[part.key]:
                passage = Passage(paragraph.text, paragraph)
                message = f"{part.key} 年任务点写 {part.value} 个，{_names(named)}中有 {years[part.key]} 个"
                start = part.quantity.start - len(part.label.lstrip("、，,；; "))
                yield passage.problem(
                    start, part.quantity.end, message, expected=str(years[part.key]), related=_places(named)
                )
                return
        if not division.fits():
            return
    if first.number != len(points):
        message = f"任务点写 {first.number} 个，{_names(named)}中有 {len(points)} 个"
        yield Passage(paragraph.text, paragraph).problem(
            first.start, first.end, message, expected=str(len(points)), related=_places(named)
        )


def _of_indicators(
    paragraph: Paragraph, division: Division | None, reading: Reading, named: Sequence[Table]
) -> Iterator[Problem]:
    first = next((found for found in told(paragraph) if not found.of_tasks), None)
    tables = [(table, reading.plans.of_table(table)) for table in named]
    rows = [row for _, found in tables for row in found]
    if first is None or not rows or any(not found and _may_hold(table) for table, found in tables):
        return
    passage = Passage(paragraph.text, paragraph)
    if first.number != len(rows):
        message = f"指标写 {first.number} 个，{_names([table for table, found in tables if found])}中有 {len(rows)} 个"
        yield passage.problem(first.start, first.end, message, expected=str(len(rows)), related=_places(named))
        return
    for part in division.parts if division is not None and division.kind is Kind.SIDES else ():
        wanted = category(part.key)
        mine = [row for table, found in tables for row in of_category(found, table, wanted)] if wanted else []
        if mine and part.value != len(mine):
            start = part.quantity.start - len(part.label.lstrip("、，,；; "))
            message = f"{wanted}指标写 {part.value} 个，{_names(_tables_of(mine))}中有 {len(mine)} 个"
            yield passage.problem(
                start, part.quantity.end, message, expected=str(len(mine)), related=_places(_tables_of(mine))
            )


def _may_hold(table: Table) -> bool:
    """Whether a table without readable indicators may yet be one of indicators, so that nothing can be counted."""
    return "指标" in (table.caption or "") and not any(
        "指标数" in words or "完成数" in words for words in table.columns
    )


def _tables_of(rows: Sequence[Indicator]) -> list[Table]:
    return list({row.table.index: row.table for row in rows}.values())


def _year(point: Point) -> str | None:
    """The year of a task point: of its column, else of its row's first cells."""
    if point.year is not None:
        return point.year
    cells = point.table.rows[point.plan.row][: point.plan.column]
    return next((match[0] for cell in cells if (match := _YEAR.search(cell.text))), None)


def _names(tables: Sequence[Table]) -> str:
    return "、".join(f"表 {table.number}" for table in tables)


def _places(tables: Sequence[Table]) -> tuple[Related, ...]:
    return tuple(Related(source=table.source, text=table.caption or table.number or "") for table in tables)
