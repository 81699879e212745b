"""Invented snapshots for tests of reports: a small one to read, and generated ones to state laws about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from taizhang.core.attainment import Cap, Goal, attained, plain, shown
from taizhang.documents import read
from taizhang.records import shelf
from taizhang.reports.digest import of_record
from taizhang.reports.outline import Figure, Heading, Items, Mention, Outline, Paragraph, Run, Table, numbered, targets
from taizhang.reports.snapshot import (
    Fund,
    Indicator,
    Period,
    PeriodKind,
    Point,
    Promised,
    Recorded,
    Result,
    Satisfaction,
    Snapshot,
    Tally,
    Task,
    Tie,
)

TAGGED = (
    ("training_programme", "对口支援", "西岭职业学校教师跟岗培训"),
    ("secondment", "对口支援", "派往西岭职业学校支教教师"),
    ("agreement", "对口支援", "结对帮扶西岭职业学校协议"),
    ("consortium", "东西协作", "东西部职教协作联盟"),
    ("volunteer_activity", "基础教育帮扶", "西岭小学科技支教"),
    ("project", "产教融合", "现场工程师培养项目"),
    ("agreement", "产教融合", "与云岭机床共建实训基地协议"),
    ("award", "产教融合", "产教融合典型案例奖"),
)
MIDTERM = Period(name="中期", kind=PeriodKind.CHECKPOINT, first_year=2022, last_year=2023)
GROUP = "山地农机技术专业群"


def small() -> Snapshot:
    """Two tasks and a group; one point postponed, one indicator short, both with their reasons."""
    return Snapshot(
        name="中期定稿", taken_on=date(2024, 3, 1), origin="台账", college="云岭职业技术学院",
        programme="省域高水平高职学校建设", first_year=2022, last_year=2025, period=MIDTERM,
        tasks=(
            Task(key="1", code="1", name="立德树人", heading="立德树人，筑牢根基"),
            Task(key="1-1", code="1-1", name="匠心育人行动，建设文化品牌", parent="1"),
            Task(key="2", code="2", name="校企双元育人"),
            Task(key=GROUP, name=GROUP, group=GROUP),
            Task(key="G-1", code="G-1", name="实训区建设", parent=GROUP, group=GROUP),
        ),
        points=(
            point("1-1", 2022, 1, "编写校史读本 1 册", "编印校史读本 1 册"),
            point("1-1", 2022, 2, "举办讲座 6 场", "举办讲座 8 场"),
            point("1-1", 2023, 1, "建成文化馆", "场馆改造延期。", rate="60%", state="延期", reason="承办方撤场，2024 年 9 月建成", is_done=False),
            point("2", 2022, 1, "开设订单班 2 个", "开设订单班 2 个"),
            point("G-1", 2023, 1, "建设播种机械实训区 1 处", "建成实训区 1 处", group=GROUP),
        ),
        indicators=(
            indicator("1.1.1.1", "订单班", "个", "数量", "2", 4, 2, 5),
            indicator("1.2.1.1", "省级教学成果奖", "项", "质量", "2", 4, 2, 1, reason="另 1 项在评审"),
            indicator("1.3.1", "任务完成度", "%", "时效", "", 95, 95, 96),
            indicator("2.1.1", "培训人日", "人日", "社会效益", "", 2000, 1000, 1500),
        ),
        results=(
            Result(ref="result/1", text="省级规划教材 1 本", task="2", level="省级"),
            Result(ref="result/2", text="获省级标志性成果 1 项", task="2", level="省级", is_total=True),
        ),
        funds=(
            Fund(ref="fund/1", name="省级财政", budget=Decimal(300), arrived=Decimal(300), spent=Decimal("285.5")),
            Fund(ref="fund/2", name="学校自筹", budget=Decimal(200), arrived=Decimal(190), spent=Decimal(180)),
        ),
        satisfaction=(Satisfaction(ref="satisfaction/1", who="在校生", rate="96.5%", sample="1200", surveyor="第三方", asked="2023 年 11 月"),),
    )  # fmt: skip


def point(
    task: str, year: int, ordinal: int, plan: str, done: str, *, rate: str = "100%", state: str = "", reason: str = "",
    is_done: bool | None = True, group: str = "",
) -> Point:  # fmt: skip
    """A task point by its place."""
    return Point(
        ref=f"point/{group}{task}/{year}/{ordinal}", task=task, year=year, ordinal=ordinal, plan=plan, done=done,
        rate=rate, state=state, reason=reason, is_done=is_done, group=group,
    )  # fmt: skip


def indicator(  # noqa: PLR0917 - one row of a table, in the order of its columns
    code: str, name: str, unit: str, category: str, task: str, end: int, goal: int, actual: int, *, reason: str = "", group: str = ""
) -> Indicator:  # fmt: skip
    """An indicator whose attainment is worked out, capped."""
    result = attained(Goal(Decimal(goal)), Decimal(actual))
    return Indicator(
        ref=f"indicator/{group}{code}", code=code, name=name, unit=unit, category=category, task=task, group=group,
        end=str(end), goal=str(goal), actual=str(actual), goal_number=Decimal(goal), number=Decimal(actual),
        rate=f"{plain(shown(result, Cap.CAPPED))}%", is_met=result.is_met, working=result.working, reason=reason,
    )  # fmt: skip


def sound() -> Snapshot:
    """The small one with nothing short."""
    told = small()
    points = tuple(
        replace(p, done="文化馆建成并开放", rate="100%", state="", reason="", is_done=True) if p.state else p
        for p in told.points
    )
    met = indicator("1.2.1.1", "省级教学成果奖", "项", "质量", "2", 4, 2, 2)
    return replace(
        told, points=points, indicators=tuple(met if row.code == met.code else row for row in told.indicators)
    )


def text_of(run: Run) -> str:
    """A run as it is read; a reference by its key."""
    return run if isinstance(run, str) else getattr(run, "text", "") or f"[{getattr(run, 'key', '')}]"


def prose(outline: Outline) -> str:
    """The paragraphs and lists of a report, one a line."""
    lines = []
    for block in outline.blocks:
        if isinstance(block, Paragraph):
            lines.append("".join(map(text_of, block.runs)))
        elif isinstance(block, Items):
            lines += ["".join(map(text_of, item)) for item in block.items]
    return "\n".join(lines)


def rows_of(table: Table) -> list[list[str]]:
    """The rows of a table as texts, merged cells filled downward."""
    return [
        ["".join(text_of(run) for part in cell.paragraphs for run in part) for cell, _ in line if cell]
        for line in table.grid()
        if line
    ]


def markdown(outline: Outline) -> str:
    """A report as people read it in a golden file; merged cells stand in each place they cover."""
    lines = [f"# {outline.title}", *outline.lines]
    numbers = {id(table): f"{series}{number}" for table, series, number in numbered(outline)}
    names = targets(outline)
    for block in outline.blocks:
        if isinstance(block, Heading):
            lines.append(f"{'#' * (block.level + 1)} {'' if block.numbered else '（无编号）'}{block.text}")
        elif isinstance(block, Paragraph):
            lines.append("".join(names[r.key] if isinstance(r, Mention) else text_of(r) for r in block.runs))
        elif isinstance(block, Items):
            lines += [f"{place}. {''.join(map(text_of, item))}" for place, item in enumerate(block.items, 1)]
        elif isinstance(block, Table):
            lines.append(f"{numbers[id(block)]} {block.caption}{f'（{block.unit}）' if block.unit else ''}")
            grid = [["/".join(column.path) for column in block.columns], ["---"] * len(block.columns), *rows_of(block)]
            lines.append("\n".join(f"| {' | '.join(line)} |" for line in grid))
    return "\n\n".join(lines) + "\n"


def assert_reads_back(outline: Outline, path: Path) -> None:
    """Number, caption, header and every cell of every table are read as they were meant."""
    found = read(path).tables
    meant = numbered(outline)
    assert [(t.number, t.caption) for t in found] == [
        (f"{series.removeprefix('表')}{n}", t.caption) for t, series, n in meant
    ]
    for table, (told, _, _) in zip(found, meant, strict=True):
        assert list(table.columns) == ["/".join(column.path) for column in told.columns]
        covered = {
            (y, x) for y, line in enumerate(told.grid()) for x, place in enumerate(line) if place and not place[1]
        }
        for y, (cells, line) in enumerate(zip(table.body, rows_of(told), strict=True)):
            wanted = [
                "" if (y, x) in covered and (y - 1, x) not in covered and line[x - 1 : x] == [text] and x else text
                for x, text in enumerate(line)
            ]
            assert [cell.text.strip() for cell in cells] == [text.strip() for text in wanted] or [
                cell.text.strip() for cell in cells
            ] == line


def figure_texts(figures: list[Figure]) -> dict[str, str]:
    """What each figure prints, by its key."""
    return {figure.key: figure.text for figure in figures}


WORD = st.text("培训课程基地项目平台教师学生建设服务", min_size=2, max_size=8)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Snapshots of all shapes: one year or several, groups or none, complete or short."""
    first = draw(st.integers(2020, 2023))
    last = first + draw(st.integers(0, 3))
    kind = PeriodKind.YEAR if first == last else draw(st.sampled_from([PeriodKind.CHECKPOINT, PeriodKind.END]))
    period = Period(name="期", kind=kind, first_year=first, last_year=last)
    tasks: list[Task] = []
    points: list[Point] = []
    rows: list[Indicator] = []
    groups = [f"{draw(WORD)}{number}专业群" for number in range(draw(st.integers(0, 2)))]
    for group in ["", *groups]:
        if group:
            tasks.append(Task(key=group, name=group, group=group))
        for number in range(1, draw(st.integers(1, 3)) + 1):
            code = f"{number}" if not group else f"G{groups.index(group)}-{number}"
            tasks.append(Task(key=code, code=code, name=draw(WORD), parent=group, group=group))
            points += draw(_points(code, group, period))
            for place in range(draw(st.integers(0, 3))):
                category = draw(st.sampled_from(["数量", "质量"]))
                goal, actual = draw(st.integers(1, 500)), draw(st.integers(0, 900))
                rows.append(
                    indicator(
                        f"{code}.{place + 1}", draw(WORD), "项", category, code, goal * 2, goal, actual, group=group
                    )
                )
    tallies = ()
    if not groups and draw(st.booleans()):
        tasks.append(Task(key="远方专业群", name="远方专业群", group="远方专业群"))
        tallies = (Tally(ref="tally/1", group="远方专业群", what="任务", total=9, done=draw(st.integers(0, 9))),)
    return Snapshot(
        name="生成的", taken_on=date(2024, 3, 1), origin="台账", college="云岭职业技术学院", period=period,
        tasks=tuple(tasks), points=tuple(points), indicators=tuple(rows), tallies=tallies,
    )  # fmt: skip


