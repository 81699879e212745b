"""An invented report of two tables and six findings on it, for every output to show."""

import pytest

from taizhang.checks.fingerprint import stamped
from taizhang.checks.result import Coverage, Result
from taizhang.core.finding import Finding, Kind, Related, Severity
from taizhang.core.source import Source
from taizhang.documents.blocks import Block, Cell, Document, Heading, Leftover, Paragraph, Piece, Role, Table

FILE = "云岭职业技术学院中期自评报告.txt"


class Lines:
    """Hands out cells and paragraphs as if each were written on the next line of a text file."""

    def __init__(self, file: str = FILE) -> None:
        self.file = file
        self.line = 0

    def pieces(self, text: str) -> tuple[Piece, ...]:
        self.line += 1
        cut = len(text) // 2 if len(text) > 30 else 0
        if not cut:
            return (Piece(0, Source(self.file, line=self.line, start=0)),)
        self.line += 1
        return (
            Piece(0, Source(self.file, line=self.line - 1, start=0)),
            Piece(cut, Source(self.file, line=self.line, start=2)),
        )

    def heading(self, text: str, level: int) -> Heading:
        return Heading(text, self.pieces(text), level)

    def paragraph(self, text: str, role: Role = Role.BODY) -> Paragraph:
        return Paragraph(text, self.pieces(text), role)

    def row(self, *texts: str) -> list[Cell]:
        self.line += 1
        cells, start = [], 0
        for text in texts:
            cells.append(Cell(text, (Piece(0, Source(self.file, line=self.line, start=start)),)))
            start += len(text) + 1
        return cells


def quantity_table(lines: Lines, label: Paragraph) -> Table:
    top = lines.row("类型", "三级指标", "目标值", "", "中期完成情况", "")
    low = lines.row("", "", "期满", "中期", "实现值", "完成度")
    top[3], top[5] = top[2], top[4]
    low[0], low[1] = top[0], top[1]
    rows = [
        lines.row("数量指标", "1.1.1 新建实训室（间）", "12", "6", "9", "100%"),
        lines.row("", "1.1.2 开展企业员工培训（人日）", "30,000", "15,000", "11,240", "100%"),
        lines.row("", "1.1.3 立项省级在线精品课程（门）", "8", "4", "6", "150%"),
        lines.row("质量指标", "1.2.1 省级教学成果奖（项）", "2", "1", "获校级教学成果奖3项", "100%"),
        lines.row("", "1.2.2 毕业生就业率（%）", "96", "95", "95.60", "101%"),
    ]
    rows[1][0] = rows[2][0] = rows[0][0]
    rows[4][0] = rows[3][0]
    return Table([top, low, *rows], 2, rows[0][0].at(), "2-1", "数量与质量指标完成情况表", label, index=1,
                 columns=("类型", "三级指标", "目标值/期满", "目标值/中期",
                          "中期完成情况/实现值", "中期完成情况/完成度"))  # fmt: skip


def points_table(lines: Lines, label: Paragraph) -> Table:
    header = lines.row("年度", "任务数", "完成数", "完成率")
    rows = [
        lines.row("2022年", "38", "38", "100%"),
        lines.row("2023年", "41", "40", "100%"),
        lines.row("合计", "78", "78", "100%"),
    ]
    return Table([header, *rows], 1, header[0].at(), "2-2", "任务点完成情况表", label, index=2,
                 columns=("年度", "任务数", "完成数", "完成率"))  # fmt: skip


def document() -> Document:
    lines = Lines()
    blocks: list[Block] = [
        lines.heading("一、建设成效", 1),
        lines.paragraph(
            "两年来，学校新建实训室10间，立项省级在线精品课程6门，开展企业员工培训11,240人日，毕业生就业率稳定在95%以上，社会服务能力明显增强。"
        ),
        lines.heading("（一）绩效指标完成情况", 2),
        label := lines.paragraph("表2-1 数量与质量指标完成情况表", Role.CAPTION),
        quantity_table(lines, label),
        lines.paragraph("注：培训按人日统计。"),
        lines.heading("（二）任务点完成情况", 2),
        second := lines.paragraph("表2-2 任务点完成情况表", Role.CAPTION),
        points_table(lines, second),
        lines.paragraph("学校将继续落实各项任务。<script>alert(1)</script> & “引号”"),
    ]
    return Document(FILE, "text", blocks, [Leftover("若干", "没有数字。", Source(FILE, line=3))])


def findings(report: Document) -> tuple[Finding, ...]:
    first, second = report.tables
    prose = report.blocks[1]
    assert isinstance(prose, Paragraph)
    start = prose.text.index("10间")
    cell = first.at(5, 4)
    trouble = Related(source=first.at(2, 4), text="9")
    return (
        Finding(code="TGT001", kind=Kind.BELOW_TARGET_CLAIMED_DONE, severity=Severity.ERROR,
                message="实现值 11,240 未达到中期目标 15,000，却填报完成度 100%。", source=first.at(3, 5), text="100%",
                table="2-1", row="1.1.2 开展企业员工培训（人日）", printed="100%", expected="74.9%",
                related=(Related(source=first.at(3, 4), text="11,240"),)),
        Finding(code="TGT003", kind=Kind.QUALITATIVE_FOR_QUANTITATIVE, severity=Severity.ERROR,
                message="目标是省级教学成果奖，填报的是校级成果，却作完成。", source=cell, text="获校级教学成果奖3项",
                table="2-1", row="1.2.1 省级教学成果奖（项）", printed="获校级教学成果奖3项", expected="省级 1 项"),
        Finding(code="ARI001", kind=Kind.SUM_MISMATCH, severity=Severity.ERROR,
                message="任务数的合计与各行之和不等：38 + 41 = 79。", source=second.at(3, 1), text="78",
                table="2-2", row="合计", printed="78", expected="79"),
        Finding(code="ARI004", kind=Kind.RATE_MISMATCH, severity=Severity.WARNING,
                message="完成率与 40 ÷ 41 不符。", source=second.at(2, 3), text="100%",
                table="2-2", row="2023年", printed="100%", expected="97.6%"),
        Finding(code="CON001", kind=Kind.CONTRADICTION, severity=Severity.WARNING,
                message="正文说新建实训室 10 间，表 2-1 是 9 间。", source=prose.at(start, start + 3), text="10间",
                printed="10间", expected="9间", related=(trouble,)),
        Finding(code="UNI002", kind=Kind.OVER_PRECISION, severity=Severity.INFO,
                message="同一列里小数位数不一致。", source=first.at(6, 4), text="95.60", table="2-1",
                row="1.2.2 毕业生就业率（%）"),
    )  # fmt: skip


@pytest.fixture
def report() -> Document:
    return document()


@pytest.fixture
def result() -> Result:
    """Six findings, one of each severity at least, in a table, in prose and in a total row."""
    report = document()
    coverage = Coverage(numbers=52, read=51, linked=9, checked=40)
    return Result(files=(FILE,), documents=(report,), findings=stamped(findings(report), [report]), coverage=coverage)


@pytest.fixture
def clean() -> Result:
    """The same report with nothing found."""
    coverage = Coverage(numbers=52, read=52, linked=9, checked=40)
    return Result(files=(FILE,), documents=(document(),), findings=(), coverage=coverage)
