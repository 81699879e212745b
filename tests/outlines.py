"""An invented report with everything that an outline can hold, and outlines as hypothesis makes them up."""

from hypothesis import strategies as st

from taizhang.documents.docx.imprint import held
from taizhang.reports.outline import (
    Align,
    Cell,
    Column,
    Contents,
    Figure,
    Footnote,
    Heading,
    Items,
    Look,
    Manner,
    Mention,
    Outline,
    PageBreak,
    Paragraph,
    Table,
    TableList,
    Words,
    row,
)


def figure(code: str, what: str, text: str, year: int = 2024, form: str = "") -> Figure:
    names = {"actual": "实现值", "target": "目标值", "rate": "完成度"}
    return Figure(f"indicator:{code}:{what}@{year}", text, f"指标 {code} {year}年{names[what]}", form)


INDICATORS = Table(
    caption="产出指标（数量）完成情况",
    key="数量指标",
    unit="单位：见各行",
    columns=(
        Column(("三级指标",), 4, Align.LEFT),
        Column(("2024年", "目标值")),
        Column(("2024年", "实现值")),
        Column(("2024年", "完成度")),
        Column(("未完成原因",), 3, Align.LEFT),
    ),
    rows=(
        row(
            "1.1.1.1 新建实训基地（个）",
            figure("1.1.1.1", "target", "6"),
            figure("1.1.1.1", "actual", "7"),
            figure("1.1.1.1", "rate", "100%"),
            "",
        ),
        row(
            "1.1.1.2 省级在线课程（门）",
            figure("1.1.1.2", "target", "10"),
            figure("1.1.1.2", "actual", "8"),
            figure("1.1.1.2", "rate", "80%"),
            "2门课程的验收推迟到2025年3月",
        ),
    ),
    notes=(("注：完成度按封顶100%计算。",),),
)
POINTS = Table(
    caption="任务点完成情况",
    key="任务点",
    landscape=True,
    columns=(
        Column(("任务",), 2, Align.LEFT),
        Column(("子任务",), 2, Align.LEFT),
        Column(("2024年", "计划"), 4, Align.LEFT),
        Column(("2024年", "完成情况"), 4, Align.LEFT),
        Column(("完成度",)),
    ),
    rows=(
        row(
            Cell((("1 党的建设",),), rows=3),
            Cell((("1-1 组织建设",),), rows=2),
            "①新建样板支部2个",
            ("①建成样板支部", Figure("point:1-1:2024:1:count", "2", "任务点 1-1 2024① 数量"), "个"),
            "100%",
        ),
        row("②开展培训4场", "②开展培训4场\n③另开展专题培训1场", "100%"),
        row("1-2 文化建设", Cell((("本年度没有计划",),), columns=2, align=Align.CENTER), "—"),
    ),
)
FUNDS = Table(
    caption="资金到位与使用",
    unit="单位：万元",
    look=Look.THREE_LINE,
    totals=1,
    columns=(Column(("来源",), 2, Align.LEFT), Column(("预算",)), Column(("到位",)), Column(("到位率",))),
    rows=(
        row(
            "省级财政", Figure("fund:province:budget", "1,200.00"), Figure("fund:province:arrived", "1,200.00"), "100%"
        ),
        row("学校自筹", Figure("fund:own:budget", "300.50"), Figure("fund:own:arrived", "280.50"), "93.34%"),
        row("合计", Figure("fund:total:budget", "1,500.50"), Figure("fund:total:arrived", "1,480.50"), "98.67%"),
    ),
)
REPORT = Outline(
    title="云岭职业技术学院2024年度绩效自评报告",
    lines=("云岭职业技术学院", "二〇二五年一月"),
    snapshot="a" * 64,
    properties=(("报告类型", "年度自评"),),
    blocks=(
        Contents(),
        TableList(),
        Heading("总体情况"),
        Paragraph(
            (
                "本年度计划新建实训基地",
                figure("1.1.1.1", "target", "6"),
                "个，实际建成",
                figure("1.1.1.1", "actual", "7"),
                "个，详见",
                Mention("数量指标"),
                "。",
                Footnote("以学校验收文件为准。"),
            )
        ),
        Paragraph(("主要做法：",), Manner.LEAD),
        Items((("加强领导；",), ("落实责任；",), (Words("按月通报", bold=True), "。"))),
        Items((("第一项",), ("第二项",)), numbered=True),
        Heading("绩效目标完成情况", key="目标"),
        Heading("产出指标", 2),
        Heading("数量指标", 3),
        INDICATORS,
        Heading("任务点", 2),
        POINTS,
        Heading("资金情况", 2),
        Paragraph(("资金使用与", Mention("目标"), "一致。")),
        FUNDS,
        PageBreak(),
        Heading("存在问题"),
        Items((("课程验收滞后。",),), numbered=True),
        Heading("附件", numbered=False),
        Paragraph(("云岭职业技术学院",), Manner.SIGNATURE),
        Paragraph(("（盖章）",), Manner.CENTERED),
        Paragraph(("一切为了学生。",), Manner.QUOTE),
    ),
)

# Anything that may come out of a form: Chinese, signs of XML, full-width digits, control characters, lone surrogates.
ODD = st.text(st.characters() | st.sampled_from("台账<>&\"'０①—　\t\n\x00\x0b\ufffe\ud800"), max_size=12)
WORDS = st.text(st.sampled_from("新建实训基地课程门个①。《》（）<&>7"), min_size=1, max_size=10)


@st.composite
def tables(draw: st.DrawFn, texts: st.SearchStrategy[str] = ODD) -> Table:
    """A table with headers of one to three levels and cells merged every way."""
    columns = draw(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=7))
    height = draw(st.integers(1, 6))
    taken = [[False] * len(columns) for _ in range(height)]
    rows: list[tuple[Cell, ...]] = []
    for y in range(height):
        line: list[Cell] = []
        for x in range(len(columns)):
            if taken[y][x]:
                continue
            free = next((n for n in range(x, len(columns)) if taken[y][n]), len(columns)) - x
            across, down = draw(st.integers(1, min(free, 3))), draw(st.integers(1, min(height - y, 3)))
            for below in range(y, y + down):
                for beside in range(x, x + across):
                    taken[below][beside] = True
            paragraphs = draw(st.lists(texts, min_size=1, max_size=2))
            line.append(Cell(tuple((each,) for each in paragraphs), down, across))
        rows.append(tuple(line))
    return Table(
        caption=draw(WORDS),
        columns=tuple(Column(tuple(path)) for path in columns),
        rows=tuple(rows),
        look=draw(st.sampled_from(Look)),
        landscape=draw(st.booleans()),
    )


def said(table: Table) -> list[list[str]]:
    """Every place of a table, header and data, with the words of its cell, as a file can hold them."""
    head = Table(caption="", columns=table.columns, rows=tuple(table.header())).grid()
    return [[words(place[0]) if place else "" for place in line] for line in (*head, *table.grid())]


def words(of: Cell) -> str:
    """What a reader takes from a cell: empty lines below the words are none of its."""
    return "\n".join(held("".join(str(each) for each in runs)) for runs in of.paragraphs).rstrip("\n")
