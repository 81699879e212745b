"""Findings as remarks for a copy of the checked file: what each says, and where it is fixed."""

from taizhang.checks.present.order import elsewhere
from taizhang.checks.result import Result
from taizhang.core.finding import Finding
from taizhang.documents.notes import Note


def remarks(result: Result, file: str) -> list[Note]:
    """A remark for each finding that lies in `file`, in the order of the findings."""
    return [Note(source=found.source, text=_words(found)) for found in result.findings if found.source.file == file]


def _words(finding: Finding) -> str:
    lines = [f"【{finding.severity.chinese} {finding.code}】{finding.message}"]
    if finding.printed or finding.text:
        lines.append(f"原文：{finding.printed or finding.text}")
    if finding.expected is not None:
        lines.append(f"应为：{finding.expected}")
    lines.extend(f"另见：{words}" for words in elsewhere(finding))
    lines.append(f"规则说明：taizhang rule {finding.code}")
    return "\n".join(lines)
