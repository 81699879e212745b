from taizhang.intake.programme.words import wordlist
from taizhang.profiles import load


def test_words_are_compiled_once_for_a_profile() -> None:
    assert wordlist(load()) is wordlist(load())


def test_every_profile_has_the_words() -> None:
    words = wordlist(load("national"))
    assert words["groups"].fullmatch("纺织专业群")
    assert words.longest["text"] > words.longest["name"] > 0
    assert words.category.findall("数量指标") == ["数量"]
