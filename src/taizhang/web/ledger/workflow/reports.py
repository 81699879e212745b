"""Reports to be checked: upload, check, exempt, give to someone, mark as mended, hand in."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.core.finding import Severity
from taizhang.web.ledger import access, history
from taizhang.web.ledger.checking import process
from taizhang.web.ledger.checking.approved import as_json, ledger_of
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.evidence.content import clean_name, fitting_name, recognise
from taizhang.web.ledger.models import (
    Blob,
    Entry,
    FindingStatus,
    Person,
    Report,
    ReportFinding,
    ReportState,
    ReportText,
    Round,
    Unit,
)
from taizhang.web.ledger.workflow.desk import tell
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

LARGEST = 100 * 1024 * 1024  # bytes: a Word file of 86 tables has half a million
MOST_FILES = 12
STALLED = timedelta(minutes=6)  # a check that is older was broken off: its process had five
LEDGER_RULES = ("LED010", "LED011")


class Incoming(Protocol):
    """A file as it comes in."""

    @property
    def name(self) -> str | None:
        """What its owner called it."""

    @property
    def size(self) -> int | None:
        """In bytes."""

    def chunks(self) -> Iterable[bytes]:
        """The bytes, piece by piece."""


@dataclass(frozen=True, slots=True)
class Consignment:
    """Where an upload belongs: its unit, the round that it is held against, the draft before it."""

    unit: Unit
    round: Round | None = None
    previous: Report | None = None


def upload(person: Person, files: Sequence[Incoming], to: Consignment) -> list[Report]:
    """Keep files that are to be checked together. Each is listed from here on, whatever comes of the check."""
    if not access.standing(person).reaches(to.unit, *access.WORKERS, access.OFFICE):
        raise NotAllowedError(_("只能为自己的单位上传报告。"))
    if to.round is not None and not access.visible_rounds(person).filter(pk=to.round.pk).exists():
        raise NotAllowedError(_("不能与这一轮对照。"))
    if not files:
        raise RefusedError(_("请选择要检查的报告。"))
    if len(files) > MOST_FILES:
        raise RefusedError(_("一次最多 %(most_files)s 份。") % {"most_files": MOST_FILES})
    stored = [kept(file) for file in files]
    names = _apart([name for name, _ in stored])
    batch, college = uuid.uuid4(), to.unit.college or to.unit
    with transaction.atomic():
        rows = []
        for name, (_stored, blob) in zip(names, stored, strict=True):
            blob.save(force_insert=False)
            row = Report.objects.create(
                college=college, unit=to.unit, blob=blob, file_name=name, batch=batch, round=to.round,
                programme=to.round.programme if to.round else None, previous=to.previous, uploaded_at=timezone.now(),
                uploaded_by=person,
            )  # fmt: skip
            history.record(college, person, "upload", row, after=history.written(row, "file_name", "blob_id"))
            rows.append(row)
    return rows


def kept(file: Incoming) -> tuple[str, Blob]:
    """The name and the row of a file whose bytes are safe in the vault; the row is saved by the caller."""
    name = clean_name(file.name or "报告")
    if (file.size or 0) > LARGEST:
        raise RefusedError(_("“%(name)s”超过 %(largest)s MB。") % {"name": name, "largest": LARGEST // 1024 // 1024})
    if not vault.room_for(file.size or 0):
        raise RefusedError(_("服务器的磁盘快满了，没有存下来，请联系管理员。"))
    part = vault.arriving(uuid.uuid4())
    try:
        vault.write_piece(part, 0, file.chunks())
        kind = recognise(part, name)
        sha256, size = vault.measure(part)
        vault.keep(part, sha256)
    finally:
        part.unlink(missing_ok=True)
    known = Blob.objects.filter(sha256=sha256).first()
    return fitting_name(name, kind), known or Blob(
        sha256=sha256, size=size, media_type=kind.media_type, stored_at=timezone.now()
    )


def _apart(names: Iterable[str]) -> list[str]:
    """The names, those that are given twice told apart: findings name their file."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        stem, dot, suffix = name.rpartition(".")
        found.append(name if seen[name] == 1 else f"{stem}（{seen[name]}）{dot}{suffix}")
    return found


def is_stalled(report: Report) -> bool:
    """Whether a check was begun and broken off."""
    return (
        report.state == ReportState.CHECKING
        and report.begun_at is not None
        and report.begun_at < timezone.now() - STALLED
    )


