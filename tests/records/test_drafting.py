"""Whatever is answered in Chinese becomes a declaration that is accepted and says what was answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pypinyin import lazy_pinyin

from taizhang.core.errors import RecordError
from taizhang.records import Declaration, FieldType, Phase, declared, shelf
from taizhang.records.drafting import Answers, Asked, Measured, Stood, added, drafted

NAMES = some.text(alphabet="农户走访竞赛集训选手教练场地2A（:#'", min_size=1, max_size=6).filter(
    lambda text: text.strip() == text and any(sign in "农户走访竞赛集训选手教练场地" for sign in text)
)
FIELDS = some.lists(
    some.builds(
        lambda name, kind, required: Asked(name, kind, ("甲", "乙") if kind.value.startswith("choice") else (), required),
        NAMES, some.sampled_from(FieldType), some.booleans(),
    ),
    max_size=4, unique_by=lambda each: each.name,
)  # fmt: skip
STATES = some.lists(
    some.builds(Stood, NAMES, some.sampled_from([each for each in Phase if each is not Phase.POSTPONED]), some.booleans()),
    min_size=1, max_size=4, unique_by=lambda each: each.name,
)  # fmt: skip


def spell(text):
    return "_".join(lazy_pinyin(text))


@given(NAMES, FIELDS, STATES)
def test_what_is_answered_is_declared(name, fields, states):
    text = drafted(
        Answers(name=name, group="本校", about="一句话", fields=tuple(fields), states=tuple(states),
                measures=(Measured("人数", "人", ("名",)), Measured("培训量", "人日", ("万人日=10000", "人天"))), levels=("校级",)),
        spell, shelf(),
    )  # fmt: skip
    kind = declared(Declaration("本校.yaml", text))
    assert (kind.name, kind.group, kind.levels) == (name, "本校", ("校级",))
    assert [(each.name, each.type, each.required) for each in kind.fields] == [
        (each.name, each.type, each.required) for each in fields
    ]
    own = [state for state in kind.states if state.key not in {"postponed", "cancelled"}]
    assert [(state.name, state.phase) for state in own] == [(each.name, each.phase) for each in states]
    assert all({after.key for after in own[place + 1 :]} <= set(state.to) for place, state in enumerate(own))
    assert kind.measure("培训量").canonical(2, "万人日") == 20000
    assert kind.key not in shelf()


def test_what_is_added_is_there_beside_what_was(tmp_path):
    training = shelf()["training_programme"]
    answers = Answers(
        fields=(Asked("证书编号", FieldType.TEXT), Asked("夜校", FieldType.TRUTH, required=True)),
        measures=(Measured("结业人数", "人"),),
        states=(Stood("已评估", Phase.DONE, after="held"), Stood("回访中", Phase.UNDERWAY, counts=True)),
        levels=("校级", "行业级"),
        feeds=("社区教育", "老年教育"),
    )
    first = added(answers, training, spell)
    kind = shelf([Declaration("增补.yaml", first)])["training_programme"]
    assert {each.name for each in kind.fields} == {each.name for each in training.fields} | {"证书编号", "夜校"}
    assert kind.follows("held", kind.state_named("已评估").key) and kind.state_named("回访中").counts
    assert kind.levels == (*training.levels, "行业级") and kind.feeds == (*training.feeds, "老年教育")
    again = added(Answers(fields=(Asked("证书编号", FieldType.TEXT),)), kind, spell, first)
    with pytest.raises(RecordError, match="写了两遍"):
        shelf([Declaration("增补.yaml", again)])
    more = added(
        Answers(states=(Stood("已存档", Phase.DONE, after=kind.state_named("已评估").key),)), kind, spell, first
    )
    whole = shelf([Declaration("增补.yaml", more)])["training_programme"]
    assert whole.follows(whole.state_named("已评估").key, whole.state_named("已存档").key)


def test_a_kind_of_ones_own_is_widened_and_its_example_stays_right():
    text = drafted(Answers(name="竞赛集训", group="本校", about="一次集训", states=(Stood("已办", Phase.DONE),)), spell)
    kind = declared(Declaration("本校.yaml", text))
    wider = added(Answers(fields=(Asked("竞赛名称", FieldType.TEXT, required=True),)), kind, spell, text)
    assert declared(Declaration("本校.yaml", wider)).fields[0].required


@pytest.mark.parametrize("typed", ["万人日=很多", "万人日=-1", "=3", "万人日=0"])
def test_a_unit_that_is_not_plain_is_refused(typed):
    with pytest.raises(RecordError, match="看不懂"):
        drafted(Answers(name="甲", measures=(Measured("量", "人日", (typed,)),)), spell)