@st.composite
def _points(draw: st.DrawFn, task: str, group: str, period: Period) -> list[Point]:
    made = []
    for year in period.years:
        for ordinal in range(1, draw(st.integers(0, 3)) + 1):
            done = draw(st.booleans())
            rate = "100%" if done else f"{draw(st.integers(0, 99))}%"
            made.append(point(task, year, ordinal, draw(WORD), draw(WORD), rate=rate, is_done=done, group=group))
    return made


def tied(told: Snapshot) -> Snapshot:
    """The snapshot with records of several years and levels that belong to its tasks, and what the plan promised."""
    kind, project = shelf()["award"], shelf()["project"]
    ties = (Tie(task="1-1", why="指标“1.1.1.1 订单班”的公式"), Tie(task="2", why="标签“校企双元育人”"))
    rows = [
        replace(kind.example, id=f"T{n}", title=f"技能竞赛{name}", level=level, start=date(year, 6, 1), end=None)
        for n, (name, level, year) in enumerate(
            (("金奖", "国家级", 2022), ("银奖", "省级", 2022), ("铜奖", "省级", 2023))
        )
    ]
    asked = replace(project.example, id="T9", title="现代农机学徒制", state="applied", tags=())
    made = [of_record(f"record/t{n}", row, kind, ties[:1]) for n, row in enumerate(rows)]
    return replace(
        told, records=(*told.records, *made, of_record("record/t9", asked, project, ties[1:])),
        promises=(
            Promised(ref="landmark/1", name="省级教学团队", level="省级", said="已获得（省级）", is_kept=True, unit="教务处"),
            Promised(ref="landmark/2", name="国家级教材", level="国家级", said="实际是省级，低于承诺的国家级", unit="教务处"),
        ),
        results=(Result(ref="record/t0", text="技能竞赛金奖", task="1-1", level="国家级", why=ties[0].why),),
    )  # fmt: skip


def with_records(told: Snapshot) -> Snapshot:
    """The snapshot with the invented example of every shipped kind, and one that is only applied for."""
    rows = [
        of_record(f"record/{number}", replace(kind.example, id=f"R{number}"), kind)
        for number, kind in enumerate(shelf().values(), 1)
    ]
    kind = shelf()["project"]
    asked = replace(kind.example, id="R99", title="智慧果园示范项目", state="applied", tags=("强化产业发展科技支撑",))
    return replace(told, records=(*rows, *_tagged(), of_record("record/99", asked, kind)))


def _tagged() -> Iterator[Recorded]:
    """Records that a section shows for the tag they carry, which others of their kind do not."""
    for number, (key, tag, title) in enumerate(TAGGED, 101):
        kind = shelf()[key]
        yield of_record(f"record/{number}", replace(kind.example, id=f"R{number}", title=title, tags=(tag,)), kind)
