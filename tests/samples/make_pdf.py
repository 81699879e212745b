"""Makes the PDF samples from invented text: Word files by python-docx, printed by LibreOffice.

Run it by hand (`python tests/samples/make_pdf.py`) where LibreOffice and a Chinese font are installed; the tests use
the files that it left here.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

HERE = Path(__file__).parent
FONT = "Noto Serif CJK SC"
TITLE = "云岭职业技术学院建设任务自评报告"
LOCK = ':{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"sesame"}}'
LONG = (
    "云岭职业技术学院坚持以评促建、以评促改，围绕区域先进制造业集群的用人需求调整专业布局，"
    "全年新增实训工位 320 个，改造智慧教室 46 间，与 27 家企业签订协同育人协议，"
    "学生参加企业实践 5,480 人次，专任教师到企业锻炼 312 人日，毕业生留在本地就业的比例由 61.5% 提高到 68.2%。"
)


def word_file() -> Word:
    """An empty Word file with a Chinese font, a running header and a page number."""
    word = Document()
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for level in range(1, 4):
        heading = word.styles[f"Heading {level}"]
        heading.font.name = FONT
        heading.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.header.paragraphs[0].text = TITLE
    section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = section.footer.paragraphs[0].add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text
        run._r.append(mark)
    return word


def body(word: Word, text: str) -> None:
    """A paragraph with its first line indented."""
    paragraph = word.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Pt(24)


def caption(word: Word, text: str) -> None:
    """A centred caption that stays with its table."""
    paragraph = word.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True


def table(word: Word, rows: list[list[str]], style: str | None = "Table Grid", *, header: int = 1) -> Table:
    """A table; the header rows are repeated on each page."""
    made = word.add_table(len(rows), len(rows[0]), style=style)
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            fill(cell, text)
    for row in made.rows[:header]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return made


def fill(cell: _Cell, text: str) -> None:
    """Text in the middle of a cell."""
    cell.text = text
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in cell.paragraphs[0].runs:
        run.font.size = Pt(10)


def borders(cell: _Cell, **sides: int) -> None:
    """Lines at the named sides of a cell, in eighths of a point; 0 for none."""
    properties = cell._tc.get_or_add_tcPr()
    element = OxmlElement("w:tcBorders")
    for side, width in sides.items():
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if width else "nil")
        line.set(qn("w:sz"), str(width))
        element.append(line)
    properties.append(element)


def merge(made: Table, first: tuple[int, int], last: tuple[int, int], text: str) -> _Cell:
    """Cells merged, with one text."""
    cell = made.cell(*first).merge(made.cell(*last))
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    fill(cell, text)
    return cell


def report() -> Word:
    """A report with the tables that give readers trouble."""
    word = word_file()
    word.add_heading("一、总体情况", 1)
    for _ in range(3):
        body(word, LONG)
    tasks(word)
    body(word, "上表所列任务均已按期完成。")
    satisfaction(word)
    word.add_heading("二、资金与成果", 1)
    body(word, LONG)
    funds(word)
    achievements(word)
    section = word.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    plans(word)
    for _ in range(6):
        body(word, LONG)
    training(word)
    return word


def tasks(word: Word) -> None:
    """A table that goes over the page, with a header of two levels and merged labels, one of them vertical."""
    caption(word, "表 1-1  人才培养任务完成情况表")
    rows = [["任务", "指标", "年度", "", "完成说明", "完成率"], ["", "", "目标", "实现", "", ""]]
    for number in range(1, 25):
        words = f"①制定第 {number} 批课程建设方案并组织论证；②与云岭职教集团共建实训基地 {number} 个"
        rows.append(["", f"1.{number} 精品在线课程（门）", str(2 * number), str(2 * number + 1), words, "100%"])
    made = table(word, rows, header=2)
    for column, text in ((0, "任务"), (1, "指标"), (4, "完成说明"), (5, "完成率")):
        merge(made, (0, column), (1, column), text)
    merge(made, (0, 2), (0, 3), "年度")
    merge(made, (2, 0), (5, 0), "课程资源建设与应用推广")
    merge(made, (6, 0), (20, 0), "产教融合协同育人平台建设")
    upright = merge(made, (21, 0), (25, 0), "教学质量")
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "tbRlV")
    upright._tc.get_or_add_tcPr().append(direction)


def satisfaction(word: Word) -> None:
    """A table with three rulings and no vertical ones, some cells wrapped."""
    caption(word, "表 1-2  满意度调查结果")
    rows = [
        ["序号", "调查对象", "满意度", "说明"],
        ["1", "在校生", "97.5%", "较上年提高 1.2 个百分点，样本覆盖全部二级学院和专业群，回收率达到九成以上"],
        ["2", "毕业生", "96.1%", "持平"],
        ["3", "用人单位", "95.8%", "略有下降，主要原因是反馈渠道调整，已列入下一年度整改清单"],
    ]
    made = table(word, rows, None)
    for row in (0, len(rows) - 1):
        for cell in made.rows[row].cells:
            borders(cell, **({"top": 12, "bottom": 6} if row == 0 else {"bottom": 12}))


def funds(word: Word) -> None:
    """A table without borders at the left and right, its unit between caption and header."""
    caption(word, "表 2-1  资金到位情况")
    note = word.add_paragraph("单位：万元")
    note.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    rows = [["来源", "预算", "到位"], ["中央财政", "1,000.00", "1,000.00"], ["地方财政", "800", "760.5"]]
    made = table(word, [*rows, ["合计", "1,800", "1,760.5"]])
    for row in made.rows:
        borders(row.cells[0], left=0)
        borders(row.cells[-1], right=0)


def achievements(word: Word) -> None:
    """A table with one column."""
    caption(word, "表 2-2  标志性成果")
    table(
        word, [["成果名称"], ["1. 国家级课程 3 门"], ["2. 省级教学成果奖 2 项，其中一等奖 1 项"], ["3. 教学团队 1 个"]]
    )


def plans(word: Word) -> None:
    """A wide table on a page of its own, rows numbered."""
    caption(word, "表 2-3  下一年度计划")
    rows = [["建设任务", "2025 年度计划", "2026 年度计划", "负责部门"]]
    rows += [
        [f"任务{n}", f"①建设课程 {n} 门", f"①建设课程 {2 * n} 门；②编写教材 {n} 部", "教务处"] for n in range(1, 5)
    ]
    table(word, rows)


def training(word: Word) -> None:
    """A table with rulings across only that goes over pages, its header not repeated, some rows torn."""
    caption(word, "表 2-4  各学院培训情况")
    late = "因实训设备采购延期，已调整到下一季度实施，并按规定在质量管理部门完成备案手续"
    rows = [["学院", "培训人次", "到款（万元）", "说明"]]
    rows += [[f"第{n}学院", str(37 * n), f"{1.5 * n:.2f}", "按期完成" if n % 3 else late] for n in range(1, 37)]
    made = table(word, rows, None, header=0)
    for row in (0, len(rows) - 1):
        for cell in made.rows[row].cells:
            borders(cell, **({"top": 12, "bottom": 6} if row == 0 else {"bottom": 12}))


def locked() -> Word:
    """A few words, to be printed with a password."""
    word = word_file()
    body(word, "这份文件有密码。")
    return word


def convert(word: Word, name: str, folder: Path, options: str = "") -> None:
    """Print a Word file into `folder`."""
    with tempfile.TemporaryDirectory() as work:
        source = Path(work) / f"{name}.docx"
        word.save(str(source))
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--convert-to"]
        command += [f"pdf:writer_pdf_Export{options}", "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    convert(report(), "report", out)
    convert(locked(), "locked", out, LOCK)
