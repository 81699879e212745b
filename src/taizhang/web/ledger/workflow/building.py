"""Reports that the ledger writes: freeze, order, build, refresh, remark, circulate, approve, hand in."""

import tempfile
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_tasks import task

from taizhang.core.errors import TaizhangError
from taizhang.reports.catalogue import KINDS
from taizhang.reports.outline import Figure, Outline, figures
from taizhang.reports.register import Register
from taizhang.reports.snapshot import from_json, to_json
from taizhang.reports.standing import absent
from taizhang.reports.word import packed
from taizhang.web.ledger import access, history, snapshots
from taizhang.web.ledger.checking import process
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import (
    Blob,
    BuildState,
    BuiltFile,
    BuiltReport,
    FileOrigin,
    Period,
    Person,
    Programme,
    Remark,
    Report,
    ReportStage,
    Snapshot,
    Stage,
)
from taizhang.web.ledger.workflow import reports
from taizhang.web.ledger.workflow.reports import Incoming, kept
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

STALLED = timedelta(minutes=1)  # a build that is older was broken off: it takes seconds
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST = 300
_MOVES = {
    "circulate": ((ReportStage.DRAFT,), ReportStage.CIRCULATED),
    "call_back": ((ReportStage.CIRCULATED, ReportStage.APPROVED), ReportStage.DRAFT),
    "approve": ((ReportStage.DRAFT, ReportStage.CIRCULATED), ReportStage.APPROVED),
    "hand_in": ((ReportStage.APPROVED,), ReportStage.HANDED_IN),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of a report: how many of what, and where they are listed."""

    said: object  # with a place for the count, in whatever language it is asked for
    count: int
    link: str = ""

    @property
    def sentence(self) -> str:
        """In words."""
        return str(self.said) % {"count": self.count}


def obstacles(period: Period) -> list[Obstacle]:
    """What has to be settled before a report of the period is built."""
    rows = snapshots.entries_of(period)
    rounds = {row.round_id for row in rows}
    where = f"?round={max(rounds)}" if rounds else ""
    unseen = sum(row.altered for row in rows)
    grave = sum(row.worst == "error" and row.stage >= Stage.APPROVED for row in rows)
    told = [
        Obstacle(
            lazy("%(count)s 项审后有改动，还没有人看过。"), unseen, f"/entries/{where}{'&' if where else '?'}altered=1"
        ),
        Obstacle(
            lazy("%(count)s 项已审的内容有错误，还没有改。"),
            grave,
            f"/entries/{where}{'&' if where else '?'}worst=error",
        ),
    ]
    return [each for each in told if each.count]


def order(
    person: Person, period: Period, kind: str, name: str, override: str = "", previous: BuiltReport | None = None,
    *, carry: bool = False,
) -> BuiltReport:  # fmt: skip
    """Freeze the ledger under a name and have a report of it built; what stands in the way needs a reason to be passed.

    With `carry` the words of the last file of the previous report are taken over.
    """
    programme, name, override = period.programme, name.strip(), override.strip()
    if not access.may_build(person, programme):
        raise NotAllowedError(_("只有双高办能生成报告。"))
    if kind not in KINDS:
        raise RefusedError(_("没有这种报告，请刷新后再选。"))
    if not name or len(name) > 120:
        raise RefusedError(_("请给这份报告起个名字（最多 120 字）。"))
    if len(override) > _LONGEST:
        raise RefusedError(_("理由最多 %(longest)s 字。") % {"longest": _LONGEST})
    carried = _to_carry(person, kind, previous) if carry else None
    standing = obstacles(period)
    if standing and not override:
        raise OutOfOrderError(" ".join((*(each.sentence for each in standing), _("请先处理，或写明仍要生成的理由。"))))
    with translation.override("zh-hans"):  # what is kept stands in the report's note, for everyone
        passed = [each.sentence for each in standing]
    with transaction.atomic():
        frozen = freeze(person, period, name)
        row = BuiltReport.objects.create(
            college=programme.college, programme=programme, snapshot=frozen, kind=kind, title=name, previous=previous,
            carries=carried, made_at=timezone.now(), made_by=person, override=override if standing else "",
            obstacles=passed,
        )  # fmt: skip
        after = {**history.written(row, "title", "kind"), "snapshot": frozen.sha256}
        history.record(programme.college, person, "order", row, after=after, reason=row.override)
        transaction.on_commit(partial(build.enqueue, row.pk))
    return row


def _to_carry(person: Person, kind: str, previous: BuiltReport | None) -> BuiltFile:
    """The file whose words a new report takes over."""
    if previous is None:
        raise RefusedError(_("要沿用文字，请先选接续哪一份报告。"))
    if not access.may_keep_report(person, previous):
        raise NotAllowedError(_("只有双高办能沿用报告的文字。"))
    last = previous.files.first()
    if previous.kind != kind or last is None:
        raise RefusedError(_("只能沿用同一种、已经生成的报告的文字；种类不同请另写一份。"))
    return last


def freeze(person: Person, period: Period, name: str) -> Snapshot:
    """Keep the ledger as it stands under a name. Call inside a transaction."""
    programme = Programme.objects.select_for_update(no_key=True).get(pk=period.programme_id)
    if Snapshot.objects.filter(programme=programme, name=name).exists():
        raise RefusedError(_("已经有名为“%(name)s”的报告，请换个名字。") % {"name": name})
    taken = snapshots.taken(period, name, timezone.localdate())
    row = Snapshot.objects.create(
        programme=programme, period=period, name=name, taken_at=timezone.now(), taken_by=person, sha256=taken.sha256,
        content=to_json(taken),
    )  # fmt: skip
    history.record(programme.college, person, "freeze", row, after=history.written(row, "name", "sha256"))
    return row


@task()
def build(pk: int) -> None:
    """Build a report that was ordered. Done once however often it is asked for; a failure is a sentence on the report."""
    with transaction.atomic():
        row = BuiltReport.objects.select_for_update(of=("self",)).select_related("snapshot", "made_by").get(pk=pk)
        if row.state == BuildState.BUILT or (row.state == BuildState.BUILDING and not is_stalled(row)):
            return
        row.state, row.begun_at, row.progress, row.sentence = BuildState.BUILDING, timezone.now(), "读取快照", ""
        row.save(update_fields=["state", "begun_at", "progress", "sentence"])
    try:
        data, outline = _written(row, partial(_progress, row))
        blob = _stored(data)
        carried = _carried(row, outline) if row.carries is not None else None
    except (TaizhangError, ValueError) as error:
        sentence = (
            str(error) if isinstance(error, TaizhangError) else "生成时出错，快照没有动；请把快照下载下来交给管理员。"
        )
        BuiltReport.objects.filter(pk=pk).update(state=BuildState.FAILED, sentence=sentence, progress="")
        return
    with transaction.atomic():
        row = BuiltReport.objects.select_for_update(of=("self",)).get(pk=pk)
        if row.state != BuildState.BUILDING:
            return
        known = list(figures(outline))
        _add_file(row, row.made_by, blob, FileOrigin.BUILT, known)
        if carried is not None:
            _add_file(row, row.made_by, carried[0], FileOrigin.CARRIED, known, carried[1])
        row.state, row.progress = BuildState.BUILT, ""
        row.save(update_fields=["state", "progress"])
        history.record(row.college, row.made_by, "build", row, after={"sha256": blob.sha256})


def _written(row: BuiltReport, say: Callable[[str], None]) -> tuple[bytes, Outline]:
    """The bytes of a report, and its outline."""
    snapshot = from_json(row.snapshot.content)
    say("编排正文和表格")
    outline = KINDS[row.kind].build(snapshot)
    say("写成 Word 文件")
    return packed(outline), outline


def _carried(row: BuiltReport, outline: Outline) -> tuple[Blob, list[dict[str, str]]]:
    """The edited file of the report before, its words as they are and its figures those of this one; and what that changed.

    A figure typed over by hand stays, and is told; so is each row that this report has and the file has not.
    """
    if row.carries is None:
        raise ValueError("a report that carries no file")
    _progress(row, "把新的数放进上一份的文字")
    answer, data = _renewed(Register.of_outline(outline), row.carries.blob, overwrite=False)
    if not answer["seen"]:
        raise RefusedError(_("上一份的文件里没有台账写的数字，不能沿用；请不选“沿用文字”，另写一份。"))
    missing = [
        {"address": each.address, "name": each.table, "kind": "absent", "before": "", "after": each.text}
        for each in absent(outline, answer["seen"])
    ]
    return _stored(data) if data is not None else row.carries.blob, [*answer["told"], *missing]


def _progress(row: BuiltReport, words: str) -> None:
    BuiltReport.objects.filter(pk=row.pk).update(progress=words)


def _stored(data: bytes) -> Blob:
    """The row of bytes that are safe in the vault."""
    if not vault.room_for(len(data)):
        raise RefusedError(_("服务器的磁盘快满了，没有生成，请联系管理员。"))
    part = vault.arriving(uuid.uuid4())
    try:
        vault.write_piece(part, 0, [data])
        sha256, size = vault.measure(part)
        vault.keep(part, sha256)
    finally:
        part.unlink(missing_ok=True)
    known = Blob.objects.filter(sha256=sha256).first()
    return known or Blob(sha256=sha256, size=size, media_type=WORD, stored_at=timezone.now())


def _add_file(
    row: BuiltReport, person: Person, blob: Blob, origin: FileOrigin, known: list[Figure] | None = None,
    changes: list[dict[str, str]] | None = None,
) -> BuiltFile:  # fmt: skip
    """The next file of a report. Call with the report locked."""
    blob.save(force_insert=False)
    last = row.files.first()
    number = last.number + 1 if last else 1
    told = [_told(each) for each in {figure.key: figure for figure in known}.values()] if known is not None else []
    return BuiltFile.objects.create(
        report=row, number=number, origin=origin, blob=blob, file_name=f"{row.title}.docx" if number == 1 else f"{row.title}（{number}）.docx",
        figures=told, changes=changes or [], made_at=timezone.now(), made_by=person,
    )  # fmt: skip


def _told(figure: Figure) -> dict[str, str]:
    return {"address": figure.address, "form": figure.form, "text": figure.text, "name": figure.name}


def is_stalled(row: BuiltReport) -> bool:
    """Whether building was begun and broken off."""
    late = timezone.now() - STALLED
    return row.state == BuildState.BUILDING and row.begun_at is not None and row.begun_at < late


def resume() -> int:
    """Ask again for what was ordered and never finished: after a worker died, nothing is lost. How many that were."""
    late = timezone.now() - STALLED
    waiting = Q(state=BuildState.WAITING, made_at__lt=late) | Q(state=BuildState.BUILDING, begun_at__lt=late)
    rows = list(BuiltReport.objects.filter(waiting).values_list("pk", flat=True))
    for pk in rows:
        build.enqueue(pk)
    return len(rows)


def again(person: Person, report: BuiltReport) -> BuiltReport:
    """Build once more what failed or was broken off."""
    if not access.may_keep_report(person, report):
        raise NotAllowedError(_("只有双高办能生成报告。"))
    if report.state != BuildState.FAILED and not is_stalled(report):
        raise OutOfOrderError(_("现在是“%(state)s”，不必再生成。") % {"state": report.get_state_display()})
    BuiltReport.objects.filter(pk=report.pk).update(state=BuildState.WAITING, made_at=timezone.now())
    build.enqueue(report.pk)
    return report


def remark(person: Person, report: BuiltReport, text: str) -> Remark:
    """Say something of a report."""
    text = text.strip()
    if not text or len(text) > 2000:
        raise RefusedError(_("请写明意见（最多 2000 字）。"))
    if not access.may_remark(person, report):
        raise NotAllowedError(_("现在不能提意见：报告没有在征求意见。"))
    with transaction.atomic():
        row = Remark.objects.create(report=report, text=text, made_at=timezone.now(), made_by=person)
        history.record(report.college, person, "remark", report, after={"remark": text})
        return row


def move(person: Person, report: BuiltReport, verb: str) -> BuiltReport:
    """Circulate, call back, approve, hand in."""
    before, after = _MOVES[verb]
    with transaction.atomic():
        row = BuiltReport.objects.select_for_update(of=("self",)).select_related("college").get(pk=report.pk)
        if not access.may_keep_report(person, row):
            raise NotAllowedError(_("只有双高办能办理报告。"))
        if row.state != BuildState.BUILT:
            raise OutOfOrderError(_("报告还没有生成。"))
        if row.stage not in before:
            raise OutOfOrderError(
                _("“%(row)s”现在是“%(stage)s”，不能这样办。") % {"row": row, "stage": row.get_stage_display()}
            )
        last = row.files.first()
        if verb in {"approve", "hand_in"} and last is not None and unsettled(last):
            raise OutOfOrderError(_("最新一稿里有数字与台账不一致，请先更新数字或改正。"))
        was: Mapping[str, Any] = history.written(row, "stage")
        row.stage, now = after, timezone.now()
        if verb == "approve":
            row.approved_at, row.approved_by = now, person
        elif verb == "hand_in":
            row.handed_in_at, row.handed_in_by = now, person
        row.save()
        history.record(row.college, person, verb, row, before=was, after=history.written(row, "stage"))
        return row


def take_back(person: Person, report: BuiltReport, file: Incoming) -> BuiltFile:
    """Take in a draft that was edited in Word: its words as they are, and which of its figures are no longer ours."""
    _may_change(person, report)
    name, blob = kept(file)
    if not name.lower().endswith(".docx"):
        raise RefusedError(_("请上传在 Word 或 WPS 里改过的 .docx 文件。"))
    answer, _data = _renewed(register_of(report), blob, overwrite=False)
    if not answer["seen"]:
        raise RefusedError(_("这份文件里没有台账写的数字，可能不是这份报告，或数字被去掉了绑定；没有收下。"))
    with transaction.atomic():
        row = _held(report)
        made = _add_file(row, person, blob, FileOrigin.UPLOADED, _figures_of(row), answer["told"])
        after = {"number": made.number, "sha256": blob.sha256, "changes": len(made.changes)}
        history.record(row.college, person, "upload", row, after=after)
        return made


def refresh(person: Person, report: BuiltReport) -> BuiltFile:
    """Bring the figures of the last draft to what the snapshot says; the words around them stay as they are."""
    _may_change(person, report)
    last = report.files.first()
    if last is None:
        raise OutOfOrderError(_("报告还没有生成。"))
    answer, data = _renewed(register_of(report), last.blob, overwrite=True)
    if data is None:
        raise OutOfOrderError(_("数字都与台账一致，不必更新。"))
    blob = _stored(data)
    with transaction.atomic():
        row = _held(report)
        made = _add_file(row, person, blob, FileOrigin.REFRESHED, _figures_of(row), answer["told"])
        after = {"number": made.number, "sha256": blob.sha256, "changes": len(made.changes)}
        history.record(row.college, person, "refresh", row, after=after)
        return made


def register_of(report: BuiltReport) -> Register:
    """The figures of a report as its snapshot has them."""
    return Register.of(report.snapshot.sha256, _figures_of(report))


def figure_rows(report: BuiltReport) -> list[dict[str, str]]:
    """The figures that were bound when the report was built."""
    built = report.files.filter(origin=FileOrigin.BUILT).first()
    rows: list[dict[str, str]] = built.figures if built else []
    return rows


def _figures_of(report: BuiltReport) -> list[Figure]:
    return [Figure(each["address"], each["text"], each["name"], each["form"]) for each in figure_rows(report)]


def _may_change(person: Person, report: BuiltReport) -> None:
    if not access.may_keep_report(person, report):
        raise NotAllowedError(_("只有双高办能改动报告。"))
    if report.stage not in {ReportStage.DRAFT, ReportStage.CIRCULATED}:
        raise OutOfOrderError(
            _("“%(report)s”现在是“%(stage)s”，要改请先收回为草稿。")
            % {"report": report, "stage": report.get_stage_display()}
        )


def _held(report: BuiltReport) -> BuiltReport:
    row = BuiltReport.objects.select_for_update(of=("self",)).select_related("college", "snapshot").get(pk=report.pk)
    if row.stage not in {ReportStage.DRAFT, ReportStage.CIRCULATED}:
        raise OutOfOrderError(
            _("“%(row)s”现在是“%(stage)s”，要改请先收回为草稿。") % {"row": row, "stage": row.get_stage_display()}
        )
    return row


def _renewed(register: Register, blob: Blob, *, overwrite: bool) -> tuple[dict[str, Any], bytes | None]:
    """What a file's figures are against a register, and the file with them renewed where that changed anything."""
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        target = Path(folder) / "renewed.docx"
        job = {
            "act": "renew", "files": [{"name": "draft.docx", "path": str(_place(blob.sha256))}],
            "register": register.written(), "overwrite": overwrite, "target": str(target),
        }  # fmt: skip
        try:
            answer = process.ask(job)
        except process.CheckingError as error:
            raise RefusedError(str(error)) from error
        changed = any(each["kind"] in {"renewed", "overwritten"} for each in answer["told"])
        return answer, target.read_bytes() if changed and target.exists() else None


def _place(sha256: str) -> Path:
    """Where the bytes of a file lie; refused where they do not."""
    path = vault.place(sha256)
    if not path.is_file():
        raise RefusedError(_("服务器上找不到这份文件的原件，请联系管理员运行 verify_evidence。"))
    return path


def check(person: Person, file: BuiltFile) -> Report:
    """Have a file checked as any uploaded report is; what was found stands on the same page."""
    report = file.report
    if not access.may_keep_report(person, report):
        raise NotAllowedError(_("只有双高办能检查报告。"))
    if file.check_report is not None:
        return file.check_report
    content = ContentFile(_place(file.blob_id).read_bytes(), name=file.file_name)
    round_ = report.programme.rounds.filter(period=report.snapshot.period).first()
    earlier = report.files.filter(number__lt=file.number, check_report__isnull=False).first()
    to = reports.Consignment(report.college, round_, earlier.check_report if earlier else None)
    (row,) = reports.upload(person, [content], to)
    BuiltFile.objects.filter(pk=file.pk).update(check_report=row)
    reports.check(person, row)
    return row


def unsettled(file: BuiltFile) -> list[dict[str, str]]:
    """The figures of a file that say another thing than the ledger does."""
    return [each for each in file.changes if each.get("kind") in {"edited", "unknown", "gone", "closed"}]
