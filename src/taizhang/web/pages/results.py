"""成效: the money, landmark results, satisfaction and outside medians of a programme, for those who see it as a whole."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls.converters import StringConverter
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taizhang.core import funds as money
from taizhang.core import record as core
from taizhang.core.errors import TaizhangError
from taizhang.core.landmark import Promise, judged, tally
from taizhang.core.satisfaction import Survey, lacking, together
from taizhang.profiles import load
from taizhang.web.ledger import access, scores
from taizhang.web.ledger.models import Benchmark, DerivedFigure, Indicator, Landmark, Person, Programme, Provenance
from taizhang.web.ledger.recorded import told, whole
from taizhang.web.ledger.sheets import Filled, template
from taizhang.web.ledger.workflow import results as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError, StaleError
from taizhang.web.pages import results_forms as forms
from taizhang.web.pages import sheet
from taizhang.web.pages.asking import person_of

SURVEYS = "satisfaction_survey"
MOST = 200  # surveys or medians on a page


class Result(StringConverter):
    """The two tables that are kept by hand, as they stand in an address."""

    regex = "funds|landmarks"


def _programme(person: Person, pk: int) -> Programme:
    return get_object_or_404(access.surveyed_programmes(person).select_related("college"), pk=pk)


def _shown(person: Person, owner: Programme, tab: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what a page shows
    return {"programme": owner, "tab": tab, "may_manage": access.may_manage(person, owner), **more}


@require_safe
def funds(request: HttpRequest, pk: int) -> HttpResponse:
    """Budget, arrived and spent by source and by year, with what has to be explained."""
    person = person_of(request)
    owner = _programme(person, pk)
    scheme, _borrowed = scores.scheme_of(owner)
    lines = scores.lines_of(owner)
    rows = [(line, money.doubts(line, scheme.explain_rate_below)) for line in lines]
    shown = _shown(
        person, owner, "funds", rows=rows, total=money.total(lines), by_source=money.by(lines, "source").items(),
        by_year=money.by(lines, "year").items(), below=scheme.explain_rate_below,
    )  # fmt: skip
    return render(request, "results/funds.html", shown)


@require_safe
def landmarks(request: HttpRequest, pk: int) -> HttpResponse:
    """Landmark results: won and still held, not yet, no longer; at which level, and what stands in for them."""
    person = person_of(request)
    owner = _programme(person, pk)
    levels = load(owner.profile).levels
    rows = list(Landmark.objects.filter(programme=owner).select_related("unit", "record"))
    promises = [
        Promise(name=row.name, level=row.level, state=row.state, won_level=row.won_level, substitute=row.substitute)
        for row in rows
    ]
    pairs = [(row, judged(promise, levels)) for row, promise in zip(rows, promises, strict=True)]
    return render(
        request, "results/landmarks.html", _shown(person, owner, "landmarks", rows=pairs, tally=tally(promises, levels))
    )


def edit(request: HttpRequest, pk: int, table: str, row_pk: int | None = None) -> HttpResponse:
    """Add or change a line of money or a landmark result."""
    person = person_of(request)
    owner = _programme(person, pk)
    if not access.may_manage(person, owner):
        return render(request, "403.html", status=403)
    kind = forms.FORMS[table]
    row = get_object_or_404(kind.Meta.model, pk=row_pk, programme=owner) if row_pk else None
    form = kind(request.POST or None, instance=row, person=person, programme=owner)
    if request.method == "POST" and form.is_valid():
        try:
            form.keep()
        except (RefusedError, StaleError, NotAllowedError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存。"))
            return redirect(table, pk)
    shown = _shown(person, owner, table, form=form, title=kind.title, row=row)
    return render(request, "results/form.html", shown, status=422 if form.errors else 200)


@require_safe
def satisfaction(request: HttpRequest, pk: int) -> HttpResponse:
    """The satisfaction surveys among the records, each with what its basis lacks, and all of them together."""
    person = person_of(request)
    owner = _programme(person, pk)
    years = {"last_year__gte": owner.first_year, "first_year__lte": owner.last_year}
    found = whole(access.visible_records(person).filter(college=owner.college_id, kind=SURVEYS, **years))[:MOST]
    surveys = [(row, survey_of(told(row))) for row in found]
    rows = [(row, survey, lacking(survey)) for row, survey in surveys]
    shown = _shown(
        person, owner, "satisfaction", rows=rows, together=together([survey for _row, survey, _lacks in rows])
    )
    return render(request, "results/satisfaction.html", shown)


def survey_of(record: core.Record) -> Survey:
    """A record of a survey as the core sees it: by the measures and fields of its kind."""
    rates = [each.value for each in record.measures if each.unit == "%"]
    samples = [each.value for each in record.measures if each.name in {"样本数", "样本"}]
    asked = record.fields.get("method") or record.fields.get("institution") or ""
    subject = record.fields.get("respondents") or record.title
    day = record.fields.get("surveyed_on")
    return Survey(
        subject="、".join(subject) if isinstance(subject, tuple) else str(subject),
        value=rates[0] if len(rates) == 1 else None,
        sample=samples[0] if len(samples) == 1 else None,
        instrument="、".join(asked) if isinstance(asked, tuple) else str(asked),
        on=date.fromisoformat(day) if isinstance(day, str) and day else record.day,
    )


def benchmarks(request: HttpRequest, pk: int) -> HttpResponse:
    """The medians of other colleges beside the own values, and an Excel sheet to bring them in."""
    person = person_of(request)
    owner = _programme(person, pk)
    if request.GET.get("format") == "xlsx":
        return sheet.answer(template(forms.MEDIANS), f"{owner}-外部对标")
    refusal, faults = "", ()
    if request.method == "POST":
        if not access.may_manage(person, owner):
            return render(request, "403.html", status=403)
        try:
            filled = sheet.uploaded(request, forms.MEDIANS)
            rows, faults = _medians(owner, filled)
            if not faults:
                count = verbs.take_benchmarks(person, owner, rows)
                messages.success(request, _("导入了 %s 行。") % count)
                return redirect("benchmarks", pk)
        except TaizhangError as error:
            refusal = str(error)
    came = Prefetch("provenances", Provenance.objects.select_related("connector", "pull"))
    found = (
        Benchmark.objects.filter(indicator__programme=owner).select_related("indicator").prefetch_related(came)[:MOST]
    )
    own = dict(DerivedFigure.objects.filter(indicator__programme=owner).values_list("indicator", "years"))
    pairs = [_compared(row, own.get(row.indicator_id)) for row in found]
    shown = _shown(person, owner, "benchmarks", rows=pairs, refusal=refusal, faults=faults)
    return render(request, "results/benchmarks.html", shown, status=422 if refusal or faults else 200)


def _medians(owner: Programme, filled: Filled) -> tuple[list[Benchmark], tuple[Any, ...]]:
    """The rows of a filled sheet; all or nothing, each fault with its row."""
    known = {row.code: row for row in Indicator.objects.filter(programme=owner, is_dropped=False) if row.code}
    faults: list[Any] = list(filled.faults)
    found = []
    for row in filled.rows:
        indicator, year, median = known.get(row.text("code")), row.values.get("year"), row.values.get("median")
        if indicator is None:
            faults.append(
                _("第 %(row)s 行：方案里没有编号为“%(code)s”的指标。") % {"row": row.number, "code": row.text("code")}
            )
        elif not isinstance(year, Decimal) or not 2000 <= year <= 2100 or year != int(year):
            faults.append(_("第 %(row)s 行：年度应是四位数的年份。") % {"row": row.number})
        elif isinstance(median, Decimal):
            found.append(
                Benchmark(
                    indicator=indicator, scope=row.text("scope"), year=int(year), median=median,
                    source=row.text("source"),
                )
            )  # fmt: skip
    return found, tuple(faults)


def _compared(row: Benchmark, years: dict[str, str | None] | None) -> dict[str, Any]:
    text = (years or {}).get(str(row.year))
    own = Decimal(text) if text is not None else None
    better = None
    if own is not None and own != row.median:
        better = (own > row.median) == (row.indicator.direction == "higher")
    return {"row": row, "own": own, "gap": None if own is None else own - row.median, "better": better}
