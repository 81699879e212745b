"""Assessing: give a round to an expert and take it back, judge an item, ask for a document, answer, draw a sample.

What assessors do among themselves goes into the history of their own house (the province, or the college for its own
reviewers); what they ask of the college and what it answers goes into the college's.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.core import risk
from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import (
    Assignment,
    Entry,
    Evidence,
    Inquiry,
    Judgement,
    Person,
    Role,
    RoleName,
    Round,
    Sample,
    SampleItem,
    Verdict,
)
from taizhang.web.ledger.sampling import drawables, weights_of
from taizhang.web.ledger.workflow.desk import tell
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

_LONGEST_NOTE, _LONGEST_WISH, _LONGEST_ANSWER = 2000, 300, 5000
_LARGEST_SAMPLE = 500
_SEEDS = 2**63


def assign(person: Person, round_: Round, expert: Person, until: date | None) -> Assignment:
    """Give a round to an expert, until a day; given again, it holds again."""
    if not access.may_assign(person, round_):
        raise NotAllowedError(_("只有省厅或双高办能安排专家。"))
    if not access.experts_for(person, round_).filter(pk=expert.pk).exists():
        raise RefusedError(_("%(name)s不是可以安排的专家。") % {"name": expert.name})
    if until is not None and until < timezone.localdate():
        raise RefusedError(_("截止日期已经过去，请另选一天。"))
    with transaction.atomic():
        Round.objects.select_for_update(no_key=True, of=("self",)).get(pk=round_.pk)
        row = Assignment.objects.select_for_update().filter(expert=expert, round=round_).first()
        before = history.written(row, "until", "ended_at") if row else None
        if row is None:
            row = Assignment(expert=expert, round=round_)
        row.given_by, row.given_at, row.until, row.ended_at = person, timezone.now(), until, None
        row.save()
        after = history.written(row, "expert_id", "round_id", "until", "ended_at")
        history.record(person.home, person, "assign", row, before=before, after=after)
        day = f"，请在 {until:%Y-%m-%d} 前完成" if until else ""
        tell(expert, f"请您评审“{round_.programme.college} {round_}”{day}", reverse("judging_round", args=[round_.pk]))
        return row


def end_assignment(person: Person, assignment: Assignment) -> Assignment:
    """Take a round back from an expert; what was judged is kept."""
    with transaction.atomic():
        row = Assignment.objects.select_for_update().select_related("round__programme__college").get(pk=assignment.pk)
        if not access.may_assign(person, row.round) or row.given_by.home_id != person.home_id:
            raise NotAllowedError(_("只有安排专家的一方能收回。"))
        if row.ended_at is not None:
            raise OutOfOrderError(_("这一安排已经收回。"))
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        after = history.written(row, "ended_at")
        history.record(person.home, person, "end", row, before={"ended_at": None}, after=after)
        return row


def judge(person: Person, entry: Entry, verdict: str, note: str = "") -> Judgement:
    """An expert's verdict on an item; a changed mind changes the row, and history keeps both."""
    note = note.strip()
    if verdict not in Verdict.values:
        raise RefusedError(_("请选择一个结论。"))
    if len(note) > _LONGEST_NOTE:
        raise RefusedError(
            _("说明最多 %(longest_note)s 字（现有 %(count)s 字）。")
            % {"longest_note": _LONGEST_NOTE, "count": len(note)}
        )
    with transaction.atomic():
        if not access.may_judge(person, entry):
            raise NotAllowedError(_("这一项没有交给您评审。"))
        Entry.objects.select_for_update(no_key=True, of=("self",)).get(pk=entry.pk)
        row = Judgement.objects.select_for_update().filter(entry=entry, expert=person).first()
        before = history.written(row, "verdict", "note") if row else None
        if row is not None and (row.verdict, row.note) == (verdict, note):
            return row
        row = row or Judgement(entry=entry, expert=person)
        row.verdict, row.note, row.at = verdict, note, timezone.now()
        row.save()
        after = history.written(row, "entry_id", "verdict", "note")
        history.record(person.home, person, "judge", row, before=before, after=after)
        return row


