"""A declaration says what it means, or is told in one sentence what is wrong and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.errors import RecordError
from taizhang.records import Declaration, Phase, declared

GOOD = """\
kind: garden
name: 苗圃
group: 特色
about: 学校苗圃。
fields:
  - {key: species, name: 品种, required: true}
measures:
  - {name: 产值, unit: 万元, accepts: {元: 0.0001}}
levels: [校级]
states:
  - {key: planned, name: 计划, phase: before, to: [planted]}
  - {key: planted, name: 已种, phase: done}
reports: [{report: self_evaluation, section: distinctive}]
example: {title: 桂花, state: planted, fields: {species: 桂花}}
"""


def test_a_good_declaration_gives_its_kind() -> None:
    kind = declared(Declaration("苗圃.yaml", GOOD))
    assert (kind.key, kind.files, kind.example.title) == ("garden", ("苗圃.yaml",), "桂花")


def test_what_may_be_waited_for_may_be_postponed_and_cancelled() -> None:
    kind = declared(Declaration("苗圃.yaml", GOOD))
    assert [state.key for state in kind.states] == ["planned", "planted", "postponed", "cancelled"]
    assert kind.follows("planned", "postponed") and kind.follows("postponed", "planted")
    assert kind.follows("planned", "cancelled") and not kind.follows("planted", "cancelled")
    assert not kind.counts("postponed") and not kind.counts("cancelled")


def test_what_is_only_told_when_done_is_never_postponed() -> None:
    text = GOOD.replace("  - {key: planned, name: 计划, phase: before, to: [planted]}\n", "")
    assert [state.phase for state in declared(Declaration("苗圃.yaml", text)).states] == [Phase.DONE]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("kind: garden\n", "", "第 1 行：缺“kind”。"),
        ("kind: garden", "kind: 苗圃", "第 1 行：“kind”的“苗圃”应是小写英文字母开头的词"),
        ("name: 苗圃\ngroup", "nome: 苗圃\ngroup", "第 2 行：“nome”不是这里的键"),
        ("name: 苗圃\n", "name: 苗圃\nname: 花圃\n", "第 3 行：“name”前面已经写过"),
        ("name: 苗圃\n", "name: [苗圃]\n", "第 2 行：“name”应是一段文字。"),
        ("name: 苗圃\n", "name: {\n", "不合 YAML 写法"),
        ("species, name: 品种", "species, name: 品种, type: colour", "第 6 行：字段没有“colour”这种类型"),
        ("species, name: 品种", "species, name: 品种, type: choice", "第 6 行：choice、choices 类型的字段要写 choices"),
        ("required: true", "required: maybe", "第 6 行：“required”应是 true 或 false。"),
        ("元: 0.0001", "元: 0.001", "第 8 行：1 元不是 0.001 万元，系数写错了。"),
        ("元: 0.0001", "人: 1", "第 8 行：“人”和“万元”计的不是一回事，不能换算。"),
        ("元: 0.0001", "元: 一些", "第 8 行：“元”应是数。"),
        ("元: 0.0001", "贯: 3", "第 8 行：不知道“贯”是多少，系数只能写 1。"),
        ("元: 0.0001", "元: 0", "第 8 行：“元”的系数应大于 0。"),
        ("元: 0.0001", "万元: 1", "第 8 行：单位“万元”已经是规范单位，不必再写。"),
        ("levels: [校级]", "levels: [班级]", "第 9 行：没有“班级”这个级别"),
        ("levels: [校级]", "levels: [校级, 校级]", "第 9 行：“levels”里的“校级”写了两遍。"),
        ("to: [planted]", "to: [plonted]", "第 11 行：状态“计划”的 to 里写了“plonted”"),
        ("phase: before", "phase: someday", "第 11 行：没有“someday”这种 phase"),
        ("phase: before", "phase: applied, counts: true", "第 11 行：状态“planned”是“申报中”，不能计入完成。"),
        ("phase: before", "phase: approved, counts: true", "不能计入完成"),
        ("phase: before", "phase: postponed", "第 11 行：延期只能是 postponed 这一个状态"),
        ("key: planted", "key: planned", "状态“planned”写了两遍"),
        ("section: distinctive", "section: nowhere", "第 13 行：报告“self_evaluation”没有“nowhere”这一栏"),
        ("section: distinctive", "section: distinctive, tags: [特色]", "第 13 行：tags 里的“特色”没有写进 feeds"),
        ("report: self_evaluation", "report: novel", "第 13 行：没有“novel”这种报告"),
        ("title: 桂花, ", "", "第 14 行：example（示例）不成记录"),
        ("species: 桂花", "", "第 14 行：example（示例）不合这个类型：“品种”没有填。"),
        ("states:\n", "states: []\nfeeds:\n", "第 10 行：至少写一个状态。"),
        ("levels: [校级]", "levels: 校级", "第 9 行：“levels”应写成列表。"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(before: str, after: str, says: str) -> None:
    assert before in GOOD
    with pytest.raises(RecordError) as caught:
        declared(Declaration("苗圃.yaml", GOOD.replace(before, after, 1)))
    assert str(caught.value).startswith("记录类型文件 苗圃.yaml ")
    assert says in str(caught.value)


@given(
    st.integers(0, len(GOOD.splitlines()) - 1),
    st.sampled_from(
        [
            "",
            "[]",
            "{}",
            "- x",
            "true",
            "1e999",
            "*a",
            "&a [*a]",
            "<<: {a: b}",
            '"',
            "\x00",
            "!!python/object:os.system",
            "人次",
        ]
    ),
)
def test_whatever_stands_in_a_file_is_a_kind_or_one_sentence(line: int, put: str) -> None:
    lines = GOOD.splitlines()
    lines[line] = f"{lines[line].partition(':')[0]}: {put}"
    said = ""
    try:
        declared(Declaration("苗圃.yaml", "\n".join(lines)))
    except RecordError as error:
        said = str(error)
    assert not said or (said.startswith("记录类型文件 苗圃.yaml ") and said.endswith("。"))
