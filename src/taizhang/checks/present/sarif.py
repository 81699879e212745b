"""Findings as SARIF 2.1.0, the format by which checkers hand results to other tools."""

import json
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from taizhang.checks.present.order import FAMILIES, place
from taizhang.checks.present.rules import explained, plain
from taizhang.checks.registry import Rule, rules
from taizhang.checks.result import Result
from taizhang.core.finding import Finding, Severity
from taizhang.core.source import Source

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
}


def to_sarif(result: Result) -> str:
    """The run as one SARIF log. Files stand by name alone, so that nothing tells where they lay."""
    known = rules()
    codes = list(dict.fromkeys([*result.codes, *(finding.code for finding in result.findings)]))
    listed = [known[code] for code in codes if code in known]
    files = list(dict.fromkeys([*result.files, *(finding.source.file for finding in result.findings)]))
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(listed)},
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "artifacts": [_artifact(file) for file in files],
                "invocations": [_invocation(result)],
                "results": [_result(finding, listed, files, result) for finding in result.findings],
                "properties": _properties(result),
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def _driver(listed: list[Rule]) -> dict[str, Any]:
    return {
        "name": "taizhang",
        "fullName": "台账 Taizhang",
        "version": version("taizhang"),
        "language": "zh-CN",
        "rules": [_rule(rule) for rule in listed],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("_")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.section("为什么")},
        "help": {"text": plain(explained(rule)), "markdown": explained(rule)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "tags": [rule.family, rule.kind.value],
            "family": FAMILIES.get(rule.family, rule.family),
            "kind": rule.kind.value,
            "since": rule.since,
            "status": rule.status,
        },
    }


def _artifact(file: str) -> dict[str, Any]:
    media = _MEDIA.get(file[file.rfind(".") :].lower()) if "." in file else None
    artifact: dict[str, Any] = {"location": {"uri": _uri(file)}, "roles": ["analysisTarget"]}
    return artifact | ({"mimeType": media} if media else {})


def _invocation(result: Result) -> dict[str, Any]:
    """Whether the run went through, and what a reader must know of it: coverage, what was left out, what failed."""
    notes = [{"level": "note", "message": {"text": text}} for text in (result.coverage.sentence(), *result.remarks())]
    failed = [
        {"level": "error", "message": {"text": reason}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file)}}}]}
        for file, reason in result.unreadable
    ]  # fmt: skip
    crashed = [
        {"level": "error", "message": {"text": f"规则 {code} 出错，没有查完：{reason}"}}
        for code, reason in result.crashed
    ]
    return {"executionSuccessful": not (failed or crashed), "toolExecutionNotifications": [*failed, *crashed, *notes]}


def _properties(result: Result) -> dict[str, Any]:
    coverage = result.coverage
    counts: dict[str, Any] = {
        "coverage": {
            "numbers": coverage.numbers, "read": coverage.read, "linked": coverage.linked, "checked": coverage.checked,
        },
        "exempted": len(result.exempted),
    }  # fmt: skip
    if result.profile:
        counts["profile"] = result.profile
    if result.held is not None:
        counts["baseline"] = {"known": len(result.held.known), "gone": result.held.gone}
    return counts


def _result(finding: Finding, listed: list[Rule], files: list[str], result: Result) -> dict[str, Any]:
    index = next((number for number, rule in enumerate(listed) if rule.code == finding.code), None)
    content: dict[str, Any] = {
        "ruleId": finding.code,
        "kind": "fail",
        "level": _LEVEL[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(finding.source, finding.text, files) | _logical(finding)],
        "properties": {"kind": finding.kind.value, "text": finding.text, "printed": finding.printed, "expected": finding.expected},
    }  # fmt: skip
    if index is not None:
        content["ruleIndex"] = index
    if finding.related:
        content["relatedLocations"] = [
            {"id": number} | _location(related.source, related.text, files)
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fingerprint:
        content["partialFingerprints"] = {"taizhang/v1": finding.fingerprint}
    if result.held is not None:
        content["baselineState"] = "new"
    return content


def _location(source: Source, text: str, files: list[str]) -> dict[str, Any]:
    """The place in the file; lines and columns only where the file has lines, else in words and as properties."""
    artifact: dict[str, Any] = {"uri": _uri(source.file)}
    if source.file in files:
        artifact["index"] = files.index(source.file)
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if source.line is not None:
        physical["region"] = _region(source, text)
    words = place(source)
    return {
        "physicalLocation": physical,
        "message": {"text": f"{words}：{text}" if text else words},
        "properties": dict(source.place()),
    }


def _region(source: Source, text: str) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": source.line}
    if source.start is not None:
        region["startColumn"] = source.start + 1
        if source.end is not None and source.end >= source.start:
            region["endColumn"] = source.end + 1
    if text:
        region["snippet"] = {"text": text}
    return region


def _logical(finding: Finding) -> dict[str, Any]:
    if finding.table is None:
        return {}
    table = f"表 {finding.table}" if finding.table[:1].isdigit() else finding.table
    places = [{"name": table, "fullyQualifiedName": table, "kind": "table"}]
    if finding.row:
        places.append({"name": finding.row, "fullyQualifiedName": f"{table}/{finding.row}", "kind": "row"})
    return {"logicalLocations": places}


def _uri(file: str) -> str:
    return quote(file)
