"""What goes into a bundle, and where in it each piece lies: folders by number, names that every system takes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import BinaryIO

UNNUMBERED = "未编号"
_LEVELS = 3  # 任务 / 子任务 / 年度: deeper folders hold one file each and only make paths long
_LONGEST = 60  # characters of a name: with three folders well below the 260 that Windows takes of a path
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A piece of evidence under one of its numbers. `sha256` is what the ledger keeps of its bytes.

    `file` is its file name as uploaded; `items` are those that cite it, with the page where one is named. `withheld`
    says why it is told in the indexes and not packed.
    """

    number: str
    title: str
    file: str
    sha256: str
    size: int
    open: Callable[[], BinaryIO]
    dated: date | None = None
    issuer: str = ""
    items: tuple[str, ...] = ()
    withheld: str = ""


@dataclass(slots=True)
class Packed:
    """An exhibit as it came to lie in the bundle; `fault` says why it is not there, or not what the ledger keeps."""

    exhibit: Exhibit
    path: str
    sha256: str = ""
    size: int = 0
    fault: str = ""
    archived: str = ""  # the path of its PDF/A copy
    unarchived: str = ""  # why it has none


@dataclass(slots=True)
class Bundled:
    """A finished bundle. `remark` says why no PDF/A copies were made at all; `sealed` is the SHA-256 of its manifest."""

    title: str
    snapshot: str = ""
    remark: str = ""
    sealed: str = ""
    packed: list[Packed] = field(default_factory=list)

    @property
    def faults(self) -> list[Packed]:
        """What is missing, withheld or changed."""
        return [each for each in self.packed if each.fault]


class Places:
    """Gives each piece its path, no two alike on systems that do not tell A from a."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def place(self, exhibit: Exhibit) -> str:
        """1/1-2/1-2-2024/1-2-2024-1-3 标题.pdf."""
        parts = [safe(part) for part in re.split(r"[-—–.]", exhibit.number) if part.strip()]
        levels = parts[: min(_LEVELS, max(len(parts) - 1, 1))]
        folders = ["-".join(levels[: n + 1]) for n in range(len(levels))] or [UNNUMBERED]
        suffix = PurePosixPath(exhibit.file).suffix
        suffix = suffix.lower() if _SUFFIX.fullmatch(suffix) else ""
        stem = safe(f"{exhibit.number} {exhibit.title or PurePosixPath(exhibit.file).stem}")
        return self.free("/".join(folders), stem, suffix)

    def free(self, folder: str, stem: str, suffix: str) -> str:
        """A path that nothing has yet."""
        number = 1
        while True:
            path = f"{folder}/{stem}{f'（{number}）' if number > 1 else ''}{suffix}"
            if path.lower() not in self._taken:
                self._taken.add(path.lower())
                return path
            number += 1


def safe(name: str) -> str:
    """A name that Windows, macOS and Linux take as the name of a file."""
    plain = " ".join(_REFUSED.sub(" ", name).split())[:_LONGEST].strip(". ")
    return f"{plain}_" if not plain or _RESERVED.fullmatch(plain) else plain
