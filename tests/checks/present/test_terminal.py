"""What the terminal shows is complete, plain where it must be, and cannot be abused."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO

from rich.cells import cell_len
from rich.console import Console

from taizhang.checks.present.terminal import show
from taizhang.checks.result import Result
from taizhang.core.finding import Severity
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Leftover


def shown(result: Result, width: int = 80, *, tty: bool = False) -> str:
    out = StringIO()
    show(result, Console(file=out, width=width, force_terminal=tty, color_system="standard" if tty else None))
    return out.getvalue()


def test_it_reads_as_agreed(result: Result, golden: Callable[[str, str], None]) -> None:
    golden("present/terminal.txt", shown(result))


def test_a_clean_report_takes_two_lines(clean: Result) -> None:
    whole = replace(clean, documents=())
    assert shown(whole).splitlines()[0] == "没有发现问题：已检查 1 个文件。"
    assert len(shown(whole).splitlines()) == 2


def test_what_was_not_read_is_told_though_the_report_is_clean(clean: Result) -> None:
    assert "· “若干”没有数字（第 3 行）。" in shown(clean)
    left = Leftover("", "第 4 页是扫描图片，没有文字层，没有读", Source("报告.pdf", page=4))
    scanned = replace(clean, documents=(Document("报告.pdf", "pdf", [], [left] * 7),))
    lines = [line for line in shown(scanned).splitlines() if line.startswith("·")]
    assert lines == ["· 第 4 页是扫描图片，没有文字层，没有读（第 4 页）。"] * 5 + [
        "· 另有 2 处，见读取结果（taizhang read）。"
    ]


def test_every_finding_is_shown_at_any_width(result: Result) -> None:
    for width in (40, 80, 200):
        text = "".join(shown(result, width).split())
        for finding in result.findings:
            assert finding.code in text
            assert "".join(finding.message.split()) in text


def test_no_line_is_wider_than_the_terminal_nor_ends_in_spaces(result: Result) -> None:
    for line in shown(result, 60).splitlines():
        assert cell_len(line) <= 60
        assert line == line.rstrip()


def test_colour_only_where_there_is_a_terminal(result: Result) -> None:
    assert "\x1b" not in shown(result)
    assert "\x1b[1;31m错误" in shown(result, tty=True)


def test_control_characters_of_a_file_do_not_reach_the_terminal(result: Result) -> None:
    evil = "坏\x1b]0;标题\x07\u202e名\r\n"
    findings = tuple(
        replace(found, message=evil, row=evil, printed=evil, expected=evil, table=evil) for found in result.findings
    )
    text = shown(replace(result, findings=findings, unreadable=((evil, evil),), crashed=((evil, evil),)))
    assert not set(text) & {"\x1b", "\x07", "\u202e", "\r"}


def test_markup_of_a_file_is_not_obeyed(result: Result) -> None:
    findings = tuple(replace(found, message="[red]不是标记[/red]") for found in result.findings)
    assert shown(replace(result, findings=findings)).count("[red]不是标记[/red]") == len(findings)


def test_what_could_not_be_read_is_said(clean: Result) -> None:
    text = shown(replace(clean, unreadable=(("坏.docx", "坏.docx 已损坏。"),), crashed=(("ARI001", "KeyError"),)))
    assert "没有读成 坏.docx：坏.docx 已损坏。" in text
    assert "规则出错 ARI001：KeyError" in text


def test_a_finding_outside_the_documents_is_still_shown(result: Result) -> None:
    lost = replace(result.findings[0], source=Source("别的文件.docx"), table=None, message="找不到的问题。")
    assert "找不到的问题。" in shown(replace(result, findings=(lost,)))


def test_of_several_files_each_is_told_with_what_was_found_in_it(result: Result) -> None:
    several = replace(result, files=(*result.files, "无误.docx", "坏.docx"), unreadable=(("坏.docx", "打不开。"),))
    lines = shown(several).splitlines()
    tallies = [line for line in lines if line.startswith((result.files[0] + "  ", "无误.docx", "坏.docx"))]
    assert [line.partition("  ")[2] for line in tallies] == [
        " · ".join(f"{each.chinese} {result.count(each)}" for each in Severity if result.count(each)),
        "没有发现问题",
    ]
