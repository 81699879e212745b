"""主要举措和成效: the records under their tasks, each once, with results, state and what is short."""

from collections.abc import Callable

from report_snapshots import markdown, prose, small, tied, with_records
from taizhang.reports.outline import Heading, figures
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.selfevaluation.work import work_blocks
from taizhang.reports.traces import Traces


def test_the_report_with_records_reads_like_this(golden: Callable[[str, str], None]) -> None:
    golden("reports/selfevaluation_work.md", markdown(selfevaluation(tied(with_records(small())))))


def test_a_ledger_without_records_has_no_such_chapter() -> None:
    assert list(work_blocks(small())) == []


def test_a_record_is_told_under_one_task_or_section_and_every_figure_has_its_trace() -> None:
    told = tied(with_records(small()))
    outline = selfevaluation(told)
    traces = Traces(told)
    assert [f.address for f in figures(outline) if traces.of(f.address) is None] == []
    titles = prose(outline)
    assert titles.count("“技能竞赛金奖”") == 1 and titles.count("“现代农机学徒制”（已申报）") == 1
    heads = [block.text for block in outline.blocks if isinstance(block, Heading)]
    assert heads.index("主要举措和成效") < heads.index("其他工作") < heads.index("资金到位和执行情况")


def test_results_and_promises_are_counted_and_one_that_fell_short_is_said_to() -> None:
    text = prose(selfevaluation(tied(small())))
    assert "取得典型标志性成果 1 项，其中国家级 1 项" in text
    assert "建设方案承诺的标志性成果 2 项，达到承诺 1 项，没有达到 1 项" in text
    trace = Traces(tied(small())).of("record/t0:title")
    assert trace is not None and "公式" in trace.working[0]
