"""A copy of the Word file with every finding as a comment on the exact words."""

from datetime import datetime
from pathlib import Path

from taizhang.checks.present.remark import remarks
from taizhang.checks.result import Result
from taizhang.documents.docx.comments import comment


def write(result: Result, original: Path, out: Path, *, at: datetime) -> int:
    """Write the commented copy of `original`, its comments dated `at`; the number of comments written."""
    return comment(original, out, remarks(result, original.name), at=at)
