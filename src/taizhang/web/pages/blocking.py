"""The office's page on which families of rules stop which step."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from taizhang.checks.registry import FAMILIES as NAMES
from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.judging import FAMILIES
from taizhang.web.ledger.workflow import blocking as verbs
from taizhang.web.pages.asking import person_of

STEPS = {"submit": gettext_lazy("提交"), "approve": gettext_lazy("审核通过"), "lock": gettext_lazy("锁定")}
STRENGTHS = {"": gettext_lazy("不拦"), "error": gettext_lazy("错误才拦"), "warning": gettext_lazy("错误和存疑都拦")}


@require_http_methods(["GET", "HEAD", "POST"])
def blocking(request: HttpRequest, pk: int) -> HttpResponse:
    """A table of families by steps, a choice in each place."""
    person = person_of(request)
    programme = get_object_or_404(access.visible_programmes(person).select_related("college"), pk=pk)
    if not access.may_manage(person, programme):
        return render(request, "403.html", status=403)
    refusal = ""
    if request.method == "POST":
        chosen = {(step, family): request.POST.get(f"{step}-{family}", "") for step in STEPS for family in FAMILIES}
        try:
            verbs.set_blocking(person, programme, chosen)
        except TaizhangError as error:
            refusal = str(error)
        else:
            messages.success(request, _("已保存，从下一次提交、审核、锁定起按此办理。"))
            return redirect("blocking", pk)
    lines = [
        (family, NAMES[family], [(step, verbs.strength(programme, step, family)) for step in STEPS])
        for family in FAMILIES
    ]
    shown = {
        "programme": programme, "lines": lines, "steps": STEPS, "strengths": STRENGTHS.items(), "refusal": refusal,
        "may_manage": True, "tab": "blocking",
    }  # fmt: skip
    return render(request, "plan/blocking.html", shown, status=400 if refusal else 200)
