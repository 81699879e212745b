"""One invented report in many layouts: what it says, and how each program or person would set it."""

import html
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from taizhang.documents import Document, Heading, Table, read
from word_files import cell, par, row, table, write_docx

LEFT, UP = "<", "^"  # a place that the cell at the left, or above, covers
BAR = "|"

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Head:
    level: int
    text: str


@dataclass(frozen=True)
class Grid:
    number: str
    caption: str
    header: Rows
    rows: Rows
    unit: str | None = None
    note: str | None = None

    @property
    def columns(self) -> list[str]:
        """The header as it is flattened."""
        lines = spoken(self.header, across=True)
        return ["/".join(dict.fromkeys(filter(None, column))) for column in zip(*lines, strict=True)]


Block = Head | Grid | str

REPORT: tuple[Block, ...] = (
    Head(1, "一、总体情况"),
    "云岭职业技术学院2023年面向园区企业开展技术服务，全年服务企业96家，技术服务到款1286.5万元，满意度达到97.5%，按计划推进。",
    Head(2, "（一）数量指标"),
    Grid(
        "1", "2023年数量指标完成情况",
        [["一级指标", "三级指标", "目标值", "实现值", "完成率"]],
        [
            ["数量指标", "1.1.1 精品在线课程（门）", "20", "22", "110%"],
            [UP, "1.1.2 活页式教材（部）", "15", "15", "100%"],
            [UP, "1.1.3 省级教学团队（个）", "3", "2", "66.7%"],
            ["质量指标", "1.2.1 毕业生就业率", "≥96%", "96.8%", "100.8%"],
            [UP, "1.2.2 用人单位满意度", "95%", "97.5%", "102.6%"],
        ],
    ),
    Head(2, "（二）社会培训"),
    "本年度各单位培训的班次和人次都有增长，详见表2。",
    Grid(
        "2", "各单位培训情况",
        [["单位", "2022年", LEFT, "2023年", LEFT, "备注"], [UP, "班次", "人次", "班次", "人次", UP]],
        [
            ["机电工程学院", "12", "1830", "15", "2210", "含企业员工"],
            ["信息工程学院", "9", "1420", "11", "1765", "—"],
            ["经济管理学院", "8", "960", "10", "1320", ""],
            ["合计", "29", "4210", "36", "5295", ""],
        ],
    ),
    Head(1, "二、资金情况"),
    "建设期内共投入资金4200万元，其中省级财政资金2600万元，学校自筹资金1600万元，支出3980万元，执行率94.8%。",
    Grid(
        "3", "资金投入与支出情况",
        [["序号", "资金来源", "预算", "到位", "支出", "执行率"]],
        [
            ["1", "省级财政资金", "2,600.00", "2,600.00", "2,480.00", "95.4%"],
            ["2", "学校自筹资金", "1,600.00", "1,600.00", "1,500.00", "93.8%"],
            ["合计", LEFT, "4,200.00", "4,200.00", "3,980.00", "94.8%"],
        ],
        unit="万元", note="注：数据截至2023年12月31日。",
    ),
    Head(1, "三、任务完成情况"),
    Head(2, "（一）课程与师资"),
    Grid(
        "4", "任务点完成情况",
        [["任务", "年度", "计划内容", "完成情况", "完成率"]],
        [
            ["1-1 课程资源建设", "2023", "①建设精品在线课程8门", "①建成精品在线课程8门，其中省级3门；", "100%"],
            [UP, "2023", "②编写活页式教材5部", "②编写活页式教材5部，全部投入使用。", "100%"],
            ["1-2 师资队伍建设", "2023", "①选派教师到企业实践锻炼150人次", "①选派教师156人次到企业实践锻炼", "104%"],
            [UP, "2023", "②引进高层次人才10人", "②引进高层次人才9人，1人延至下年", "90%"],
        ],
    ),
    "下一步将对照任务书查找差距，对没有达到年度目标的指标逐项分析原因，明确责任部门和完成时限。",
)  # fmt: skip


_MORE = (
    (
        "学校把服务区域发展作为建设任务的重点，围绕先进制造、现代物流和康养三个方向调整专业布局，新增专业4个，停招专业2个，"
        "专业与产业的匹配度进一步提高。各二级学院对照任务书逐月登记进展，每季度由建设办公室抽查佐证材料，"
        "发现登记与材料不符的，当月改正并说明原因。全年抽查材料320份，改正27处。"
    ),
    (
        "在校企合作方面，学校与48家企业签订了合作协议，其中31家企业参与了人才培养方案的修订，22家企业接收学生顶岗实习，"
        "共接收学生1560人次。企业兼职教师授课5200学时，比上年增加640学时。"
    ),
    (
        "经费管理上，学校修订了专项资金管理办法，按项目设立台账，每月核对支出进度，年末对结余情况作出说明。"
        "审计部门对资金使用情况进行了检查，没有发现违规问题，提出的3条改进建议已经全部落实。"
    ),
)

LONG_REPORT: tuple[Block, ...] = tuple(
    each for block in REPORT for each in ((block, *_MORE) if isinstance(block, str) else (block,))
)
"""The same with as much prose as fills columns."""