def check(person: Person, report: Report) -> list[Report]:
    """Check the reports of a batch together. A failure is a sentence on the reports, which stay as they were uploaded."""
    with transaction.atomic():
        rows = list(Report.objects.select_for_update(of=("self",)).filter(batch=report.batch).order_by("pk"))
        if not access.may_treat(person, report):
            raise NotAllowedError(_("只有报告的单位和双高办能检查。"))
        if any(row.state == ReportState.CHECKING and not is_stalled(row) for row in rows):
            raise OutOfOrderError(_("正在检查，请稍候。"))
        if any(row.state == ReportState.CHECKED for row in rows):
            raise OutOfOrderError(_("已经检查过；改好之后请上传新的一稿。"))
        for row in rows:
            row.state, row.begun_at, row.progress, row.sentence = ReportState.CHECKING, timezone.now(), "开始检查", ""
            row.save(update_fields=["state", "begun_at", "progress", "sentence"])
    try:
        answer = process.ask(_job(rows), lambda words: _progress(report, words))
    except process.CheckingError as error:
        Report.objects.filter(batch=report.batch).update(state=ReportState.FAILED, sentence=str(error), progress="")
        return rows
    with transaction.atomic():
        for row in rows:
            _take(person, row, answer)
    return rows


def _progress(report: Report, words: str) -> None:
    Report.objects.filter(batch=report.batch).update(progress=words[:200])


def job_files(rows: Iterable[Report]) -> list[dict[str, str]]:
    """The files of a job."""
    return [{"name": row.file_name, "path": str(vault.place(row.blob_id))} for row in rows]


def sisters(report: Report) -> list[Report]:
    """The newest drafts of the reports that were uploaded with the drafts before this one: it is read beside them."""
    found: dict[int, Report] = {}
    earlier, seen = report.previous, {report.pk}
    while earlier is not None and earlier.pk not in seen:
        seen.add(earlier.pk)
        for other in Report.objects.filter(batch=earlier.batch).exclude(pk__in=seen):
            newest = _newest(other)
            if newest.pk not in seen and newest.batch != report.batch:
                found[newest.pk] = newest
        earlier = earlier.previous
    return [found[pk] for pk in sorted(found)]


def _newest(report: Report) -> Report:
    """The last draft of a report that could be read."""
    following = report.following.filter(state=ReportState.CHECKED).order_by("-pk").first()
    return _newest(following) if following is not None and following.pk > report.pk else report


def _job(rows: Sequence[Report]) -> dict[str, Any]:
    round_, beside = rows[0].round, [each for row in rows for each in sisters(row)]
    files = job_files([*rows, *beside])
    for each, name in zip(files, _apart(each["name"] for each in files), strict=True):
        each["name"] = name
    return {
        "act": "check",
        "files": files,
        "profile": round_.programme.profile if round_ else None,
        "as_of": timezone.localdate().isoformat(),
        "exemptions": [each for row in rows for each in _exemptions(row)],
        "ledger": as_json(ledger_of(round_, rows[0].unit)) if round_ else None,
    }


def _exemptions(row: Report) -> list[dict[str, str]]:
    """What was exempted in the draft before, to hold in this one too: through the checker's own exemptions."""
    if row.previous_id is None:
        return []
    allowed = ReportFinding.objects.filter(report=row.previous_id, status=FindingStatus.EXEMPT).select_related(
        "exempt_by"
    )
    return [
        {
            "file": row.file_name, "code": each.code, "fingerprint": each.fingerprint,
            "by": each.exempt_by.name if each.exempt_by else "", "reason": each.exempt_reason,
            "until": each.exempt_until.isoformat() if each.exempt_until else "",
        }
        for each in allowed
    ]  # fmt: skip


def _take(person: Person, row: Report, answer: dict[str, Any]) -> None:
    """Write what was found in one report of the batch."""
    result = answer["result"]
    refusal = next((each["reason"] for each in result.get("unreadable", ()) if each["file"] == row.file_name), "")
    own = [each for each in answer["findings"] if each["file"] == row.file_name]
    row.result = {key: value for key, value in result.items() if key != "findings"}
    row.state = ReportState.UNREADABLE if refusal else ReportState.CHECKED
    row.sentence, row.progress = refusal, ""
    row.save(update_fields=["result", "state", "sentence", "progress"])
    text = answer["texts"].get(row.file_name)
    if text is not None:
        ReportText.objects.update_or_create(report=row, defaults={"html": text["html"], "contents": text["contents"]})
    known = set(
        Entry.objects.filter(pk__in=[each["reference"] for each in own if each["reference"]]).values_list(
            "pk", flat=True
        )
    )
    before = {each.fingerprint: each for each in ReportFinding.objects.filter(report=row.previous_id)}
    told = {(each["table"], each["row"]): each["message"] for each in own if each["code"] in LEDGER_RULES}
    ReportFinding.objects.bulk_create(_finding(row, each, before.get(each["fingerprint"]), known, told) for each in own)
    counts = {severity.value: sum(each["severity"] == severity for each in own) for severity in Severity}
    history.record(row.college, person, "check", row, after={"state": row.state, **counts})


def _finding(
    row: Report, each: dict[str, Any], before: ReportFinding | None, known: set[int], told: dict[Any, str]
) -> ReportFinding:
    """A finding with what the draft before knew of it: who answers for it, or who is to mend it."""
    found = ReportFinding(
        report=row, number=each["number"], fingerprint=each["fingerprint"], code=each["code"], severity=each["severity"],
        content=each, entry_id=each["reference"] if each["reference"] in known else None,
        differs=told.get((each["table"], each["row"]), "")[:300],
    )  # fmt: skip
    if before is not None:
        found.assigned_to, found.measure, found.due = before.assigned_to, before.measure, before.due
        if each["exemption"]:
            found.status, found.exempt_by = FindingStatus.EXEMPT, before.exempt_by
            found.exempt_reason, found.exempt_until = before.exempt_reason, before.exempt_until
    return found


