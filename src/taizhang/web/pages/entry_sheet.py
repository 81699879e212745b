"""The list of items as an Excel file, and the same file, filled in offline, taken in again: all of it or nothing."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Entry, LifeState, Person, Stage
from taizhang.web.ledger.sheets import Column, Filled, Kind, Sheet, template
from taizhang.web.ledger.workflow import entries as verbs
from taizhang.web.ledger.workflow.trouble import StaleError
from taizhang.web.pages import sheet
from taizhang.web.pages.asking import person_of
from taizhang.web.pages.entries import SHOWN, asked_by, shown_values

MOST = 2000  # rows of one file: more would hold everyone else's saves up for too long
_STATES = tuple((value, label) for value, label in LifeState.choices if value)
SHEET = Sheet(
    name="填报项",
    columns=(
        Column(key="pk", header="内部编号", kind=Kind.NUMBER, width=10, required=True, help="请不要改动，按它认出是哪一项。"),
        Column(key="version", header="版次", kind=Kind.NUMBER, width=8, required=True, help="请不要改动；别人在您之后改过的项会被认出来。"),
        Column(key="code", header="编号", width=16),
        Column(key="planned", header="建设内容或指标", width=44),
        Column(key="measure", header="计量单位", width=10),
        Column(key="text", header="完成情况或实现值", width=52, help="任务点填完成情况，指标填实现值。"),
        Column(key="rate", header="完成度", width=10, longest=20),
        Column(key="state", header="状态", kind=Kind.CHOICE, width=10, choices=_STATES),
        Column(key="reason", header="原因和改进措施", width=36),
        Column(key="unit", header="责任单位", width=16, value=lambda row: str(row.unit)),
        Column(key="person", header="填报人", width=10, value=lambda row: str(row.person or "")),
        Column(key="stage", header="阶段", width=12, value=lambda row: Stage(row.stage).label),
        Column(key="findings", header="问题", width=40, value=lambda row: "\n".join(f["message"] for f in row.findings)),
    ),
    notes=("只读“完成情况或实现值”“完成度”“状态”“原因和改进措施”四列；其他列改了也不算。", "有一行不对，整份都不导入。"),
)  # fmt: skip
_FIELDS = ("text", "rate", "state", "reason")


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as the address asks for it, to read or to fill in."""
    asked = asked_by(request)
    rows = asked.entries.select_related(*SHOWN)
    if refused := sheet.too_many(request, rows, MOST, reverse("entries")):
        return refused
    return sheet.answer(template(SHEET, rows), f"填报项-{asked.round or ''}")


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a filled file; every fault with its row and column, and nothing written while there is one."""
    person = person_of(request)
    shown: dict[str, Any] = {"asked": asked_by(request)}
    if request.method == "POST":
        try:
            filled = sheet.uploaded(request, SHEET)
            saved = _taken(person, filled)
        except TaizhangError as refusal:
            return render(request, "entries/import.html", {**shown, "refusal": str(refusal)}, status=422)
        if not filled.faults:
            messages.success(request, _("导入了 %d 项的改动。") % saved if saved else _("文件里没有改动。"))
            return redirect("entries")
        return render(request, "entries/import.html", {**shown, "filled": filled}, status=422)
    return render(request, "entries/import.html", shown)


def _taken(person: Person, filled: Filled) -> int:
    """Save what was changed; what cannot be saved becomes a fault at its row, and then nothing is."""
    if len(filled.rows) > MOST:
        filled.refuse(None, None, _("一次最多 %(most)s 行，请分几份导入。") % {"most": MOST})
    filled.refuse_repeated("pk")
    if filled.faults:
        return 0
    keys = [int(str(row.values["pk"])) for row in filled.rows if str(row.values["pk"]).isdecimal()]
    found = {row.pk: row for row in access.visible_entries(person).filter(pk__in=keys).select_related(*SHOWN)}
    saved = 0
    with transaction.atomic():
        for row in filled.rows:
            entry = found.get(int(str(row.values["pk"]))) if str(row.values["pk"]).isdecimal() else None
            if entry is None:
                filled.refuse(row, "pk", _("没有这一项，或者不在您的职责范围内。"))
                continue
            saved += _row(person, filled, entry, {key: row.text(key) for key in _FIELDS if key in row.values}, row)
        if filled.faults:
            transaction.set_rollback(True)
    return 0 if filled.faults else saved


def _row(person: Person, filled: Filled, entry: Entry, typed: dict[str, str], row: Any) -> int:  # noqa: ANN401 - sheets.Row
    before = shown_values(entry)
    if all(_plain(before[key]) == _plain(text) for key, text in typed.items()):
        return 0
    version = row.text("version")
    try:
        verbs.save(person, entry, int(version) if version.isdecimal() else 0, typed)
    except StaleError as clash:
        filled.refuse(row, "version", _("%(clash)s请重新导出，把您的改动填进新的文件。") % {"clash": clash})
    except TaizhangError as refusal:
        filled.refuse(row, "text", str(refusal))
    else:
        return 1
    return 0


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
