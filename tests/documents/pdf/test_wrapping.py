"""Rows of broken cells are told apart by how far their lines stand apart, else by where words were cut."""

import pytest

from taizhang.documents.pdf.lines import Line
from taizhang.documents.pdf.page import Run
from taizhang.documents.pdf.wrapping import beginnings, heights_of

EM = 10.0
CELLS = [
    (["打造技术技能", "人才培养高地"], ["建成标准十二", "项"], ["已建成 14", "项，出版教材"]),
    (["服务区域"], ["培训 3000 人"], ["培训 3256 人"]),
    (["提升合作水平", "层次"], ["与企业签订协", "议 20 份"], ["签订协议 24", "份"]),
]


def line(text: str, column: int, y: float) -> Line:
    x0 = 100.0 * column
    length = sum(0.5 if char.isascii() else 1.0 for char in text) * EM
    return Line([Run(text, 0, x0, x0 + length, y, EM, [])], 0, y, EM)


def set_out(apart: float) -> tuple[list[list[Line]], list[float]]:
    """The columns of `CELLS`, rows standing `apart` times the pitch of lines, and where the rows begin."""
    stacks: list[list[Line]] = [[], [], []]
    begins, y = [], 100.0
    for row in CELLS:
        begins.append(y)
        for column, words in enumerate(row):
            stacks[column] += [line(text, column, y + 14 * place) for place, text in enumerate(words)]
        y += 14 * (max(map(len, row)) - 1) + 14 * apart
    return stacks, begins


@pytest.mark.parametrize(("apart", "doubtful"), [(1.6, False), (2.0, False), (1.0, True)])
def test_broken_cells_are_whole_whether_or_not_rows_stand_apart(apart, doubtful):
    stacks, begins = set_out(apart)
    heights = heights_of([each.y for stack in stacks for each in stack], EM)
    assert beginnings(heights, stacks, EM) == (begins, doubtful)


@pytest.mark.parametrize("apart", [1.0, 1.6])
def test_rows_of_one_line_stay_rows_also_where_they_stand_in_groups(apart):
    rows = [("教学成果奖励", "国家级奖励项"), ("技能大赛奖励", "省级的奖励项"), ("精品课程名单", "国家级课程项")]
    ys = [100.0, 114.0, 128.0 + 14 * (apart - 1)]
    stacks = [[line(row[column], column, y) for row, y in zip(rows, ys, strict=True)] for column in range(2)]
    assert beginnings(ys, stacks, EM) == (ys, False)
