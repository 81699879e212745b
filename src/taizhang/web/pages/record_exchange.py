"""Records out and in: Excel for people, JSON for programs; what goes out comes in again equal, all of it or nothing."""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.records import Kind, written
from taizhang.web.ledger.models import Person, Record, Unit
from taizhang.web.ledger.recorded import fields_in_words, measure, measured, told, whole
from taizhang.web.ledger.sheets import Column, Filled, Sheet, export, template
from taizhang.web.ledger.sheets.records import record_of, row_of, sheet_of
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow import record_import as verbs
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.pages import record_list, sheet
from taizhang.web.pages.asking import person_of
from taizhang.web.pages.records import asked_by, own_shelf, units_for

MOST = 20_000
_MOST_BYTES = 20 * 1024 * 1024
# What a list of several kinds has in common, to be read; the sheet of one kind is also for filling in.
SHEET = Sheet(
    name="业务记录",
    columns=(
        Column(key="code", header="编号", width=12),
        Column(key="kind_name", header="类型", width=16),
        Column(key="title", header="标题", width=40),
        Column(key="unit", header="责任部门", width=16, value=lambda row: row.unit.name),
        Column(key="period", header="时间", width=16),
        Column(key="place_told", header="地点", width=20),
        Column(key="level", header="级别", width=10),
        Column(key="state_name", header="状态", width=12),
        Column(key="measures", header="计量", width=40, value=lambda row: "\n".join(measured(measure(each)) for each in row.measures.all())),
        Column(key="partners", header="合作单位", width=30, value=lambda row: "、".join(str(each) for each in row.partners.all())),
        Column(key="fields", header="专有内容", width=40, value=lambda row: "\n".join(f"{name}：{text}" for name, text in fields_in_words(told(row), shelf_of(row.college_id).get(row.kind)))),
        Column(key="tags", header="标签", width=20, value=lambda row: "、".join(row.tags)),
        Column(key="text", header="原文或说明", width=40, value=lambda row: "\n".join(each["text"] for each in row.sources)),
        Column(key="stage", header="阶段", width=12, value=lambda row: row.get_stage_display()),
    ),
)  # fmt: skip


@require_safe
def export_list(request: HttpRequest, form: str) -> HttpResponse:
    """The list as the address asks for it: as JSON; as a sheet to fill in, of one kind; as one to read, of several."""
    asked = asked_by(request)
    rows = asked.records.select_related("unit", "college")
    if refused := sheet.too_many(request, rows, MOST, reverse("records")):
        return refused
    if form == "json":
        return _json(written(told(row) for batch in _batches(rows) for row in batch))
    kind = own_shelf(asked.person).get(asked.chosen.get("kind", ""))
    day = f"{timezone.localdate():%Y%m%d}"
    if kind is not None:
        filled = (row_of(row, kind) for batch in _batches(rows) for row in batch)
        return sheet.answer(template(sheet_of(kind), filled), f"{kind.name}{day}")
    dressed = (row for batch in _batches(rows) for row in record_list.dressed(batch))
    return sheet.answer(export(SHEET, dressed), f"业务记录{day}")


def _batches(rows: Any) -> Iterator[list[Record]]:  # noqa: ANN401 - a queryset of records
    waiting = islice(whole(rows).iterator(chunk_size=500), MOST)
    while batch := list(islice(waiting, 500)):
        yield batch


