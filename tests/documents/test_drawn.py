"""What is drawn with lines of characters is read as the person who drew it meant it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents import read
from taizhang.documents.drawn import Box, drawn, is_part

WORDS = st.sampled_from(["来源", "中央财政", "1200", "-", "3+2", "", "已完成 12 个", "98.5%", "A|B"])
MERGED = """\
┌──┬───────┬──┐
│来源  │金额（万元）      │合计  │
│      ├───┬───┤      │
│      │2022年│2023年│      │
├──┼───┼───┼──┤
│中央  │1200  │1300  │2500  │
│省级  │800   │900   │1700  │
├──┴───┼───┼──┤
│合计          │2200  │4200  │
└──────┴───┴──┘"""
LABELLED = """\
+------+------+------+----------+
| 一级 | 二级 | 目标 | 完成情况 |
+======+======+======+==========+
|      | 数量 |   10 | 已完成 1 |
|      |      |      | 2 个     |
| 产出 +------+------+----------+
|      | 质量 |   20 | 18       |
+------+------+------+----------+
| 满意 | 学生 |   90 | 95       |
+------+------+------+----------+"""


def cells(text: str) -> list[list[str]]:
    """The grid of a drawing, each cell's words where it begins."""
    found = drawn(list(enumerate(text.splitlines())))
    assert found is not None
    rows, columns, boxes = found
    grid = [[""] * columns for _ in range(rows)]
    for box in boxes:
        grid[box.row][box.column] = "".join(words.strip() for _, _, words in box.words)
    return grid


@given(
    st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=2)),
    st.integers(6, 12),
)
def test_what_is_drawn_line_by_line_is_read_cell_by_cell(rows, width):
    across = ["─" * width] * len(rows[0])
    drawing = [f"┌{'┬'.join(across)}┐"]
    for row in rows:
        drawing += [f"│{'│'.join(cell.ljust(width) for cell in row)}│", f"├{'┼'.join(across)}┤"]
    drawing[-1] = f"└{'┴'.join(across)}┘"
    assert cells("\n".join(drawing)) == rows


@given(st.lists(st.lists(st.integers(0, 99999), min_size=2, max_size=3), min_size=2, max_size=6), st.data())
def test_figures_below_each_other_never_become_one(figures, data):
    rows = [[str(value) for value in (*row, 7, 8)[:3]] for row in figures]
    drawing = ["┌┬┬┐", "│甲│乙│丙│", "├┼┼┤"]
    drawing[0], drawing[2] = "┌──┬──┬──┐", "├──┼──┼──┤"
    for row in rows:
        drawing.append(f"│{'│'.join(row)}│")
        if data.draw(st.booleans()):
            drawing.append(drawing[2])
    assert cells("\n".join([*drawing, "└──┴──┴──┘"]))[1:] == rows


def test_merged_cells_span_what_their_corners_say(tmp_path: Path):
    (tmp_path / "a.txt").write_text(f"表1 资金\n{MERGED}\n", encoding="utf-8")
    (table,) = read(tmp_path / "a.txt").tables
    assert [" ".join(cell.text for cell in row) for row in table.rows[-3:]] == [
        "中央 1200 1300 2500", "省级 800 900 1700", "合计  2200 4200",
    ]  # fmt: skip
    assert table.columns == ("来源", "金额（万元）/2022年", "金额（万元）/2023年", "合计")


def test_a_label_in_the_middle_of_its_rows_belongs_to_all_of_them(tmp_path: Path):
    assert is_part("| 产出 +------+------+----------+")
    (tmp_path / "a.txt").write_text(f"表1 指标\n\n{LABELLED}\n", encoding="utf-8")
    (table,) = read(tmp_path / "a.txt").tables
    assert [[cell.text for cell in row] for row in table.rows[-3:]] == [
        ["产出", "数量", "10", "已完成 12 个"], ["产出", "质量", "20", "18"], ["满意", "学生", "90", "95"],
    ]  # fmt: skip


def test_two_tables_without_a_line_between_are_two(tmp_path: Path):
    one = "┌──┬──┐\n│项目│数量│\n├──┼──┤\n│基地│12  │\n└──┴──┘"
    other = one.replace("项目", "名称").replace("┬", "┬──┬", 1).replace("│\n", "│9│\n").replace("┼", "┼──┼")
    (tmp_path / "a.txt").write_text(f"{one}\n{other.replace('┴', '┴──┴')}\n", encoding="utf-8")
    assert [len(table.columns) for table in read(tmp_path / "a.txt").tables] == [2, 3]


@pytest.mark.parametrize("row", ["│基地│12│3│", "│基地│"])
def test_a_drawing_whose_lines_do_not_meet_is_told_and_not_guessed(tmp_path: Path, row: str):
    drawing = f"表1 基地\n┌──┬──┐\n│项目│数量│\n├──┼──┤\n│实训│7│\n{row}\n└──┴──┘\n"
    (tmp_path / "a.txt").write_text(drawing, encoding="utf-8")
    report = read(tmp_path / "a.txt")
    assert report.tables == []
    assert any("线对不上" in left.reason for left in report.leftovers)


def test_a_cell_tells_in_which_lines_it_stands():
    found = drawn(list(enumerate(LABELLED.splitlines())))
    assert found is not None
    label = next(box for box in found[2] if any("产出" in words for _, _, words in box.words))
    assert label == Box(1, 0, 2, 1, label.words)
    assert [number for number, _, _ in label.words] == [3, 4, 5, 6]