def spoken(rows: Rows, *, across: bool = False) -> list[list[str]]:
    """Rows with merged cells filled downward, and `across` too."""
    out: list[list[str]] = []
    for texts in rows:
        line: list[str] = []
        for column, text in enumerate(texts):
            said = out[-1][column] if text == UP else (line[-1] if across else "") if text == LEFT else text
            line.append(said)
        out.append(line)
    return out


def bare(text: str | None) -> str:
    return "".join((text or "").split())


def told(blocks: Sequence[Block]) -> list[object]:
    """What a report says, whatever its layout: headings under headings, prose, and tables."""
    found: list[object] = []
    path: list[Head] = []
    for block in blocks:
        if isinstance(block, Head):
            path = [head for head in path if head.level < block.level]
            found.append(("heading", *(bare(head.text) for head in (*path, block))))
            path.append(block)
        elif isinstance(block, Grid):
            rows = [[bare(text) for text in row] for row in spoken(block.rows)]
            found.append((block.number, bare(block.caption), block.unit, list(map(bare, block.columns)), rows))
            if block.note:
                found.append(bare(block.note))
        else:
            found.append(bare(block))
    return found


def heard(document: Document) -> list[object]:
    """The same of a document that was read."""
    spoken_of = {id(paragraph) for paragraph in document.paragraphs}
    found: list[object] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(("heading", *map(bare, (*block.section, block.text))))
        elif isinstance(block, Table):
            rows = [[bare(cell.text) for cell in row] for row in block.body]
            found.append((block.number, bare(block.caption), block.unit, list(map(bare, block.columns)), rows))
        elif id(block) in spoken_of:
            found.append(bare(block.text))
    return found


def read_text(folder: Path, text: str, name: str = "报告.txt") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


# Tables in text


def plain(grid: Grid) -> list[list[str]]:
    return [["" if text in (LEFT, UP) else text for text in each] for each in (*grid.header, *grid.rows)]


def tabs(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in plain(grid)]


def pipes(grid: Grid) -> list[str]:
    first, *rest = [f"| {' | '.join(row)} |" for row in plain(grid)]
    return [first, BAR + "---|" * len(grid.columns), *rest]


def bare_pipes(grid: Grid) -> list[str]:
    first, *rest = [" | ".join(row) for row in plain(grid)]
    return [first, BAR.join(["---"] * len(grid.columns)), *rest]


