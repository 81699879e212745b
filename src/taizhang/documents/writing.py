"""Writing a file whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from taizhang.core.errors import UsageError, reason


@contextmanager
def whole(out: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file `out` when the block ends well, and leaves nothing when it does not.

    What is no file (a pipe, a device such as /dev/stdout) is written to as it stands: nothing may take its place.
    """
    with _told(out):
        is_file = out.is_file() or out.is_dir() or not out.exists()
    if not is_file:
        with _told(out), out.open("wb") as stream:
            yield stream
        return
    # Named by the process, so that two runs do not write into one another's.
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    with _told(out):
        try:
            with beside.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(out)
        finally:
            with suppress(OSError):  # where nothing could be written there is nothing to take away
                beside.unlink()


@contextmanager
def _told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"写不了 {out}：{reason(error)}。请检查文件夹是否存在、是否有写入权限、文件是否正被打开。"
        raise UsageError(message) from error


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A place beside `out` to write to; what lies there when the block has ended becomes `out`.

    Windows replaces no file that is open: what reads `out` is opened inside the block and closed before it ends.
    """
    beside = out.with_name(f".{out.name}.{os.getpid()}.new")
    yield beside
    if not beside.exists():
        return
    try:
        beside.replace(out)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise UsageError(f"写不了 {out}：{reason(error)}。请检查文件是否正被 Word 或 WPS 打开。") from error
