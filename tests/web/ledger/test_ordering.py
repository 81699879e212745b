"""Names in the order of a Chinese dictionary, or by strokes."""

from hypothesis import given
from hypothesis import strategies as st

from taizhang.web.ledger.ordering import person_key, sort_key, spelled, strokes_key

NAMES = ["周航", "林晓", "曾巩", "单田芳", "丁一", "于空", "欧阳修", "长孙明"]


def test_people_sort_by_pinyin_with_surnames_read_as_surnames():
    assert sorted(NAMES, key=person_key) == ["丁一", "林晓", "欧阳修", "单田芳", "于空", "曾巩", "长孙明", "周航"]


def test_people_sort_by_strokes_and_those_alike_by_pinyin():
    assert sorted(["林晓", "周航", "丁一", "于空"], key=strokes_key) == ["丁一", "于空", "林晓", "周航"]


def test_units_are_read_as_words():
    assert sort_key("重庆").startswith("chong2")


@given(st.text(max_size=130))
def test_every_name_has_a_key_that_fits(name):
    assert len(person_key(name)) <= 120
    assert len(sort_key(name, 255)) <= 255
    strokes_key(name)


def test_a_name_is_spelled_a_syllable_a_word():
    assert spelled("竞赛集训") == "jing sai ji xun"
