from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Fragment, Piece
from taizhang.documents.logical import expand, header_rows, logical_table


def cell(text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(text, (Piece(0, Source("a.docx", paragraph=1)),), rows, columns)


def test_a_cell_that_spans_places_stands_in_each_of_them() -> None:
    grid = [[cell("甲", 2, 2), None, cell("乙")], [None, None, cell("丙")], [cell("丁"), cell("戊"), cell("己")]]
    rows = expand(grid)
    assert rows[0][0] is rows[0][1] is rows[1][0] is rows[1][1]
    assert [c.text for c in rows[2]] == ["丁", "戊", "己"]


def test_header_rows_follow_from_the_spans_of_the_first_row() -> None:
    grid = [
        [cell("指标", 2), cell("完成情况", 1, 2), None],
        [None, cell("目标"), cell("实现")],
        [cell("课程"), cell("3"), cell("4")],
    ]
    assert header_rows(expand(grid)) == 2
    table = logical_table([Fragment(grid, Source("a.docx"))], "")
    assert table.columns == ("指标", "完成情况/目标", "完成情况/实现")
    assert [[c.text for c in row] for row in table.body] == [["课程", "3", "4"]]


def test_a_header_of_two_rows_written_out_in_text_is_header() -> None:
    rows = [
        ["子任务", "2022年", "2022年", "2023年", "2023年"], ["子任务", "计划", "完成", "计划", "完成"],
        ["1.1 课程", "建设课程 3 门", "建成 3 门", "建设课程 4 门", "建成 4 门"],
    ]  # fmt: skip
    grid = [[cell(text) for text in row] for row in rows]
    table = logical_table([Fragment(grid, Source("a.txt"))], "")
    assert table.columns == ("子任务", "2022年/计划", "2022年/完成", "2023年/计划", "2023年/完成")
    assert len(table.body) == 1


def test_a_header_whose_merged_cells_were_lost_in_text_is_written_out() -> None:
    rows = [
        ["子任务", "2022年", "2023年"], ["计划", "完成", "计划", "完成"],
        ["1.1 课程", "建设课程 3 门", "建成 3 门", "建设课程 4 门", "建成 4 门"],
        ["1.2 教材", "编写教材 2 本", "编成 2 本", "编写教材 1 本", "编成 1 本"],
    ]  # fmt: skip
    grid = [[cell(text) for text in row] for row in rows]
    table = logical_table([Fragment(grid, Source("a.txt"))], "")
    assert table.columns == ("子任务", "2022年/计划", "2022年/完成", "2023年/计划", "2023年/完成")
    assert [row[0].text for row in table.body] == ["1.1 课程", "1.2 教材"]


def test_a_data_cell_merged_across_stands_once() -> None:
    grid = [[cell("序号"), cell("成果")], [cell("1"), cell("课程")], [cell("合计 1 项", 1, 2), None]]
    table = logical_table([Fragment(grid, Source("a.docx"))], "")
    assert [c.text for c in table.body[1]] == ["合计 1 项", ""]


def test_a_label_merged_downward_is_the_same_cell_in_each_row() -> None:
    grid = [[cell("任务"), cell("数")], [cell("党建", 2), cell("1")], [None, cell("2")]]
    table = logical_table([Fragment(grid, Source("a.docx"))], "")
    assert table.body[0][0] is table.body[1][0]


def test_columns_that_hold_nothing_are_dropped() -> None:
    grid = [[cell("成果"), cell("")], [cell("1. 课程"), cell("")]]
    assert logical_table([Fragment(grid, Source("a.docx"))], "").columns == ("成果",)
