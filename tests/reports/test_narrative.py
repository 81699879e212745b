"""Reports told from records."""

from collections.abc import Callable

import pytest

from report_snapshots import markdown, prose, small, with_records
from taizhang.records import SECTIONS
from taizhang.reports.narrative import PARTS, counterpart, industry, regional
from taizhang.reports.outline import Heading, Table, figures
from taizhang.reports.traces import Traces

BUILDERS = {"regional_service": regional, "counterpart_support": counterpart, "industry_education": industry}


@pytest.mark.parametrize("report", BUILDERS)
def test_a_report_of_records_reads_like_this(report: str, golden: Callable[[str, str], None]) -> None:
    golden(f"reports/{report}.md", markdown(BUILDERS[report](with_records(small()))))


@pytest.mark.parametrize("report", BUILDERS)
def test_every_section_has_its_part_and_every_figure_its_trace(report: str) -> None:
    def sections(parts):
        for part in parts:
            yield from part.sections
            yield from sections(part.parts)

    assert sorted(sections(PARTS[report])) == sorted(f"{report}/{key}" for key in SECTIONS[report])
    told = with_records(small())
    traces = Traces(told)
    assert [f.address for f in figures(BUILDERS[report](told)) if traces.of(f.address) is None] == []


def test_what_is_only_applied_for_is_named_apart_and_in_no_table() -> None:
    outline = regional(with_records(small()))
    assert "没有做成、不计入的立项项目" in prose(outline) and "智慧果园示范项目”（已申报）" in prose(outline)
    cells = [
        run
        for block in outline.blocks
        if isinstance(block, Table)
        for line in block.rows
        for cell in line
        for p in cell.paragraphs
        for run in p
    ]
    assert all(getattr(run, "text", run) != "智慧果园示范项目" for run in cells)


def test_the_seven_categories_are_all_there_and_an_empty_one_says_so() -> None:
    outline = regional(small())
    heads = [block.text for block in outline.blocks if isinstance(block, Heading)]
    assert heads[heads.index("双百行动") + 1 :][:7] == [
        "强化产业发展科技支撑", "强化城乡规划建设服务", "突出基本公共服务支持", "突出基层人才培养培训", "参与集体经济运营", "参与基层改革创新探索", "提供决策咨询服务",
    ]  # fmt: skip
    assert prose(outline).count("没有属于这一部分的业务记录") == 11
