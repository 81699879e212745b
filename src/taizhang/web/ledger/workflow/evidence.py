"""Evidence at work: describe, cite, number, withdraw. Nothing is deleted, and nothing that a locked item cites changes."""

import re
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from taizhang.web.ledger import access, history
from taizhang.web.ledger.evidence.numbering import number_for
from taizhang.web.ledger.judging import judged, worst_of
from taizhang.web.ledger.models import Chain, Citation, Entry, Evidence, Inquiry, Person, RecordCitation, Stage
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

FIELDS = ("title", "dated", "issued_by", "document_number", "number")
_NAMES = {"title": lazy("标题"), "issued_by": lazy("发文单位"), "document_number": lazy("文号"), "number": lazy("编号")}
_MOST = {"title": 200, "issued_by": 120, "document_number": 80, "number": 60}
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_PAGES = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_PLAIN = str.maketrans("０１２３４５６７８９－—–~～至，、；;", "0123456789------,,,,")


def describe(person: Person, evidence: Evidence, version: int, typed: Mapping[str, str]) -> Evidence:
    """Keep what a piece of evidence says of itself. `version` is the one the person saw."""
    values = understood(typed)
    with transaction.atomic():
        row = _held(evidence)
        if not access.may_keep(person, row):
            raise NotAllowedError(_("“%(row)s”属于%(unit)s，只有该单位和双高办能改。") % {"row": row, "unit": row.unit})
        if row.version != version:
            raise StaleError(_("刚刚有人改过这份材料的说明，下面是新的内容，请核对后再保存。"), row, dict(typed))
        before = history.written(row, *FIELDS)
        for name, value in values.items():
            setattr(row, name, value)
        after = history.written(row, *FIELDS)
        if after == before:
            return row
        if row.number and row.number != before["number"]:
            _refuse_taken(row)
        row.version += 1
        row.save(update_fields=[*FIELDS, "version"])
        history.record(row.college, person, "describe", row, before=before, after=after)
        if after["dated"] != before["dated"]:
            for citation in row.citations.filter(withdrawn_at=None).exclude(entry__stage=Stage.LOCKED):
                _judge_anew(_held_entry(citation.entry))
        return row


def understood(typed: Mapping[str, str]) -> dict[str, str | date | None]:
    """The typed fields as values; raises RefusedError with what is wrong where one cannot be."""
    values: dict[str, str | date | None] = {}
    for name in FIELDS:
        if name not in typed:
            continue
        text = " ".join(typed[name].split())
        if name == "dated":
            values[name] = day(text)
            continue
        if len(text) > _MOST[name]:
            raise RefusedError(
                _("%(names)s太长（%(count)s 字），最多 %(most)s 字。")
                % {"names": _NAMES[name], "count": len(text), "most": _MOST[name]}
            )
        if name == "title" and not text:
            raise RefusedError(_("请写标题。"))
        values[name] = text
    return values


def day(text: str) -> date | None:
    """The day that was typed (2024-03-05, 2024年3月5日, 2024.3.5); None for an empty field."""
    plain = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if not plain:
        return None
    match = _DAY.fullmatch(plain)
    wrong = RefusedError(_("“%(text)s”不是日期，请写成 2024-03-05 这样。") % {"text": text})
    if match is None or not 1949 <= int(match[1]) <= 2100:
        raise wrong
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise wrong from error


def _refuse_taken(row: Evidence) -> None:
    same = Evidence.objects.filter(college=row.college, number=row.number, withdrawn_at=None).exclude(pk=row.pk)
    if same.exists():
        raise RefusedError(_("编号 %(number)s 已经用在另一份材料上，请换一个。") % {"number": row.number})


def cite(person: Person, entry: Entry, evidence: Evidence, pages: str = "", note: str = "") -> Citation:
    """Let an item rest on a piece of evidence, perhaps on certain pages; its first citation gives the piece its number."""
    with transaction.atomic():
        item = _held_entry(entry)
        _may_cite(person, item)
        row = _held(evidence)
        if row.withdrawn_at is not None:
            raise OutOfOrderError(_("“%(row)s”已经撤回，不能引用。") % {"row": row})
        if row.college_id != item.round.programme.college_id:
            raise NotAllowedError(_("不能引用别的学校的材料。"))
        wanted = page_ranges(pages, row.blob.pages)
        kept = Citation.objects.filter(entry=item, evidence=row, withdrawn_at=None).first()
        if kept is not None:
            return _recited(person, kept, wanted, note)
        citation = Citation.objects.create(
            entry=item, evidence=row, pages=wanted, note=note_of(note), cited_at=timezone.now(), cited_by=person
        )
        after = {"evidence": row.pk, "title": row.title, "pages": wanted, "note": citation.note}
        history.record(row.college, person, "cite", item, after=after)
        if not row.number:
            _numbered(person, row, item)
        _judge_anew(item)
        return citation


def _recited(person: Person, citation: Citation, pages: str, note: str) -> Citation:
    """The same piece for the same item again: its pages and note are what is new."""
    before = {"evidence": citation.evidence_id, "pages": citation.pages, "note": citation.note}
    after = {"evidence": citation.evidence_id, "pages": pages, "note": note_of(note)}
    if after != before:
        citation.pages, citation.note = pages, note_of(note)
        citation.save(update_fields=["pages", "note"])
        college = citation.evidence.college
        history.record(college, person, "cite", citation.entry, before=before, after=after)
    return citation


def note_of(note: str) -> str:
    """A note as it is kept; refused where it is too long."""
    if len(note.strip()) > 200:
        raise RefusedError(_("说明最多 200 字。"))
    return note.strip()


