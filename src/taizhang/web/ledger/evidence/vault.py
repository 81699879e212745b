"""The vault: bytes on disk under their SHA-256, and files on their way in.

A file arrives as `arriving/<upload>.part`, is forced to the disk, and is renamed to `<aa>/<sha256>`: at every instant a
name in the vault holds the whole file or does not exist. A row is written only after that, so a row always has its
bytes; bytes without a row are a stray that `verify_evidence` lists.
"""

import hashlib
import os
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files import locks
from django.utils.translation import gettext as _

from taizhang.core.errors import reason
from taizhang.web.ledger.workflow.trouble import OutOfOrderError, RefusedError

_CHUNK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SPARE = 256 * 1024 * 1024  # bytes that the disk keeps free for the database to go on


def folder() -> Path:
    """Where evidence lies."""
    return Path(settings.EVIDENCE)


def place(sha256: str) -> Path:
    """Where the bytes of that hash lie, whether they are there or not."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return folder() / sha256[:2] / sha256


def arriving(upload: UUID) -> Path:
    """Where an upload gathers."""
    return folder() / "arriving" / f"{upload}.part"


def room_for(size: int, where: Path | None = None) -> bool:
    """Whether the disk (that of the vault, or of another folder) takes so much and still has room for everything else."""
    if where is None:
        where = folder()
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
    return shutil.disk_usage(where).free > size + _SPARE


def write_piece(part: Path, offset: int, chunks: Iterable[bytes]) -> int:
    """Put bytes at an offset of an arriving file and force them to the disk; how long the file now is.

    What a broken piece left behind the offset is cut off first. Refused while another request writes to the same file.
    """
    part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
                raise OutOfOrderError(_("这个文件正在另一个窗口里上传，请稍候。"))
            if file.seek(0, os.SEEK_END) < offset:
                raise OutOfOrderError(_("服务器上只有文件的前一段，请从那里接着传。"))
            file.seek(offset)
            file.truncate()
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            length = file.tell()
    except OSError as error:
        raise RefusedError(_("没有存下来：%(reason)s，请联系管理员。") % {"reason": reason(error)}) from error
    _settle(part.parent)
    return length


def checksum(part: Path, size: int) -> int:
    """The CRC-32 of the first bytes of an arriving file, so that a browser can tell that it holds the same file."""
    value = 0
    with part.open("rb") as file:
        while size > 0 and (chunk := file.read(min(_CHUNK, size))):
            value = zlib.crc32(chunk, value)
            size -= len(chunk)
    return value


def measure(path: Path) -> tuple[str, int]:
    """The SHA-256 and the size of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def keep(part: Path, sha256: str) -> Path:
    """Move an arrived file to its place in the vault. Bytes that are there already stay, unless they have been spoilt."""
    target = place(sha256)
    if is_whole(target, sha256):
        part.unlink(missing_ok=True)
        return target
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _settle(target.parent.parent)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.chmod(0o400)
    if os.name == "nt" and target.exists():
        target.chmod(0o600)  # Windows replaces no file that is read-only
    part.replace(target)
    _settle(target.parent)
    _settle(part.parent)
    return target


def is_whole(path: Path, sha256: str) -> bool:
    """Whether the bytes at a path are those of that hash."""
    return path.is_file() and measure(path)[0] == sha256


def opened(sha256: str) -> BinaryIO:
    """The bytes of that hash, to be read."""
    return place(sha256).open("rb")


def files() -> Iterator[Path]:
    """Everything that lies in the vault, arriving files too."""
    if folder().is_dir():
        yield from sorted(path for path in folder().rglob("*") if not path.is_dir())


def _settle(directory: Path) -> None:
    """Force the names in a directory to the disk; Windows has no such call and does it with the file."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
