"""The bytes of evidence in answers: always to be saved, never to be carried out by a browser; and pictures of pages."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from taizhang.core.errors import UnreadableDocumentError
from taizhang.web.ledger import access
from taizhang.web.ledger.evidence import preview, vault
from taizhang.web.pages.asking import person_of

_NOTHING_RUNS = "default-src 'none'; sandbox"


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The original, to be saved under its name."""
    row = get_object_or_404(access.visible_evidence(person_of(request)).select_related("blob"), pk=pk)
    try:
        file = vault.opened(row.blob_id)
    except OSError:
        gone = _("原件不在了，请联系管理员运行 verify_evidence。")
        return HttpResponse(gone, status=410, content_type="text/plain; charset=utf-8")
    response = FileResponse(file, as_attachment=True, filename=row.file_name, content_type=row.blob.media_type)
    return _confined(response)


@require_GET
def picture(request: HttpRequest, pk: int, page: int) -> HttpResponseBase:
    """A page of a PDF or a picture, drawn anew by us."""
    row = get_object_or_404(access.visible_evidence(person_of(request)).select_related("blob"), pk=pk)
    try:
        drawn = preview.drawn(row.blob, page)
    except UnreadableDocumentError as error:
        return _confined(HttpResponse(str(error), status=404, content_type="text/plain; charset=utf-8"))
    response = FileResponse(drawn.open("rb"), content_type=preview.media_type(drawn))
    return _confined(response, seconds=3600)


def _confined(response: HttpResponseBase, seconds: int = 0) -> HttpResponseBase:
    response["Content-Security-Policy"] = _NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"private, max-age={seconds}" if seconds else "private, no-store"
    return response