def page_ranges(text: str, pages: int | None) -> str:
    """Pages as they are kept (“3-5,8”); raises RefusedError for what is none, or lies beyond the last page."""
    plain = re.sub(r"[\s第页pP.]", "", text.translate(_PLAIN)).strip(",")
    kept = []
    for part in filter(None, plain.split(",")):
        match = _PAGES.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if first < 1 or last < first:
            raise RefusedError(_("“%(text)s”不是页码，请写成 3 或 3-5,8 这样。") % {"text": text})
        if pages is not None and last > pages:
            raise RefusedError(_("这份材料只有 %(pages)s 页，没有第 %(last)s 页。") % {"pages": pages, "last": last})
        kept.append(f"{first}" if first == last else f"{first}-{last}")
    if len(",".join(kept)) > 60:
        raise RefusedError(_("页码写得太长，请合并成几段。"))
    return ",".join(kept)


def withdraw_citation(person: Person, citation: Citation) -> Citation:
    """Take a piece of evidence from an item again, as long as the item is not locked."""
    with transaction.atomic():
        item = _held_entry(citation.entry)
        _may_cite(person, item)
        row = Citation.objects.select_for_update(of=("self",)).select_related("evidence__college").get(pk=citation.pk)
        if row.withdrawn_at is not None:
            return row
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        before = {"evidence": row.evidence_id, "title": row.evidence.title, "pages": row.pages}
        history.record(row.evidence.college, person, "uncite", item, before=before)
        _judge_anew(item)
        return row


def withdraw(person: Person, evidence: Evidence, reason: str) -> Evidence:
    """Take a piece of evidence out of use; its bytes and its row stay. Refused while any item rests on it."""
    with transaction.atomic():
        row = _held(evidence)
        if not access.may_keep(person, row):
            raise NotAllowedError(
                _("“%(row)s”属于%(unit)s，只有该单位和双高办能撤回。") % {"row": row, "unit": row.unit}
            )
        if not reason.strip():
            raise RefusedError(_("请写明撤回的理由。"))
        if row.withdrawn_at is not None:
            return row
        cited = Citation.objects.filter(evidence=row, withdrawn_at=None)
        if cited.filter(entry__stage=Stage.LOCKED).exists():
            raise OutOfOrderError(_("“%(row)s”已被锁定的填报项引用，不能撤回。") % {"row": row})
        recorded = RecordCitation.objects.filter(evidence=row, withdrawn_at=None)
        if recorded.filter(record__stage=Stage.LOCKED).exists():
            raise OutOfOrderError(_("“%(row)s”已被锁定的业务记录引用，不能撤回。") % {"row": row})
        if cited.exists() or recorded.exists() or Inquiry.objects.filter(evidence=row).exists():
            raise OutOfOrderError(_("“%(row)s”还有填报项、业务记录或答复在引用，请先去掉引用再撤回。") % {"row": row})
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        history.record(row.college, person, "withdraw", row, before={"withdrawn": False}, after={"withdrawn": True},
                       reason=reason.strip())  # fmt: skip
        return row


def restore(person: Person, evidence: Evidence) -> Evidence:
    """Bring a withdrawn piece back into use."""
    with transaction.atomic():
        row = _held(evidence)
        if not access.may_keep(person, row):
            raise NotAllowedError(
                _("“%(row)s”属于%(unit)s，只有该单位和双高办能恢复。") % {"row": row, "unit": row.unit}
            )
        if row.withdrawn_at is None:
            return row
        if row.number:
            _refuse_taken(row)
        row.withdrawn_at = None
        row.save(update_fields=["withdrawn_at"])
        history.record(row.college, person, "restore", row, before={"withdrawn": True}, after={"withdrawn": False})
        return row


def assign_number(person: Person, evidence: Evidence, entry: Entry) -> Evidence:
    """Number a piece by the house convention, as evidence of this item."""
    with transaction.atomic():
        item, row = _held_entry(entry), _held(evidence)
        if not access.may_keep(person, row):
            raise NotAllowedError(
                _("“%(row)s”属于%(unit)s，只有该单位和双高办能编号。") % {"row": row, "unit": row.unit}
            )
        return _numbered(person, row, item)


def _numbered(person: Person, row: Evidence, item: Entry) -> Evidence:
    # Two pieces numbered at once would get the same number; the college's chain is locked by each change anyway.
    Chain.objects.select_for_update().filter(college=row.college_id).first()
    before = {"number": row.number}
    row.number = number_for(item)
    row.save(update_fields=["number"])
    history.record(row.college, person, "number", row, before=before, after={"number": row.number})
    return row


def _judge_anew(item: Entry) -> None:
    """What an item rests on has changed, and with it what the rules say of it."""
    item.findings = judged(item)
    item.worst = worst_of(item.findings)
    item.save(update_fields=["findings", "worst"])


def _may_cite(person: Person, item: Entry) -> None:
    if item.stage == Stage.LOCKED:
        raise OutOfOrderError(_("“%(item)s”已锁定，佐证不能再增减。") % {"item": item})
    if not item.round.is_open:
        raise OutOfOrderError(_("“%(round)s”已经结束，佐证不能再增减。") % {"round": item.round})
    if not access.may_cite(person, item):
        raise NotAllowedError(
            _("“%(item)s”现在是“%(stage)s”，不由您增减佐证。") % {"item": item, "stage": item.get_stage_display()}
        )


def _held(evidence: Evidence) -> Evidence:
    return (
        Evidence.objects.select_for_update(of=("self",)).select_related("college", "unit", "blob").get(pk=evidence.pk)
    )


def _held_entry(entry: Entry) -> Entry:
    return (
        Entry.objects.select_for_update(of=("self",))
        .select_related("round__programme__college", "round__period", "unit", "point__task", "indicator__task")
        .get(pk=entry.pk)
    )