def exempt(person: Person, finding: ReportFinding, reason: str, until: date | None) -> ReportFinding:
    """Answer for a finding until a day: it is not counted, in this draft and the next."""
    reason = reason.strip()
    if not reason:
        raise RefusedError(_("请写明豁免的理由。"))
    if len(reason) > 300:
        raise RefusedError(_("豁免的理由最多 300 字。"))
    if until is None or until < timezone.localdate():
        raise RefusedError(_("请写明豁免到哪一天，不能早于今天。"))
    with transaction.atomic():
        row = _held(finding)
        if not access.may_exempt(person, row.report):
            raise NotAllowedError(_("豁免要由负责人或双高办批准。"))
        before = history.written(row, "status", "exempt_reason", "exempt_until")
        row.status, row.exempt_by, row.exempt_reason, row.exempt_until = FindingStatus.EXEMPT, person, reason, until
        row.save(update_fields=["status", "exempt_by", "exempt_reason", "exempt_until"])
        after = history.written(row, "status", "exempt_reason", "exempt_until")
        history.record(row.report.college, person, "exempt", row, before=before, after=after, reason=reason)
        return row


def give(person: Person, finding: ReportFinding, to: Person, measure: str, due: date | None) -> ReportFinding:
    """Give a finding to a colleague to mend, with a measure and a day; it lies on their desk."""
    measure = measure.strip()
    if len(measure) > 300:
        raise RefusedError(_("整改措施最多 300 字。"))
    if due is not None and due < timezone.localdate():
        raise RefusedError(_("整改期限已经过去，请另选一天。"))
    with transaction.atomic():
        row = _held(finding)
        if not access.may_treat(person, row.report):
            raise NotAllowedError(_("只有报告的单位和双高办能分派问题。"))
        if not Person.objects.filter(pk=to.pk, home=row.report.college_id, is_active=True).exists():
            raise RefusedError(_("%(name)s不是本校的人。") % {"name": to.name})
        before = history.written(row, "assigned_to_id", "measure", "due", "status")
        row.assigned_to, row.measure, row.due, row.status = to, measure, due, FindingStatus.OPEN
        row.save(update_fields=["assigned_to", "measure", "due", "status"])
        after = history.written(row, "assigned_to_id", "measure", "due", "status")
        history.record(row.report.college, person, "entrust", row, before=before, after=after)
        day = f"，{due:%Y-%m-%d} 前" if due else ""
        tell(to, f"请整改{day}：{row.content['message']}（{row.report}）", reverse("finding", args=[row.pk]))
        return row


def mend(person: Person, finding: ReportFinding) -> ReportFinding:
    """Say that it is mended; the next draft will show."""
    return _turned(person, finding, FindingStatus.MENDED, "mend")


def open_again(person: Person, finding: ReportFinding) -> ReportFinding:
    """Take back an exemption, or that something was mended."""
    return _turned(person, finding, FindingStatus.OPEN, "unsettle")


def _turned(person: Person, finding: ReportFinding, status: FindingStatus, verb: str) -> ReportFinding:
    with transaction.atomic():
        row = _held(finding)
        may = access.may_treat(person, row.report) or row.assigned_to_id == person.pk
        if row.status == FindingStatus.EXEMPT:
            may = access.may_exempt(person, row.report)
        if not may:
            raise NotAllowedError(_("只有整改人、报告的单位和双高办能改动处理情况。"))
        if row.status == status:
            raise OutOfOrderError(_("已经是“%(status)s”。") % {"status": row.get_status_display()})
        before = history.written(row, "status")
        row.status = status
        row.save(update_fields=["status"])
        history.record(row.report.college, person, verb, row, before=before, after=history.written(row, "status"))
        return row


def hand_in(person: Person, report: Report) -> Report:
    """Say that this is the draft handed in: assessors see what was found in it of the items given to them."""
    with transaction.atomic():
        row = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not access.standing(person).reaches(row.college, access.OFFICE):
            raise NotAllowedError(_("只有双高办能标明报送稿。"))
        if row.state != ReportState.CHECKED:
            raise OutOfOrderError(_("检查过的报告才能标为报送稿。"))
        if row.handed_in_at is not None:
            raise OutOfOrderError(_("已经标为报送稿。"))
        row.handed_in_at, row.handed_in_by = timezone.now(), person
        row.save(update_fields=["handed_in_at", "handed_in_by"])
        history.record(row.college, person, "hand_in", row, after=history.written(row, "handed_in_at"))
        return row


def _held(finding: ReportFinding) -> ReportFinding:
    return (
        ReportFinding.objects.select_for_update(of=("self",))
        .select_related("report__college", "report__unit", "assigned_to")
        .get(pk=finding.pk)
    )
