"""The form of a record follows from its kind's declaration, and reads back what it shows."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from taizhang.core import record as core
from taizhang.records import Declaration, declared, shelf
from taizhang.web.pages.record_forms import RecordForm, answered
from web_records import CLASS

ALL_TYPES = declared(
    Declaration(
        "every.yaml",
        """kind: every
name: 样样都有
group: 试验
about: 每种字段各一个。
fields:
  - {key: a, name: 文字}
  - {key: b, name: 长文, type: long}
  - {key: c, name: 数, type: number, unit: 元}
  - {key: d, name: 日, type: date}
  - {key: e, name: 单选, type: choice, choices: [甲, 乙]}
  - {key: f, name: 多选, type: choices, choices: [甲, 乙]}
  - {key: g, name: 是否, type: truth}
  - {key: h, name: 人, type: person}
  - {key: i, name: 部门, type: unit}
  - {key: j, name: 外部, type: partner}
  - {key: k, name: 地点, type: place}
  - {key: l, name: 网址, type: link}
  - {key: m, name: 必填的, required: true}
measures: [{name: 人数, unit: 人, accepts: {名: 1}}]
states: [{key: done, name: 已完成, phase: done}]
example: {title: 样例, state: done, fields: {m: 有}}
""",
    )
)


def post(**values):
    found = QueryDict(mutable=True)
    for name, value in values.items():
        found.setlist(name.replace("_", "-", 1), value if isinstance(value, list) else [value])
    return found


def test_each_type_of_field_is_read_as_what_it_is():
    typed = post(
        title="一件事", state="done", field_a="x", field_b="y\r\nz", field_c="1,234.50", field_d="2024-05-01", field_e="甲",
        field_f=["甲", "乙"], field_g="no", field_h="林晓、何芳", field_i="教务处", field_j="甲厂；乙厂", field_k="松岭村",
        field_l="https://example.edu", field_m="有",
    )  # fmt: skip
    form = answered(ALL_TYPES, core.Record(id="", kind="every", title=""), typed)
    assert form.faults == {}
    assert form.content.fields == {
        "a": "x", "b": "y\nz", "c": Decimal("1234.50"), "d": "2024-05-01", "e": "甲", "f": ("甲", "乙"), "g": False,
        "h": ("林晓", "何芳"), "i": "教务处", "j": ("甲厂", "乙厂"), "k": "松岭村", "l": "https://example.edu", "m": "有",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "name"),
    [({"field_c": "若干"}, "field-c"), ({"field_d": "去年"}, "field-d"), ({"field_l": "javascript:x"}, "field-l"), ({}, "field-m")],
)  # fmt: skip
def test_what_is_none_is_said_at_its_field(typed, name):
    form = answered(ALL_TYPES, core.Record(id="", kind="every", title=""), post(title="一件事", state="done", **typed))
    assert name in form.faults
    assert next(each.fault for each in form.questions if each.name == name)


def test_each_type_has_its_control():
    widgets = {each.field.key: each.widget for each in RecordForm(ALL_TYPES, ALL_TYPES.example).questions}
    assert widgets == dict(
        zip("abcdefghijklm", ["text", "long", "number", "date", "choice", "choices", "truth", "text", "text", "text", "text", "link", "text"], strict=True)
    )  # fmt: skip


def test_what_the_form_does_not_ask_for_stays():
    before = core.Record(
        id="1", kind="every", title="t", fields={"old": "旧", "m": "有"},
        sources=(core.RecordSource("a", 3, "原文"), core.RecordSource("b")),
    )  # fmt: skip
    after = answered(ALL_TYPES, before, post(title="t", field_m="有", text="原文", doc="a")).content
    assert after.fields == before.fields
    assert after.sources == before.sources


def test_measures_keep_their_order_and_their_zeros():
    kind = shelf()["training_programme"]
    record = core.Record(id="1", kind=kind.key, title="t", measures=(core.RecordMeasure("别的", Decimal("3.50"), "个"), *CLASS.measures))  # fmt: skip
    rows = RecordForm(kind, record).measures
    typed = post(title="t", **{f"measure_{name}": [getattr(row, name) for row in rows] for name in ("name", "value", "unit", "qualifier", "cumulative", "base_period")})  # fmt: skip
    found = answered(kind, record, typed).content.measures
    assert found == record.measures
    assert str(found[0].value) == "3.50"


def test_a_number_without_a_name_is_asked_for():
    form = answered(ALL_TYPES, ALL_TYPES.example, post(title="t", field_m="有", measure_name="", measure_value="3"))
    assert "measure-0" in form.faults


def test_a_state_set_right_in_a_draft_is_no_move():
    before = core.Record(id="1", kind="training_programme", title="t", state="held", moves=(core.Move("planned"), core.Move("held")))  # fmt: skip
    after = answered(shelf()["training_programme"], before, post(title="t", state="settled")).content
    assert [each.state for each in after.moves] == ["planned", "settled"]
