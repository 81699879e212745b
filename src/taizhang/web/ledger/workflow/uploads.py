"""Bringing evidence in: begin, send a piece, finish, cancel. Nothing is acknowledged before it is on the disk."""

import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.evidence import integrity, reading, vault
from taizhang.web.ledger.evidence.content import FileKind, clean_name, fitting_name, recognise
from taizhang.web.ledger.evidence.reading import Warned
from taizhang.web.ledger.models import Blob, Evidence, Person, Unit, Upload
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

LONGEST_PIECE = 8 * 1024 * 1024
KEPT_DAYS = 7  # an upload that nobody went on with is given up after a week
_MOST_AT_ONCE = 300
_YOUNG = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is safely in: its row, and the pieces of evidence with the same bytes that the person may see."""

    evidence: Evidence
    twins: tuple[Evidence, ...]


def begin(person: Person, unit: Unit, file_name: str, size: int) -> Upload:
    """Announce a file; pieces may follow."""
    name = clean_name(file_name)
    if not access.evidence_units(person).filter(pk=unit.pk).exists():
        raise NotAllowedError(_("您不在%(unit)s填报，不能为它上传材料。") % {"unit": unit})
    if size <= 0:
        raise RefusedError(_("“%(name)s”是空文件，请检查后重新上传。") % {"name": name})
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // 1024 // 1024
        raise RefusedError(
            _("“%(name)s”超过 %(limit)s MB，请压缩或拆分后再上传，或请管理员放宽上限。")
            % {"name": name, "limit": limit}
        )
    if not vault.room_for(size):
        raise RefusedError(_("服务器的磁盘快满了，存不下这个文件，请联系管理员。"))
    if Upload.objects.filter(person=person, evidence=None).count() >= _MOST_AT_ONCE:
        raise RefusedError(_("没有传完的文件太多，请先接着传完或取消。"))
    return Upload.objects.create(person=person, unit=unit, file_name=name, size=size, begun_at=timezone.now())


def send(upload: Upload, offset: int, data: bytes, checksum: int | None = None) -> Upload:
    """Take the piece that begins at `offset`; when this returns it is on the disk. The offset must be the next one."""
    if len(data) > LONGEST_PIECE:
        raise RefusedError(_("每次最多传 8 MB。"))
    if checksum is not None and zlib.crc32(data) != checksum:
        raise RefusedError(_("传输中出错，请重传这一段。"))
    return _written(upload, offset, [data], len(data))


def _written(upload: Upload, offset: int, chunks: Iterable[bytes], length: int) -> Upload:
    upload.refresh_from_db()
    if upload.evidence_id is not None:
        return upload
    if offset != upload.received:
        raise OutOfOrderError(_("请从服务器已收到的位置接着传。"))
    if offset + length > upload.size:
        raise RefusedError(_("比说好的长，请重新选择文件再传。"))
    received = vault.write_piece(vault.arriving(upload.pk), offset, chunks)
    # Two requests never write at once (the file is locked); of two that came one after the other the first counts.
    if not Upload.objects.filter(pk=upload.pk, received=offset).update(received=received):
        raise OutOfOrderError(_("请从服务器已收到的位置接着传。"))
    upload.received = received
    return upload


def finish(upload: Upload) -> Kept:
    """All pieces have come: keep the file for good. May be asked again after a crash or a lost answer."""
    upload.refresh_from_db()
    if upload.evidence is not None:
        return _kept(upload.evidence, upload.person)
    if upload.received != upload.size:
        raise OutOfOrderError(_("文件还没有传完。"))
    path, kind = _examined(upload)
    if path != vault.place(upload.sha256):
        vault.keep(path, upload.sha256)
    known = Blob.objects.filter(sha256=upload.sha256).first()
    evidence = _entered(upload, kind, reading.personal_data(known) if known else [])
    reading.read(evidence.blob)
    evidence.refresh_from_db()
    return _kept(evidence, upload.person)


def _examined(upload: Upload) -> tuple[Path, FileKind]:
    """The arrived file and what it is; after a crash it may lie in the vault already. Refused files leave nothing."""
    path = vault.arriving(upload.pk)
    if not path.is_file() and upload.sha256 and vault.place(upload.sha256).is_file():
        path = vault.place(upload.sha256)
        return path, recognise(path, upload.file_name)
    if not path.is_file():
        Upload.objects.filter(pk=upload.pk).update(received=0)
        raise OutOfOrderError(_("服务器上没有找到已传的部分，请重新上传。"))
    sha256, size = vault.measure(path)
    if size != upload.size:
        Upload.objects.filter(pk=upload.pk).update(received=0)
        raise OutOfOrderError(_("收到的长度不对，请重新上传。"))
    try:
        kind = recognise(path, upload.file_name)
    except RefusedError:
        cancel(upload)
        raise
    upload.sha256 = sha256
    upload.save(update_fields=["sha256"])
    return path, kind


@transaction.atomic
def _entered(upload: Upload, kind: FileKind, warnings: list[Warned]) -> Evidence:
    """The rows, once: two requests that finish the same upload get the same piece of evidence."""
    row = Upload.objects.select_for_update(of=("self",)).select_related("evidence", "unit", "person").get(pk=upload.pk)
    if row.evidence is not None:
        return row.evidence
    blob, _is_new = Blob.objects.get_or_create(
        sha256=upload.sha256,
        defaults={"size": upload.size, "media_type": kind.media_type, "stored_at": timezone.now()},
    )
    college = row.unit.college or row.unit
    evidence = Evidence.objects.create(
        college=college, unit=row.unit, blob=blob, title=_title(row.file_name),
        file_name=fitting_name(row.file_name, kind), personal=warnings, has_personal=bool(warnings),
        uploaded_at=timezone.now(), uploaded_by=row.person,
    )  # fmt: skip
    row.evidence = evidence
    row.save(update_fields=["evidence"])
    after = history.written(evidence, "title", "file_name", "unit_id", "blob_id")
    history.record(college, row.person, "upload", evidence, after=after)
    return evidence


def _title(file_name: str) -> str:
    return file_name.rpartition(".")[0] or file_name


def _kept(evidence: Evidence, person: Person) -> Kept:
    same = access.visible_evidence(person).filter(blob=evidence.blob_id, withdrawn_at=None).exclude(pk=evidence.pk)
    return Kept(evidence, tuple(same.select_related("unit")[:5]))


def take(person: Person, unit: Unit, file_name: str, size: int, chunks: Iterable[bytes]) -> Kept:
    """Keep a file that came in one request."""
    upload = begin(person, unit, file_name, size)
    try:
        upload = _written(upload, 0, chunks, size)
        return finish(upload)
    except OutOfOrderError as error:
        raise RefusedError(_("“%(file_name)s”没有传完整，请重新上传。") % {"file_name": upload.file_name}) from error


def cancel(upload: Upload) -> None:
    """Give up an upload that is not finished; what was kept for good stays."""
    with transaction.atomic():
        row = Upload.objects.select_for_update(of=("self",)).filter(pk=upload.pk, evidence=None).first()
        if row is None:
            return
        row.delete()
    vault.arriving(upload.pk).unlink(missing_ok=True)


def forgotten() -> list[Upload]:
    """Uploads that nobody went on with for a week, and finished ones that no browser will ask about any more."""
    return list(Upload.objects.filter(begun_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)))


def forget(upload: Upload) -> None:
    """Drop the row of an upload that is over; the evidence that came of it stays."""
    if upload.evidence_id is None:
        cancel(upload)
    else:
        upload.delete()


def sweep() -> int:
    """Delete the files of the vault that no row knows; how many. Only when an administrator asks for it."""
    # A file that is being written at this moment is known to its upload, or younger than an hour.
    old = time.time() - _YOUNG
    swept = [path for path in integrity.strays() if path.stat().st_mtime < old]
    for path in swept:
        path.unlink()
    return len(swept)
