"""Findings are shown in the order of the report, each once."""

from dataclasses import replace

from taizhang.checks.present.order import groups, place, place_elsewhere
from taizhang.checks.result import Result
from taizhang.core.source import Source


def test_tables_come_in_order_and_prose_last(result: Result) -> None:
    assert [group.title for group in groups(result)] == [
        "表 2-1 数量与质量指标完成情况表", "表 2-2 任务点完成情况表", "正文"
    ]  # fmt: skip


def test_within_a_table_findings_come_by_row(result: Result) -> None:
    rows = [placed.finding.row for placed in groups(result)[0].findings]
    assert rows == ["1.1.2 开展企业员工培训（人日）", "1.2.1 省级教学成果奖（项）", "1.2.2 毕业生就业率（%）"]


def test_every_finding_stands_once_whatever_the_order_given(result: Result) -> None:
    backwards = replace(result, findings=result.findings[::-1])
    for each in (result, backwards):
        shown = [placed.finding for group in groups(each) for placed in group.findings]
        assert sorted(map(id, shown)) == sorted(map(id, result.findings))
    assert groups(result) == groups(backwards)


def test_numbers_run_through(result: Result) -> None:
    assert [placed.number for group in groups(result) for placed in group.findings] == list(range(1, 7))


def test_a_finding_of_a_file_that_was_not_read_has_its_own_group(result: Result) -> None:
    lost = replace(result.findings[0], source=Source("未读.docx"), table="3-1")
    last = groups(replace(result, findings=(*result.findings, lost)))[-1]
    assert (last.file, last.title, last.findings[0].spot) == ("未读.docx", "表 3-1", None)


def test_places_are_said_as_a_person_would_look_for_them() -> None:
    cell = Source("甲.docx", paragraph=1929, table=46, row=14, column=3)
    assert place(cell) == "表内第 14 行"
    assert place(cell._replace(row=0)) == "表头"
    assert place(Source("甲.docx", paragraph=12)) == "第 12 段"
    assert place(Source("甲.pdf", page=3, table=46, row=14)) == "第 3 页"
    assert place_elsewhere(cell, cell) == "表内第 14 行"
    assert place_elsewhere(cell, Source("甲.docx", paragraph=3)) == "第 46 个表第 14 行"
    assert place_elsewhere(cell, Source("乙.docx", paragraph=3)) == "甲.docx 第 46 个表第 14 行"
