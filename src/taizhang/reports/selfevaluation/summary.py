"""The beginning and the end of a self-evaluation: what there was to do and how far it came, and what fell short."""

from collections.abc import Iterator

from taizhang.reports.counts import Count, Counts, short_ones, unmet
from taizhang.reports.digest import short_of
from taizhang.reports.outline import Block, Cell, Column, Heading, Items, Mention, Paragraph, Run, Table, row
from taizhang.reports.sentences import (
    by_layer,
    listed,
    of,
    outcome,
    paragraph,
    short_indicator,
    short_point,
)
from taizhang.reports.snapshot import PeriodKind, Snapshot
from taizhang.reports.wording import said

SHORT = "shortfalls"  # the key of the chapter of what fell short
_NOTHING = "--"


def overview(snapshot: Snapshot) -> Iterator[Block]:
    """一、总体情况: the programme, the period, and how far points and indicators came."""
    counts, period = Counts(snapshot), snapshot.period
    yield Heading("总体情况", 1)
    who = snapshot.college or "学校"
    span = ""
    if snapshot.first_year and snapshot.last_year:
        span = f"建设期为 {snapshot.first_year}—{snapshot.last_year} 年，"
    scope = {
        PeriodKind.YEAR: f" {period.whole}", PeriodKind.CHECKPOINT: f"中期（{period.span}）", PeriodKind.END: f"整个建设期（{period.span}）",
    }[period.kind]  # fmt: skip
    yield paragraph(
        f"{who}依据建设方案和任务书，对{snapshot.programme or '项目建设'}情况进行自评。{span}本报告反映{scope}的情况。"
    )
    points, indicators = counts.points(), counts.indicators()
    if points.total:
        layers = by_layer(counts.points(school=True), counts.points(school=False))
        yield paragraph(f"{period.whole}全校共有建设任务点 ", of(points, "total"), layers, "；", outcome(points))
    if indicators.total:
        layers = by_layer(counts.indicators(school=True), counts.indicators(school=False))
        yield paragraph(
            f"{period.whole}全校共有绩效指标 ", of(indicators, "total"), layers, "；", outcome(indicators, "达标")
        )
    short = [said("task.short_points", n=points.figure("short"))] if points.short else []
    short += [said("task.short_indicators", n=indicators.figure("short"))] if indicators.short else []
    if short and short_ones(snapshot):
        yield paragraph(said("task.short", short=listed(short, "和"), where=Mention(SHORT)))


def total_tables(snapshot: Snapshot) -> Iterator[Block]:
    """The table of all tasks and groups, and the one by years."""
    counts = Counts(snapshot)
    yield paragraph("各项建设任务", "和专业群" if snapshot.groups() else None, "的完成情况见", (Mention("totals"),))
    yield _totals(snapshot, counts)
    if counts.points().total:
        yield from _years(snapshot, counts)


def _totals(snapshot: Snapshot, counts: Counts) -> Table:
    word = snapshot.period.word
    tasks, indicators = f"{word}建设任务点完成情况", f"{word}绩效指标完成情况"
    columns = (
        Column(("建设任务",), 3),
        *(Column((tasks, name)) for name in ("任务数", "完成数", "完成度")),
        *(Column((indicators, name)) for name in ("绩效指标", "完成数", "完成度")),
    )
    rows = [row(Cell((("合计",),), bold=True), *_cells(counts.points()), *_cells(counts.indicators()))]
    for task in snapshot.roots():
        number = f"{task.code}、" if task.code else ""
        rows.append(row(f"{number}{task.name}", *_cells(counts.points_of(task)), *_cells(counts.share_of(task))))
    apart = counts.apart()
    if apart.total:
        rows.append(row("学校层面（不分任务）", *[_NOTHING] * 3, *_cells(apart)))
    rows += [
        row(group.name, *_cells(counts.points_of(group)), *_cells(counts.indicators_of(group)))
        for group in snapshot.groups()
    ]
    return Table(caption=f"全校{word}建设任务完成情况表", columns=columns, rows=tuple(rows), key="totals")


def _cells(count: Count) -> list[Run]:
    if not count.total:
        return [_NOTHING] * 3
    return [count.figure("total"), count.figure("done"), count.figure("rate")]


def _years(snapshot: Snapshot, counts: Counts) -> Iterator[Block]:
    """Points by year and layer; the whole period in the last row."""
    whole = counts.points()
    has_groups = bool(counts.points(school=False).total)
    years = [year for year in snapshot.period.years if counts.points(year=year).total]
    if len(years) > 1:
        for year in years:
            of_year = counts.points(year=year)
            layers = by_layer(counts.points(school=True, year=year), counts.points(school=False, year=year))
            yield paragraph(f"{year} 年全校任务点 ", of(of_year, "total"), layers, "；", outcome(of_year))
    rows = []
    for year in years:
        layers_ = [("学校层面", counts.points(school=True, year=year))]
        if has_groups:
            layers_.append(("专业群", counts.points(school=False, year=year)))
        for place, (name, count) in enumerate(layers_):
            first = [Cell(((f"{year}年",),), rows=len(layers_))] if not place else []
            rows.append(row(*first, name, *_cells(count)))
    rows.append(row(Cell(((snapshot.period.word,),)), "总数", *_cells(whole)))
    columns = tuple(Column((name,)) for name in ("建设时间", "类别", "任务数", "完成数", "完成率"))
    yield Table(caption="建设任务点分年度完成情况表", columns=columns, rows=tuple(rows), key="years")


def shortfalls(snapshot: Snapshot) -> Iterator[Block]:
    """What fell short, item by item, with its reason; no section where nothing did."""
    points = [point for point in snapshot.points if point.is_done is not True]
    rows = list(unmet(snapshot.indicators))
    if not points and not rows:
        return
    counts = Counts(snapshot)
    tasks = {(task.group, task.key): task for task in snapshot.tasks}
    yield Heading("未完成的任务和指标", 1, SHORT)
    if points:
        yield Heading("未完成的任务点", 2)
        yield paragraph("未完成的任务点共 ", of(counts.points(), "short"), "，逐项说明如下：")
        yield Items(tuple(short_point(point, tasks.get((point.group, point.task))) for point in points), numbered=True)
    if rows:
        yield Heading("未达标的绩效指标", 2)
        yield paragraph("未达标的绩效指标共 ", of(counts.indicators(), "short"), "，逐项说明如下：")
        yield Items(tuple(short_indicator(each, snapshot.period.word) for each in rows), numbered=True)
    yield Heading("下一步措施", 2)
    yield _ahead(snapshot)


def _ahead(snapshot: Snapshot) -> Paragraph:
    """How many of what fell short have their reasons and measures, and how many still lack them."""
    whole, explained, untold = short_of(snapshot)
    rest = said("next.untold", n=untold.figure) if untold.members else ()
    after = ("。", *said("next.follow")) if explained.members else ()
    return paragraph(said("next.opening", n=whole.figure, told=explained.figure, untold=rest), after)
