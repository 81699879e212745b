"""The self-evaluation as a whole: what people read, and that it can always be built."""

import re
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given

from report_snapshots import markdown, prose, rows_of, small, snapshots, sound
from taizhang.reports.counts import Counts
from taizhang.reports.outline import Heading, Items, Paragraph, Table, figures
from taizhang.reports.selfevaluation import selfevaluation, title_of
from taizhang.reports.snapshot import Period, PeriodKind, Snapshot


def test_the_mid_term_report_reads_like_this(golden: Callable[[str, str], None]) -> None:
    golden("reports/selfevaluation_midterm.md", markdown(selfevaluation(small())))


def test_a_year_and_an_end_have_their_own_words(golden: Callable[[str, str], None]) -> None:
    year = Period(name="2023 年度", kind=PeriodKind.YEAR, first_year=2023, last_year=2023)
    told = replace(small(), period=year, points=tuple(p for p in small().points if p.year == 2023))
    golden("reports/selfevaluation_year.md", markdown(selfevaluation(told)))
    end = Period(name="期满", kind=PeriodKind.END, first_year=2022, last_year=2025)
    golden("reports/selfevaluation_end.md", markdown(selfevaluation(replace(small(), period=end))))
    assert title_of(told).endswith("2023 年度绩效自评报告")


@given(snapshots())
def test_every_snapshot_has_a_report_whose_tables_hold_every_item_once(told: Snapshot) -> None:
    outline = selfevaluation(told)
    keys = [figure.address for figure in figures(outline)]
    for point in told.points:
        assert f"{point.ref}:plan" in keys
    for row in told.indicators:
        assert keys.count(f"{row.ref}:label") == 1
    assert outline == selfevaluation(told)  # the same snapshot gives the same report


@given(snapshots())
def test_nothing_is_said_to_be_complete_when_something_is_short(told: Snapshot) -> None:
    short = [p for p in told.points if not p.is_done] or [row for row in told.indicators if not row.is_met]
    text = prose(selfevaluation(told))
    assert "全面" not in text and "全部达成" not in text
    assert ("逐项说明如下" in text) is bool(short)


@given(snapshots())
def test_every_number_in_the_prose_is_a_figure_a_year_or_a_word_of_the_plan(told: Snapshot) -> None:
    known = sorted({task.code for task in told.tasks} | {row.code for row in told.indicators}, key=len, reverse=True)
    for block in selfevaluation(told).blocks:
        paragraphs = [block.runs] if isinstance(block, Paragraph) else block.items if isinstance(block, Items) else []
        for runs in paragraphs:
            text = re.sub(r"20\d\d(—20\d\d)? ?年", "", "".join(run for run in runs if isinstance(run, str)))
            for code in known:
                text = text.replace(code, "")
            assert not re.search(r"\d", text), text


@given(snapshots())
def test_the_numbers_of_the_prose_are_those_of_the_tables(told: Snapshot) -> None:
    outline = selfevaluation(told)  # an outline takes one text for an address, in words and tables alike
    counts = Counts(told)
    assert f"任务点 {counts.points().total} 个" in prose(outline) or not counts.points().total


def test_a_sound_ledger_has_no_last_part_and_what_is_unknown_no_section() -> None:
    outline = selfevaluation(sound())
    heads = [block.text for block in outline.blocks if isinstance(block, Heading)]
    assert "未完成的任务和指标" not in heads
    bare = replace(sound(), funds=(), satisfaction=(), results=(), indicators=())
    heads = [block.text for block in selfevaluation(bare).blocks if isinstance(block, Heading)]
    assert (
        heads[:3] == ["总体情况", "建设任务和绩效目标完成情况", "建设任务点完成情况"]
        and "资金到位和执行情况" not in heads
    )


def test_the_totals_stand_before_the_parts_that_make_them() -> None:
    table = next(block for block in selfevaluation(small()).blocks if isinstance(block, Table))
    assert rows_of(table)[0] == ["合计", "5", "4", "80%", "4", "3", "75%"]
    assert [line[0] for line in rows_of(table)][1:] == [
        "1、立德树人",
        "2、校企双元育人",
        "学校层面（不分任务）",
        "山地农机技术专业群",
    ]
