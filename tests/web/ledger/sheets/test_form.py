"""A declared column takes its value out of whatever a row is."""

from taizhang.web.ledger.sheets import Column, Fault, Kind


def test_a_choice_is_shown_in_its_words_and_what_is_none_as_it_is():
    column = Column(key="kind", header="类别", kind=Kind.CHOICE, choices=(("team", "建设组"),))
    assert column.of({"kind": "team"}) == "建设组"
    assert column.of({"kind": "gone"}) == "gone"
    assert column.of({}) is None


def test_a_fault_says_as_much_of_its_place_as_is_known():
    assert str(Fault("人员", None, None, None, "没有表头。")) == "“人员”：没有表头。"
    assert str(Fault("人员", 3, "姓名", "B3", "必填。")) == "“人员”第 3 行“姓名”列（B3）：必填。"
