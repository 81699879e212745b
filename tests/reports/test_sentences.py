"""Sentences agree with their counts, and say no more than them."""

from dataclasses import replace

from report_snapshots import point, small, text_of
from taizhang.reports.counts import Count
from taizhang.reports.outline import Runs
from taizhang.reports.sentences import (
    by_layer,
    by_year,
    ordinal,
    outcome,
    paragraph,
    quoted,
    see,
    short_indicator,
    short_point,
)


def said(runs: Runs) -> str:
    return "".join(map(text_of, runs))


def test_what_is_complete_names_nothing_short_and_what_is_not_does() -> None:
    assert said(outcome(Count("c", "任务点", 8, 8))) == "完成 8 个，完成率 100%"
    assert said(outcome(Count("c", "任务点", 8, 6))) == "完成 6 个，未完成 2 个，完成率 75%"
    assert said(outcome(Count("c", "指标", 3, 2), "达标")) == "达标 2 个，未达标 1 个，达标率 66.67%"


def test_years_and_layers_are_named_only_where_there_are_several() -> None:
    one, two, none = Count("a", "甲", 5, 5), Count("b", "乙", 6, 6), Count("c", "丙", 0, 0)
    assert said(by_year([(2022, one), (2023, two)])) == "，其中 2022 年 5 个、2023 年 6 个"
    assert by_year([(2022, one), (2023, none)]) == ()
    assert said(by_layer(one, two)) == "，其中学校层面 5 个、专业群层面 6 个" and by_layer(one, none) == ()


def test_a_paragraph_ends_with_one_stop() -> None:
    assert said(paragraph("完成 3 个").runs) == "完成 3 个。"
    assert said(paragraph("完成 3 个。").runs) == "完成 3 个。"
    assert said(paragraph("见下：", None).runs) == "见下："
    assert said(paragraph("本任务已完成", see(["t"])).runs) == "本任务已完成。详见[t]。" and see([]) == ()


def test_what_is_unmet_is_told_with_state_value_and_reason() -> None:
    told = small()
    late = next(p for p in told.points if p.state)
    assert said(short_point(late, told.tasks[1])) == (
        "任务 1-1 2023 年①“建成文化馆”，目前状态为延期，完成情况：场馆改造延期，完成率 60%；原因和措施：承办方撤场，2024 年 9 月建成"
    )
    assert (
        said(short_point(replace(late, done="", rate="", state="", reason=""), None))
        == "2023 年①“建成文化馆”，尚未填报完成情况"
    )
    assert said(short_indicator(told.indicators[1], "中期")) == (
        "指标 1.2.1.1 “省级教学成果奖”中期目标值 2 项，中期实现值 1 项，中期完成率 50%；原因和措施：另 1 项在评审"
    )
    untold = replace(told.indicators[1], actual="", number=None, rate="", reason="", goal="")
    assert said(short_indicator(untold, "中期")) == "指标 1.2.1.1 “省级教学成果奖”尚未填报实现值"


def test_one_address_in_a_sentence_without_its_stop_is_a_form_of_its_own() -> None:
    late = point("1", 2023, 1, "计划", "做了。", rate="50%", is_done=False)
    keys = {
        run.key: run.text for run in short_point(late, None) if not isinstance(run, str) and hasattr(run, "address")
    }
    assert keys["point/1/2023/1:done|prose"] == "做了"


def test_ordinals_beyond_the_circled_ones_are_bracketed_and_quotes_nest() -> None:
    assert [ordinal(n) for n in (1, 20, 21)] == ["①", "⑳", "(21)"]
    assert quoted("实施“匠心”工程") == "“实施‘匠心’工程”"
