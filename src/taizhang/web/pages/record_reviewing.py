"""The steps of records: one record, or as many as were ticked."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Record
from taizhang.web.ledger.workflow import record_steps as verbs
from taizhang.web.ledger.workflow.stepping import Step
from taizhang.web.pages.asking import person_of, status_of, telling, ticked, whole_in
from taizhang.web.pages.records import record_page, visible_record

AT_ONCE = 500
Made = Callable[[int | None, str], Step[Record]]
STEPS: dict[str, tuple[Made, Any]] = {
    "submit": (lambda seen, _reason: verbs.submitting(seen), lazy("提交")),
    "confirm": (lambda seen, _reason: verbs.confirming(seen), lazy("确认")),
    "return": (lambda _seen, reason: verbs.returning(reason), lazy("退回")),
    "take-back": (lambda _seen, _reason: verbs.taking_back(), lazy("撤回")),
    "lock": (lambda _seen, _reason: verbs.locking(), lazy("锁定")),
    "reopen": (lambda _seen, reason: verbs.reopening(reason), lazy("重新开放")),
    "see": (lambda seen, _reason: verbs.seeing(seen), lazy("确认改动")),
    "drop": (lambda _seen, reason: verbs.dropping(reason), lazy("撤下")),
    "restore": (lambda _seen, _reason: verbs.restoring(), lazy("恢复")),
}
MANY = ("submit", "confirm", "return", "lock")


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of one record; what is refused is said on its page."""
    person = person_of(request)
    row = visible_record(person, pk)
    makes, name = STEPS[verb]
    seen, reason = whole_in(request.POST.get("version")), request.POST.get("reason", "")
    try:
        verbs.take(makes(seen, reason), person, row)
    except TaizhangError as refusal:
        row = visible_record(person, pk)
        return record_page(request, row, refusal=str(refusal), reason=reason, status=status_of(refusal))
    messages.success(request, _("“%(item)s”已%(done)s。") % {"item": row, "done": name})
    return redirect("record", pk)


@require_POST
def steps(request: HttpRequest) -> HttpResponse:
    """One step for many records: the ticked ones."""
    person = person_of(request)
    verb = request.POST.get("verb", "")
    back = reverse("records") + (f"?{request.GET.urlencode()}" if request.GET else "")
    if verb not in MANY:
        messages.error(request, _("请选择要办的事。"))
        return redirect(back)
    seen = dict(islice(ticked(request, "record").items(), AT_ONCE))
    rows = list(access.visible_records(person).filter(pk__in=seen))
    if not rows:
        messages.error(request, _("还没有选中任何一条；请先在左边打勾。"))
        return redirect(back)
    makes, name = STEPS[verb]
    with telling(request):
        taken = makes(None, request.POST.get("reason", ""))
        tally = verbs.each(taken, person, rows, seen if verb in {"submit", "confirm"} else None)
        return render(request, "records/steps.html", {"tally": tally, "name": name, "back": back})
    return redirect(back)
