from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from taizhang.checks import check_files
from taizhang.checks.present.pdf import write

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "自评报告-云岭职业技术学院.pdf"


def test_every_finding_becomes_a_highlight_and_the_original_stays(tmp_path: Path) -> None:
    before = SAMPLE.read_bytes()
    result = check_files([SAMPLE])
    out = tmp_path / "copy.pdf"
    assert write(result, SAMPLE, out, at=datetime(2024, 5, 6, tzinfo=UTC)) == len(result.findings) > 0
    assert SAMPLE.read_bytes() == before
    document = pypdfium2.PdfDocument(out)
    marks = sum(pypdfium2.raw.FPDFPage_GetAnnotCount(page) for page in document)
    document.close()
    assert marks >= len(result.findings)


def test_the_copy_is_never_the_original() -> None:
    with pytest.raises(Exception, match="原文件"):
        write(check_files([SAMPLE]), SAMPLE, SAMPLE, at=datetime(2024, 5, 6, tzinfo=UTC))
