"""Lines are what stands on one baseline; joined they read as their author wrote."""

from taizhang.documents.blocks import place_of
from taizhang.documents.pdf.lines import lines_of, upright, written
from taizhang.documents.pdf.page import Run


def run(text, *, x=0.0, y=0.0, start=0, em=10.0, turn=0):
    lefts = [x + em * n for n in range(len(text))]
    return Run(text, start, x, x + em * len(text), y, em, lefts, turn=turn)


def joined(*runs, right=None, prose=False):
    return written(lines_of(runs, 1), "甲.pdf", right=right, prose=prose)[0]


def test_lines_of_chinese_are_joined_without_a_space():
    assert joined(run("产教融合", y=0), run("共建基地", y=12, start=6)) == "产教融合共建基地"


def test_latin_words_keep_a_space_over_the_line_end_and_numbers_their_digits():
    assert joined(run("smart", y=0), run("factory", y=12, start=7)) == "smart factory"
    assert joined(run("2022-", y=0), run("2023", y=12, start=7)) == "2022-2023"
    assert joined(run("1,", y=0), run("200", y=12, start=4)) == "1,200"


def test_a_wide_gap_is_a_space_between_latin_words_only():
    assert joined(run("任务"), run("名称", x=35, start=3)) == "任务名称"
    assert joined(run("a"), run("b", x=35, start=3)) == "a b"
    assert joined(run("附件一"), run("附件二", x=90, start=4), prose=True) == "附件一 附件二"


def test_two_figures_far_apart_are_never_one():
    found = joined(run("到款额"), run("500", x=60, start=3), run("612.5", x=150, start=6), prose=True)
    assert found == "到款额 500\u3000612.5"


def test_an_item_that_begins_where_the_line_had_room_stands_on_its_own_line():
    lines = [run("①完成建设", y=0), run("②通过验收", y=12, start=7)]
    assert joined(*lines, right=120) == "①完成建设\n②通过验收"
    assert joined(*lines, right=55) == "①完成建设②通过验收"


def test_columns_from_right_to_left_are_read_in_order():
    runs = [run(char, x=40, y=12 * n, start=n) for n, char in enumerate("教学")]
    runs += [run(char, x=26, y=12 * n, start=2 + n) for n, char in enumerate("质量")]
    assert joined(*upright(runs)) == "教学质量"


def test_turned_text_is_read_in_its_own_direction():
    up = [run(char, x=40, y=50 - 6 * n, start=n, turn=1) for n, char in enumerate("Plan")]
    down = [run(char, x=40, y=6 * n, start=n, turn=3) for n, char in enumerate("Plan")]
    assert joined(*upright(up)) == joined(*upright(down)) == "Plan"


def test_each_character_knows_its_place():
    text, pieces = written(lines_of([run("smart", y=0, start=3), run("factory", y=12, start=10)], 4), "甲.pdf")
    assert [place_of(text, pieces, n, n + 1).start for n in range(5)] == [3, 4, 5, 6, 7]
    place = place_of(text, pieces, text.index("factory"), len(text))
    assert (place.page, place.start, place.end) == (4, 10, 17)
