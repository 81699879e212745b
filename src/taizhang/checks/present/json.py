"""What was read and what was found as JSON: the contract that other programs rely on."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from taizhang.checks.result import Result
from taizhang.core.fact import Fact
from taizhang.core.finding import Finding, Related
from taizhang.documents.blocks import Document, Leftover, Table


def to_json(result: Result) -> str:
    """A run of the checker; `unreadable` and `crashed` stand there only when there is something to say."""
    coverage = result.coverage
    content: dict[str, Any] = {
        "files": list(result.files),
        "coverage": {
            "numbers": coverage.numbers,
            "read": coverage.read,
            "linked": coverage.linked,
            "checked": coverage.checked,
        },
        "findings": [_finding(finding) for finding in result.findings],
    }
    if result.unreadable:
        content["unreadable"] = [{"file": file, "reason": reason} for file, reason in result.unreadable]
    if result.crashed:
        content["crashed"] = [{"code": code, "reason": reason} for code, reason in result.crashed]
    return _dump(content)


def read_json(document: Document, facts: Iterable[Fact]) -> str:
    """One document as it was read: logical tables, facts, and what was not understood."""
    return _dump(
        {
            "file": document.file,
            "format": document.format,
            "tables": [_table(table) for table in document.tables],
            "facts": [_fact(fact) for fact in facts],
            "leftovers": [_leftover(leftover) for leftover in document.leftovers],
        }
    )


def number(value: Decimal) -> int | float:
    """A JSON number with the digits of the decimal and no more: a float of up to 15 digits is written as it was."""
    return int(value) if value == value.to_integral_value() else float(value)


def _dump(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": finding.source.file,
        "table": finding.table,
        "row": finding.row,
        "text": finding.text,
        "printed": finding.printed,
        "expected": finding.expected,
        "source": finding.source.place(),
        "related": [_related(related) for related in finding.related],
    }


def _related(related: Related) -> dict[str, Any]:
    return {"file": related.source.file, **related.source.place(), "text": related.text}


def _table(table: Table) -> dict[str, Any]:
    return {
        "number": table.number,
        "caption": table.caption,
        "section": list(table.section),
        "columns": list(table.columns),
        "rows": [[cell.text for cell in row] for row in table.body],
        "source": table.source.place(),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "subject": fact.subject,
        "value": number(fact.quantity.value),
        "unit": fact.quantity.unit,
        "period": fact.period,
        "level": fact.level,
        "cumulative": fact.cumulative,
        "text": fact.text,
        "source": fact.source.place(),
    }


def _leftover(leftover: Leftover) -> dict[str, Any]:
    return {"text": leftover.text, "reason": leftover.reason, "source": leftover.source.place()}
