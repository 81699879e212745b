"""说明: what the office is told beside a report and nobody else: what it was made from, what was passed over and why."""

from collections.abc import Iterator, Sequence

from taizhang.records import REPORTS, SECTIONS
from taizhang.reports.outline import Block, Column, Heading, Items, Outline, Table, row
from taizhang.reports.sentences import name_of, paragraph
from taizhang.reports.snapshot import Snapshot


def covernote(title: str, snapshot: Snapshot, obstacles: Sequence[str] = (), override: str = "") -> Outline:
    """The note for the office: not part of the report, and not to be handed in."""
    blocks = (
        *_origin(snapshot),
        *_passed_over(obstacles, override),
        *_missing(snapshot),
        *_guessed(snapshot),
        *_shared(snapshot),
    )
    return Outline(title=f"{title}：编制说明（仅供双高办）", blocks=blocks, snapshot=snapshot.sha256)


def _origin(snapshot: Snapshot) -> Iterator[Block]:
    yield Heading("数据来源", 1)
    day = f"{snapshot.taken_on.year} 年 {snapshot.taken_on.month} 月 {snapshot.taken_on.day} 日"
    yield paragraph(f"报告取自“{snapshot.origin}”于{day}的快照“{snapshot.name}”，校验值 {snapshot.sha256}")
    yield paragraph(
        f"快照含任务点 {len(snapshot.points)} 个、绩效指标 {len(snapshot.indicators)} 个、业务记录 {len(snapshot.records)} 条、"
        f"佐证材料 {len(snapshot.evidence)} 件；还有 {snapshot.unapproved} 项学校没有审过，报告里按未填报处理"
    )


def _passed_over(obstacles: Sequence[str], override: str) -> Iterator[Block]:
    if obstacles:
        yield Heading("未处理的事项", 1)
        yield paragraph("生成报告时有下列事项没有处理：")
        yield Items(tuple((each,) for each in obstacles), numbered=True)
        yield paragraph(f"仍要生成的理由：{override}")


def _missing(snapshot: Snapshot) -> Iterator[Block]:
    """What is short without a reason, and what is claimed without evidence."""
    points = [point for point in snapshot.points if point.is_done is not True and not point.reason]
    rows = [each for each in snapshot.indicators if each.is_met is not True and not each.reason]
    bare = [point for point in snapshot.points if point.is_done and not point.evidence]
    if points or rows:
        yield Heading("没有写明原因的未完成事项", 1)
        lines = [(name_of(point), point.plan) for point in points] + [(each.code, each.name) for each in rows]
        columns = (Column(("编号",), 1), Column(("内容",), 4))
        yield Table(caption="待补写原因的事项", columns=columns, rows=tuple(row(*line) for line in lines), series="")
    if bare and snapshot.evidence:
        yield Heading("没有佐证材料的已完成任务点", 1)
        columns = (Column(("编号",), 1), Column(("内容",), 4))
        lines = [(name_of(point), point.plan) for point in bare]
        yield Table(caption="待补佐证的任务点", columns=columns, rows=tuple(row(*line) for line in lines), series="")


def _guessed(snapshot: Snapshot) -> Iterator[Block]:
    """What stands where it does without a tag that says so, and what found no place: for the office to look at."""
    names = {(task.group, task.key): task.label for task in snapshot.tasks}
    lines: list[tuple[str, str, str]] = []
    for each in snapshot.records:
        tie = each.ties[0] if each.ties and not each.ties[0].why.startswith("标签") else None
        if tie is not None:
            lines.append((each.record.title, names.get((tie.group, tie.task), tie.task), tie.why))
        lines += [(each.record.title, _section(section), "没有标签，按线索归入") for section in each.guessed]
        if not each.sections and not each.ties:
            lines.append((each.record.title, "没有归入任何部分", "请加标签"))
    if lines:
        yield Heading("没有标签、由台账归入的业务记录", 1)
        columns = (Column(("业务记录",), 3), Column(("归入",), 2.5), Column(("依据",), 2.5))
        yield Table(caption="请核对归入是否恰当", columns=columns, rows=tuple(row(*line) for line in lines), series="")


def _section(section: str) -> str:
    report, _, key = section.partition("/")
    return f"{REPORTS[report]}：{SECTIONS[report][key]}"


def _shared(snapshot: Snapshot) -> Iterator[Block]:
    """Pieces that were given a house number that another has."""
    lines = [(each.number, each.title) for each in snapshot.evidence if "（E" in each.number]
    if lines:
        yield Heading("编号相同的佐证材料", 1)
        yield paragraph("下列材料与别的材料编号相同，报告和材料包里在编号后加了序号，请改正编号：")
        columns = (Column(("编号",), 1), Column(("材料",), 4))
        yield Table(caption="编号重复的佐证材料", columns=columns, rows=tuple(row(*line) for line in lines), series="")
