"""Indicators: counts, results and tables by category, with reasons where any is given."""

from dataclasses import replace

from report_snapshots import prose, rows_of, small
from taizhang.reports.outline import Outline, Table
from taizhang.reports.selfevaluation.indicators import indicator_blocks
from taizhang.reports.snapshot import RESULTS, Form, Period, PeriodKind, Snapshot


def tables(told: Snapshot) -> dict[str, Table]:
    return {block.key: block for block in indicator_blocks(told) if isinstance(block, Table)}


def test_a_table_gives_end_target_target_value_and_attainment() -> None:
    table = tables(small())["indicators//2/数量"]
    assert [column.path[0] for column in table.columns] == [
        "类型",
        "三级指标",
        "期满目标值",
        "中期目标值",
        "中期实现值",
        "中期完成率",
    ]
    assert rows_of(table) == [["数量指标", "1.1.1.1 订单班（个）", "4", "2", "5", "100%"]]


def test_reasons_have_a_column_only_where_there_are_any() -> None:
    assert tables(small())["indicators//2/质量"].columns[-1].path == ("原因分析及改进措施",)
    assert rows_of(tables(small())["indicators//2/质量"])[0][-1] == "另 1 项在评审"


def test_an_end_has_one_target() -> None:
    end = Period(name="期满", kind=PeriodKind.END, first_year=2022, last_year=2025)
    columns = tables(replace(small(), period=end))["indicators//2/数量"].columns
    assert [column.path[0] for column in columns] == ["类型", "三级指标", "期满目标值", "期满实现值", "期满完成率"]


def test_results_stand_before_the_line_that_sums_them_up() -> None:
    assert rows_of(tables(small())["results//2"]) == [["1. 省级规划教材 1 本"], ["获省级标志性成果 1 项"]]
    apart = replace(small(), forms=(Form(task="2", category=RESULTS),))
    assert rows_of(tables(apart)["results//2"])[0] == ["1.", "省级规划教材 1 本"]


def test_effects_and_satisfaction_have_their_parts() -> None:
    found = tables(small())
    assert rows_of(found["satisfaction"]) == [["1", "在校生", "96.5%", "1200", "第三方", "2023 年 11 月"]]
    assert found["indicators/school/社会效益"].caption == "学校层面社会效益指标表"
    text = prose(Outline("题", tuple(b for b in indicator_blocks(small()) if not isinstance(b, str))))
    assert "数量与质量指标共 2 个；达标 1 个，未达标 1 个，达标率 50%" in text


def test_the_layout_that_a_college_uses_is_kept() -> None:
    form = Form(task="2", category="数量", first="", rate="完成度")
    columns = tables(replace(small(), forms=(form,)))["indicators//2/数量"].columns
    assert [columns[0].path[0], columns[-1].path[0]] == ["三级指标", "中期完成度"]
