"""The form by which a report is ordered."""

from taizhang.web.pages.building_forms import OrderForm


def test_only_periods_of_programmes_that_the_person_may_build_are_offered(scene):
    assert OrderForm(person=scene.people.office).fields["period"].queryset.count() == len(scene.periods)
    for role in ("lead", "outsider", "province"):
        assert OrderForm(person=getattr(scene.people, role)).fields["period"].queryset.count() == 0


def test_a_reason_is_not_needed_and_a_name_is(scene):
    body = {"period": scene.periods["mid"].pk, "kind": "selfevaluation", "name": "中期自评"}
    assert OrderForm(body, person=scene.people.office).is_valid()
    assert set(OrderForm({**body, "name": ""}, person=scene.people.office).errors) == {"name"}
