"""Numbers are those that Word counts, and a reference says the number of what it leads to."""

from outlines import INDICATORS, REPORT
from taizhang.reports.outline import Heading, Outline
from taizhang.reports.word.appearance import official
from taizhang.reports.word.marks import Marks


def labels(*blocks: Heading) -> list[str]:
    marks = Marks(Outline("报告", blocks), official())
    return [marks.number(block) for block in blocks]


def test_headings_are_counted_within_the_one_above() -> None:
    assert labels(
        Heading("甲"), Heading("乙", 2), Heading("丙", 3), Heading("丁", 4), Heading("戊", 5), Heading("己", 5),
        Heading("庚", 2), Heading("辛", 3), Heading("壬"), Heading("癸", 2),
    ) == ["一、", "（一）", "1.", "（1）", "①", "②", "（二）", "1.", "二、", "（一）"]  # fmt: skip


def test_a_heading_without_a_number_is_not_counted() -> None:
    assert labels(Heading("甲"), Heading("附件", numbered=False), Heading("乙")) == ["一、", "", "二、"]


def test_a_reference_says_a_table_by_its_number_and_a_heading_by_its_text() -> None:
    marks = Marks(REPORT, official())
    assert marks.target("数量指标") == (marks.name(INDICATORS), "表2-1")
    assert marks.target("目标")[1] == "绩效目标完成情况"


def test_bookmarks_differ() -> None:
    marks = Marks(REPORT, official())
    names = [marks.name(each) for each in REPORT.blocks if hasattr(each, "key")]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 for name in names)
