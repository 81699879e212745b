"""抽查: samples of a round drawn by risk, on the page, on paper, and as Excel."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Sample, SampleItem
from taizhang.web.ledger.sheets import Column, Kind, Sheet, export
from taizhang.web.ledger.workflow import review
from taizhang.web.pages import sheet
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.judging_forms import DrawForm


def planned(each: SampleItem) -> str:
    """The plan of a point, the name of an indicator."""
    entry = each.entry
    return entry.point.plan if entry.point else str(entry.indicator)


def told(each: SampleItem) -> str:
    """What the college reports: the value with its measure, and the words."""
    entry = each.entry
    if entry.number is None or entry.indicator is None:
        return entry.text
    value = f"{entry.number.normalize():f}{entry.indicator.measure}"
    return value if entry.text in {"", value, f"{entry.number.normalize():f}"} else f"{value}；{entry.text}"


SHEET = Sheet(
    name="现场核查清单",
    columns=(
        Column(key="number", header="序号", kind=Kind.NUMBER, width=6, value=lambda each: each.number),
        Column(key="unit", header="责任单位", value=lambda each: each.entry.unit),
        Column(key="item", header="核查项", width=30, value=lambda each: str(each.entry)),
        Column(key="plan", header="计划或指标", width=36, value=planned),
        Column(key="told", header="填报内容", width=40, value=told),
        Column(key="risk", header="风险分", kind=Kind.NUMBER, width=8),
        Column(key="reasons", header="抽查理由", width=30, value=lambda each: "；".join(each.reasons)),
        Column(key="found", header="核查情况", width=30, value=lambda _each: ""),
        Column(key="verdict", header="核查结论", width=12, value=lambda _each: ""),
    ),
)


def samples(request: HttpRequest, pk: int) -> HttpResponse:
    """The samples of a round, and the form that draws another."""
    person = person_of(request)
    row = get_object_or_404(access.visible_rounds(person).select_related("programme__college"), pk=pk)
    if not access.may_draw(person, row):
        return render(request, "403.html", status=403)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已抽取。种子和权重随清单保存，可以重抽核对。"), form):
            drawn = review.draw_sample(person, row, form.cleaned_data["size"], form.seed_or_chance())
        if form.is_valid():
            return redirect("judging_sample", drawn.pk)
    drawn_before = (
        access.visible_samples(person).filter(round=row).select_related("drawn_by").annotate(count=Count("items"))
    )
    shown = {
        "round": row, "form": form, "samples": drawn_before, "tab": "samples", "may_draw": True,
        "may_assign": access.may_assign(person, row),
        "assesses": access.assessed_rounds(person).filter(pk=pk).exists(),
    }  # fmt: skip
    return render(request, "judging/samples.html", shown, status=422 if form.errors else 200)


def _sample(request: HttpRequest, pk: int) -> tuple[Sample, list[SampleItem]]:
    """A sample with those of its items that the person may still see."""
    person = person_of(request)
    row = get_object_or_404(
        access.visible_samples(person).select_related("round__programme__college", "round__period", "drawn_by"), pk=pk
    )
    assessed, visible = access.assessed_entries(person).values("pk"), access.visible_entries(person).values("pk")
    seen = row.items.filter(Q(entry__in=assessed) | Q(entry__in=visible))
    items = list(seen.select_related("entry__point__task", "entry__indicator", "entry__unit"))
    for number, each in enumerate(items, 1):
        each.number = number  # type: ignore[attr-defined]
        each.planned, each.told = planned(each), told(each)  # type: ignore[attr-defined]
    return row, items


@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """One sample: what to look at on site and why; prints as a form to fill in by hand."""
    row, items = _sample(request, pk)
    assessed = set(access.assessed_entries(person_of(request)).filter(round=row.round).values_list("pk", flat=True))
    shown = {"sample": row, "items": items, "round": row.round, "assessed": assessed}
    return render(request, "judging/sample.html", shown)


@require_safe
def sample_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as Excel."""
    row, items = _sample(request, pk)
    return sheet.answer(export(SHEET, items), f"现场核查清单-{row.round.programme.college}-{row.drawn_at:%Y%m%d}")
