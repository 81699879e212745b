"""Forms of money and landmarks offer what belongs to the college, and write nothing by themselves."""

from taizhang.web.ledger.models import FundLine
from taizhang.web.pages.results_forms import MEDIANS, FundForm, LandmarkForm


def test_a_valid_form_writes_nothing_until_it_is_kept(scene):
    told = {"year": 2024, "source": "5-own", "budget": "1", "arrived": "1", "spent": "1", "seen": ""}
    form = FundForm(told, person=scene.people.office, programme=scene.programme)
    assert form.is_valid()
    assert not FundLine.objects.exists()
    assert form.keep().version == 1


def test_units_of_other_colleges_are_not_offered(scene):
    form = LandmarkForm(None, person=scene.people.office, programme=scene.programme)
    assert set(form.fields["unit"].queryset) == {scene.college, scene.teaching, scene.training, scene.team}
    assert [column.header for column in MEDIANS.columns][:2] == ["指标编号", "指标"]
