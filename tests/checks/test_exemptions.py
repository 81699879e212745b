"""Exemptions name a finding, hold through their last day, and are refused when nobody answers for them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks import Allowed, Result, check
from taizhang.checks.exemptions import FILE, beside, load
from taizhang.core.errors import ExemptionError
from taizhang.documents import read

REPORT = """表 1 数量指标表

| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|---|
| 1.1.1 课程（门） | 40 | 20 | 17 | 100% |
| 1.1.2 教材（本） | 10 | 5 | 4 | 100% |
| 1.1.3 讲座（场） | 20 | 10 | 9 | 100% |
"""
LAST = date(2026, 6, 30)
WHO = "批准人: 林岚\n  原因: 等待发文\n  有效期至: 2026-06-30\n"
ENTRY = f"- 规则: TGT001\n  表: 表1\n  行: 1.1.1课程（门）\n  {WHO}"


def run(folder: Path, entries: str, as_of: date = LAST) -> Result:
    report, file = folder / "自评.md", folder / FILE
    report.write_text(REPORT, encoding="utf-8")
    file.write_text(entries, encoding="utf-8")
    return check([read(report)], allowed=Allowed(load(file), as_of))


def test_an_exemption_takes_its_finding_out_and_counts_it(tmp_path: Path) -> None:
    result = run(tmp_path, ENTRY)
    assert [each.finding.row for each in result.exempted] == ["1.1.1 课程（门）"]
    assert [f.row for f in result.findings if f.code == "TGT001"] == ["1.1.2 教材（本）", "1.1.3 讲座（场）"]
    assert "按豁免不计的问题 1 个。" in result.remarks()


@given(st.sets(st.integers(0, 2)))
def test_exempted_and_shown_are_all(tmp_path_factory: pytest.TempPathFactory, chosen: set[int]) -> None:
    folder = tmp_path_factory.mktemp("x")
    every = run(folder, "").findings
    some = [each for number, each in enumerate(every) if number in chosen]
    result = run(folder, "".join(f"- 指纹: {each.fingerprint}\n  {WHO}" for each in some))
    assert [each.finding for each in result.exempted] == some
    assert sorted([*result.findings, *(each.finding for each in result.exempted)], key=repr) == sorted(every, key=repr)


def test_it_holds_through_its_last_day_and_not_a_day_longer(tmp_path: Path) -> None:
    assert not [f for f in run(tmp_path, ENTRY, LAST).findings if f.code == "LED001"]
    after = run(tmp_path, ENTRY, LAST + timedelta(days=1))
    expired = [f for f in after.findings if f.code == "LED001"]
    assert not after.exempted
    assert [(f.source.file, f.source.line, f.text) for f in expired] == [(FILE, 1, "TGT001")]
    assert expired[0].related[0].source.line == 6


def test_an_entry_points_at_its_own_line(tmp_path: Path) -> None:
    result = run(tmp_path, ENTRY + f"\n- 规则: TGT001\n  行: 没有这一行\n  {WHO}")
    unused = [f for f in result.findings if f.code == "LED002"]
    assert [(f.source.line, f.row) for f in unused] == [(8, "没有这一行")]


@pytest.mark.parametrize("lost", ["批准人", "原因", "有效期至"])
def test_without_who_why_and_until_it_is_refused_in_one_sentence(tmp_path: Path, lost: str) -> None:
    text = "\n".join(line for line in ENTRY.splitlines() if lost not in line)
    with pytest.raises(ExemptionError) as refused:
        run(tmp_path, text)
    assert f"“{lost}”" in str(refused.value)
    assert "第 1 行" in str(refused.value)
    assert str(refused.value).count("。") == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("规则: TGT001\n", "列表"), ("- 一句话\n", "键"), (f"- 规则: TGT001\n  {WHO}", "哪个问题"), (f"- 行: 课程\n  {WHO}", "哪个问题"),
        (f"- 规则: 甲\n  行: 课程\n  {WHO}", "甲"), ("- [\n", "YAML"), (f"- 规则: TGT001\n  行: 课程\n  颜色: 青\n  {WHO}", "颜色"),
        ("- {规则: TGT001, 行: 课程, 批准人: 甲, 原因: 乙, 有效期至: 明年}\n", "日期"),
        ("- {规则: TGT001, 行: 课程, 批准人: 甲, 原因: 乙, 有效期至: 2026-02-30}\n", "日期"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ExemptionError, match=named):
        run(tmp_path, text)


def test_an_empty_file_allows_nothing_and_english_keys_are_known(tmp_path: Path) -> None:
    assert not run(tmp_path, "# 还没有\n").exempted
    english = "- {code: tgt001, table: 1, text: 100%, who: Lin, why: soon, until: 2026/6/30}\n"
    assert len(run(tmp_path, english).exempted) == 3


def test_the_file_beside_the_reports_is_found_once(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("", encoding="utf-8")
    assert beside([tmp_path / "甲.docx", tmp_path / "乙.docx"]) == [tmp_path / FILE]
    assert beside([tmp_path / "深" / "甲.docx"]) == []
