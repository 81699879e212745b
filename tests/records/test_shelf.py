"""The shipped kinds are sound, and a college adds to them without taking anything away."""

from pathlib import Path

import pytest

from taizhang.core.errors import RecordError
from taizhang.core.record import Record
from taizhang.records import SECTIONS, Declaration, Kind, Phase, folder, judge, lost, shelf
from taizhang.records.shelf import GROUPS

OWN = """\
kind: own_garden
name: 校园苗圃
group: 特色
about: 学校苗圃的一个品种。
states: [{key: planted, name: 已种下, phase: done}]
example: {title: 桂花一百株, state: planted}
"""
MORE = """\
extends: training_programme
fields:
  - {key: village, name: 所在村, type: place}
  - {key: form, choices: [夜校]}
measures:
  - {name: 培训量, accepts: {工日: 1}}
  - {name: 结业人数, unit: 人}
levels: [行业级]
states:
  - {key: evaluated, name: 已评估, phase: done}
  - {key: held, to: [evaluated]}
reports: [{report: self_evaluation, section: distinctive}]
"""


def test_a_college_adds_a_kind_by_a_file() -> None:
    kinds = shelf([Declaration("苗圃.yaml", OWN)])
    assert kinds["own_garden"].name == "校园苗圃"
    assert len(kinds) == len(shelf()) + 1
    assert kinds.groups["特色"] == (kinds["own_garden"],)
    assert kinds.named("校园苗圃") is kinds.named("own_garden")


def test_a_college_widens_a_shipped_kind_by_a_file() -> None:
    before, after = shelf()["training_programme"], shelf([Declaration("更多.yaml", MORE)])["training_programme"]
    form, held, volume = after.field("form"), after.state("held"), after.measure("培训量")
    assert form is not None and form.choices[-1] == "夜校" and form.choices[:-1] == before.field("form").choices
    assert held is not None and held.to[-1] == "evaluated" and after.counts("evaluated")
    assert volume is not None and volume.units == ("人日", "人天", "万人日", "万人天", "工日")
    assert after.levels == (*before.levels, "行业级")
    assert after.files == ("training_programme.yaml", "更多.yaml")


def test_what_is_widened_has_all_that_was_there() -> None:
    before, after = shelf()["training_programme"], shelf([Declaration("更多.yaml", MORE)])["training_programme"]
    assert {each.key for each in before.fields} < {each.key for each in after.fields}
    assert {each.name for each in before.measures} < {each.name for each in after.measures}
    assert {(each.key, to) for each in before.states for to in each.to} < {
        (each.key, to) for each in after.states for to in each.to
    }
    assert before.units < after.units


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("extends: no_such\n", "第 1 行：没有“no_such”这个类型可以增补。"),
        ("extends: award\nname: 别名\n", "第 2 行：增补类型时不能写“name”"),
        (
            "extends: award\nfields:\n  - {key: grade, type: text}\n",
            "第 3 行：“grade”是原有的，只能增补它的 choices，不能改“type”。",
        ),
        ("extends: award\nstates: [{key: awarded, phase: before}]\n", "“awarded”是原有的，只能增补它的 to"),
        ("extends: award\nstates: [{key: awarded, to: [nowhere]}]\n", "没有这个状态"),
        (
            "extends: training_programme\nmeasures: [{name: 培训量, accepts: {万人日: 1000}}]\n",
            "“万人日”是原有的，系数不能改。",
        ),
        (
            "extends: training_programme\nmeasures: [{name: 人数, accepts: {人次: 1}}]\n",
            "“人次”和“人”计的不是一回事，不能换算。",
        ),
        (OWN.replace("own_garden", "award"), "已经有“award”这个类型"),
        (OWN.replace("校园苗圃", "荣誉与奖项"), "名称“荣誉与奖项”与 award.yaml 的相同"),
    ],
)
def test_what_a_file_may_not_say_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(RecordError) as caught:
        shelf([Declaration("本校.yaml", text)])
    assert says in str(caught.value)


GENERIC = """\
extends: {key}
fields: [{{key: own_mark, name: 本校标记}}]
measures: [{{name: 本校计量, unit: 平方公里}}]
levels: [院系级, 国际级]
states: [{{key: own_state, name: 本校状态, phase: done, to: [{first}]}}, {{key: {first}, to: [own_state]}}]
reports: [{{report: self_evaluation, section: distinctive}}]
"""


@pytest.mark.parametrize("kind", shelf().values(), ids=lambda kind: kind.key)
def test_every_shipped_kind_can_be_widened_and_keeps_all_it_had(kind: Kind) -> None:
    text = GENERIC.format(key=kind.key, first=kind.states[0].key)
    wide = shelf([Declaration("本校.yaml", text)])[kind.key]
    assert wide.fields[:-1] == kind.fields and wide.fields[-1].key == "own_mark"
    assert wide.measures[:-1] == kind.measures
    assert set(kind.levels) | {"院系级", "国际级"} == set(wide.levels)
    for state in kind.states:
        found = wide.state(state.key)
        assert found is not None and set(state.to) <= set(found.to)
        assert (found.name, found.phase, found.counts) == (state.name, state.phase, state.counts)
    assert set(kind.reports) <= set(wide.reports)
    assert lost({kind.key: wide}, [kind.example]) == []
    assert judge(kind.example, wide) == ()


def test_a_file_that_records_use_is_missed_when_it_is_gone() -> None:
    kinds = shelf([Declaration("苗圃.yaml", OWN), Declaration("更多.yaml", MORE)])
    garden = Record(id="1", kind="own_garden", title="桂花", state="planted")
    course = Record(id="2", kind="training_programme", title="夜校", state="evaluated", fields={"village": "青石村"})
    assert lost(kinds, [garden, course]) == []
    assert lost(shelf(), [garden, course, garden]) == [
        "没有了“own_garden”这个类型，有 2 条记录在用。",
        "类型“培训项目”没有了状态“evaluated”，有 1 条记录在用。",
        "类型“培训项目”没有了字段“village”，有 1 条记录在用。",
    ]


def test_a_folder_gives_its_yaml_files(tmp_path: Path) -> None:
    (tmp_path / "乙.yaml").write_text(OWN, encoding="utf-8-sig")
    (tmp_path / "甲.txt").write_text("不是", encoding="utf-8")
    assert folder(tmp_path) == (Declaration("乙.yaml", OWN),)
    (tmp_path / "丙.yml").write_bytes("名称".encode("gbk"))
    with pytest.raises(RecordError, match="不是 UTF-8 编码"):
        folder(tmp_path)


def test_every_kind_keeps_the_hard_rules() -> None:
    for kind in shelf().values():
        for state in kind.states:
            allowed = {Phase.DONE, Phase.UNDERWAY}
            assert state.phase in allowed or not state.counts, (kind.key, state.key)
        postponed = kind.state("postponed")
        assert postponed is None or postponed.phase is Phase.POSTPONED


def test_fifty_kinds_are_shipped_in_their_groups() -> None:
    kinds = shelf()
    assert len(kinds) == 50
    assert tuple(kinds.groups) == GROUPS
    assert all(kind.reports and kind.about.endswith("。") for kind in kinds.values())


def test_every_section_of_a_report_has_kinds_to_show() -> None:
    kinds = shelf()
    empty = [(report, key) for report, keys in SECTIONS.items() for key in keys if not kinds.showing(report, key)]
    assert empty == []
