"""问题清单 and 诊断报告: what fell short and what to look at, item by item, from a snapshot."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.core.attainment import plain
from taizhang.reports.counts import Counts, root_of, unmet
from taizhang.reports.outline import Align, Block, Column, Content, Heading, Outline, Table, row
from taizhang.reports.sentences import of, outcome, paragraph, shown, told
from taizhang.reports.sentences import ordinal as circled
from taizhang.reports.snapshot import Indicator, Point, Snapshot

_NOTHING = "--"
_FAR_ABOVE = Decimal(130)  # per cent: above it the rules ask for a reason (SCO009, TGT013)


def issues(snapshot: Snapshot) -> Outline:
    """问题清单: every point that is not done and every indicator that fell short, with its reason."""
    find = root_of(snapshot)
    points = [point for point in snapshot.points if point.is_done is not True]
    rows = list(unmet(snapshot.indicators))
    lines: list[tuple[Content, ...]] = []
    for point in points:
        task = find(point.task, point.group)
        lines.append(("任务点", task.label if task else point.task, _plan(point), _state(point), _reason(point)))
    for each in rows:
        task = find(each.task, each.group)
        lines.append(("绩效指标", task.label if task else "学校层面", each.title, _value(each, snapshot), _why(each)))
    blocks: list[Block] = [Heading("问题清单", 1)]
    if lines:
        blocks.append(paragraph(f"{snapshot.period.whole}没有完成的事项共 {len(lines)} 项"))
        names = (("序号", 0.5), ("类别", 0.8), ("建设任务", 1.6), ("事项", 3), ("现状", 2), ("原因和措施", 2.5))
        columns = tuple(Column((name,), width, Align.LEFT if width > 1 else Align.CENTER) for name, width in names)
        numbered = tuple(row(str(number), *line) for number, line in enumerate(lines, 1))
        blocks.append(Table(caption="问题清单", columns=columns, rows=numbered, series="", landscape=True))
    else:
        blocks.append(paragraph(f"{snapshot.period.whole}没有未完成的事项"))
    return Outline(
        title=f"{snapshot.college}{snapshot.period.whole}问题清单", blocks=tuple(blocks), snapshot=snapshot.sha256
    )


def diagnosis(snapshot: Snapshot) -> Outline:
    """诊断报告: task by task and group by group where things stand, and what an assessor would ask about."""
    blocks = (*_by_task(snapshot), *_behind(snapshot), *_far_above(snapshot), *_without_evidence(snapshot))
    title = f"{snapshot.college}{snapshot.period.whole}诊断报告"
    return Outline(title=title, blocks=blocks, snapshot=snapshot.sha256)


def _by_task(snapshot: Snapshot) -> Iterator[Block]:
    counts = Counts(snapshot)
    points, indicators = counts.points(), counts.indicators()
    yield Heading("总体判断", 1)
    if points.total:
        yield paragraph("任务点共 ", of(points, "total"), "；", outcome(points))
    if indicators.total:
        yield paragraph("绩效指标共 ", of(indicators, "total"), "；", outcome(indicators, "达标"))
    lines = []
    for task in (*snapshot.roots(), *snapshot.groups()):
        both = counts.points_of(task), counts.indicators_of(task)
        if any(count.total for count in both):
            short = sum(count.short for count in both)
            parts = [part for count in both for part in (count.figure("total"), count.figure("rate"))]
            lines.append(row(task.label, *parts, f"{short} 项未完成" if short else "正常"))
    names = ("层面", "任务点数", "任务点完成率", "指标数", "指标达标率", "判断")
    columns = tuple(Column((name,), 3 if name == "层面" else 1) for name in names)
    if lines:
        yield Table(caption="各任务和专业群完成情况诊断表", columns=columns, rows=tuple(lines), key="by-task")


def _behind(snapshot: Snapshot) -> Iterator[Block]:
    """The indicators farthest below their targets."""
    rows = [
        (each, ratio) for each in snapshot.indicators if each.is_met is False and (ratio := _ratio(each)) is not None
    ]
    yield Heading("差距", 1)
    if not rows:
        yield paragraph("没有可以比较而未达标的绩效指标")
        return
    rows.sort(key=lambda pair: pair[1])
    columns = tuple(
        Column((name,), 3 if name in {"指标", "原因"} else 1) for name in ("指标", "目标值", "实现值", "完成率", "原因")
    )
    lines = tuple(
        row(each.title, shown(each, "goal"), shown(each, "actual"), shown(each, "rate"), _why(each)) for each, _ in rows
    )
    yield Table(caption="未达标指标差距表", columns=columns, rows=lines, key="behind")


def _far_above(snapshot: Snapshot) -> Iterator[Block]:
    rows = [
        (each, ratio) for each in snapshot.indicators if (ratio := _ratio(each)) is not None and ratio >= _FAR_ABOVE
    ]
    if rows:
        yield Heading("超额", 1)
        yield paragraph(f"实现值达到目标值 {plain(_FAR_ABOVE)}% 以上的指标，要说明目标是否偏低")
        columns = tuple(
            Column((name,), 3 if name == "指标" else 1) for name in ("指标", "目标值", "实现值", "实现值与目标值之比")
        )
        lines = tuple(
            row(each.title, shown(each, "goal"), shown(each, "actual"), f"{plain(ratio.quantize(Decimal('0.01')))}%")
            for each, ratio in rows
        )
        yield Table(caption="超额较多的指标", columns=columns, rows=lines, key="above")


def _without_evidence(snapshot: Snapshot) -> Iterator[Block]:
    points = [point for point in snapshot.points if point.is_done and not point.evidence]
    if snapshot.evidence and points:
        yield Heading("佐证", 1)
        yield paragraph(f"完成而没有引用佐证材料的任务点 {len(points)} 个")
        columns = (Column(("任务点",), 1), Column(("计划",), 3, Align.LEFT))
        lines = tuple(row(f"{point.task} {point.year}{circled(point.ordinal)}", _plan(point)) for point in points)
        yield Table(caption="没有佐证的任务点", columns=columns, rows=lines, key="evidence")


def _ratio(row_: Indicator) -> Decimal | None:
    if row_.goal_number is None or row_.number is None or row_.goal_number <= 0:
        return None
    return row_.number / row_.goal_number * 100


def _plan(point: Point) -> Content:
    return (f"{point.year} 年{circled(point.ordinal)}", told(point, "plan"))


def _state(point: Point) -> Content:
    if point.done:
        return told(point, "done")
    return "没有填报"


def _reason(point: Point) -> Content:
    return told(point, "reason") if point.reason else _NOTHING


def _value(each: Indicator, snapshot: Snapshot) -> Content:
    if not each.actual:
        return "没有填报"
    return (
        (f"{snapshot.period.word}目标值 ", shown(each, "goal"), "，实现值 ", shown(each, "actual"))
        if each.goal
        else shown(each, "actual")
    )


def _why(each: Indicator) -> Content:
    return shown(each, "reason") if each.reason else _NOTHING
