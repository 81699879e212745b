"""The forms of a programme's money and landmark results, and the sheet of other colleges' medians."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from taizhang.profiles import load
from taizhang.web.ledger import access
from taizhang.web.ledger.models import BenchmarkScope, FundLine, Landmark, Person, Programme, Record, Unit
from taizhang.web.ledger.sheets import Column, Kind, Sheet
from taizhang.web.ledger.workflow import results as verbs

MEDIANS = Sheet(
    name="外部对标",
    columns=(
        Column(key="code", header="指标编号", width=14, required=True),
        Column(key="name", header="指标", width=40, help="只为看得清楚，导入时以编号为准"),
        Column(
            key="scope", header="范围", kind=Kind.CHOICE, choices=tuple(BenchmarkScope.choices), required=True, width=18
        ),
        Column(key="year", header="年度", kind=Kind.NUMBER, required=True, width=10),
        Column(key="median", header="中位数", kind=Kind.NUMBER, required=True, width=14, help="与指标的计量单位相同"),
        Column(key="source", header="出处", required=True, width=40, longest=200),
    ),
    notes=("一行一个指标、一个范围、一个年度；已经有的会换成新的数。",),
)


class ResultForm(forms.ModelForm):  # type: ignore[type-arg]  # as Django declares it
    """What the two forms share: the version that was seen, and that only a verb writes."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, person: Person, programme: Programme, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        self.person, self.programme = person, programme
        self.fields["seen"].initial = self.instance.version if self.instance.pk else 0

    def _post_clean(self) -> None:
        """Leave the instance as it is: the verb writes, after it has looked at what stands there now."""


class FundForm(ResultForm):
    """What a source gave in a year."""

    title = _("资金")

    class Meta:
        """The fields."""

        model = FundLine
        fields: ClassVar = [*verbs.FUND_FIELDS]
        widgets: ClassVar = {"explanation": forms.Textarea(attrs={"rows": 3})}

    def keep(self) -> FundLine:
        """Write it."""
        row = self.instance if self.instance.pk else None
        return verbs.keep_fund_line(self.person, self.programme, row, self.cleaned_data["seen"] or 0, self.cleaned_data)


class LandmarkForm(ResultForm):
    """A landmark result."""

    title = _("标志性成果")
    code = forms.CharField(label=_("业务记录的编号"), max_length=60, required=False)

    class Meta:
        """The fields; the record is told by its code."""

        model = Landmark
        fields: ClassVar = [name for name in verbs.LANDMARK_FIELDS if name != "record"]
        widgets: ClassVar = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("won_on", "lost_on")
        }

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        levels = load().levels
        names = [("", _("（不分级别）")), *((rung.name, rung.name) for rung in (*levels.order, *levels.apart))]
        for name in ("level", "won_level"):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=names, required=False)
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = Unit.objects.filter(college=self.programme.college_id, is_active=True)
        record = self.instance.record if self.instance.pk else None
        self.fields["code"].initial = record.code if record else ""

    def clean_code(self) -> Record | None:
        """The record of that code, if the person may see it."""
        code = self.cleaned_data["code"].strip()
        if not code:
            return None
        rows = access.visible_records(self.person).filter(college=self.programme.college_id, code=code)
        found = rows.first()
        if found is None:
            raise forms.ValidationError(_("没有编号为“%(code)s”的记录。"), params={"code": code})
        return found

    def keep(self) -> Landmark:
        """Write it."""
        row = self.instance if self.instance.pk else None
        values = {**self.cleaned_data, "record": self.cleaned_data["code"]}
        return verbs.keep_landmark(self.person, self.programme, row, self.cleaned_data["seen"] or 0, values)


FORMS: dict[str, type[FundForm] | type[LandmarkForm]] = {"funds": FundForm, "landmarks": LandmarkForm}
