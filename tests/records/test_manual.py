"""The page of a kind says all that its declaration says."""

from pathlib import Path

import pytest

from taizhang.core.errors import RecordError, UsageError
from taizhang.records import Kind, shelf
from taizhang.records.manual import answered, index, page


@pytest.mark.parametrize("kind", shelf().values(), ids=lambda kind: kind.key)
def test_a_page_names_every_field_measure_unit_level_and_state(kind: Kind) -> None:
    text = page(kind)
    for each in kind.fields:
        assert f"| {each.name} | `{each.key}` | {each.type.chinese}" in text
        assert all(choice in text for choice in each.choices)
    for measure in kind.measures:
        assert f"| {measure.name} | {measure.unit} |" in text
        assert all(unit in text for unit in measure.units)
    assert all(level in text for level in kind.levels)
    assert all(f"| {state.name} | `{state.key}` | {state.phase.chinese} |" in text for state in kind.states)
    assert kind.example.title in text


def test_factors_are_told_the_way_people_say_them() -> None:
    assert "万人日（1 万人日 = 10000 人日）" in page(shelf()["training_programme"])
    assert "元（10000 元 = 1 万元）" in page(shelf()["income"])


def test_the_index_leads_to_every_kind_under_its_group() -> None:
    text = index(shelf())
    assert all(f"## {group}" in text for group in shelf().groups)
    assert all(f"[{kind.name}]({kind.key}.md)" in text for kind in shelf().values())


def test_asked_for_nothing_all_kinds_are_listed() -> None:
    assert len(answered([]).splitlines()) == len(shelf())


def test_a_kind_is_found_by_key_and_by_name() -> None:
    assert answered(["培训项目"]) == answered(["training_programme"]) == page(shelf()["training_programme"]).rstrip()
    assert answered(["培训项目", "project"]).count("## 状态") == 2
    with pytest.raises(UsageError, match="没有“培训大项目”这个记录类型"):
        answered(["培训大项目"])


def test_a_colleges_file_is_checked_and_shown_with_what_it_extends(tmp_path: Path) -> None:
    file = tmp_path / "增补.yaml"
    file.write_text("extends: award\nfields:\n  - {key: shelf_mark, name: 存放处}\n", encoding="utf-8")
    text = answered([str(file)])
    assert text.startswith("# 荣誉与奖项") and "| 存放处 | `shelf_mark` |" in text
    file.write_text("extends: award\nlevels: [班级]\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"增补\.yaml 第 2 行：没有“班级”这个级别"):
        answered([str(file)])
    with pytest.raises(RecordError, match="打不开：没有这个文件或文件夹"):
        answered([str(tmp_path / "没有.yaml")])
