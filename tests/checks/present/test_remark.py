"""A remark says what is wrong, what stands there, what should, and where to read on."""

from dataclasses import replace

from taizhang.checks.present.order import MOST_ELSEWHERE
from taizhang.checks.present.remark import remarks
from taizhang.checks.result import Result
from taizhang.core.finding import Related
from taizhang.core.source import Source


def test_each_finding_of_the_file_gets_one_remark_at_its_place(result: Result) -> None:
    notes = remarks(result, result.files[0])
    assert [note.source for note in notes] == [finding.source for finding in result.findings]
    assert remarks(result, "别的.docx") == []


def test_the_words_of_a_remark(result: Result) -> None:
    assert remarks(result, result.files[0])[0].text.splitlines() == [
        "【错误 TGT001】实现值 11,240 未达到中期目标 15,000，却填报完成度 100%。",
        "原文：100%",
        "应为：74.9%",
        "规则说明：taizhang rule TGT001",
    ]


def test_further_places_are_named_up_to_a_few_and_then_counted(result: Result) -> None:
    far = tuple(Related(source=Source(result.files[0], line=100 + n), text=str(n)) for n in range(9))
    finding = replace(result.findings[0], related=far)
    told = [
        line
        for line in remarks(replace(result, findings=(finding,)), result.files[0])[0].text.splitlines()
        if "另见" in line
    ]
    assert len(told) == MOST_ELSEWHERE + 1
    assert told[-1] == "另见：等，共 9 处"


def test_a_place_in_another_file_is_named_with_it(result: Result) -> None:
    other = Related(source=Source("云岭任务书.xlsx", sheet="指标", cell="C4"), text="12")
    finding = replace(result.findings[0], related=(other,), expected=None)
    lines = remarks(replace(result, findings=(finding,)), finding.source.file)[0].text.splitlines()
    assert lines[2] == "另见：云岭任务书.xlsx 工作表 指标 C4“12”"
