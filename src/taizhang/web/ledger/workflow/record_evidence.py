"""Evidence of records: cite a piece, perhaps certain pages of it, and cite it no more. Nothing is deleted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Evidence, Person, Record, RecordCitation, Stage
from taizhang.web.ledger.workflow.evidence import note_of, page_ranges
from taizhang.web.ledger.workflow.records import judge_anew, locked
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError


def cite(person: Person, row: Record, evidence: Evidence, pages: str = "", note: str = "") -> RecordCitation:
    """Let a record rest on a piece of evidence; the same piece again means other pages or another note."""
    with transaction.atomic():
        held = locked().get(pk=row.pk)
        _refuse(person, held)
        piece = Evidence.objects.select_for_update(of=("self",)).select_related("blob", "college").get(pk=evidence.pk)
        if piece.withdrawn_at is not None:
            raise OutOfOrderError(_("“%(piece)s”已经撤回，不能引用。") % {"piece": piece})
        if piece.college_id != held.college_id:
            raise NotAllowedError(_("不能引用别的学校的材料。"))
        wanted, said = page_ranges(pages, piece.blob.pages), note_of(note)
        kept = RecordCitation.objects.filter(record=held, evidence=piece, withdrawn_at=None).first()
        after = {"evidence": piece.pk, "title": piece.title, "pages": wanted, "note": said}
        if kept is not None:
            before = {**after, "pages": kept.pages, "note": kept.note}
            if before == after:
                return kept
            kept.pages, kept.note = wanted, said
            kept.save(update_fields=["pages", "note"])
            history.record(held.college, person, "cite", held, before=before, after=after)
            return kept
        citation = RecordCitation.objects.create(
            record=held, evidence=piece, pages=wanted, note=said, cited_at=timezone.now(), cited_by=person
        )
        history.record(held.college, person, "cite", held, after=after)
        judge_anew(held)
        return citation


def uncite(person: Person, citation: RecordCitation) -> RecordCitation:
    """Take a piece of evidence from a record again, as long as the record is not locked."""
    with transaction.atomic():
        held = locked().get(pk=citation.record_id)
        _refuse(person, held)
        kept = RecordCitation.objects.select_for_update(of=("self",)).select_related("evidence").get(pk=citation.pk)
        if kept.withdrawn_at is not None:
            return kept
        kept.withdrawn_at = timezone.now()
        kept.save(update_fields=["withdrawn_at"])
        before = {"evidence": kept.evidence_id, "title": kept.evidence.title, "pages": kept.pages}
        history.record(held.college, person, "uncite", held, before=before)
        judge_anew(held)
        return kept


def _refuse(person: Person, row: Record) -> None:
    if row.stage == Stage.LOCKED:
        raise OutOfOrderError(_("“%(row)s”已锁定，佐证不能再增减。") % {"row": row})
    if row.withdrawn_at is not None:
        raise OutOfOrderError(_("“%(row)s”已撤下，佐证不能再增减。") % {"row": row})
    if not access.may_cite_for(person, row):
        raise NotAllowedError(
            _("“%(row)s”现在是“%(stage)s”，不由您增减佐证。") % {"row": row, "stage": row.get_stage_display()}
        )
