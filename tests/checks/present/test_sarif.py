"""SARIF: valid by the standard, every finding in it, and nothing that tells where files lay."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Schema

from taizhang.checks import check_files
from taizhang.checks.present.sarif import to_sarif
from taizhang.checks.registry import rules
from taizhang.checks.result import Held, Result
from taizhang.core.finding import Severity

REPORT = "表 1 数量指标表\n\n| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|\n| 课程（门） | 20 | 17 | 100% |\n"


def run(result: Result) -> dict[str, Any]:
    """The one run of the log, once the log is found valid: pydantic refuses what the standard's schema refuses."""
    log = json.loads(to_sarif(result))
    Schema.model_validate(log)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return only


@pytest.fixture
def checked(tmp_path: Path) -> Result:
    path = tmp_path / "自评 报告.md"
    path.write_text(REPORT, encoding="utf-8")
    return check_files([path, tmp_path / "没有.docx"])


def test_every_finding_is_in_it(result: Result, clean: Result) -> None:
    found = run(result)["results"]
    assert [(f["ruleId"], f["message"]["text"]) for f in found] == [(f.code, f.message) for f in result.findings]
    level = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.INFO}
    assert [level[f["level"]] for f in found] == [f.severity for f in result.findings]
    assert len({f["partialFingerprints"]["taizhang/v1"] for f in found}) == len(found)
    assert run(clean)["results"] == []


def test_every_rule_is_explained_and_found_by_its_index(checked: Result) -> None:
    only = run(checked)
    listed = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in listed] == sorted(rules())
    assert all(rule["help"]["text"] and "## 依据" in rule["help"]["markdown"] for rule in listed)
    assert all(listed[f["ruleIndex"]]["id"] == f["ruleId"] for f in only["results"])


def test_a_place_is_given_as_line_and_column_and_as_table_and_row(checked: Result) -> None:
    (found,) = [f for f in run(checked)["results"] if f["ruleId"] == "TGT001"]
    (location,) = found["locations"]
    region = location["physicalLocation"]["region"]
    line = REPORT.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1].strip() == "100%"
    assert [place["kind"] for place in location["logicalLocations"]] == ["table", "row"]
    assert location["logicalLocations"][1]["fullyQualifiedName"] == "表 1/课程（门）"


def test_files_stand_by_name_alone(checked: Result) -> None:
    uris = re.findall(r'"uri": "([^"]+)"', to_sarif(checked))
    assert {unquote(uri) for uri in uris} == {"自评 报告.md", "没有.docx"}


def test_coverage_and_what_failed_are_told(checked: Result) -> None:
    (invocation,) = run(checked)["invocations"]
    told = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert not invocation["executionSuccessful"]
    assert checked.coverage.sentence() in told
    assert any("没有.docx" in text for text in told)
    assert run(checked)["properties"]["coverage"]["numbers"] == checked.coverage.numbers


def test_beside_a_baseline_every_finding_told_is_new(result: Result) -> None:
    only = run(replace(result, held=Held((), 2)))
    assert {f["baselineState"] for f in only["results"]} == {"new"}
    assert only["properties"]["baseline"] == {"known": 0, "gone": 2}
