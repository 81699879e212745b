"""Packing a bundle: each piece is copied in chunks, its bytes are held against what the ledger keeps of them."""

import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypedDict, Unpack

from taizhang.core.errors import UsageError, reason
from taizhang.reports.bundle.archival import CONVERTIBLE, MISSING, Converter
from taizhang.reports.bundle.exhibits import Bundled, Exhibit, Packed, Places, safe
from taizhang.reports.bundle.indexes import checksums, manifest, page, workbook
from taizhang.reports.bundle.sinks import CHUNK, Folder, Sink, Zip

_AT_ONCE = 40  # files that one start of LibreOffice converts


class _CutShortError(Exception):
    """A piece could not be read to its end; a bundle that cannot be written is another matter."""


Step = Callable[[Exhibit], None]


class Extras(TypedDict, total=False):
    """What may be said of a bundle besides its title; `archives` asks for copies fit for an archive too."""

    snapshot: str
    converter: Converter | None
    archives: bool
    on_step: Step


def to_zip(exhibits: Iterable[Exhibit], stream: BinaryIO, *, title: str, **extras: Unpack[Extras]) -> Bundled:
    """Write the bundle as a zip to a stream, which need not be one that can be wound back."""
    sink = Zip(stream, safe(title))
    bundled = _pack(exhibits, sink, title, **extras)
    sink.close()
    return bundled


def to_folder(exhibits: Iterable[Exhibit], out: Path, *, title: str, **extras: Unpack[Extras]) -> Bundled:
    """Write the bundle into a new folder; it has its name only when all of it is there."""
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise UsageError(f"{out} 已经有内容，请另给一个文件夹。")
        beside.mkdir()
        try:
            bundled = _pack(exhibits, Folder(beside), title, **extras)
            if out.exists():
                out.rmdir()
            beside.rename(out)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"写不了 {out}：{reason(error)}。请检查文件夹和磁盘。") from error
    return bundled


def _pack(
    exhibits: Iterable[Exhibit],
    sink: Sink,
    title: str,
    *,
    snapshot: str = "",
    converter: Converter | None = None,
    archives: bool = False,
    on_step: Step = lambda _: None,
) -> Bundled:
    bundled = Bundled(title, snapshot)
    places = Places()
    if archives and converter is None:
        bundled.remark = MISSING
    sums: list[tuple[str, str]] = []
    for exhibit in exhibits:
        packed = Packed(exhibit, places.place(exhibit))
        _copy(packed, sink)
        if packed.sha256:
            sums.append((packed.path, packed.sha256))
        bundled.packed.append(packed)
        on_step(exhibit)
    if archives and converter is not None:
        sums += _archived(bundled, sink, converter, places)
    buffer = io.BytesIO()
    workbook(bundled, buffer)
    for name, data in (
        ("index.html", page(bundled)),
        ("manifest.json", manifest(bundled)),
        ("index.xlsx", buffer.getvalue()),
    ):
        sums.append((name, _write(sink, name, io.BytesIO(data), is_text=True)[0]))
    bundled.sealed = dict(sums)["manifest.json"]
    _write(sink, "SHA256SUMS.txt", io.BytesIO(checksums(sorted(sums))), is_text=True)
    return bundled


def _copy(packed: Packed, sink: Sink) -> None:
    """Copy one piece; what is missing or not what the ledger keeps is told, and the others go on."""
    exhibit = packed.exhibit
    if exhibit.withheld:
        packed.fault = exhibit.withheld
        return
    try:
        source = exhibit.open()
    except OSError as error:
        packed.fault = f"文件打不开：{reason(error)}"
        return
    try:
        with source:
            packed.sha256, packed.size = _write(sink, packed.path, source)
    except _CutShortError as error:  # what was read of it lies there, and is told to be no good
        packed.fault = f"文件没有读完：{error}"
        return
    if packed.sha256 != exhibit.sha256:
        packed.fault = "文件与台账保存时的校验值不一致，可能被改动或损坏"


def _write(sink: Sink, path: str, source: BinaryIO, *, is_text: bool = False) -> tuple[str, int]:
    """Copy a stream into the bundle: the hash and the number of its bytes."""
    digest, size = hashlib.sha256(), 0
    with sink.file(path, is_text=is_text) as target:
        while chunk := _read(source):
            digest.update(chunk)
            target.write(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError as error:
        raise _CutShortError(reason(error)) from error


def _archived(bundled: Bundled, sink: Sink, converter: Converter, places: Places) -> Iterator[tuple[str, str]]:
    """Make and add the PDF/A copies of office files, so many at a time."""
    wanted = [each for each in bundled.packed if each.sha256 and _suffix(each) in CONVERTIBLE]
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        with TemporaryDirectory(prefix="taizhang-bundle-") as folder:
            yield from _converted(some, sink, converter, places, Path(folder))


def _converted(
    some: list[Packed], sink: Sink, converter: Converter, places: Places, folder: Path
) -> Iterator[tuple[str, str]]:
    files: dict[Path, Packed] = {}
    for number, each in enumerate(some):
        file = folder / f"{number}{_suffix(each)}"
        with each.exhibit.open() as source, file.open("wb") as target:
            shutil.copyfileobj(source, target, CHUNK)
        files[file] = each
    (folder / "pdf").mkdir()
    copies = converter.convert(list(files), folder / "pdf")
    for file, each in files.items():
        copy = copies.get(file)
        if copy is None:
            each.unarchived = "转换不了 PDF/A，请人工转换"
            continue
        path = PurePosixPath(each.path)
        each.archived = places.free(str(path.parent), f"{path.stem}（PDFA）", ".pdf")
        with copy.open("rb") as source:
            yield each.archived, _write(sink, each.archived, source)[0]


def _suffix(packed: Packed) -> str:
    return PurePosixPath(packed.path).suffix
