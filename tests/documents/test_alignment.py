from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents.alignment import bare, inserted, lost_column, nature, place_header, place_row, profile


def test_natures() -> None:
    told = {
        "": "empty",
        "--": "dash",
        "100%": "rate",
        "≥ 120": "number",
        "8-10": "number",
        "①启动": "item",
        "1-2 推进": "code",
        "2024-06-30": "text",
        "平台": "text",
    }
    assert {text: nature(text) for text in told} == told


def test_bare_folds_what_only_looks_different() -> None:
    assert bare("“铸魂”工程， 第２期（上）") == bare("铸魂 工程,第2期(上)")


@given(st.integers(0, 2))
def test_a_lost_label_cell_is_put_back(place: int) -> None:
    whole = ["建设任务", "2-1 推进改革", "①计划", "①完成", "100%"]
    rows = [whole, ["甲", "2-2 深化", "②计划", "②完成", "98%"]]
    natures = profile(rows, 5)
    row = [cell for column, cell in enumerate(whole) if column != place]
    assert inserted(row, place_row(row, natures), 5)[2 if place < 2 else 3 :] == whole[2 if place < 2 else 3 :]


def test_a_header_that_lost_the_empty_half_of_a_label_is_widened_there() -> None:
    natures = profile([["甲", "1-1 乙", "①计划", "①完成", "100%"]] * 2, 5)
    assert place_header(["建设任务", "2022 年度计划", "2022 年度完成情况", "完成率"], natures) == (1,)


def test_of_a_plan_and_a_completion_column_the_completion_is_the_lost_one() -> None:
    header = ["任务", "", "2022 年度计划", "2022 年度完成情况", "2023 年度计划", "2023 年度完成情况", "完成率"]
    rows = [
        ["甲", "1-1 乙", "①调研", "①建设平台", "①建设平台 1 个", "100%"],
        ["", "", "②招标", "②开课 3 门", "②开课 5 门", "100%"],
    ]
    assert lost_column(header, rows) == 3


def test_a_header_without_words_is_widened_at_its_end() -> None:
    natures = profile([["甲", "5"]] * 2, 2)
    assert place_header([], natures) == (0, 1)
    assert place_header([""], natures) == (1,)


def test_a_row_of_thousands_of_cells_is_left_as_it_is() -> None:
    natures = profile([["5"] * 2000] * 2, 2000)
    assert place_row(["5"] * 1998, natures) == (1998, 1999)
