"""A caption or a remark in an outer row of a table is none of its rows."""

from pathlib import Path

from taizhang.core.source import Source
from taizhang.documents import read
from taizhang.documents.blocks import Cell, Fragment, Paragraph, Piece
from taizhang.documents.trimming import trimmed

PLACE = (Piece(0, Source("a.docx", paragraph=1, start=0)),)


def fragment(*rows: list[str], header: int | None = None) -> Fragment:
    """A row of one text is a cell over all columns."""
    width = max(map(len, rows))
    grid: list[list[Cell | None]] = [
        [Cell(text, PLACE) for text in row] if len(row) > 1 else [Cell(row[0], PLACE, 1, width), *[None] * (width - 1)]
        for row in rows
    ]
    return Fragment(grid, Source("a.docx"), header)


def shape(table: Fragment) -> list[object]:
    parts = list(trimmed(table))
    return [
        part.text if isinstance(part, Paragraph) else len(part.grid) for part in parts if not hasattr(part, "level")
    ]


def test_captions_units_and_remarks_stand_outside() -> None:
    table = fragment(["表3 资金情况"], ["单位：万元"], ["来源", "到位"], ["财政", "20"], ["注：截至年底。"], header=3)
    assert shape(table) == ["表3 资金情况", "单位：万元", 2, "注：截至年底。"]
    assert table.header == 1


def test_titles_of_forms_groups_and_totals_stay() -> None:
    for row in ("项目支出绩效自评表", "一、产出指标", "合计：3 项"):
        assert shape(fragment([row], ["指标", "数值"], ["课程", "20"])) == [3]
    assert shape(fragment(["表3 资金情况"], ["来源", "到位"])) == [2], "nothing would be left"


def test_a_caption_in_the_first_row_of_text_names_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("表3 资金情况\t\t\n来源\t到位\t支出\n财政\t20\t18\n自筹\t10\t9\n", encoding="utf-8")
    (table,) = read(path).tables
    assert (table.number, table.caption, table.columns) == ("3", "资金情况", ("来源", "到位", "支出"))