def width(text: str, *, wide: bool = True) -> int:
    return sum(2 if wide and unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _widths(rows: Rows, *, wide: bool = True) -> list[int]:
    return [max(width(text, wide=wide) for text in column) for column in zip(*rows, strict=True)]


def aligned(grid: Grid, *, wide: bool = True, gap: int = 2) -> list[str]:
    """Columns held together by spaces, a Chinese character counted as two places or as one."""
    rows = plain(grid)
    widths = _widths(rows, wide=wide)
    return [
        (" " * gap).join(text + " " * (most - width(text, wide=wide)) for text, most in zip(row, widths, strict=True))
        for row in rows
    ]


def boxed(grid: Grid) -> list[str]:
    """A frame of box characters, a ruling under each row."""
    rows = plain(grid)
    widths = _widths(rows)
    ruling = "─┼─".join("─" * most for most in widths)
    lines = [
        "│ " + " │ ".join(text + " " * (most - width(text)) for text, most in zip(row, widths, strict=True)) + " │"
        for row in rows
    ]
    out = [f"┌─{ruling.replace('┼', '┬')}─┐"]
    for line in lines:
        out += [line, f"├─{ruling}─┤"]
    return [*out[:-1], f"└─{ruling.replace('┼', '┴')}─┘"]


def dashed(grid: Grid) -> list[str]:
    """A frame of plus and minus signs, a ruling under the header only."""
    rows = plain(grid)
    widths = _widths(rows)
    ruling = f"+{'+'.join('-' * (most + 2) for most in widths)}+"
    lines = [
        "| " + " | ".join(text + " " * (most - width(text)) for text, most in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    top = len(grid.header)
    return [ruling, *lines[:top], ruling, *lines[top:], ruling]


def tagged(grid: Grid) -> list[str]:
    """HTML on one line, as converters of PDF write it."""
    rows = [*grid.header, *grid.rows]
    out = "<html><body><table>"
    for place, texts in enumerate(rows):
        out += "<tr>"
        for column, text in enumerate(texts):
            if text in (LEFT, UP):
                continue
            wide = high = 1
            while column + wide < len(texts) and texts[column + wide] == LEFT:
                wide += 1
            while place + high < len(rows) and rows[place + high][column] == UP:
                high += 1
            out += f'<td rowspan="{high}" colspan={wide}>{html.escape(text)}</td>'
        out += "</tr>"
    return [f"{out}</table></body></html>"]


def tagged_lines(grid: Grid) -> list[str]:
    return tagged(grid)[0].replace("><", ">\n<").split("\n")


TABLES: dict[str, Callable[[Grid], list[str]]] = {
    "tabs": tabs,
    "pipes": pipes,
    "bare pipes": bare_pipes,
    "spaces": aligned,
    "spaces, characters counted": lambda grid: aligned(grid, wide=False, gap=3),
    "box characters": boxed,
    "plus and minus": dashed,
    "HTML": tagged,
    "HTML over lines": tagged_lines,
}


def text_of(
    drawn: Callable[[Grid], list[str]] = tabs,
    *,
    caption: str = "表{number} {caption}",
    below: bool = False,
    wrapped: int = 0,
    marked: bool = False,
    page: int = 0,
) -> str:
    """The report as text: captions `below` tables, lines `wrapped`, Markdown (`marked`), a page end after `page` lines."""
    lines: list[str] = []
    for block in REPORT:
        if isinstance(block, Head):
            lines += [f"{'#' * block.level} {block.text}", ""] if marked else [block.text]
        elif isinstance(block, Grid):
            name = caption.format(number=block.number, caption=block.caption)
            unit = [f"单位：{block.unit}"] if block.unit else []
            lines += [*unit, *drawn(block), "", name] if below else [name, *unit, "", *drawn(block)]
            lines += ["", *([block.note, ""] if block.note else [])]
        else:
            step = wrapped or len(block)
            lines += [*(block[start : start + step] for start in range(0, len(block), step)), *([""] if marked else [])]
    if page:
        for number, start in enumerate(range(page, len(lines), page), 1):
            lines[start - 1] += f"\n\n— {number} —\n\n云岭职业技术学院自评报告\n"
    return "\n".join(lines) + "\n"


# The report in Word


def word_of(
    folder: Path,
    *,
    heads: str = "styles",
    caption: str = "above",
    cut: bool = False,
    line_ends: bool = False,
    blocks: Sequence[Block] = REPORT,
) -> Document:
    """The report as Word file.

    `heads` are "styles", "typed", or "counted" by Word; `caption` is "above", "below", "inside" the first row or in a
    "box"; tables `cut` by an empty paragraph below their second row; `line_ends` inside cells.
    """
    path = write_docx(
        folder / "报告.docx", "".join(_word(blocks, heads, caption, cut, line_ends)), **_STYLES, **_NUMBERING
    )
    return read(path)


_STYLES = {
    "styles": "".join(
        f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2, 3)
    )
}
_FORMS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
_NUMBERING = {
    "numbering": '<w:abstractNum w:abstractNumId="1">'
    + "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(_FORMS)
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
}


def _word(blocks: Sequence[Block], heads: str, caption: str, cut: bool, line_ends: bool) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield par(block)
        elif isinstance(block, Head):
            place = f'<w:numPr><w:ilvl w:val="{block.level - 1}"/><w:numId w:val="1"/></w:numPr>'
            words = block.text[block.text.index("、" if block.level == 1 else "）") + 1 :]
            yield {
                "styles": par(block.text, style=f"H{block.level}"),
                "typed": par(block.text),
                "counted": par(words, properties=place),
            }[heads]
        else:
            yield from _word_table(block, caption, cut, line_ends)


def _word_table(grid: Grid, caption: str, cut: bool, line_ends: bool) -> Iterator[str]:
    name = f"表{grid.number} {grid.caption}"
    unit = f"单位：{grid.unit}" if grid.unit else ""
    every = [*grid.header, *grid.rows]
    rows = [_word_row(texts, place, every, line_ends) for place, texts in enumerate(every)]
    wide = f'<w:gridSpan w:val="{len(grid.columns)}"/>'
    inside = [row(cell(par(text), properties=wide)) for text in (name, unit) if text] if caption == "inside" else []
    boxed = f"<w:r><w:pict><v:textbox><w:txbxContent>{par(name)}</w:txbxContent></v:textbox></w:pict></w:r>"
    yield {"above": par(name), "box": par(boxed)}.get(caption, "")
    yield par(unit) if unit and caption != "inside" else ""
    below = [row(cell(par(grid.note), properties=wide))] if grid.note and caption == "inside" else []
    top = len(grid.header) + 2
    yield table(*inside, *rows[:top]) + par() + table(*rows[top:], *below) if cut else table(*inside, *rows, *below)
    yield par(name) if caption == "below" else ""
    yield par(grid.note) if grid.note and not below else ""


def _word_row(texts: Sequence[str], place: int, rows: Rows, line_ends: bool) -> str:
    cells = []
    for column, text in enumerate(texts):
        if text == LEFT:
            continue
        wide = 1
        while column + wide < len(texts) and texts[column + wide] == LEFT:
            wide += 1
        starts = place + 1 < len(rows) and rows[place + 1][column] == UP
        merge = "<w:vMerge/>" if text == UP else '<w:vMerge w:val="restart"/>' if starts else ""
        words = "" if text == UP else text
        half = len(words) // 2
        inner = par(words[:half], "<w:r><w:br/></w:r>", words[half:]) if line_ends and half > 2 else par(words)
        cells.append(cell(inner, properties=f'<w:gridSpan w:val="{wide}"/>{merge}'))
    return row(*cells)