def inquire(person: Person, entry: Entry, wanted: str) -> Inquiry:
    """Ask the college for a named document; the item's reporter, its unit's leads and the office are told."""
    wanted = wanted.strip()
    if not wanted:
        raise RefusedError(_("请写明需要哪一份材料。"))
    if len(wanted) > _LONGEST_WISH:
        raise RefusedError(
            _("最多 %(longest_wish)s 字（现有 %(count)s 字）。") % {"longest_wish": _LONGEST_WISH, "count": len(wanted)}
        )
    with transaction.atomic():
        if not access.may_judge(person, entry):
            raise NotAllowedError(_("这一项没有交给您评审。"))
        row = Inquiry.objects.create(entry=entry, expert=person, wanted=wanted, asked_at=timezone.now())
        college = entry.round.programme.college
        history.record(college, person, "inquire", row, after=history.written(row, "entry_id", "wanted"))
        for each in _answerers(entry):
            tell(each, f"专家需要材料：{wanted}（{entry}）", reverse("inquiry", args=[row.pk]))
        return row


def _answerers(entry: Entry) -> Iterable[Person]:
    """The reporter of an item, the leads of its unit, and the office, each once."""
    day = timezone.localdate()
    roles = Role.objects.filter(
        Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day),
        Q(unit=entry.unit, name=RoleName.LEAD) | Q(unit=entry.round.programme.college, name=RoleName.OFFICE),
    ).values("person")  # fmt: skip
    return Person.objects.filter(Q(pk__in=roles) | Q(pk=entry.person_id), is_active=True)


def answer(person: Person, inquiry: Inquiry, text: str, evidence: Iterable[Evidence] = ()) -> Inquiry:
    """Answer an expert in words, with evidence, or both; a later answer stands in place of the first."""
    text, given = text.strip(), list(evidence)
    if not text and not given:
        raise RefusedError(_("请写答复，或者选择佐证材料。"))
    if len(text) > _LONGEST_ANSWER:
        raise RefusedError(
            _("答复最多 %(longest_answer)s 字（现有 %(count)s 字）。")
            % {"longest_answer": _LONGEST_ANSWER, "count": len(text)}
        )
    with transaction.atomic():
        row = Inquiry.objects.select_for_update(of=("self",)).select_related("expert").get(pk=inquiry.pk)
        if not access.may_answer(person, row):
            raise NotAllowedError(_("只有责任单位或双高办能答复。"))
        college = row.entry.round.programme.college
        allowed = set(
            access.held_evidence(person)
            .filter(college=college, withdrawn_at=None, pk__in=[each.pk for each in given])
            .values_list("pk", flat=True)
        )
        if any(each.pk not in allowed for each in given):
            raise RefusedError(_("有一份佐证材料不能用：已撤回，或者不归您管。"))
        before = {"answer": row.answer, "evidence": sorted(row.evidence.values_list("pk", flat=True))}
        row.answer, row.answered_by, row.answered_at = text, person, timezone.now()
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        row.evidence.set(given)
        after = {"answer": text, "evidence": sorted(allowed)}
        history.record(college, person, "answer", row, before=before, after=after)
        tell(row.expert, f"{college}答复了：{row.wanted}", reverse("judging_item", args=[row.entry_id]))
        return row


def draw_sample(person: Person, round_: Round, size: int, seed: int) -> Sample:
    """Draw items to inspect by risk. The seed and the weights are kept, so that the draw can be repeated."""
    if not access.may_draw(person, round_):
        raise NotAllowedError(_("这一轮没有交给您评审。"))
    if not 1 <= size <= _LARGEST_SAMPLE:
        raise RefusedError(_("一次抽 1 至 %(largest_sample)s 项。") % {"largest_sample": _LARGEST_SAMPLE})
    if not 0 <= seed < _SEEDS:
        raise RefusedError(_("随机种子应是 0 或正整数，最多 18 位。"))
    weights = weights_of(round_)
    with transaction.atomic():
        items = drawables(round_)
        if not items:
            raise OutOfOrderError(_("这一轮还没有锁定的填报项，抽不了。"))
        drawn = risk.draw(items, size, seed, weights)
        method = {"name": risk.METHOD, "size": size, "items": len(items), "weights": weights.told()}
        sample = Sample.objects.create(round=round_, drawn_by=person, drawn_at=timezone.now(), seed=seed, method=method)
        SampleItem.objects.bulk_create(
            SampleItem(sample=sample, entry_id=each.item.number, risk=each.risk.points, reasons=list(each.risk.reasons))
            for each in drawn
        )
        after = {"seed": seed, "size": size, "entries": [each.item.number for each in drawn]}
        history.record(person.home, person, "draw", sample, after=after)
        return sample
