"""A copy of the PDF with every finding as a highlight on the exact words."""

from datetime import datetime
from pathlib import Path

from taizhang.checks.present.remark import remarks
from taizhang.checks.result import Result
from taizhang.documents.pdf.remarks import annotate


def write(result: Result, original: Path, out: Path, *, at: datetime) -> int:
    """Write the marked copy of `original`, its remarks dated `at`; the number of remarks written."""
    return annotate(original, out, remarks(result, original.name), at=at)