def _json(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"业务记录{timezone.localdate():%Y%m%d}.json"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def form_of(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty template of a kind."""
    found = own_shelf(person_of(request)).get(kind)
    if found is None or not units_for(person_of(request)):
        raise Http404
    return sheet.answer(template(sheet_of(found)), f"{found.name}模板")


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a filled sheet of one kind, or JSON; every fault with its place, and nothing written while there is one."""
    person = person_of(request)
    units = units_for(person)
    if not units:
        return render(request, "403.html", status=403)
    chosen = request.POST.get("kind", request.GET.get("kind", ""))
    shown: dict[str, Any] = {"groups": own_shelf(person).groups.items(), "units": units, "chosen": chosen}
    if request.method != "POST":
        return render(request, "records/import.html", shown)
    wanted = request.POST.get("unit", "")
    unit = next((each for each in units if str(each.pk) == wanted), units[0])
    try:
        filled, outcome = _read(request, person, unit)
    except TaizhangError as refusal:
        return render(request, "records/import.html", {**shown, "refusal": str(refusal)}, status=422)
    if outcome.faults or outcome.twice or (filled is not None and filled.faults):
        return render(request, "records/import.html", {**shown, "filled": filled, "outcome": outcome}, status=422)
    done = {"added": len(outcome.added), "changed": len(outcome.changed), "same": outcome.unchanged}
    messages.success(request, _("导入完成：新增 %(added)d 条，改动 %(changed)d 条，没有变化 %(same)d 条。") % done)
    return redirect("records")


def _read(request: HttpRequest, person: Person, unit: Unit) -> tuple[Filled | None, verbs.Outcome]:
    anyway = bool(request.POST.get("anyway"))
    file = request.FILES.get("file")
    if file is not None and (file.name or "").lower().endswith(".json"):
        if (file.size or 0) > _MOST_BYTES:
            raise RefusedError(_("文件超过 20 MB，请拆分后再导入。"))
        outcome = verbs.Outcome()
        incoming = verbs.understood(rows_of(file.read()), outcome)
        return None, verbs.take_in(person, unit, incoming, outcome, anyway=anyway)
    kind = _kind_of(request, person)
    filled = sheet.uploaded(request, sheet_of(kind))
    outcome = _taken(person, unit, kind, filled, anyway=anyway)
    filled.faults.sort(key=lambda fault: fault.row or 0)
    return filled, outcome


def _kind_of(request: HttpRequest, person: Person) -> Kind:
    """The kind of which the file is a sheet: the one that was chosen, unless the file is plainly of another."""
    shelf = own_shelf(person)
    chosen = shelf.get(request.POST.get("kind", ""))
    named = sheet.uploaded_titles(request)
    filled = [kind for kind in shelf.values() if kind.name in named]
    if chosen is None and len(filled) != 1:
        raise RefusedError(_("看不出这份 Excel 是哪一类记录，请先选记录类型。"))
    if chosen is not None and filled and chosen not in filled:
        raise RefusedError(
            _("这份 Excel 是“%(filled)s”的表，选的类型却是“%(chosen)s”，请改选一致。")
            % {"filled": filled[0].name, "chosen": chosen.name}
        )
    return chosen or filled[0]


def rows_of(content: bytes) -> list[dict[str, Any]]:
    """The objects of a JSON file; raises RefusedError where it is none."""
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise RefusedError(_("这不是 JSON 文件，或者不是 UTF-8 编码。")) from error
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise RefusedError(_("JSON 里应是一串记录：[{…}, {…}]。"))
    return found


def _taken(person: Person, unit: Unit, kind: Kind, filled: Filled, *, anyway: bool) -> verbs.Outcome:
    """Take the rows in; what cannot be taken becomes a fault at its row."""
    outcome = verbs.Outcome()
    filled.refuse_repeated("id")
    college = unit.college or unit
    codes = [row.text("id") for row in filled.rows if row.text("id")]
    there = {
        row.code: row
        for row in whole(Record.objects.filter(college=college, code__in=codes).select_related("unit", "college"))
    }
    incoming = []
    for row in filled.rows:
        before, version = there.get(row.text("id")), row.text("version")
        if before is not None and not version.isdecimal():
            filled.refuse(row, "version", _("改动已有的记录要有版次，请重新导出后再改。"))
        record = record_of(filled, row, kind, before, college.name)
        if before is not None and before.kind != kind.key:
            filled.refuse(row, "id", _("编号 %(code)s 是另一类记录。") % {"code": before.code})
        incoming.append(verbs.Incoming(record, int(version) if before and version.isdecimal() else None))
    if filled.faults:
        return outcome
    verbs.take_in(person, unit, incoming, outcome, anyway=anyway)
    for place, sentence in outcome.faults:
        filled.refuse(filled.rows[place] if filled.rows else None, "title", sentence)
    outcome.faults = []
    return outcome
