"""Backup and restore: the whole ledger and its evidence as one file, the same from SQLite and from PostgreSQL.

A zip with one JSON-lines file for each table, the evidence under its hashes, and a manifest with the SHA-256 and the
number of rows of each part. It is written beside its destination and renamed when it is whole; a restore goes into an
empty ledger only, in one transaction, and checks every hash on the way.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from taizhang.core.errors import TaizhangError, reason
from taizhang.web.ledger.evidence import search
from taizhang.web.ledger.models import Blob, SearchText

FORM = 1
_BATCH = 1000
_PIECE = 1024 * 1024
Progress = Callable[[str], None]


class _Exact(DjangoJSONEncoder):
    """Times to the microsecond: the hashes of the history are over them, and Django's own encoder cuts them off."""

    def default(self, o: Any) -> Any:  # noqa: ANN401 - as json declares it
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class ArchiveError(TaizhangError):
    """A backup cannot be written or does not hold; nothing was changed."""


def tables() -> list[type[models.Model]]:
    """The tables of the ledger, each behind those it points to; the search index is made anew."""
    found = serializers.sort_dependencies([(apps.get_app_config("ledger"), None)])
    return [table for table in found if table is not SearchText]


def back_up(place: Path, progress: Progress = lambda _text: None) -> int:
    """Write everything into one zip; the number of rows."""
    if place.exists():
        raise ArchiveError(f"{place} 已经存在，请换一个文件名。")
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                count = _written(archive, progress)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _written(archive: zipfile.ZipFile, progress: Progress) -> int:
    parts: dict[str, dict[str, Any]] = {}
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in tables():
            progress(str(table._meta.verbose_name))  # noqa: SLF001 - Django's documented interface
            parts[f"{table.__name__}.jsonl"] = _table_out(archive, table)
        kept = list(Blob.objects.order_by("pk").values_list("pk", flat=True))
    for number, sha256 in enumerate(kept, start=1):
        progress(f"佐证 {number}/{len(kept)}")
        source = settings.EVIDENCE / sha256[:2] / sha256
        if not source.exists():
            raise ArchiveError(
                f"佐证原件 {sha256[:12]} 不在 {settings.EVIDENCE}，请先运行 taizhang manage verify_evidence。"
            )
        archive.write(source, f"evidence/{sha256}", zipfile.ZIP_STORED)
    manifest = {"form": FORM, "made_at": timezone.now().isoformat(), "parts": parts, "evidence": kept}
    archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    return sum(part["rows"] for part in parts.values())


def _table_out(archive: zipfile.ZipFile, table: type[models.Model]) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"{table.__name__}.jsonl", "w", force_zip64=True) as out:
        found = table._default_manager.order_by("pk").iterator(chunk_size=_BATCH)  # noqa: SLF001 - as above
        while batch := list(islice(found, _BATCH)):
            lines = serializers.serialize("jsonl", batch, ensure_ascii=False, cls=_Exact).encode()
            digest.update(lines)
            out.write(lines)
            rows += len(batch)
    return {"sha256": digest.hexdigest(), "rows": rows}


def restore(place: Path, progress: Progress = lambda _text: None) -> int:
    """Fill an empty ledger from a backup; the number of rows. Nothing is kept where a part does not hold."""
    try:
        with zipfile.ZipFile(place) as archive, transaction.atomic():
            return _read(archive, progress)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, serializers.base.DeserializationError) as error:
        raise ArchiveError(f"{place} 不是完整的台账备份：{error}") from error
    except OSError as error:
        raise ArchiveError(f"读不了 {place}：{reason(error)}") from error


def _read(archive: zipfile.ZipFile, progress: Progress) -> int:
    manifest = json.loads(archive.read("manifest.json"))
    if manifest["form"] != FORM:
        raise ArchiveError(f"这份备份是第 {manifest['form']} 种格式，本版只认第 {FORM} 种。")
    filled = [table for table in tables() if table._default_manager.exists()]  # noqa: SLF001 - as above
    if filled:
        raise ArchiveError("台账里已有数据，只能恢复到空的数据库。请用 TAIZHANG_DATA 指定一个新目录后再恢复。")
    for sha256 in manifest["evidence"]:
        progress(f"佐证 {sha256[:12]}")
        _evidence_in(archive, sha256)
    rows = 0
    with connection.constraint_checks_disabled():
        for table in tables():
            progress(str(table._meta.verbose_name))  # noqa: SLF001 - as above
            rows += _table_in(archive, table, manifest["parts"][f"{table.__name__}.jsonl"])
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
    for blob in Blob.objects.exclude(text="").iterator(chunk_size=100):
        search.index(blob)
    return rows


def _table_in(archive: zipfile.ZipFile, table: type[models.Model], part: dict[str, Any]) -> int:
    digest = hashlib.sha256()
    many: list[tuple[Any, str, list[Any]]] = []
    rows = 0
    with archive.open(f"{table.__name__}.jsonl") as file:
        lines = _counted(file, digest)
        while batch := list(islice(lines, _BATCH)):
            found = list(serializers.deserialize("jsonl", "\n".join(batch)))
            table._default_manager.bulk_create([each.object for each in found])  # noqa: SLF001 - as above
            many += [(each.object, name, list(keys)) for each in found for name, keys in (each.m2m_data or {}).items()]
            rows += len(found)
    if digest.hexdigest() != part["sha256"] or rows != part["rows"]:
        raise ArchiveError(f"备份里的 {table.__name__} 与清单不符，文件可能损坏；没有恢复任何数据。")
    for row, name, keys in many:
        getattr(row, name).set(keys)
    return rows


def _counted(file: IO[bytes], digest: Any) -> Iterator[str]:  # noqa: ANN401 - hashlib has no public type for it
    for line in file:
        digest.update(line)
        yield line.decode()


def _evidence_in(archive: zipfile.ZipFile, sha256: str) -> None:
    """Copy one file of evidence to its place, if its bytes are what its name says."""
    place = settings.EVIDENCE / sha256[:2] / sha256
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=place.parent)
    temporary, digest = Path(name), hashlib.sha256()
    try:
        with os.fdopen(handle, "wb") as out, archive.open(f"evidence/{sha256}") as file:
            for piece in _pieces(file):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != sha256:
            raise ArchiveError(f"备份里的佐证 {sha256[:12]} 已损坏；没有恢复任何数据。")
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def _pieces(file: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: file.read(_PIECE), b"")
