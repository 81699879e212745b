"""The forms of the assessors: filters of the list, a verdict, a question, a draw, a round given, an answer."""

import secrets
from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger import access
from taizhang.web.ledger.models import (
    Category,
    Entry,
    Evidence,
    Inquiry,
    Judgement,
    Person,
    Round,
    Unit,
    Verdict,
)
from taizhang.web.ledger.sampling import risks, weights_of

NONE, POINTS = "none", "points"
_SHOWN = 30  # pieces of evidence to choose from; more are found by their words


class ItemFilter(forms.Form):
    """What the list of items is narrowed by; all of it stands in the address."""

    verdict = forms.ChoiceField(
        label=_("结论"), required=False, choices=[("", _("全部")), (NONE, _("未评")), *Verdict.choices]
    )
    risk = forms.ChoiceField(
        label=_("风险"), required=False,
        choices=[("", _("全部")), ("high", _("高")), ("middle", _("中")), ("low", _("低"))],
    )  # fmt: skip
    category = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), (POINTS, _("任务点")), *Category.choices]
    )
    unit = forms.ModelChoiceField(
        label=_("单位"), required=False, queryset=Unit.objects.none(), empty_label=cast("str", _("全部"))
    )
    asked = forms.BooleanField(label=_("有待答复的材料要求"), required=False)
    words = forms.CharField(label=_("查找"), required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, round_: Round, person: Person, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        self._round, self._person = round_, person
        units = access.assessed_entries(person).filter(round=round_).values("unit")
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = Unit.objects.filter(pk__in=units)

    def narrow(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        """The rows that fit; a value that is none of the choices narrows nothing."""
        self.is_valid()
        got = self.cleaned_data
        rows = self._by_verdict(rows, got.get("verdict"))
        if got.get("category") == POINTS:
            rows = rows.filter(point__isnull=False)
        elif got.get("category"):
            rows = rows.filter(indicator__category=got["category"])
        if got.get("unit"):
            rows = rows.filter(unit=got["unit"])
        if got.get("asked"):
            open_ = access.visible_inquiries(self._person).filter(entry=OuterRef("pk"), answered_at=None)
            rows = rows.filter(Exists(open_))
        if got.get("risk"):
            weights = weights_of(self._round)
            wanted = [pk for pk, each in risks(self._round).items() if weights.band(each.points) == got["risk"]]
            rows = rows.filter(pk__in=wanted)
        if words := got.get("words"):
            rows = rows.filter(
                Q(text__icontains=words) | Q(point__plan__icontains=words) | Q(indicator__name__icontains=words)
                | Q(indicator__code__startswith=words) | Q(point__task__name__icontains=words)
            )  # fmt: skip
        return rows

    def _by_verdict(self, rows: QuerySet[Entry], verdict: str | None) -> QuerySet[Entry]:
        own: QuerySet[Judgement] = access.visible_judgements(self._person).filter(entry=OuterRef("pk"))
        if verdict == NONE:
            return rows.filter(~Exists(own))
        return rows.filter(Exists(own.filter(verdict=verdict))) if verdict else rows


class DrawForm(forms.Form):
    """How many to draw, and the seed: given, a draw is repeated."""

    size = forms.IntegerField(label=_("抽取项数"), min_value=1, max_value=500, initial=20)
    seed = forms.IntegerField(
        label=_("随机种子"), required=False, min_value=0, max_value=10**18 - 1,
        help_text=_("空着就随机产生；填上次的种子，结果与上次相同。"),
    )  # fmt: skip

    def seed_or_chance(self) -> int:
        """The seed typed, or one by chance."""
        typed = self.cleaned_data["seed"]
        return secrets.randbelow(10**9) if typed is None else int(typed)


class AssignForm(forms.Form):
    """To whom a round is given, and until when."""

    expert = forms.ModelChoiceField(label=_("专家"), queryset=Person.objects.none())
    until = forms.DateField(
        label=_("截止"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, person: Person, round_: Round, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        cast("forms.ModelChoiceField[Person]", self.fields["expert"]).queryset = access.experts_for(person, round_)


class AnswerForm(forms.Form):
    """An answer in words, with evidence of the college; what the item cites stands first."""

    answer = forms.CharField(label=_("答复"), required=False, widget=forms.Textarea)
    evidence = forms.ModelMultipleChoiceField(
        label=_("佐证材料"), required=False, queryset=Evidence.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, person: Person, inquiry: Inquiry, words: str = "", **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        held = access.held_evidence(person).filter(college=inquiry.entry.round.programme.college_id, withdrawn_at=None)
        field = cast("forms.ModelMultipleChoiceField[Evidence]", self.fields["evidence"])
        field.queryset = held
        shown = held.filter(Q(title__icontains=words) | Q(file_name__icontains=words)) if words else held
        first = shown.order_by("-uploaded_at").values_list("pk", flat=True)[:_SHOWN]
        typed = cast("QueryDict", self.data).getlist("evidence") if self.is_bound else self.initial.get("evidence", [])
        kept = [int(pk) for pk in typed if str(pk).isdigit()]
        field.choices = [(each.pk, str(each)) for each in held.filter(Q(pk__in=[*first, *kept]))]
