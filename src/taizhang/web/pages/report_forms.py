"""The forms of uploaded reports: what to upload, filters of findings, an exemption, a colleague to mend it."""

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taizhang.checks.registry import FAMILIES
from taizhang.web.ledger import access
from taizhang.web.ledger.models import FindingStatus, Person, ReportFinding, Round, Unit, UnitKind

LAPSED = "lapsed"


class SeveralFiles(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each as Django checks one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 - as Django declares it
        """The list of them."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given]


class UploadForm(forms.Form):
    """The reports to check together, for which unit, and the round they are held against."""

    uploads = FilesField(
        label=_("报告"), help_text=_("Word、PDF、Excel 或文本；同年的几份报告一起选，一起核对。"),
        widget=SeveralFiles(attrs={"multiple": True, "accept": ".docx,.docm,.xlsx,.xlsm,.csv,.pdf,.txt,.md"}),
    )  # fmt: skip
    round = forms.ModelChoiceField(
        label=_("与台账的哪一轮对照"), required=False, queryset=Round.objects.none(),
        empty_label=cast("str", _("不对照")), help_text=_("报告里的数与这一轮学校已审的数逐个比较。"),
    )  # fmt: skip
    unit = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, person: Person, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        own = access.standing(person).units(*access.WORKERS, access.OFFICE)
        units = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        units.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in own]).exclude(kind=UnitKind.PROVINCE)
        if len(set(own)) == 1:
            units.initial, units.widget = own[0].pk, forms.HiddenInput()
        rounds = cast("forms.ModelChoiceField[Round]", self.fields["round"])
        colleges = [unit.college_id for unit in own]
        rounds.queryset = access.visible_rounds(person).filter(programme__college__in=colleges).order_by("-opened_at")
        rounds.initial = rounds.queryset.first()


class FindingFilter(forms.Form):
    """What the findings of a report are narrowed by."""

    severity = forms.ChoiceField(
        label=_("级别"), required=False,
        choices=[("", _("全部")), ("error", _("错误")), ("warning", _("存疑")), ("info", _("提示"))],
    )  # fmt: skip
    family = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *((code, f"{code} {name}") for code, name in FAMILIES.items())]
    )  # fmt: skip
    status = forms.ChoiceField(
        label=_("处理"), required=False, choices=[("", _("全部")), *FindingStatus.choices, ("differs", _("与台账不同"))]
    )

    def narrow(self, rows: QuerySet[ReportFinding]) -> QuerySet[ReportFinding]:
        """The findings that fit; an exemption past its day is open again."""
        self.is_valid()
        got = self.cleaned_data
        if got.get("severity"):
            rows = rows.filter(severity=got["severity"])
        if got.get("family"):
            rows = rows.filter(code__startswith=got["family"])
        lapsed = Q(status=FindingStatus.EXEMPT, exempt_until__lt=timezone.localdate())
        if got.get("status") == FindingStatus.OPEN:
            rows = rows.filter(Q(status=FindingStatus.OPEN) | lapsed)
        elif got.get("status") == FindingStatus.EXEMPT:
            rows = rows.filter(status=FindingStatus.EXEMPT).exclude(lapsed)
        elif got.get("status") == FindingStatus.MENDED:
            rows = rows.filter(status=FindingStatus.MENDED)
        elif got.get("status") == "differs":
            rows = rows.exclude(differs="")
        return rows


class ExemptForm(forms.Form):
    """Why, and until when; who is the one who is logged in."""

    reason = forms.CharField(label=_("豁免理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    until = forms.DateField(label=_("豁免至"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class GiveForm(forms.Form):
    """Who is to mend it, how, and by when."""

    person = forms.ModelChoiceField(label=_("整改人"), queryset=Person.objects.none())
    measure = forms.CharField(label=_("整改措施"), max_length=300, required=False)
    due = forms.DateField(
        label=_("整改期限"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, finding: ReportFinding, asker: Person, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        people = access.colleagues(asker).filter(home=finding.report.college_id)
        cast("forms.ModelChoiceField[Person]", self.fields["person"]).queryset = people
