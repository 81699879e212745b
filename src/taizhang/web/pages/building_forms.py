"""The form by which the office orders a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taizhang.reports.catalogue import KINDS
from taizhang.web.ledger import access
from taizhang.web.ledger.models import BuiltReport, Period, Person


class PeriodField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes none at run time
    """Periods of several programmes are told apart by their names."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401 - as Django declares it
        """The period, and the programme that it is of."""
        return f"{obj} · {obj.programme}"


class OrderForm(forms.Form):
    """A period, a kind of report and a name; a reason where something stands in the way."""

    period = PeriodField(label=_("期"), queryset=Period.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("种类"), choices=[])
    name = forms.CharField(label=_("名称"), max_length=120, help_text=_("快照也用这个名称；同一个建设项目里不能重复"))
    previous = forms.ModelChoiceField(label=_("接续"), queryset=BuiltReport.objects.none(), required=False)
    carry = forms.BooleanField(
        label=_("沿用上一份改过的文字"), required=False,
        help_text=_("取接续的那一份的最新一稿：文字和版式不动，数字换成新的，逐个说明改了什么"),
    )  # fmt: skip
    override = forms.CharField(
        label=_("仍要生成的理由"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("有未处理的事项时才要写；理由印在给双高办的说明里，不印在报告里"),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **kwargs)
        programmes = [
            row for row in access.visible_programmes(person).select_related("college") if access.may_build(person, row)
        ]
        self.fields["period"].queryset = Period.objects.filter(  # type: ignore[attr-defined]  # of a model choice
            programme__in=programmes
        ).select_related("programme")
        self.fields["kind"].choices = [(kind.key, kind.name) for kind in KINDS.values()]  # type: ignore[attr-defined]
        self.fields["previous"].queryset = access.visible_built_reports(person)  # type: ignore[attr-defined]
        self.fields["previous"].empty_label = _("（新写一份）")  # type: ignore[attr-defined]
