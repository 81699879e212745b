"""Taking in: a document read, each doubtful cell decided by a person, then written to the plan, all or nothing."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents import FORMATS, Document, read
from taizhang.intake.programme import (
    Decision,
    Difference,
    DifferenceKind,
    ProgrammeDraft,
    Step,
    differences,
    drafted,
    settled,
    undecided,
)
from taizhang.profiles import load
from taizhang.profiles.recognition import recognise
from taizhang.web.ledger import access, history
from taizhang.web.ledger.known import known_draft, plan_of
from taizhang.web.ledger.models import Period, Person, Programme, Taking, Unit
from taizhang.web.ledger.planting import Planting
from taizhang.web.ledger.workflow.rounds import Opening, open_round
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

LIMIT = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Understood:
    """A document beside what was understood of it, with the decisions in force."""

    document: Document
    draft: ProgrammeDraft
    decisions: dict[int, Decision]
    settled: ProgrammeDraft
    undecided: tuple[int, ...]


@dataclass(slots=True)
class Outcome:
    """What was written: how many tasks, points, indicators, targets and values are new, and how many changed."""

    added: dict[str, int] = field(default_factory=dict)
    changed: int = 0
    left: int = 0


def begin(person: Person, programme: Programme, name: str, content: bytes, unit: Unit, period: Period | None) -> Taking:
    """Keep the document and read it once; raises where it cannot be read, or says nothing of a plan."""
    _manages(person, programme)
    if len(content) > LIMIT:
        raise RefusedError(_("文件超过 %(limit)s MB，请拆开后分次导入。") % {"limit": LIMIT // 1024**2})
    if unit.college_id != programme.college_id:
        raise RefusedError(_("责任单位不属于这所学校。"))
    _form, draft = _read(Path(name).suffix.lower(), content)
    if not draft.points and not draft.indicators:
        raise RefusedError(
            _("%(name)s 里没有认出任务点或绩效指标；请确认是任务书、自评报告或计划表。") % {"name": name}
        )
    with transaction.atomic():
        made = Taking.objects.create(
            programme=programme, file_name=Path(name).name[:200], sha256=hashlib.sha256(content).hexdigest(),
            content=content, begun_at=timezone.now(), begun_by=person, unit=unit, period=period,
        )  # fmt: skip
        history.record(
            programme.college, person, "begin_taking", made, after={"file": made.file_name, "sha256": made.sha256}
        )
    return made


def understood(taking: Taking) -> Understood:
    """What the document says, with what was decided so far."""
    document, draft = _read(Path(taking.file_name).suffix.lower(), bytes(taking.content))
    decisions = {
        int(number): Decision(step=Step(each["step"]), text=each.get("text", ""))
        for number, each in taking.decisions.items()
    }
    return Understood(document, draft, decisions, settled(draft, decisions), undecided(draft, decisions))


@lru_cache(maxsize=8)
def _read(suffix: str, content: bytes) -> tuple[Document, ProgrammeDraft]:
    """Read from a file of its own, for the readers know files; the last few are remembered."""
    if suffix not in FORMATS:
        raise RefusedError(
            _("不认识 %(value)s 的文件，请用 Word（.docx）、Excel（.xlsx）、PDF 或文本。")
            % {"value": suffix or _("没有后缀")}
        )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"导入{suffix}"
        place.write_bytes(content)
        try:
            document = read(place)
        except UnreadableDocumentError as error:
            raise RefusedError(str(error)) from error
    return document, drafted(document, load(recognise([document]).name))


def decide(person: Person, taking: Taking, version: int, decided: Mapping[int, Decision]) -> Taking:
    """Keep decisions about doubtful cells; refused whole where one of them cannot be carried out."""
    with transaction.atomic():
        row = _held(person, taking)
        if row.version != version:
            raise StaleError(_("别人刚刚也在处理这份导入，请刷新后再选。"), row, {})
        seen = understood(row)
        wanted = {**seen.decisions, **decided}
        wrong = [number for number in wanted if not 0 <= number < len(seen.draft.doubts)]
        if wrong:
            raise RefusedError(_("没有第 %(wrong)s 处存疑。") % {"wrong": wrong[0] + 1})
        settled(seen.draft, wanted)
        row.decisions = {str(number): {"step": each.step.value, "text": each.text} for number, each in wanted.items()}
        row.version += 1
        row.save(update_fields=["decisions", "version"])
    return row


def compared(taking: Taking) -> tuple[Difference, ...]:
    """What the document changes of the plan as it stands."""
    return differences(plan_of(understood(taking).settled, taking.period), known_draft(taking.programme).draft)


def write(
    person: Person, taking: Taking, *, leave: frozenset[str] = frozenset(), opening: Opening | None = None
) -> Outcome:
    """Write it, all or nothing. `leave` names differences (by `key_of`) that are not to be taken over.

    With an opening, what is told of completion goes into that new round as drafts, to be handed in and reviewed as any
    other; without one only the plan is taken. Nothing is ever removed: what the document no longer has is told.
    """
    with transaction.atomic():
        row = _held(person, taking)
        # One document at a time goes into a plan: what the next one adds depends on what this one added.
        Programme.objects.select_for_update(no_key=True).get(pk=row.programme_id)
        seen = understood(row)
        if seen.undecided:
            raise OutOfOrderError(
                _("还有 %(count)s 处存疑没有确定，确定之后才能写入。") % {"count": len(seen.undecided)}
            )
        plan, known = plan_of(seen.settled, row.period), known_draft(row.programme)
        found = differences(plan, known.draft)
        taken = [each for each in found if key_of(each) not in leave and each.change is not DifferenceKind.GONE]
        planting = Planting(person, row)
        outcome = Outcome(left=len(found) - len(taken))
        outcome.changed = planting.change(known, (each for each in taken if each.change is DifferenceKind.CHANGED))
        outcome.added = planting.add(plan, {id(each.drafted) for each in taken if each.change is DifferenceKind.ADDED})
        if opening is not None:
            row.round = open_round(person, row.programme, opening)
            outcome.added["填报项"] = planting.tell(seen.settled, row.round)
        row.written_at = timezone.now()
        row.outcome = {"added": outcome.added, "changed": outcome.changed, "left": outcome.left}
        row.save(update_fields=["round", "written_at", "outcome"])
        history.record(row.programme.college, person, "take_in", row, after=row.outcome)
    return outcome


def key_of(difference: Difference) -> str:
    """What a difference is known by on the page and in the form that comes back."""
    text = "\n".join(str(part) for part in (difference.change, difference.label, difference.field, difference.after))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _held(person: Person, taking: Taking) -> Taking:
    row = (
        Taking.objects.select_for_update(of=("self",))
        .select_related("programme__college", "unit", "period")
        .get(pk=taking.pk)
    )
    _manages(person, row.programme)
    if row.written_at is not None:
        raise OutOfOrderError(_("“%(row)s”已经写入，不能再改。") % {"row": row})
    return row


def _manages(person: Person, programme: Programme) -> None:
    if not access.may_manage(person, programme):
        raise NotAllowedError(_("只有双高办能导入。"))


def counted(draft: ProgrammeDraft) -> dict[str, Any]:
    """How much was understood, for the head of the page and for the command line."""
    return {
        "任务": len(draft.tasks),
        "任务点": len(draft.points),
        "绩效指标": len(draft.indicators),
        "存疑": len(draft.doubts),
    }
