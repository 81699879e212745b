"""评分预测: what the round comes to as it is told now, the grade, and what would change it most."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from taizhang.web.ledger import access
from taizhang.web.ledger import scores as computed
from taizhang.web.pages.asking import person_of

SHOWN = 30  # indicators in each list


@require_safe
def scores(request: HttpRequest, pk: int) -> HttpResponse:
    """The projection of the newest round, or of the one asked for. What nobody can compute is ticked in the address."""
    person = person_of(request)
    owner = get_object_or_404(access.surveyed_programmes(person).select_related("college"), pk=pk)
    rounds = list(owner.rounds.select_related("period"))
    asked = request.GET.get("round", "")
    round_ = next((each for each in rounds if str(each.pk) == asked), rounds[0] if rounds else None)
    shown = {
        "programme": owner, "tab": "scores", "may_manage": access.may_manage(person, owner), "rounds": rounds, "round": round_
    }  # fmt: skip
    if round_ is not None:
        round_.programme = owner
        declared = request.GET.getlist("fails")
        management = computed.percent(request.GET.get("management", ""))
        told: list[tuple[str, Decimal]] = [(computed.SCHOOL, management)] if management is not None else []
        standing = computed.standing_of(round_, declared=declared, management=told)
        rows = [row for tier in standing.tiers for row in tier.sheet.rows]
        shown |= {
            "outcome": standing, "projection": standing.projection, "declared": declared,
            "management": request.GET.get("management", ""), "gains": standing.projection.gains[:SHOWN],
            "path": standing.projection.path, "asks": [row for row in rows if row.asks][:SHOWN],
            "untold": sum(not row.is_told for row in rows), "all": len(rows),
        }  # fmt: skip
    return render(request, "results/scores.html", shown)
