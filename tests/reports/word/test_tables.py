"""Tables have the lines, widths and header rows that were asked for."""

import re

from outlines import FUNDS, INDICATORS, POINTS
from taizhang.reports.outline import Look, Table
from taizhang.reports.word.tables import drawn


def markup(table: Table, width: int = 8789) -> str:
    return drawn(table, width, lambda runs: "".join(f"<w:r><w:t>{getattr(r, 'text', r)}</w:t></w:r>" for r in runs))


def test_columns_fill_the_width_in_their_proportion() -> None:
    widths = [int(each) for each in re.findall(r'<w:gridCol w:w="(\d+)"/>', markup(INDICATORS))]
    assert sum(widths) == 8789
    assert widths == [3516, 878, 879, 879, 2637]


def test_header_rows_stand_again_and_no_row_is_cut() -> None:
    written = markup(POINTS)
    assert written.count("<w:tblHeader/>") == POINTS.depth == 2
    assert written.count("<w:cantSplit/>") == written.count("<w:tr>") == 5


def test_a_three_line_table_has_three_lines() -> None:
    written = markup(FUNDS)
    assert FUNDS.look is Look.THREE_LINE
    assert '<w:insideH w:val="nil"/>' in written
    assert written.count("<w:tcBorders>") == len(FUNDS.columns)
    assert "tcBorders" not in markup(INDICATORS)


def test_totals_are_bold() -> None:
    assert markup(FUNDS).count('<w:pStyle w:val="TableTotal"/>') == len(FUNDS.columns)


def test_merged_cells_begin_once_and_go_on() -> None:
    written = markup(POINTS)
    assert written.count('<w:vMerge w:val="restart"/>') == 5  # three columns of the header, two of the data
    assert written.count("<w:vMerge/>") == 6
    assert written.count("<w:gridSpan") == 2
