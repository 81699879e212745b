"""Every value in force is shown once, with the file that decided it."""

from pathlib import Path
from typing import Any

import pytest

from taizhang.profiles import layers, load, shipped
from taizhang.profiles.origins import settings


def at(sections: Any, key: str) -> Any:
    for part in key.split("."):
        sections = sections[part]
    return sections


@pytest.mark.parametrize("name", shipped())
def test_what_is_shown_is_what_is_in_force(name: str) -> None:
    profile = load(name)
    shown = [each for each in settings(name) if each.key.split(".")[0] in profile.sections]
    assert shown
    assert [each.key for each in shown if at(profile.sections, each.key) != each.value] == []
    files = frozenset().union(*(layer.files for layer in layers(name)))
    assert all(files.issuperset(each.files) for each in shown)


def test_the_last_file_decides_and_lists_that_are_added_to_name_both(tmp_path: Path) -> None:
    house = tmp_path / "本校.yaml"
    house.write_text("extends: provincial\nmidterm: {ratio: 0.6}\ntraps: [双百行动]\n", encoding="utf-8")
    found = {each.key: each for each in settings(house)}
    assert (found["midterm.ratio"].value, found["midterm.ratio"].files) == (0.6, ("本校.yaml",))
    assert found["traps"].files == ("generic/numbers.yaml", "本校.yaml")
    assert found["traps"].value[-1] == "双百行动"
    assert found["about"].files == ("provincial.yaml",)


def test_a_house_goes_before_what_it_extends_and_that_before_the_general(tmp_path: Path) -> None:
    house = tmp_path / "本校.yaml"
    house.write_text("extends: provincial\nname: 云岭\n", encoding="utf-8")
    assert load(house).name == "云岭"
    assert load(house).sections["midterm"] == load("provincial").sections["midterm"]
    assert load(house).levels == load("generic").levels
