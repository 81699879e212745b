"""The Word copy carries every finding as a comment."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx

from taizhang.checks.present.docx import write
from taizhang.checks.result import Result
from taizhang.core.source import Source


def test_every_finding_of_the_file_becomes_a_comment(tmp_path: Path, result: Result) -> None:
    original, out = tmp_path / "报告.docx", tmp_path / "已批注.docx"
    document = docx.Document()
    document.add_paragraph("新建实训室10间。")
    document.save(str(original))
    place = Source("报告.docx", paragraph=1, start=5, end=8)
    findings = tuple(replace(finding, source=place, text="10间", related=()) for finding in result.findings)
    elsewhere = replace(result.findings[0], source=Source("别的.docx", paragraph=1))
    run = replace(result, findings=(*findings, elsewhere))
    assert write(run, original, out, at=datetime(2024, 1, 1, tzinfo=UTC)) == len(findings)
    texts = "".join(comment.text for comment in docx.Document(str(out)).comments)
    for finding in findings:
        assert finding.message in texts
    assert docx.Document(str(out)).paragraphs[0].text == "新建实训室10间。"
