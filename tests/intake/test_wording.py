import pytest

from taizhang.intake.wording import ABOVE, Wording, Words, one_sided, opposed
from taizhang.profiles import load


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(load())


def wording(words: Words, subject: str) -> Wording:
    return words.wording(subject)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省级教改项目", "省级教育教学改革研究与实践项目"),
        ("智慧课室", "智慧教室"),
        ("累计立项横向项目", "横向项目数量"),
        ("培训到账额", "培训进账额"),
        ("国（境）外培训", "境外培训"),
    ],
)
def test_other_words_for_one_thing_have_one_key(words: Words, one: str, other: str) -> None:
    assert wording(words, one).key == wording(words, other).key


def test_levels_stand_apart_from_the_key(words: Words) -> None:
    province, nation = wording(words, "省级规划教材"), wording(words, "国家级规划教材")
    assert province.key == nation.key
    assert province.levels == {"省级"}
    assert nation.levels == {"国家级"}


def test_a_level_and_above_is_a_level_of_its_own(words: Words) -> None:
    assert wording(words, "省级及以上成果").levels == {"省级", ABOVE}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("横向技术服务合同额", "横向技术服务到款额"),
        ("教师境外培训", "学生境外培训"),
        ("校内实训基地", "校外实训基地"),
        ("技能大赛一等奖", "技能大赛二等奖"),
        ("专利申请", "专利授权"),
        ("参编教材", "主编教材"),
    ],
)
def test_two_sides_of_a_pair_are_opposed(words: Words, one: str, other: str) -> None:
    assert opposed(wording(words, one), wording(words, other))


def test_a_side_against_none_is_one_sided_and_not_opposed(words: Words) -> None:
    students, anyone = wording(words, "学生知识产权"), wording(words, "知识产权")
    assert one_sided(students, anyone)
    assert not opposed(students, anyone)


def test_the_verb_of_the_clause_takes_sides(words: Words) -> None:
    assert opposed(words.wording("技能大赛", "承办技能大赛 3 项"), words.wording("技能大赛", "技能大赛获奖 3 项"))


def test_each_thing_of_a_list_is_known(words: Words) -> None:
    both = wording(words, "课程思政和劳动教育项目")
    assert both.several
    assert wording(words, "课程思政").key in both.items


def test_names_in_quotation_marks_are_kept(words: Words) -> None:
    assert wording(words, "“云岭杯”国赛一等奖").names == {"云岭杯"}
