"""The bench counts cells as its README says, and its peers are pinned."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))
import cells
import readers
import writing

TOOLS = Path(__file__).resolve().parents[2] / "../shared/tools"
ONE = [["项目", "数量"], ["课程", "12"], ["教材", "7"]]
TWO = [["单位", "金额"], ["学院", "3.5"]]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    if not (TOOLS / "score.py").exists():
        pytest.skip("../shared with the scorer is not beside this clone")
    return cells.scorer(TOOLS)


def test_what_is_right_counts_fully(score: ModuleType) -> None:
    assert cells.f1(score, [ONE, TWO], [ONE, TWO]) == (1.0, 2)


def test_white_space_does_not_count(score: ModuleType) -> None:
    assert cells.f1(score, [[["实 训 室"]]], [[["实训\n室"]]]) == (1.0, 1)


def test_a_table_left_in_two_pieces_loses_the_smaller(score: ModuleType) -> None:
    value, whole = cells.f1(score, [ONE], [ONE[:2], ONE[2:]])
    assert value == pytest.approx(2 * 4 / 12)
    assert whole == 0


def test_a_shifted_row_is_wrong(score: ModuleType) -> None:
    value, whole = cells.f1(score, [ONE], [[ONE[0], ["12"], ONE[2]]])
    assert value < 1
    assert whole == 0


def test_every_measured_tool_can_be_called() -> None:
    assert set(readers.WORD) | set(readers.PDF) <= set(readers.OURS) | set(readers.PEERS)


@pytest.mark.parametrize("tool", ["taizhang Word", "taizhang annex (Excel)", "python-docx"])
def test_writers_write_what_they_are_given(tool: str) -> None:
    given = [{"caption": "表1 课程", "columns": ["项目", "2024年/数量"], "rows": [["课程", "12"]]}]
    assert {**writing.OURS, **writing.PEERS}[tool](given)()
