"""Profiles as data: laid over one another, and refused with a sentence that names the place."""

from pathlib import Path

import pytest

from taizhang.core.errors import ProfileError
from taizhang.profiles import load, shipped


def profile(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "house.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_profile_loads(name: str) -> None:
    assert load(name).catalogue.units


def test_a_profile_is_read_once() -> None:
    assert load() is load("generic")


def test_a_house_profile_adds_to_what_it_extends(tmp_path: Path) -> None:
    house = load(
        profile(
            tmp_path,
            "extends: generic\nname: 云岭\nunits:\n- {dimension: 茶园, names: [茶垄], scales: {茶坡: 2.5}}\ntraps: [八个坚决]\n"
            "midterm: {ratio: 0.6}\n",
        )
    )
    assert house.name == "云岭"
    assert house.catalogue.measure("茶坡") == ("茶园", house.catalogue.units["茶坡"].scale)
    assert house.catalogue.measure("万元") == load().catalogue.measure("万元")
    assert house.levels == load().levels
    assert house.sections["midterm"] == {"ratio": 0.6}


def test_a_house_profile_that_extends_nothing_stands_on_the_general_one(tmp_path: Path) -> None:
    house = load(profile(tmp_path, "name: 云岭\nmidterm: {ratio: 0.6}\n"))
    assert house.sections.keys() == load().sections.keys() | {"midterm"}


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = profile(tmp_path, "name: 甲\n")
    assert load(path).name == "甲"
    path.write_text("name: 乙乙\n", encoding="utf-8")
    assert load(path).name in {"甲", "乙乙"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("units: 3\n", "units"), ("units: [{names: [个]}]\n", "units 第 1 组"), ("units: [{dimension: 件, scales: {个: -1}}]\n", "scales.个"),
        ("units: [{dimension: 件, scales: {个: 多}}]\n", "scales.个"), ("levels: [省级]\n", "levels"), ("levels: {order: 省级}\n", "levels.order"),
        ("levels: {order: [省级]}\n", "levels.order"), ("states: {order: [{立项: 获批}]}\n", "states.order.立项"), ("traps: 茶路\n", "traps"),
        ("numerals: {one_after: [1]}\n", "numerals.one_after"), ("facts: []\n", "facts"), ("- a\n", "最外层"), ("a: [\n", "第 2 行"),
        ("extends: house\n", "house"), ("extends: nowhere\n", "nowhere"),
        ("traps: [双百]\nname: 甲\ntraps: [三色]\n", "第 3 行的“traps”"), ("midterm:\n  ratio: 0.5\n  ratio: 0.6\n", "第 3 行的“ratio”"),
        ("midtrem: {ratio: 0.6}\n", "是不是“midterm”"), ("口径: 1\n", "口径"), ("attainment: 5\n", "attainment"),
        ("extends: provincial\nmidterm: {ratio: 六成}\n", "midterm.ratio”写得不对：应是数"), ("scoring:\n", "scoring"),
        ("ratios:\n- {over: 甲, over: 乙}\n", "第 2 行的“over”"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_refused_by_file_and_key(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ProfileError) as refused:
        load(profile(tmp_path, text))
    assert named in str(refused.value)
    assert str(refused.value).endswith("。")


def test_a_folder_is_no_profile(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="是文件夹"):
        load(tmp_path)


def test_a_missing_profile_is_named() -> None:
    with pytest.raises(ProfileError, match="没有名为“nowhere”的口径配置"):
        load("nowhere")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_bytes("name: 云岭\n".encode("gbk"))
    with pytest.raises(ProfileError, match="UTF-8"):
        load(path)


def test_files_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extends: b\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("extends: a\n", encoding="utf-8")
    with pytest.raises(ProfileError, match="绕成了圈"):
        load(tmp_path / "a.yaml")


def test_a_file_that_repeats_itself_by_aliases_is_read(tmp_path: Path) -> None:
    lines = [
        "name: 甲",
        "recognise:",
        "  r0: &r0 [1, 2]",
        *(f"  r{n}: &r{n} [*r{n - 1}, *r{n - 1}]" for n in range(1, 40)),
        "  own: &own [*own]",
    ]
    assert load(profile(tmp_path, "\n".join(lines))).name == "甲"
