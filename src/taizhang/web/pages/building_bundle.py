"""材料包 of a written report: what it holds and whom it would expose, then the download."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.workflow import bundles as verbs
from taizhang.web.pages.asking import person_of
from taizhang.web.pages.building import report_of
from taizhang.web.pages.sheet import safe_name

_MOST = 50  # pieces that a list of the page names


@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the bundle would hold; posted, the bundle itself, from a file that is never whole in memory."""
    person, row = person_of(request), report_of(request, pk)
    if not access.may_keep_report(person, row):
        return render(request, "403.html", status=403)
    if request.method == "POST":
        return _taken(request, pk)
    content = verbs.content(row)
    return render(request, "building/bundle.html", {"report": row, "content": content, "most": f":{_MOST}"})


def _taken(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    person, row = person_of(request), report_of(request, pk)
    file = verbs.spool()
    try:
        verbs.take(person, row, file)
    except TaizhangError as refusal:
        file.close()
        messages.error(request, str(refusal))
        return redirect("built-bundle", pk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = f"{safe_name(verbs.title_of(row))}.zip"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer
