"""A baseline hides exactly what it was written from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks import Result, baseline, check_files
from taizhang.core.errors import ExemptionError

HEAD = "表 1 数量指标表\n\n| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|\n"


def run(folder: Path, actual: list[int], name: str = "自评.md", **options: object) -> Result:
    path = folder / name
    rows = "".join(f"| 第{n}类课程（门） | 20 | {value} | 100% |\n" for n, value in enumerate(actual, 1))
    path.write_text(HEAD + rows, encoding="utf-8")
    return check_files([path], **options)


def written(folder: Path, result: Result) -> baseline.Baseline:
    path = folder / "基线.json"
    path.write_text(baseline.of(result), encoding="utf-8")
    return baseline.load(path)


@given(st.lists(st.integers(10, 20), min_size=1, max_size=6))
def test_the_baseline_of_a_run_hides_exactly_that_run(
    tmp_path_factory: pytest.TempPathFactory, actual: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("x")
    result = run(folder, actual)
    again = baseline.respected(result, written(folder, result))
    assert again.findings == ()
    assert again.held is not None
    assert (again.held.known, again.held.gone) == (result.findings, 0)


def test_new_ones_are_told_and_those_gone_are_counted(tmp_path: Path) -> None:
    known = written(tmp_path, run(tmp_path, [17, 20, 18], select=["TGT001"]))
    later = baseline.respected(run(tmp_path, [17, 19, 20], name="自评-终稿.md", select=["TGT001"]), known)
    assert [f.row for f in later.findings] == ["第2类课程（门）"]
    assert later.held is not None
    assert later.held.gone == 1
    assert "基线中已知、没有列出的问题 1 个；基线中已经没有了的 1 个。" in later.remarks()


def test_what_was_not_looked_for_is_not_gone(tmp_path: Path) -> None:
    known = written(tmp_path, run(tmp_path, [17]))
    held = baseline.respected(run(tmp_path, [20], ignore=["TGT"]), known).held
    assert held is not None
    assert held.gone == 0


def test_a_baseline_written_anew_takes_the_known_and_the_new(tmp_path: Path) -> None:
    first = run(tmp_path, [17, 20])
    second = baseline.respected(run(tmp_path, [17, 19]), written(tmp_path, first))
    assert baseline.respected(run(tmp_path, [17, 19]), written(tmp_path, second)).findings == ()


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"form": "x"}', '{"form": "taizhang-baseline-1", "files": 3}', "[" * 9999]
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "基线.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExemptionError, match="基线"):
        baseline.load(path)
