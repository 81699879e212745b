"""The totals by task, group and year, and what fell short."""

from dataclasses import replace

from report_snapshots import prose, rows_of, small, sound
from taizhang.reports.outline import Outline, Table
from taizhang.reports.selfevaluation.summary import overview, shortfalls, total_tables


def test_years_stand_beside_layers_and_the_whole_in_the_last_row() -> None:
    years = next(block for block in total_tables(small()) if isinstance(block, Table) and block.key == "years")
    assert rows_of(years) == [
        ["2022年", "学校层面", "3", "3", "100%"], ["2022年", "专业群", "--", "--", "--"],
        ["2023年", "学校层面", "1", "0", "0%"], ["2023年", "专业群", "1", "1", "100%"], ["中期", "总数", "5", "4", "80%"],
    ]  # fmt: skip


def test_a_college_without_groups_has_one_row_a_year() -> None:
    told = replace(small(), tasks=small().tasks[:3], points=small().points[:4])
    years = next(block for block in total_tables(told) if isinstance(block, Table) and block.key == "years")
    assert [line[1] for line in rows_of(years)] == ["学校层面", "学校层面", "总数"]


def test_what_is_short_is_announced_at_the_beginning_and_told_at_the_end() -> None:
    begin = prose(Outline("题", (*overview(small()), *shortfalls(small()))))
    assert "未完成的任务点 1 个和绩效指标 1 个" in begin
    end = prose(Outline("题", tuple(shortfalls(small()))))
    assert "承办方撤场" in end and "另 1 项在评审" in end
    assert "上述事项共 2 项，写明原因和措施的 2 项。下一步按各项写明的措施推进" in end
    assert list(shortfalls(sound())) == []


def test_what_has_no_reason_yet_is_said_to_have_none() -> None:
    untold = replace(small(), points=tuple(replace(point, reason="") for point in small().points))
    text = prose(Outline("题", tuple(shortfalls(untold))))
    assert "写明原因和措施的 1 项，还没有写明的 1 项" in text
