"""Saved views: the filters of a list of items, kept under a name."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.web.ledger.workflow import desk as verbs
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.entry_list import EntryList

PAGE = "entries"


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters that the form brings; only those that the list knows."""
    person = person_of(request)
    query = EntryList.of(person, QueryDict(request.POST.get("query", "")), timezone.localdate()).address
    with telling(request, _("视图已保存，在列表上方。")):
        verbs.save_view(person, PAGE, request.POST.get("name", ""), query)
    return redirect(f"{reverse('entries')}?{query}")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own."""
    verbs.drop_view(get_object_or_404(person_of(request).saved_views.filter(page=PAGE), pk=pk))
    return redirect("entries")
