"""What the demonstration says of figures can be kept as it stands, and shows each case once."""

from taizhang.core.formula import Formula, faults
from taizhang.profiles import load
from taizhang.records import shelf
from taizhang.web.ledger.derived import terms_of
from taizhang.web.ledger.workflow.demonstration_figures import FORMULAS, MANUAL


def test_every_formula_can_be_right():
    kinds, profile = terms_of(shelf()), load("provincial")
    for _code, formula in FORMULAS:
        assert faults(Formula.from_json(formula), kinds, profile.levels, profile.catalogue) == []


def test_each_way_of_making_a_value_is_shown():
    assert {formula["part"]["operation"] for _code, formula in FORMULAS} == {"count", "sum", "distinct", "latest"}
    assert any("divisor" in formula for _code, formula in FORMULAS)
    assert len(FORMULAS) >= 8
    assert all(reason for _code, reason in MANUAL)
