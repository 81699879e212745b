"""Where a bundle is written: a folder or a zip, piece by piece, never the whole of a file in memory."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 1024 * 1024
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # fixed, so that the same bundle is the same file


class Sink(Protocol):
    """Takes files by their path in the bundle."""

    @contextmanager
    def file(self, path: str, *, is_text: bool = False) -> Iterator[BinaryIO]:
        """A stream for one file; only one is open at a time."""


class Zip:
    """A zip that is written as it grows; the stream need not be one that can be wound back."""

    def __init__(self, stream: BinaryIO, top: str) -> None:
        self._archive = zipfile.ZipFile(stream, "w", allowZip64=True)
        self._top = top

    @contextmanager
    def file(self, path: str, *, is_text: bool = False) -> Iterator[BinaryIO]:
        """A stream for one file. Scans and office files are packed already: packing them again only costs time."""
        info = zipfile.ZipInfo(f"{self._top}/{path}", _EARLIEST)
        info.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
        info.create_system, info.external_attr = 3, 0o644 << 16
        with self._archive.open(info, "w", force_zip64=True) as stream:
            yield stream  # type: ignore[misc]  # what zipfile opens for writing is a binary stream

    def close(self) -> None:
        """Write the directory."""
        self._archive.close()


class Folder:
    """A folder on the disk."""

    def __init__(self, top: Path) -> None:
        self._top = top

    @contextmanager
    def file(self, path: str, *, is_text: bool = False) -> Iterator[BinaryIO]:  # noqa: ARG002 - a folder packs nothing
        """A stream for one file; the folders above it are made."""
        target = self._top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            yield stream
