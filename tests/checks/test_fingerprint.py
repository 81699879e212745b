"""A fingerprint stays what it is when other parts of the report change, and tells equal findings apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks import check
from taizhang.documents import read

TABLE = """表 {number} 数量指标表

| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|---|
| 课程（门） | 40 | 20 | 17 | 100% |
| 教材（本） | 10 | 5 | 4 | 100% |
"""
BEFORE = "本节说明指标的完成情况。\n\n"


def prints(folder: Path, text: str) -> list[str]:
    path = folder / "自评.md"
    path.write_text(text, encoding="utf-8")
    return [finding.fingerprint for finding in check([read(path)], select=["TGT001"]).findings]


@given(st.lists(st.sampled_from(["学校继续推进各项任务。", "# 二、其他工作", "> 附注若干。"]), max_size=6))
def test_paragraphs_put_in_before_change_nothing(tmp_path_factory: pytest.TempPathFactory, added: list[str]) -> None:
    folder = tmp_path_factory.mktemp("x")
    plain = prints(folder, BEFORE + TABLE.format(number=1))
    assert len(set(plain)) == 2
    assert prints(folder, "\n\n".join([*added, BEFORE]) + TABLE.format(number=1)) == plain


def test_a_table_that_gets_another_number_keeps_its_findings(tmp_path: Path) -> None:
    assert prints(tmp_path, TABLE.format(number=1)) == prints(tmp_path, TABLE.format(number=4))


def test_equal_findings_are_told_apart_by_their_order(tmp_path: Path) -> None:
    found = prints(tmp_path, TABLE.format(number=1) + "\n\n# 又一节\n\n" + TABLE.format(number=1))
    assert len(found) == len(set(found)) == 4
    assert found[2:] == [f"{mark}-2" for mark in found[:2]]


def test_another_figure_is_another_finding(tmp_path: Path) -> None:
    changed = TABLE.replace("| 17 | 100% |", "| 17 | 101% |")
    assert prints(tmp_path, TABLE)[0] != prints(tmp_path, changed)[0]
    assert prints(tmp_path, TABLE)[1] == prints(tmp_path, changed)[1]
