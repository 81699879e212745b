"""Baseline 基线: the findings of one day, accepted for the time being, so that later runs tell only new ones."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from taizhang.checks.comparison import earlier, paired
from taizhang.checks.result import Held, Result
from taizhang.core.errors import ExemptionError, reason
from taizhang.core.finding import Finding

_FORM = "taizhang-baseline-1"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was known: the files of that run, and of each finding its file, rule and fingerprint."""

    files: tuple[str, ...]
    known: frozenset[tuple[str, str, str]]


def of(result: Result) -> str:
    """The findings of a run as the text of a baseline file; beside each fingerprint stands what a person reads."""
    content = {
        "form": _FORM,
        "files": list(result.files),
        "findings": [_entry(finding) for finding in _all(result)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _all(result: Result) -> Iterable[Finding]:
    """What is told and what an older baseline held back: a baseline written anew takes both."""
    return (*result.findings, *(result.held.known if result.held is not None else ()))


def _entry(finding: Finding) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "file": finding.source.file,
        "table": finding.table,
        "row": finding.row,
        "text": finding.text,
    }


def load(path: Path) -> Baseline:
    """The baseline of a file; ExemptionError where it is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        known = frozenset((str(e["file"]), str(e["code"]), str(e["fingerprint"])) for e in content["findings"])
        if content["form"] == _FORM:
            return Baseline(tuple(map(str, content["files"])), known)
    except OSError as error:
        raise ExemptionError(f"基线文件 {path.name} 打不开：{reason(error)}。请检查文件名和读取权限。") from error
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise ExemptionError(f"{path.name} 不是台账的基线文件；要重新写一个，请加 --write-baseline。")


def respected(result: Result, baseline: Baseline) -> Result:
    """The run without what the baseline knows; `gone` counts what files and rules of this run no longer show."""
    pairs = paired(baseline.files, result.files)
    fresh: list[Finding] = []
    known: list[Finding] = []
    seen = set()
    for finding in result.findings:
        mark = (earlier(finding.source.file, pairs), finding.code, finding.fingerprint)
        (known if mark in baseline.known else fresh).append(finding)
        seen.add(mark)
    judged = set(pairs.values())
    gone = sum(
        file in judged and code in result.codes and (file, code, mark) not in seen
        for file, code, mark in baseline.known
    )
    return replace(result, findings=tuple(fresh), held=Held(tuple(known), gone))
