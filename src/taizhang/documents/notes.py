"""Note: a remark to be fixed onto the exact words of a document, whatever its format."""

from dataclasses import dataclass

from taizhang.core.source import Source


@dataclass(frozen=True, slots=True)
class Note:
    """`text` is what the remark says, at `source`; `author` and `initials` are how the office program signs it."""

    source: Source
    text: str
    author: str = "台账检查"
    initials: str = "台账"
