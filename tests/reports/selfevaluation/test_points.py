"""Task points: a table a sub-task, plan against completion, never a rate of one year for another."""

from dataclasses import replace

from report_snapshots import point, rows_of, small
from taizhang.reports.outline import Heading, Table
from taizhang.reports.selfevaluation.points import heading, point_blocks, short_name
from taizhang.reports.snapshot import Period, PeriodKind, Snapshot, Task


def tables(told: Snapshot) -> dict[str, Table]:
    return {block.key: block for block in point_blocks(told) if isinstance(block, Table)}


def test_years_stand_side_by_side_and_differing_rates_are_told_by_year() -> None:
    assert rows_of(tables(small())["points//1-1"]) == [
        ["立德树人", "1-1 匠心育人行动，建设文化品牌", "①编写校史读本 1 册", "①编印校史读本 1 册", "①建成文化馆", "①场馆改造延期。", "2022年100%；2023年60%"],
        ["立德树人", "1-1 匠心育人行动，建设文化品牌", "②举办讲座 6 场", "②举办讲座 8 场", "--", "--", "100%"],
    ]  # fmt: skip


def test_more_than_two_years_stand_below_each_other() -> None:
    end = Period(name="期满", kind=PeriodKind.END, first_year=2022, last_year=2025)
    table = tables(replace(small(), period=end))["points//1-1"]
    assert [column.path[0] for column in table.columns] == [
        "建设任务",
        "建设任务",
        "年度",
        "建设计划",
        "完成情况",
        "完成率",
    ]
    assert [line[2] for line in rows_of(table)] == ["2022年", "2022年", "2023年"]


def test_a_point_without_completion_has_an_empty_cell_and_no_rate() -> None:
    told = replace(small(), points=(point("2", 2022, 1, "开设订单班 2 个", "", rate="", is_done=None),))
    assert rows_of(tables(told)["points//2"]) == [["校企双元育人", "①开设订单班 2 个", "", "--", "--", ""]]


def test_a_task_that_tables_do_not_print_is_not_in_the_label() -> None:
    tasks = tuple(replace(task, is_labelled=task.key != "1-1") for task in small().tasks)
    assert [c.path[0] for c in tables(replace(small(), tasks=tasks))["points//1-1"].columns][:2] == [
        "建设任务",
        "2022年度计划",
    ]


def test_headings_are_counted_by_the_file_only_where_it_counts_as_the_codes_do() -> None:
    assert heading(Task(key="3", code="3", name="服务产业"), 3, 3) == Heading("服务产业", 3)
    assert heading(Task(key="3", code="3", name="服务产业"), 2, 3) == Heading("3 服务产业", 3, numbered=False)
    assert heading(Task(key="1-2", code="1-2", name="行动", parent="1"), 2, 4).numbered
    assert not heading(Task(key="1-1", code="1-1", name="行动"), 1, 3).numbered
    assert not heading(Task(key="G-1", code="G-1", name="实训区", group="农机专业群"), 1, 4).numbered


def test_a_caption_names_a_task_by_its_first_words() -> None:
    assert short_name(Task(key="1-1", name="匠心育人行动，建设文化品牌")) == "匠心育人行动"
    assert short_name(Task(key="1-1", name="匠心育人行动")) == "匠心育人行动"
