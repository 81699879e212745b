"""What a form tells becomes a formula and comes back as the same choices."""

from django.http import QueryDict

from taizhang.core.formula import Formula
from taizhang.records import shelf
from taizhang.web.ledger.derived import terms_of
from taizhang.web.pages.formula_forms import departments, fitting, side, told


def test_what_says_nothing_is_absent():
    assert told(QueryDict("")) == {"part": {"operation": "count"}}
    assert told(QueryDict("kind=award&tags=,，&field=x&since=x")) == {
        "part": {"operation": "count", "kinds": ["award"]}
    }


def test_what_an_operation_does_not_use_is_not_kept():
    form = QueryDict("kind=award&operation=distinct&measure=数量&unit=项&over=partner")
    assert told(form)["part"] == {"operation": "distinct", "kinds": ["award"], "over": "partner"}
    assert "over" not in told(QueryDict("kind=award&operation=count&over=partner"))["part"]


def test_a_new_kind_leaves_no_choice_that_it_does_not_have():
    kinds = terms_of(shelf())
    part = {
        "operation": "sum",
        "kinds": ["award"],
        "measure": "培训量",
        "unit": "人日",
        "states": ["held"],
        "where": {"form": ["x"]},
    }
    fitted = fitting({"part": part}, kinds)["part"]
    measure = kinds["award"].measures[0]
    assert fitted == {"operation": "sum", "kinds": ["award"], "measure": measure.name, "unit": measure.unit}
    assert fitting({"part": {"operation": "count", "kinds": ["gone"]}}, kinds)["part"]["kinds"] == ["gone"]


def test_choices_come_from_the_kind():
    kinds = terms_of(shelf())
    part = {
        "operation": "sum",
        "kinds": ["training_programme"],
        "measure": "培训量",
        "unit": "人日",
        "where": {"form": ["线上"]},
    }
    shown = side(part, kinds)
    assert "万人日" in shown.units
    assert shown.conditions == (("form", "线上"), ("", ""))
    assert shown.over["partner"] == "合作单位"
    assert side({}, kinds).kind is None
    assert Formula.from_json({"part": part}).part.kinds == ("training_programme",)


def test_units_of_the_college_are_offered(scene):
    assert [name for _pk, name in departments(scene.college)] == ["教务处", "继续教育学院", "提质建设组"]
