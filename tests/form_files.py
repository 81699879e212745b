"""Self-evaluation forms with merged cells, written as Word, Excel and text files."""

from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl

Span = tuple[str, int, int]  # text, columns, rows
Layout = Sequence[Sequence[Span | str]]

HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")

# The ministry's form: labels left of their values, three blocks one below the other.
MINISTRY: Layout = [
    [("项目名称", 2, 1), ("双师队伍建设", 8, 1)],
    [("主管部门", 2, 1), ("云岭省教育厅", 3, 1), ("实施单位", 2, 1), ("云岭职业技术学院", 3, 1)],
    [("项目资金（万元）", 2, 4), ("", 2, 1), "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [("年度资金总额", 2, 1), "500", "520", "494", "10", "95%", "9.5"],
    [("其中：当年财政拨款", 2, 1), "420", "440", "418", "—", "95%", "—"],
    [("上年结转资金", 2, 1), "80", "80", "76", "—", "95%", "—"],
    [("年度总体目标", 1, 2), ("预期目标", 4, 1), ("实际完成情况", 5, 1)],
    [("建成一支结构合理的双师队伍", 4, 1), ("已建成", 5, 1)],
    [("绩效指标", 1, 6), *HEAD, ("偏差原因分析及改进措施", 2, 1)],
    [("产出指标（50分）", 1, 3), ("数量指标", 1, 2), "培训教师（人次）", "≥300", "310", "20", "20", ("", 2, 1)],
    ["引进博士（人）", "10", "8", "10", "8", ("受编制所限", 2, 1)],
    ["质量指标", "双师型教师占比", "≥80%", "82%", "20", "20", ("", 2, 1)],
    ["效益指标（30分）", "社会效益指标", "教学能力", "明显提升", "达成年度指标", "30", "28", ("", 2, 1)],
    ["满意度指标（10分）", "服务对象满意度", "教师满意度", "≥90%", "95%", "10", "10", ("", 2, 1)],
    [("总分", 6, 1), "100", "95.5", ("", 2, 1)],
]  # fmt: skip
# A province's: sign and unit in columns of their own, the funds block above without a label of its own.
PROVINCE: Layout = [
    [("项目名称", 2, 1), ("双师队伍建设", 7, 1)],
    [("预算执行情况", 1, 3), "", "年初预算数", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"],
    ["总额", "500", "520", "494", "95%", "10", "9.5", ""],
    ["其中：财政资金", "420", "440", "418", "95%", "/", "/", "/"],
    ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分"],
    [("产出指标", 1, 3), ("数量指标", 1, 2), "培训教师", "≥", "300", "人次", "310", "20", "20"],
    ["引进博士", "≥", "10", "人", "8", "10", "8"],
    ["质量指标", "双师型教师占比", "≥", "80", "%", "82", "20", "20"],
    ["效益指标", "社会效益指标", "教学能力", "定性", "高中低", "", "达成年度指标", "30", "28"],
    ["满意度指标", "服务对象满意度", "教师满意度", "≥", "90", "%", "95", "10", "10"],
    [("合计", 7, 1), "100", "95.5"],
]  # fmt: skip
# A college's own: one header row, the weight of each level in the column behind it.
COLLEGE: Layout = [
    ["一级指标", "权重", "二级指标", "权重", "三级指标", "分值", "指标值", "完成值", "自评得分", "备注"],
    [("产出", 1, 3), ("50", 1, 3), ("数量", 1, 2), ("30", 1, 2), "培训教师（人次）", "20", "≥300", "310", "20", ""],
    ["引进博士（人）", "10", "10", "8", "8", ""],
    ["质量", "20", "双师型教师占比", "20", "≥80%", "82%", "20", ""],
    ["效益", "30", "社会效益", "30", "教学能力", "30", "明显提升", "达成年度指标", "28", ""],
    ["满意度", "10", "服务对象", "10", "教师满意度", "10", "≥90%", "95%", "10", ""],
    ["执行", "10", "预算执行", "10", "预算执行率", "10", "100%", "95%", "9.5", ""],
    [("总分", 5, 1), "100", ("", 2, 1), "95.5", ""],
]  # fmt: skip

# Another province's: the label of each block left of it, a column of row labels that is headed as if it held amounts.
LABELLED: Layout = [
    [("项目名称", 2, 1), ("双师队伍建设", 9, 1)],
    [("主管部门", 2, 1), ("云岭省教育厅", 3, 1), ("实施单位（盖章）", 2, 1), ("云岭职业技术学院", 4, 1)],
    [("预算执行情况（10分）", 1, 4), "年度预算数（万元）", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", ("原因", 3, 1)],
    ["总额", "500.00", "520.00", "494.00", "95.00%", "10", "9.5", ("", 3, 1)],
    ["其中：财政资金", "420.00", "440.00", "418.00", "95.00%", "/", "/", ("", 3, 1)],
    ["单位资金", "80.00", "80.00", "76.00", "95.00%", "/", "/", ("", 3, 1)],
    [("绩效指标（90分）", 1, 6), "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"],
    [("产出指标", 1, 3), ("数量指标", 1, 2), "培训教师", "≥", "300", "人次", "310", "20", "20", ""],
    ["引进博士", "≥", "10", "人", "8", "10", "8", "受编制所限"],
    ["质量指标", "双师型教师占比", "≥", "80", "%", "82", "20", "20", ""],
    ["效益指标", "社会效益指标", "教学能力", "定性", "高中低", "", "达成年度指标", "30", "28", "成果尚待推广"],
    ["满意度指标", "服务对象满意度指标", "教师满意度", "≥", "90", "%", "95", "10", "10", ""],
    [("合计", 8, 1), "100", "95.5", ""],
]  # fmt: skip
# Of transferred funds: rates and reasons, no weights and no scores.
TRANSFERRED: Layout = [
    [("转移支付（项目）名称", 2, 1), ("双师队伍建设", 5, 1)],
    [("资金投入情况（万元）", 1, 4), ("", 2, 1), "全年预算数（A）", "全年执行数（B）", ("预算执行率（B/A×100%）", 2, 1)],
    [("年度资金总额：", 2, 1), "520", "494", ("95%", 2, 1)],
    [("其中：中央财政资金", 2, 1), "440", "418", ("95%", 2, 1)],
    [("地方资金", 2, 1), "80", "76", ("95%", 2, 1)],
    [("绩效指标", 1, 6), "一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"],
    [("产出指标", 1, 3), ("数量指标", 1, 2), "培训教师", "≥300人次", "310人次", ""],
    ["引进博士", "≥10人", "8人", "受编制所限"],
    ["质量指标", "双师型教师占比", "≥80%", "82%", ""],
    ["效益指标", "社会效益指标", "教学能力", "明显提升", "达成年度指标", ""],
    ["满意度指标", "服务对象满意度指标", "教师满意度", "≥90%", "95%", ""],
]  # fmt: skip
# A third one's: both values called 实现值, the weight told in per cent.
EXPECTED: Layout = [
    ["一级指标", "二级指标", "三级指标", "预期实现值", "实际实现值", "权重（%）", "自评分", "未达标原因"],
    [("产出指标", 1, 3), ("数量指标", 1, 2), "培训教师", "300人次", "310人次", "20", "20", ""],
    ["引进博士", "10人", "8人", "10", "8", "受编制所限"],
    ["质量指标", "双师型教师占比", "80%", "82%", "20", "20", ""],
    ["效益指标", "社会效益", "教学能力", "明显提升", "达成年度指标", "30", "28", "成果尚待推广"],
    ["满意度指标", "服务对象满意度", "教师满意度", "90%", "95%", "20", "20", ""],
    [("合计", 5, 1), "100", "96", ""],
]  # fmt: skip
# Of a whole unit: its spending one row without a label, the weight of that in the block's own label.
WHOLE_UNIT: Layout = [
    [("部门名称", 2, 1), ("云岭职业技术学院", 7, 1)],
    [("年度预算执行（10分）", 1, 2), ("预算数（万元）", 2, 1), ("执行数（万元）", 2, 1), ("执行率", 2, 1), ("得分", 2, 1)],
    [("520", 2, 1), ("494", 2, 1), ("95%", 2, 1), ("9.5", 2, 1)],
    [("绩效指标", 1, 6), "一级指标", "二级指标", "三级指标", "目标值", "完成值", "分值", "得分", "偏差原因"],
    [("产出指标（50分）", 1, 3), ("数量指标", 1, 2), "培训教师", "≥300人次", "310人次", "20", "20", ""],
    ["引进博士", "≥10人", "8人", "10", "8", "受编制所限"],
    ["质量指标", "双师型教师占比", "≥80%", "82%", "20", "20", ""],
    ["效益指标（30分）", "社会效益", "教学能力", "明显提升", "达成年度指标", "30", "28", "成果尚待推广"],
    ["满意度指标（10分）", "满意度", "教师满意度", "≥90%", "95%", "10", "10", ""],
    [("总分", 6, 1), "100", "95.5", ""],
]  # fmt: skip


def placed(layout: Layout) -> list[tuple[int, int, Span]]:
    """Row, column and span of each cell, those that spans from above cover left out."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(layout):
        column = 0
        for cell in cells:
            span = (cell, 1, 1) if isinstance(cell, str) else cell
            while (row, column) in taken:
                column += 1
            found.append((row, column, span))
            taken |= {(row + down, column + across) for down in range(span[2]) for across in range(span[1])}
            column += span[1]
    return found


def write(path: Path, layout: Layout) -> Path:
    """The form as a file of the kind that the path's suffix says."""
    cells = placed(layout)
    size = len(layout), max(column + span[1] for _, column, span in cells)
    {".docx": _word, ".xlsx": _excel, ".txt": _text}[path.suffix](path, cells, size)
    return path


def _word(path: Path, cells: list[tuple[int, int, Span]], size: tuple[int, int]) -> None:
    document = docx.Document()
    document.add_paragraph("项目支出绩效自评表")
    table = document.add_table(*size)
    for row, column, (text, wide, deep) in cells:
        cell = table.cell(row, column)
        if wide > 1 or deep > 1:
            cell = cell.merge(table.cell(row + deep - 1, column + wide - 1))
        cell.text = text
    document.save(str(path))


def _excel(path: Path, cells: list[tuple[int, int, Span]], _: tuple[int, int]) -> None:
    write_sheets(path, {"自评表": cells})


def write_sheets(path: Path, sheets: dict[str, list[tuple[int, int, Span]]]) -> Path:
    """A workbook of several sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        for row, column, (text, wide, deep) in cells:
            sheet.cell(row + 1, column + 1, text)
            if wide > 1 or deep > 1:
                sheet.merge_cells(None, row + 1, column + 1, row + deep, column + wide)
    book.save(path)
    return path


def write_torn(path: Path, layout: Layout) -> Path:
    """The form as text out of a web page: a cell stands once, and nothing where it is merged over."""
    lines: dict[int, list[str]] = {}
    for row, _, (text, _, _) in placed(layout):
        lines.setdefault(row, []).append(text)
    rows = "\n".join(f"| {' | '.join(line)} |" for line in lines.values())
    path.write_text(f"项目支出绩效自评表\n\n{rows}\n", encoding="utf-8")
    return path


def _text(path: Path, cells: list[tuple[int, int, Span]], size: tuple[int, int]) -> None:
    grid = [[""] * size[1] for _ in range(size[0])]
    for row, column, (text, _, _) in cells:
        grid[row][column] = text
    path.write_text("项目支出绩效自评表\n\n" + "\n".join("\t".join(line) for line in grid) + "\n", encoding="utf-8")
