"""Keeping formulas and figures: only the office, only what can be right, and only what changed is worked out anew."""

from decimal import Decimal

import pytest

from taizhang.web.ledger.models import Change, DerivedFigure, IndicatorFormula, Method
from taizhang.web.ledger.workflow import figures
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError, StaleError
from web_figures import CLASSES, DAYS, confirmed, formula, trained


def figure(scene):
    return DerivedFigure.objects.get(indicator=scene.indicator)


def test_a_formula_is_kept_with_its_history(scene):
    row = formula(scene, weight=Decimal(12))
    assert (row.method, row.formula["part"]["measure"], row.version, row.weight) == ("derived", "培训量", 1, 12)
    formula(scene, CLASSES, measure="期")
    change = Change.objects.filter(verb="keep_formula").first()
    assert change.thing == "indicator"
    assert change.before["formula"]["part"]["operation"] == "sum"
    assert change.after["formula"]["part"]["operation"] == "count"


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "outsider", "province", "nobody"])
def test_only_the_office_says_how_a_value_is_made(scene, role):
    with pytest.raises(NotAllowedError):
        figures.keep_formula(getattr(scene.people, role), scene.indicator, 0, method=Method.MANUAL, reason="统计年报")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"formula": {}}, "没有写完整"),
        ({"formula": {"part": {"operation": "guess"}}}, "没有写完整"),
        ({"formula": {"part": {"operation": "count", "kinds": ["nothing"]}}}, "没有“nothing”这种记录类型"),
        ({"formula": CLASSES, "measure": "万元"}, "两者不是一回事"),
        ({"formula": {"part": DAYS["part"] | {"departments": ["0"]}}}, "所选的部门不是本校的"),
        ({"method": Method.MANUAL}, "写明理由"),
        ({"weight": Decimal(101)}, "分值应在"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(scene, told, said):
    more = {key: value for key, value in told.items() if key not in {"formula", "measure"}}
    with pytest.raises(RefusedError, match=said):
        formula(scene, told.get("formula"), told.get("measure", "人日"), **more)
    assert not IndicatorFormula.objects.exists()


def test_what_is_told_in_words_cannot_be_computed(scene):
    scene.indicator.qualitative = True
    with pytest.raises(RefusedError, match="定性指标"):
        formula(scene)


def test_two_who_change_it_at_once_do_not_lose_a_word(scene):
    formula(scene)
    with pytest.raises(StaleError):
        figures.keep_formula(scene.people.office, scene.indicator, 0, method=Method.MANUAL, reason="统计年报")


def test_only_what_changed_is_worked_out_anew(scene):
    assert figures.recompute(scene.college) == 0
    formula(scene)
    trained(scene, 230)
    assert figures.recompute(scene.college) == 1
    assert figures.recompute(scene.college) == 0
    trained(scene, 70, year=2026)
    assert figures.recompute(scene.college) == 1
    kept = figure(scene)
    mid, end = (str(scene.periods[name].pk) for name in ("mid", "end"))
    assert (kept.value, kept.at[mid], kept.at[end]) == (300, "230", "300")
    assert (kept.years["2024"], kept.years["2026"], kept.counted, kept.left_out, kept.unconfirmed) == (
        "230",
        "70",
        2,
        0,
        2,
    )


def test_what_the_office_confirmed_is_told_apart(scene):
    formula(scene)
    confirmed(scene, trained(scene))
    trained(scene, state="planned")
    figures.recompute(scene.college)
    kept = figure(scene)
    assert (kept.counted, kept.left_out, kept.unconfirmed) == (1, 1, 0)


def test_a_ratio_counts_the_records_of_both_parts_once(scene):
    trained(scene)
    share = CLASSES | {"divisor": {"operation": "count", "kinds": ["training_programme"]}}
    formula(scene, share, measure="%")
    figures.recompute(scene.college)
    assert (figure(scene).value, figure(scene).counted) == (100, 1)
    nothing = CLASSES | {"divisor": {"operation": "count", "kinds": ["award"]}}
    formula(scene, nothing, measure="%")
    figures.recompute(scene.college)
    assert (figure(scene).value, figure(scene).at[str(scene.periods["end"].pk)]) == (None, None)


def test_a_value_typed_by_hand_has_no_figure(scene):
    formula(scene)
    figures.recompute(scene.college)
    formula(scene, method=Method.MANUAL, reason="  来自统计年报 ")
    assert not DerivedFigure.objects.exists()
    row = IndicatorFormula.objects.get()
    assert (row.formula, row.reason) == ({}, "来自统计年报")
    assert figures.recompute(scene.college) == 0


def test_a_new_basis_is_another_figure(scene):
    formula(scene)
    trained(scene, 230)
    figures.recompute(scene.college)
    scene.indicator.basis = "per_year"
    scene.indicator.save()
    assert figures.recompute(scene.college) == 1
    assert figure(scene).at[str(scene.periods["year"].pk)] == "230"
    assert figure(scene).value == 0


def test_another_college_is_left_alone(scene):
    formula(scene)
    assert figures.recompute(scene.elsewhere) == 0
    assert not DerivedFigure.objects.exists()
