"""The forms of uploaded reports; what they do on their pages stands with the pages."""

from taizhang.web.pages.report_forms import GiveForm, UploadForm


def test_who_has_one_unit_is_not_asked_for_it(scene):
    form = UploadForm(person=scene.people.reporter)
    assert form.fields["unit"].initial == scene.teaching.pk
    assert [field.name for field in form.visible_fields()] == ["uploads", "round"]
    assert form.fields["round"].initial == scene.round


def test_only_rounds_of_the_own_college_are_offered(scene):
    assert not UploadForm(person=scene.people.outsider).fields["round"].queryset.exists()


def test_only_colleagues_are_given_findings(scene):
    from taizhang.web.ledger.models import Report, ReportFinding

    finding = ReportFinding(report=Report(college=scene.college))
    people = GiveForm(finding=finding, asker=scene.people.office).fields["person"].queryset
    assert scene.people.colleague in people
    assert scene.people.outsider not in people
