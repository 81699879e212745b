"""Between two drafts every finding is new, gone or still there, and none is two of these."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks import Result, check_files
from taizhang.checks.comparison import compare, paired

HEAD = "表 1 数量指标表\n\n| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|\n"
ROWS = [f"| 第{number}类课程（门） | 20 | {{}} | 100% |\n" for number in "甲乙丙丁"]


def run(folder: Path, right: set[int], name: str = "自评.md") -> Result:
    path = folder / name
    path.write_text(
        HEAD + "".join(row.format(20 if n in right else 17) for n, row in enumerate(ROWS)), encoding="utf-8"
    )
    return check_files([path], select=["TGT001"])


rows = st.sets(st.integers(0, 3))


@given(rows, rows)
def test_every_finding_is_new_gone_or_still_there(
    tmp_path_factory: pytest.TempPathFactory, first: set[int], second: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("x")
    old, new = run(folder, first), run(folder, second, "自评-改.md")
    seen = compare(old, new)
    assert {f.row for f in seen.fresh} == {ROWS[n][2:10] for n in first - second}
    assert {f.row for f in seen.gone} == {ROWS[n][2:10] for n in second - first}
    assert sorted(map(repr, (*seen.fresh, *seen.still))) == sorted(map(repr, new.findings))


def test_a_draft_against_itself_has_nothing_new_and_nothing_gone(tmp_path: Path) -> None:
    seen = compare(run(tmp_path, set()), run(tmp_path, set()))
    assert (seen.fresh, seen.gone, len(seen.still)) == ((), (), 4)


def test_files_belong_together_by_name_and_the_last_two_are_one_renamed() -> None:
    assert paired(["a", "b"], ["a", "c"]) == {"a": "a", "c": "b"}
    assert paired(["a", "b"], ["c", "d"]) == {}
    assert paired(["a"], ["b", "c"]) == {}
