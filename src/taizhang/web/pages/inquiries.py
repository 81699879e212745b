"""材料要求: what experts asked the college for, and the college's answers."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taizhang.web.ledger import access
from taizhang.web.ledger.workflow import review
from taizhang.web.pages.asking import person_of, telling, wants_part
from taizhang.web.pages.judging import PAGE
from taizhang.web.pages.judging_forms import AnswerForm

_JOINED = ("expert", "answered_by", "entry__round__programme__college", "entry__point__task", "entry__indicator", "entry__unit")  # fmt: skip


@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, or what was answered."""
    answered = request.GET.get("state") == "answered"
    rows = access.inquiries_to_answer(person_of(request)).filter(answered_at__isnull=not answered)
    page = Paginator(rows.select_related(*_JOINED), PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "answered": answered}
    return render(request, "judging/_inquiries.html" if wants_part(request) else "judging/inquiries.html", shown)


def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with its answer, and the form to answer it."""
    person = person_of(request)
    row = get_object_or_404(
        access.inquiries_to_answer(person).select_related(*_JOINED).prefetch_related("evidence"), pk=pk
    )
    words = request.GET.get("words", "").strip()
    started = {"answer": row.answer, "evidence": [each.pk for each in row.evidence.all()]}
    form = AnswerForm(request.POST or None, initial=started, person=person, inquiry=row, words=words)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已答复，专家的工作台上有通知。"), form):
            review.answer(person, row, form.cleaned_data["answer"], form.cleaned_data["evidence"])
        if form.is_valid():
            return redirect("inquiry", pk)
    shown = {"inquiry": row, "form": form, "words": words}
    return render(request, "judging/inquiry.html", shown, status=422 if form.errors else 200)
