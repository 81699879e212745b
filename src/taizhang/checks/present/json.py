"""What was read and what was found as JSON: the contract that other programs rely on."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from taizhang.checks.comparison import Comparison
from taizhang.checks.exemptions import Exempted, Exemption
from taizhang.checks.result import Coverage, Result
from taizhang.core.fact import Fact
from taizhang.core.finding import Finding, Kind, Related, Severity
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Leftover, Table


def to_json(result: Result) -> str:
    """A run of the checker; what follows the findings stands there only when there is something to say."""
    content: dict[str, Any] = {
        "files": list(result.files),
        "coverage": _coverage(result.coverage),
        "findings": [told(finding) for finding in result.findings],
    }
    if result.profile:
        content["profile"] = result.profile
    left = [_leftover(each) | {"file": document.file} for document in result.documents for each in document.leftovers]
    if left:
        content["leftovers"] = left
    if result.exempted:
        content["exempted"] = [_exempted(each) for each in result.exempted]
    if result.held is not None:
        content["baseline"] = {"known": len(result.held.known), "gone": result.held.gone}
    if result.unreadable:
        content["unreadable"] = [{"file": file, "reason": reason} for file, reason in result.unreadable]
    if result.crashed:
        content["crashed"] = [{"code": code, "reason": reason} for code, reason in result.crashed]
    return _dump(content)


def result_of(content: Mapping[str, Any], documents: Iterable[Document] = ()) -> Result:
    """The run that `to_json` told; with its documents read again where an output needs their text."""
    return Result(
        files=tuple(content["files"]),
        documents=tuple(documents),
        findings=tuple(finding_of(each) for each in content["findings"]),
        coverage=Coverage(**content["coverage"]),
        unreadable=tuple((each["file"], each["reason"]) for each in content.get("unreadable", ())),
        crashed=tuple((each["code"], each["reason"]) for each in content.get("crashed", ())),
        profile=content.get("profile", ""),
        exempted=tuple(_exempted_of(each) for each in content.get("exempted", ())),
    )


def finding_of(content: Mapping[str, Any]) -> Finding:
    """The finding that the contract tells."""
    return Finding(
        code=content["code"], kind=Kind(content["kind"]), severity=Severity(content["severity"]), message=content["message"],
        source=Source(content["file"], **content["source"]), text=content["text"], table=content["table"], row=content["row"],
        printed=content["printed"], expected=content["expected"], fingerprint=content["fingerprint"],
        related=tuple(_related_of(each) for each in content["related"]),
    )  # fmt: skip


def _related_of(content: Mapping[str, Any]) -> Related:
    place = {name: value for name, value in content.items() if name not in {"file", "text"}}
    return Related(source=Source(content["file"], **place), text=content["text"])


def _exempted_of(content: Mapping[str, Any]) -> Exempted:
    allowed = content["exemption"]
    place = Source(content["file"])
    exemption = Exemption(
        by=allowed["by"], reason=allowed["reason"], until=date.fromisoformat(allowed["until"]), source=place, last=place
    )
    return Exempted(finding_of(content), exemption)


def comparison_json(seen: Comparison) -> str:
    """Two drafts: which findings are new, gone, still there; the coverage is that of the new one."""
    content: dict[str, Any] = {
        "old": list(seen.old.files),
        "new": list(seen.new.files),
        "coverage": _coverage(seen.new.coverage),
        "counts": {"new": len(seen.fresh), "gone": len(seen.gone), "still": len(seen.still)},
        "findings": {
            "new": [told(finding) for finding in seen.fresh],
            "gone": [told(finding) for finding in seen.gone],
            "still": [told(finding) for finding in seen.still],
        },
    }
    failed = [*seen.old.unreadable, *seen.new.unreadable]
    if failed:
        content["unreadable"] = [{"file": file, "reason": reason} for file, reason in failed]
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
    return indented(content) + "\n"


def indented(value: object, margin: str = "\n") -> str:
    """What `json.dumps` writes with `indent=1`, in a fifth of the time: its C code knows no indents."""
    inner = margin + " "
    if isinstance(value, dict) and value:
        # Nearly all that a report of findings holds are words, numbers and nothing.
        return _frame(tuple(value), margin) % tuple([
            encode_basestring(each) if (kind := type(each)) is str
            else "null" if each is None
            else str(each) if kind is int
            else indented(each, inner)
            for each in value.values()
        ])  # fmt: skip
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join([indented(each, inner) for each in value])}{margin}]"
    return encode_basestring(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=256)
def _frame(keys: tuple[str, ...], margin: str) -> str:
    """An object with these keys, a place for each value: there are thousands of the same."""
    lines = [f"{margin} {encode_basestring(key).replace('%', '%%')}: %s" for key in keys]
    return f"{{{','.join(lines)}{margin}}}"


def told(finding: Finding) -> dict[str, Any]:
    """One finding as the contract tells it."""
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
        "fingerprint": finding.fingerprint,
    }


def _exempted(each: Exempted) -> dict[str, Any]:
    allowed = each.exemption
    return told(each.finding) | {
        "exemption": {"by": allowed.by, "reason": allowed.reason, "until": allowed.until.isoformat()}
    }


def _coverage(coverage: Coverage) -> dict[str, int]:
    return {
        "numbers": coverage.numbers,
        "read": coverage.read,
        "linked": coverage.linked,
        "checked": coverage.checked,
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
