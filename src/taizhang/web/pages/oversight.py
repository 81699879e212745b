"""评审安排: the colleges below a province (or the office's own), how far each round is, and which experts have it."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Assignment, Entry, Judgement, Person, RoleName, Round, Stage
from taizhang.web.ledger.workflow import review
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.judging_forms import AssignForm


@require_safe
def oversight(request: HttpRequest) -> HttpResponse:
    """Each college with its programmes and their rounds: how much is locked, judged, and by whom."""
    person = person_of(request)
    rows = list(
        access.given_rounds(person)
        .select_related("programme__college", "period")
        .order_by("programme__college__sort_key", "programme__college__path", "programme", "-opened_at")
    )
    counts = _counts(rows, person)
    given = dict(_held(person).filter(round__in=rows, ended_at=None).values_list("round").annotate(Count("pk")))
    colleges: dict[int, dict[str, Any]] = {}
    for row in rows:
        college = row.programme.college
        group = colleges.setdefault(college.pk, {"college": college, "rounds": []})
        group["rounds"].append({"round": row, "experts": given.get(row.pk, 0), **counts.get(row.pk, _EMPTY)})
    shown = {
        "colleges": list(colleges.values()), "may_assign": access.standing(person).holds(RoleName.OFFICE, RoleName.PROVINCE)
    }  # fmt: skip
    return render(request, "judging/oversight.html", shown)


_EMPTY = {"all": 0, "locked": 0, "judged": 0}


def _counts(rounds: list[Round], person: Person) -> dict[int, dict[str, int]]:
    """How many items each round has, how many are locked, and how many of those the house's experts have judged."""
    stages = (
        Entry.objects.filter(round__in=rounds)
        .values("round")
        .annotate(every=Count("pk"), locked=Count("pk", filter=Q(stage=Stage.LOCKED)))
        .values_list("round", "every", "locked")
    )
    judged = dict(
        Judgement.objects.filter(entry__round__in=rounds, entry__stage=Stage.LOCKED, expert__home=person.home_id)
        .values_list("entry__round")
        .annotate(Count("entry", distinct=True))
    )
    return {pk: {"all": every, "locked": locked, "judged": judged.get(pk, 0)} for pk, every, locked in stages}


def _held(person: Person) -> Any:  # noqa: ANN401 - a queryset of assignments
    """The assignments that people of the same house gave."""
    return access.visible_assignments(person).filter(
        round__in=access.given_rounds(person).values("pk"), given_by__home=person.home_id
    )


def assigning(request: HttpRequest, pk: int) -> HttpResponse:
    """Which experts have a round and how far they are; the form that gives it to another."""
    person = person_of(request)
    row = get_object_or_404(access.given_rounds(person).select_related("programme__college", "period"), pk=pk)
    form = AssignForm(request.POST or None, person=person, round_=row)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已安排，专家的工作台上有通知。"), form):
            review.assign(person, row, form.cleaned_data["expert"], form.cleaned_data["until"])
        if form.is_valid():
            return redirect("assigning", pk)
    done = dict(
        Judgement.objects.filter(entry__round=row, entry__stage=Stage.LOCKED)
        .values_list("expert")
        .annotate(Count("pk"))
    )
    given = list(_held(person).filter(round=row).select_related("expert", "given_by").order_by("ended_at", "-given_at"))
    for each in given:
        each.done = done.get(each.expert_id, 0)
    shown = {
        "round": row, "form": form, "given": given, "tab": "experts", "may_draw": True, **_counts([row], person).get(row.pk, _EMPTY),
        "assesses": access.assessed_rounds(person).filter(pk=pk).exists(),
        "experts": access.experts_for(person, row).exists(),
    }  # fmt: skip
    return render(request, "judging/assigning.html", shown, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a round back from an expert."""
    person = person_of(request)
    row: Assignment = get_object_or_404(_held(person), pk=pk)
    with telling(request, _("已收回；专家已评的结论保留。")):
        review.end_assignment(person, row)
    return redirect("assigning", row.round_id)
