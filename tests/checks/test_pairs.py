"""Two places of one report: what an honest writer says of two things, and what cannot both be true of one."""

from pathlib import Path

import pytest

from taizhang.checks import check
from taizhang.core.finding import Severity
from taizhang.documents import read

TABLES = Path(__file__).with_name("pairs.md").read_text(encoding="utf-8").split("\n## ")[1:]


def rows(table: str) -> list[tuple[str, ...]]:
    """The rows of a table under a heading, without its header."""
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def told(before: str, after: str, folder: Path) -> dict[str, Severity]:
    """The rules that tell something of a report with the two, and how gravely."""
    file = folder / "report.md"
    file.write_text(
        f"# 云岭职业技术学院2024年度绩效自评报告\n\n## 一、总体情况\n\n{before}\n\n## 二、主要成效\n\n{after}\n",
        encoding="utf-8",
    )
    result = check([read(file)])
    assert not result.crashed, result.crashed
    return {finding.code: finding.severity for finding in result.findings}


@pytest.mark.parametrize(("before", "after"), rows(TABLES[0]))
def test_two_things_are_not_held_against_each_other(before: str, after: str, tmp_path: Path) -> None:
    graver = {code for code, severity in told(before, after, tmp_path).items() if severity is not Severity.INFO}
    assert not graver


@pytest.mark.parametrize(("before", "after", "rule"), rows(TABLES[1]))
def test_one_thing_with_two_figures_is_told(before: str, after: str, rule: str, tmp_path: Path) -> None:
    assert rule in told(before, after, tmp_path)
