"""评分预测: what the round comes to as it is told now, the grade, what would change it most, and what would be if."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.supposing import effects
from taizhang.web.ledger import access
from taizhang.web.ledger import scores as computed
from taizhang.web.ledger.models import Appraisal, Programme, Round, Supposition
from taizhang.web.ledger.workflow import appraisal as verbs
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.ledger.workflow.typed import number
from taizhang.web.pages.asking import person_of, telling, whole_in
from taizhang.web.pages.supposing import (
    SHOWN,
    address_of,
    is_padded,
    lines,
    supposed_in,
    told_by,
    without_padding,
)


@require_safe
def scores(request: HttpRequest, pk: int) -> HttpResponse:
    """The projection of the newest round, or of the one asked for; with suppositions that the address tells."""
    person = person_of(request)
    owner = get_object_or_404(access.surveyed_programmes(person).select_related("college"), pk=pk)
    rounds = list(owner.rounds.select_related("period"))
    asked = request.GET.get("round", "")
    round_ = next((each for each in rounds if str(each.pk) == asked), rounds[0] if rounds else None)
    if is_padded(request.GET):
        return redirect(f"{request.path}?{without_padding(request.GET)}#supposed")
    shown = {
        "programme": owner, "tab": "scores", "may_manage": access.may_manage(person, owner), "rounds": rounds, "round": round_
    }  # fmt: skip
    if round_ is not None:
        round_.programme = owner
        shown |= _projected(round_, request.GET)
    return render(request, "results/scores.html", shown)


def _projected(round_: Round, asked: QueryDict) -> dict[str, object]:
    """The round as it is told, and beside it as it would be with what is supposed."""
    outcome = computed.standing_of(round_)
    tiers, projection, scheme = outcome.tiers, outcome.projection, outcome.scheme
    rows = [row for tier in tiers for row in tier.sheet.rows]
    supposed = supposed_in(asked, tiers, scheme)
    find = asked.get("find", "").strip()
    touched, offered = lines(tiers, projection, supposed, find)
    then = computed.standing_of(round_, supposed.values) if supposed.values else None
    said = Appraisal.objects.filter(round=round_).first()
    return {
        "outcome": outcome, "projection": projection, "path": projection.path, "asks": [row for row in rows if row.asks][:SHOWN],
        "untold": sum(not row.is_told for row in rows), "all": len(rows),
        "find": find, "touched": touched, "offered": offered, "supposed": address_of(supposed).items(), "faults": supposed.faults,
        "then": then.projection if then else None, "gained": then.projection.total - projection.total if then else None,
        "effects": effects(tiers, then.tiers, scheme) if then else (),
        "said": said, "seen": said.version if said else 0,
        "tiers": [(tier.name, (said.management if said else {}).get(tier.name, "")) for tier in tiers],
        "fails": [(each, each in said.fails if said else False, (said.fails if said else {}).get(each, "")) for each in scheme.fails],
        "kept": [(each, _address(round_.programme, round_, told_by(each))) for each in round_.suppositions.all()],
    }  # fmt: skip


def _address(programme: Programme, round_: Round, supposed: Mapping[str, Sequence[str]] | None = None) -> str:
    told = QueryDict(mutable=True)
    told["round"] = str(round_.pk)
    for name, values in (supposed or {}).items():
        told.setlist(name, list(values))
    return f"{reverse('scores', args=[programme.pk])}?{told.urlencode()}"


def _round(request: HttpRequest, pk: int) -> Round:
    """The round, where the person may look at its programme's scores."""
    programmes = access.surveyed_programmes(person_of(request))
    return get_object_or_404(Round.objects.select_related("programme__college").filter(programme__in=programmes), pk=pk)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep 管理与执行 and the conditions that fail the college at once."""
    round_ = _round(request, pk)
    with telling(request, _("已保存，预测按它算。")):
        fails = {each: request.POST.get(f"note-{each}", "") for each in request.POST.getlist("fails")}
        verbs.keep(
            person_of(request), round_, whole_in(request.POST.get("seen")) or 0, _management(request, round_), fails
        )
    return redirect(_address(round_.programme, round_))


def _management(request: HttpRequest, round_: Round) -> dict[str, Decimal]:
    """The scores as typed, by tier; an empty one is none."""
    found = {}
    for place, name in enumerate(computed.tiers_of(round_)):
        typed = request.POST.get(f"management-{place}", "").strip()
        score = number(typed)
        if typed and score is None:
            raise RefusedError(_("“%(typed)s”不是数字，请填 0 到 100 之间的得分。") % {"typed": typed})
        if score is not None:
            found[name] = score
    return found


@require_POST
def suppose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a supposition under a name."""
    round_ = _round(request, pk)
    outcome = computed.standing_of(round_)
    wanted = supposed_in(request.POST, outcome.tiers, outcome.scheme)
    with telling(request, _("假设已保存。")):
        for fault in wanted.faults.values():
            raise RefusedError(fault)
        verbs.suppose(person_of(request), round_, request.POST.get("name", ""), wanted.values)
    return redirect(_address(round_.programme, round_, address_of(wanted)))


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a supposition away."""
    programmes = access.surveyed_programmes(person_of(request))
    rows = Supposition.objects.select_related("round__programme__college").filter(round__programme__in=programmes)
    row = get_object_or_404(rows, pk=pk)
    round_ = row.round
    with telling(request, _("假设已删去。")):
        verbs.forget(person_of(request), row)
    return redirect(_address(round_.programme, round_))
