"""An outline that is made is whole: its tables are rectangles, its references lead somewhere, a figure says one thing."""

import pytest

from taizhang.reports.outline import (
    Align,
    Cell,
    Column,
    Figure,
    Heading,
    Items,
    Mention,
    Outline,
    Paragraph,
    Table,
    cell,
    figures,
    numbered,
    row,
)

ACTUAL = Figure("indicator:1.2.2.6:actual@2023", "9", "省级科研项目 2023年实现值")


def table(**given: object) -> Table:
    columns = (Column(("指标",), 3, Align.LEFT), Column(("2023年", "目标值")), Column(("2023年", "实现值")))
    made = {"caption": "绩效指标", "columns": columns, "rows": (row("省级科研项目（项）", "9", ACTUAL),)}
    return Table(**{**made, **given})  # type: ignore[arg-type]


def test_columns_under_one_header_are_merged_and_shorter_paths_go_down() -> None:
    top, below = table().header()
    assert [(each.paragraphs, each.rows, each.columns) for each in top] == [
        ((("指标",),), 2, 1),
        ((("2023年",),), 1, 2),
    ]
    assert [each.paragraphs for each in below] == [(("目标值",),), (("实现值",),)]


def test_equal_columns_side_by_side_have_one_header() -> None:
    assert [
        each.columns for each in table(columns=(Column(("建设任务",)),) * 2 + (Column(("备注",)),)).header()[0]
    ] == [2, 1]


def test_covered_places_are_left_out_of_a_row() -> None:
    grid = table(rows=(row(Cell((("甲",),), rows=2), "1", "2"), row(Cell((("合",),), columns=2)))).grid()
    assert [[place and place[1] for place in line] for line in grid] == [[True, True, True], [False, True, False]]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((row("甲", "1"),), "fewer cells"),
        ((row("甲", "1", "2", "3"),), "beyond"),
        ((row(Cell(rows=2), "1", "2"),), "beyond"),
        ((row("甲", Cell(rows=2), "2"), row(Cell(columns=3))), "two cells"),
    ],
)
def test_a_table_is_a_rectangle(rows: tuple[tuple[Cell, ...], ...], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        table(rows=rows)


def test_a_table_has_columns_and_no_more_than_word_holds() -> None:
    for count in (0, 64):
        with pytest.raises(ValueError, match="columns"):
            table(columns=(Column(("甲",)),) * count, rows=())


def test_text_with_line_breaks_becomes_paragraphs_of_a_cell() -> None:
    assert cell("①新建课程\n\n②建成基地").paragraphs == (("①新建课程",), (), ("②建成基地",))


def test_a_reference_leads_somewhere_and_a_key_is_given_once() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Outline("报告", (Paragraph(("见", Mention("指标表"))),))
    with pytest.raises(ValueError, match="one key"):
        Outline("报告", (Heading("甲", key="一"), Heading("乙", key="一")))
    Outline("报告", (Paragraph(("见", Mention("指标表"))), table(key="指标表")))


def test_one_address_in_one_form_says_one_thing() -> None:
    other = Figure(ACTUAL.address, "9.00", form="0.00")
    made = Outline("报告", (Paragraph((ACTUAL, other)), Items(((ACTUAL,),)), table(notes=((ACTUAL,),))))
    assert list(figures(made)) == [ACTUAL, other, ACTUAL, ACTUAL, ACTUAL]
    assert [each.key for each in (ACTUAL, other)] == [ACTUAL.address, f"{ACTUAL.address}|0.00"]
    with pytest.raises(ValueError, match="printed as"):
        Outline("报告", (Paragraph((ACTUAL, Figure(ACTUAL.address, "8"))),))


def test_tables_are_counted_by_chapter_or_as_their_series_says() -> None:
    blocks = (
        Heading("总体情况"),
        Heading("完成情况"),
        table(),
        Heading("任务", 2),
        table(),
        table(series=""),
        table(label="附表", series=""),
        Heading("其他", numbered=False),
        table(),
        table(series="2"),
    )
    assert [f"{series}{number}" for _, series, number in numbered(Outline("报告", blocks))] == [
        "表2-1", "表2-2", "表1", "附表1", "表2-3", "表2-4",
    ]  # fmt: skip


def test_a_heading_has_a_level_that_word_counts() -> None:
    with pytest.raises(ValueError, match="level"):
        Heading("甲", 6)
    with pytest.raises(ValueError, match="header"):
        Column(())


@pytest.mark.parametrize("address", ["", "a|b", "a\nb", "a\x00"])
def test_an_address_is_one_line_without_the_sign_of_a_form(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Figure(address, "9")
