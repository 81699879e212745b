"""The forms of the plan: what is typed, as the verbs want it."""

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Category, Indicator, Period, PeriodKind, Person, Point, Programme, Task, Unit
from taizhang.web.ledger.workflow import programme as verbs

_PROFILES = [
    ("provincial", _("省域双高")), ("national", _("国家双高")), ("generic", _("通用")),
    ("budget-form", _("财预〔2020〕10号 自评表")), ("quality-report", _("质量年度报告")),
]  # fmt: skip

_WORDS = {"task": _("所属任务"), "parent": _("上级任务"), "person": _("责任人")}


def colleges(person: Any) -> list[Unit]:  # noqa: ANN401 - whoever asks
    """The colleges whose programmes the person keeps."""
    return list(dict.fromkeys(u.college for u in access.standing(person).units(access.OFFICE) if u.college))


class FoundingForm(forms.Form):
    """A new programme."""

    college_id = forms.TypedChoiceField(label=_("学校"), coerce=int)
    name = forms.CharField(label=_("名称"), max_length=200, help_text=_("如：省域高水平高职学校建设"))
    first_year = forms.IntegerField(label=_("起始年"), min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label=_("结束年"), min_value=2000, max_value=2100)
    approved_on = forms.DateField(
        label=_("任务书批准日"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    profile = forms.ChoiceField(label=_("口径配置"), choices=_PROFILES)

    def __init__(self, *args: Any, person: Person, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        self._colleges = {unit.pk: unit for unit in colleges(person)}
        field = cast("forms.TypedChoiceField", self.fields["college_id"])
        field.choices = [(pk, unit.name) for pk, unit in self._colleges.items()]
        if len(self._colleges) == 1:
            field.initial, field.widget = next(iter(self._colleges)), forms.HiddenInput()

    def college(self) -> Unit:
        """The college chosen."""
        return self._colleges[self.cleaned_data["college_id"]]

    def founding(self) -> verbs.Founding:
        """What was typed."""
        names = ("name", "first_year", "last_year", "profile", "approved_on")
        return verbs.Founding(**{name: self.cleaned_data[name] for name in names})


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]  # as Django declares it
    """What may be changed of a programme."""

    profile = forms.ChoiceField(label=_("口径配置"), choices=_PROFILES)

    class Meta:
        """The fields."""

        model = Programme
        fields: ClassVar = [*verbs.PROGRAMME_FIELDS]
        widgets: ClassVar = {"approved_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def _post_clean(self) -> None:
        """Leave the instance as it is: the verb writes."""


class PeriodForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """A period of a programme."""

    class Meta:
        """The fields."""

        model = Period
        fields: ClassVar = ["name", "kind", "first_year", "last_year"]

    def _post_clean(self) -> None:
        """As above."""


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # three tables share it
    """A row of the plan; `seen` is the version that stood on the page when it was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, *args: Any, programme: Programme, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        self.programme = programme
        college = programme.college
        units = Unit.objects.filter(college=college, is_active=True)
        choices: dict[str, QuerySet[Any]] = {
            "unit": units, "team": units.filter(kind="team"), "group": units.filter(kind="group"),
            "task": programme.tasks.all(), "parent": programme.tasks.exclude(pk=self.instance.pk),
            "person": Person.objects.filter(home=college, is_active=True),
        }  # fmt: skip
        for name, rows in choices.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset, field.empty_label = rows, _("（未定）")
                # The tables name these columns for themselves only; a form has to say them in the reader's words.
                field.label = _WORDS.get(name, field.label)
        self.fields["seen"].initial = self.instance.version if self.instance.pk else 1

    def _post_clean(self) -> None:
        """Leave the instance as it is: the verb writes, after it has looked at what stands there now."""

    def fields_of_table(self) -> dict[str, Any]:
        """The typed fields by name, without the form's own."""
        return {name: value for name, value in self.cleaned_data.items() if name in self._meta.fields}  # type: ignore[operator]


class TaskForm(PlanForm):
    """A task of the tree."""

    class Meta:
        """The fields."""

        model = Task
        fields: ClassVar = ["code", "name", "parent", "unit", "team", "person"]

    def keep(self, person: Person, row: Task | None) -> Task:
        """Write it."""
        return verbs.keep_task(person, self.programme, row, self.cleaned_data["seen"], self.fields_of_table())

    def after(self, _made: Task) -> str:
        """Where to go then."""
        return reverse("programme", args=[self.programme.pk])


class PointForm(PlanForm):
    """A task point."""

    class Meta:
        """The fields."""

        model = Point
        fields: ClassVar = ["task", "year", "ordinal", "plan", "unit", "person"]

    def keep(self, person: Person, row: Point | None) -> Point:
        """Write it."""
        return verbs.keep_point(person, self.programme, row, self.cleaned_data["seen"], self.fields_of_table())

    def after(self, made: Point) -> str:
        """Where to go then."""
        return reverse("point", args=[made.pk])


class IndicatorForm(PlanForm):
    """An indicator with a target for each period."""

    class Meta:
        """The fields."""

        model = Indicator
        fields: ClassVar = [*verbs.INDICATOR_FIELDS]

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        targets = list(self.instance.targets.all()) if self.instance.pk else []
        held = {target.period_id: target.text for target in targets}
        excepted = {target.period_id: target.exception for target in targets}
        self._periods = list(self.programme.periods.all())
        for period in self._periods:
            self.fields[f"target_{period.pk}"] = forms.CharField(
                label=f"{period.name}目标值", max_length=300, required=False, initial=held.get(period.pk, "")
            )
            if period.kind == PeriodKind.CHECKPOINT:
                self.fields[f"exception_{period.pk}"] = forms.CharField(
                    label=_("中期目标不按比例折算的说明"), max_length=300, required=False,
                    initial=excepted.get(period.pk, ""),
                )  # fmt: skip

    def keep(self, person: Person, row: Indicator | None) -> Indicator:
        """Write it with its targets."""
        targets = {
            period.pk: (self.cleaned_data[f"target_{period.pk}"], self.cleaned_data.get(f"exception_{period.pk}", ""))
            for period in self._periods
        }
        seen = self.cleaned_data["seen"]
        return verbs.keep_indicator(person, self.programme, row, seen, self.fields_of_table(), targets)

    def after(self, made: Indicator) -> str:
        """Where to go then."""
        return reverse("indicator", args=[made.pk])


FORMS: dict[str, Any] = {"tasks": TaskForm, "points": PointForm, "indicators": IndicatorForm}


class PlanFilter(forms.Form):
    """What narrows a list; a wrong value narrows nothing."""

    words = forms.CharField(label=_("查找"), required=False, max_length=60)
    task = forms.ModelChoiceField(Task.objects.none(), label=_("任务"), required=False, empty_label=_("全部"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("责任单位"), required=False, empty_label=_("全部"))

    def __init__(self, *args: Any, person: Person, programme: Programme, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        self.programme = programme
        task = cast("forms.ModelChoiceField[Task]", self.fields["task"])
        unit = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        task.queryset = access.visible_tasks(person).filter(programme=programme)
        unit.queryset = Unit.objects.filter(college=programme.college_id, is_active=True)

    def chosen(self, name: str) -> Any:  # noqa: ANN401 - a field's value
        """The value of a field, None where it is empty or wrong."""
        self.is_valid()
        return self.cleaned_data.get(name)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that match."""
        if self.chosen("task"):
            rows = rows.filter(task__position__startswith=self.chosen("task").position)
        if self.chosen("unit"):
            rows = rows.filter(unit__path__startswith=self.chosen("unit").path)
        return rows


class PointFilter(PlanFilter):
    """Points by year, too."""

    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, programme: Programme, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, programme=programme, **more)
        years = range(programme.first_year, programme.last_year + 1)
        field = cast("forms.TypedChoiceField", self.fields["year"])
        field.choices = [("", _("全部")), *((year, str(year)) for year in years)]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """By year and by the words of the plan."""
        rows = super().narrow(rows)
        if self.chosen("year"):
            rows = rows.filter(year=self.chosen("year"))
        return rows.filter(plan__icontains=self.chosen("words")) if self.chosen("words") else rows


class IndicatorFilter(PlanFilter):
    """Indicators by category, too."""

    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *Category.choices])

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """By category and by name or code."""
        rows = super().narrow(rows)
        if self.chosen("category"):
            rows = rows.filter(category=self.chosen("category"))
        words = self.chosen("words")
        return rows.filter(Q(name__icontains=words) | Q(code__startswith=words)) if words else rows
