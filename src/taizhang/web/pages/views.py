"""Saved views: the filters of a list, of items or of records, kept under a name."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.web.ledger.models import Person
from taizhang.web.ledger.workflow import desk as verbs
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.entry_list import EntryList
from taizhang.web.pages.record_list import RecordList

# The lists by the names of their pages: what of a query string each of them knows.
_LISTS: dict[str, Callable[[Person, QueryDict], str]] = {
    "entries": lambda person, query: EntryList.of(person, query, timezone.localdate()).address,
    "records": lambda person, query: RecordList.of(person, query).address,
}


@require_POST
def keep(request: HttpRequest, page: str) -> HttpResponse:
    """Keep the filters that the form brings; only those that the list knows."""
    person = person_of(request)
    query = _LISTS[page](person, QueryDict(request.POST.get("query", "")))
    with telling(request, _("视图已保存，在列表上方。")):
        verbs.save_view(person, page, request.POST.get("name", ""), query)
    return redirect(f"{reverse(page)}?{query}")


@require_POST
def drop(request: HttpRequest, page: str, pk: int) -> HttpResponse:
    """Forget one of one's own."""
    verbs.drop_view(get_object_or_404(person_of(request).saved_views.filter(page=page), pk=pk))
    return redirect(page)
