"""Fingerprints: what a finding is known by in another draft of the same report, whatever moved around it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from taizhang.core.finding import Finding
from taizhang.documents.blocks import Document

_LENGTH = 12  # hexadecimal digits: enough to tell thousands of findings apart, short enough to be copied by hand


def stamped(findings: Sequence[Finding], documents: Iterable[Document]) -> tuple[Finding, ...]:
    """The findings, each with its fingerprint.

    It is made of the rule, the table's caption (numbers of tables shift when one is put in before), the row's label
    and the words at fault, never of lines or pages. Equal ones of a file are told apart by their order.
    """
    titles = {document.file: _titles(document) for document in documents}
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for finding in findings:
        mark = finding.fingerprint or _mark(finding, titles.get(finding.source.file, {}))
        seen[finding.source.file, mark] += 1
        order = seen[finding.source.file, mark]
        is_done = order == 1 and finding.fingerprint
        found.append(finding if is_done else finding.marked(mark if order == 1 else f"{mark}-{order}"))
    return tuple(found)


def premarked(findings: Iterable[Finding], document: Document) -> tuple[Finding, ...]:
    """The findings of a document, each with the fingerprint that it has where it is the only one of its kind."""
    titles = _titles(document)
    return tuple(finding.marked(_mark(finding, titles)) for finding in findings)


def _titles(document: Document) -> dict[int | str, str]:
    """The caption of each table, or its number where it has none, by its place and by its name."""
    titles: dict[int | str, str] = {}
    for table in document.tables:
        title = table.caption or table.number or ""
        titles[table.index] = title
        if table.name is not None:
            titles.setdefault(table.name, title)
    return titles


def _mark(finding: Finding, titles: dict[int | str, str]) -> str:
    table = titles.get(finding.source.table or 0) if finding.table is not None else None
    if table is None:
        table = titles.get(finding.table or "", finding.table or "")
    parts = (finding.code, table, finding.row or "", finding.text)
    return sha256("\x1f".join("".join(part.split()) for part in parts).encode()).hexdigest()[:_LENGTH]
