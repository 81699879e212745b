"""填报轮次: the list of rounds, how far one has come, and the office's forms to open, put off, close and reopen."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access, progress
from taizhang.web.ledger.models import Period, Person, Programme, Round, Stage, Task
from taizhang.web.ledger.workflow import rounds as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.history import of

_LABELS = (gettext_lazy("个人截止"), gettext_lazy("部门截止"), gettext_lazy("建设组截止"), gettext_lazy("学校截止"))
_MOST_TASKS = 200  # a longer table is no overview
_SUGGESTED = (14, 21, 25, 30)  # days from today, until the office says otherwise


class DeadlinesForm(forms.Form):
    """A day for each layer."""

    reason = forms.CharField(label=gettext_lazy("调整的理由"), max_length=300)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        for name, label in zip(verbs.DEADLINES, _LABELS, strict=True):
            day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(label=label, widget=day)
        if "reason" in self.fields:
            self.order_fields([*verbs.DEADLINES, "reason"])

    @property
    def days(self) -> list[date]:
        """The days, in the order of the layers."""
        return [self.cleaned_data[name] for name in verbs.DEADLINES]


class OpeningForm(DeadlinesForm):
    """A new round."""

    reason = None  # type: ignore[assignment]  # Django's way of leaving out a field
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    period = forms.ModelChoiceField(label=gettext_lazy("期间"), queryset=Period.objects.none())
    tasks = forms.ModelMultipleChoiceField(
        label=gettext_lazy("任务"), queryset=Task.objects.none(), required=False,
        help_text=gettext_lazy("一个都不选，就是全部任务；选上级任务，包括它下面的。"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        self.fields["period"].queryset = programme.periods.all()  # type: ignore[attr-defined]
        self.fields["tasks"].queryset = programme.tasks.filter(parent=None)  # type: ignore[attr-defined]
        self.order_fields(["name", "period", *verbs.DEADLINES, "tasks"])


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds that the person sees, newest first."""
    person = person_of(request)
    found = list(
        access.visible_rounds(person).select_related("programme__college", "period").order_by("-opened_at")[:100]
    )
    counts = _counts(person, found)
    shown = [(row, counts.get(row.pk) or progress.Progress(row.name, row.pk)) for row in found]
    opens = [
        programme
        for programme in access.visible_programmes(person).filter(is_closed=False).select_related("college")
        if access.may_manage(person, programme)
    ]
    return render(request, "rounds/rounds.html", {"rounds": shown, "opens": opens})


def _counts(person: Person, found: list[Round]) -> dict[int, progress.Progress]:
    """How far each of the rounds has come."""
    rows = access.visible_entries(person).filter(round__in=found).values_list("round", "stage").order_by()
    counts = {row.pk: progress.Progress(row.name, row.pk) for row in found}
    for pk, stage, count in rows.annotate(Count("pk")):
        counts[pk].stages[stage] += count
    return counts


def visible_round(person: Person, pk: int) -> Round:
    """The round, if the person may know that it exists."""
    found: QuerySet[Round] = access.visible_rounds(person).select_related("programme__college", "period", "opened_by")
    return get_object_or_404(found, pk=pk)


@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a round has come: by unit and by task."""
    person = person_of(request)
    return _page(request, person, visible_round(person, pk))


def _page(
    request: HttpRequest, person: Person, row: Round, form: DeadlinesForm | None = None, refusal: str = ""
) -> HttpResponse:
    today = timezone.localdate()
    units, tasks = progress.by_unit(person, row, today), progress.by_task(person, row, today)
    days = dict(zip(verbs.DEADLINES, (getattr(row, name) for name in verbs.DEADLINES), strict=True))
    form = form or DeadlinesForm(initial=days)
    shown = {
        "round": row, "units": units, "tasks": tasks[:_MOST_TASKS], "left_out": max(len(tasks) - _MOST_TASKS, 0),
        "whole": progress.whole(units, _("合计")), "stages": Stage.choices, "form": form, "today": today,
        "deadlines": list(zip(_LABELS, days.values(), strict=True)), "may_manage": access.may_manage(person, row.programme),
        "told": of(row) if access.may_manage(person, row.programme) else (),
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "rounds/round.html", shown, status=400 if refusal or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to open a round of a programme."""
    person = person_of(request)
    programme = get_object_or_404(access.visible_programmes(person).select_related("college"), pk=pk)
    if not access.may_manage(person, programme):
        return render(request, "403.html", status=403)
    today = timezone.localdate()
    days = {name: today + timedelta(days=ahead) for name, ahead in zip(verbs.DEADLINES, _SUGGESTED, strict=True)}
    form = OpeningForm(request.POST or None, programme=programme, initial=days)
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("name", "period", *verbs.DEADLINES)}
        try:
            made = verbs.open_round(person, programme, verbs.Opening(tasks=tuple(form.cleaned_data["tasks"]), **asked))
        except TaizhangError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("已开启，共 %d 项；有事要填的人都收到了通知。") % made.entries.count()
            messages.success(request, said)
            return redirect("round", made.pk)
    shown = {"form": form, "programme": programme}
    return render(request, "rounds/open.html", shown, status=400 if form.errors else 200)


@require_POST
def put_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Other deadlines."""
    person = person_of(request)
    row = visible_round(person, pk)
    form = DeadlinesForm(request.POST)
    if not access.may_manage(person, row.programme):
        return render(request, "403.html", status=403)
    if form.is_valid():
        with telling(request, _("期限已改，还没有提交的人都收到了通知。"), form):
            verbs.put_off(person, row, form.days, form.cleaned_data["reason"])
        if form.is_valid():
            return redirect("round", pk)
    return _page(request, person, row, form=form)


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Close, reopen, or bring in what was planned later."""
    person = person_of(request)
    row = visible_round(person, pk)
    try:
        if verb == "close":
            verbs.close(person, row)
            said = _("这一轮已结束，不能再填报和审核；需要时可以重新开放。")
        elif verb == "reopen":
            verbs.reopen(person, row, request.POST.get("reason", ""))
            said = _("这一轮已重新开放。")
        else:
            added = verbs.take_later_items(person, row)
            said = _("补入 %d 项。") % added if added else _("没有要补入的：计划里的都在这一轮里了。")
    except NotAllowedError:
        return render(request, "403.html", status=403)
    except TaizhangError as refusal:
        return _page(request, person, row, refusal=str(refusal))
    messages.success(request, said)
    return redirect("round", pk)
