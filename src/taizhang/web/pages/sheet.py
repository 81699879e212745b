"""Excel files in answers and in uploads: what every list's export and every form's import share."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from taizhang.web.ledger.models import Person
from taizhang.web.ledger.sheets import Filled, Sheet, read, titles
from taizhang.web.ledger.sheets.reading import MOST_BYTES
from taizhang.web.ledger.workflow.trouble import RefusedError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Characters that some system refuses in a file name, and those that turn the direction of writing.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_HOLDS_FOR = 3600  # seconds between a preview and its confirmation


def answer(content: bytes, name: str) -> HttpResponse:
    """An Excel file to save under a Chinese name, given without its suffix."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{safe_name(name)}.xlsx") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def safe_name(name: str) -> str:
    """A file name that every system takes: no separators, no leading dot, at most 80 characters."""
    return _UNSAFE.sub("-", name).strip(" .")[:80] or "台账"


def too_many(request: HttpRequest, rows: QuerySet[Any], most: int, back: str) -> HttpResponse | None:
    """Back to the list with the reason where one file cannot hold its rows: a file cut off would look whole."""
    if not rows[most : most + 1].exists():
        return None
    messages.error(request, _("多于 %(most)s 条，一份文件装不下，什么都没有导出；请先筛选。") % {"most": most})
    return redirect(f"{back}?{request.GET.urlencode()}")


def uploaded(request: HttpRequest, sheet: Sheet, field: str = "file") -> Filled:
    """The sheet that was sent in with the form; raises a TaizhangError with a sentence where there is none to read."""
    return read(sheet, *_sent(request, field))


def uploaded_titles(request: HttpRequest, field: str = "file") -> list[str]:
    """The names of the pages of the workbook that was sent in: which form somebody filled."""
    return titles(*_sent(request, field))


def _sent(request: HttpRequest, field: str) -> tuple[bytes, str]:
    file = request.FILES.get(field)
    if not isinstance(file, UploadedFile):
        raise RefusedError(_("请选择要导入的 Excel 文件。"))
    if (file.size or 0) > MOST_BYTES:
        raise RefusedError(_("文件超过 20 MB，请拆分后再导入。"))
    file.seek(0)
    return file.read(), safe_name(file.name or "表格.xlsx")


def held(person: Person, purpose: str, rows: Sequence[Any]) -> str:
    """What a preview showed, signed for this person and purpose, to come back with the confirmation unaltered."""
    return signing.dumps([person.pk, list(rows)], salt=f"sheet.{purpose}", compress=True)


def held_again(person: Person, purpose: str, text: str) -> list[Any]:
    """What `held` kept; raises RefusedError where it was altered, is of someone else or lies too long back."""
    try:
        owner, rows = signing.loads(text, salt=f"sheet.{purpose}", max_age=_HOLDS_FOR)
    except signing.BadSignature as error:
        raise RefusedError(_("预览已过期，请重新上传文件。")) from error
    if owner != person.pk or not isinstance(rows, list):
        raise RefusedError(_("预览已过期，请重新上传文件。"))
    return rows
