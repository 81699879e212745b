"""A hostile file gets one clear Chinese sentence and exit code 2, the other files are checked, nothing is left behind."""

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from hostile_files import READ, REFUSED, Hostile, good_docx, sheet_xml, unreadable
from taizhang.checks import check
from taizhang.checks import result as results
from taizhang.checks.present import html, terminal
from taizhang.checks.present import json as as_json
from taizhang.cli import _status, main
from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents import read


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def sentence(path: Path) -> str:
    """The one sentence that refuses a file."""
    with pytest.raises(UnreadableDocumentError) as caught:
        read(path)
    told = str(caught.value)
    assert "\n" not in told
    assert told.endswith("。")
    assert told.count("。") == 1
    assert "损坏（" not in told, f"caught by the last net only: {told}"
    return told


@pytest.mark.parametrize("hostile", REFUSED.values(), ids=REFUSED)
def test_a_hostile_file_is_refused_and_the_other_is_checked(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / hostile.name
    hostile.make(path)
    good = good_docx(tmp_path / "好.docx")
    before = sorted(tmp_path.rglob("*"))
    told = sentence(path)
    assert hostile.words in told
    assert path.name in told
    outcome = run("check", path, good, "--select", "TGT001", "--format", "json")
    assert outcome.exit_code == 2
    content = json.loads(outcome.stdout)
    assert content["unreadable"] == [{"file": path.name, "reason": told}]
    assert [finding["code"] for finding in content["findings"]] == ["TGT001"]
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("hostile", READ.values(), ids=READ)
def test_a_large_or_odd_report_is_read_and_checked(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / hostile.name
    hostile.make(path)
    result = check([read(path)])
    assert not result.crashed
    json.loads(as_json.to_json(result), parse_constant=pytest.fail)


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    assert "是文件夹" in sentence(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    unreadable(path)
    assert "没有权限" in sentence(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.docx")
    assert "不是普通文件" in sentence(tmp_path / "管道.docx")


def test_a_name_too_long_is_told_and_the_other_file_is_checked(tmp_path: Path) -> None:
    good = good_docx(tmp_path / "好.docx")
    outcome = run("check", tmp_path / f"{'长' * 300}.docx", good, "--select", "TGT001", "--format", "json")
    assert outcome.exit_code == 2
    content = json.loads(outcome.stdout)
    assert "文件名太长" in content["unreadable"][0]["reason"]
    assert len(content["findings"]) == 1


@pytest.mark.parametrize(
    "xml",
    [
        '<sheetViews><sheetView><pane state="frozen" ySplit="inf"/></sheetView></sheetViews><sheetData/>',
        '<sheetViews><sheetView><pane state="frozen" ySplit="1e400"/></sheetView></sheetViews><sheetData/>',
        '<sheetData><row r="1"><c r="AAAAAAAAA1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c t="s"><v>99</v></c></row></sheetData>',
        '<sheetData><row r="1"><c t="s"><v>-1</v></c></row></sheetData>',
        f'<sheetData><row r="1"><c t="s"><v>{"1" * 5000}</v></c></row></sheetData>',
        f'<sheetData><row r="1"><c><v>{"1" * 5000}</v></c><c><v>1E+99999999999</v></c></row></sheetData>',
        '<sheetData><row r="1"><c><v>NaN</v></c><c><v>sNaN</v></c><c><v>-Infinity</v></c></row></sheetData>',
        '<sheetData><row r="99999999999"><c><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c><v>1</v></c></row></sheetData>' + '<mergeCell ref="A1:XFD1048576"/>' * 2000,
        "<cols>" + "<col min='1' max='16384' hidden='1'/>" * 20_000 + "</cols><sheetData/>",
    ],
)
def test_a_forged_sheet_is_read_or_refused_at_once(xml: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    sheet_xml(xml)(path)
    outcome = run("check", path)
    assert outcome.exit_code in {0, 1, 2}
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit)
    assert "损坏（" not in outcome.output


@pytest.mark.parametrize("form", ["text", "json", "html", "docx", "xlsx"])
@pytest.mark.parametrize("where", ["无此文件夹/a", "好.docx/a", "好.docx", "长" * 300])
def test_what_cannot_be_written_is_told_and_nothing_half_written_is_left(form: str, where: str, tmp_path: Path) -> None:
    good = good_docx(tmp_path / "好.docx")
    data = good.read_bytes()
    outcome = run("check", good, "--select", "TGT001", "--format", form, "-o", tmp_path / where)
    assert outcome.exit_code == 2
    assert re.fullmatch(r"错误：[^\n]+。\n", outcome.stderr)
    assert outcome.stdout == ""
    assert good.read_bytes() == data
    assert list(tmp_path.iterdir()) == [good]


@pytest.mark.skipif(os.name != "posix", reason="a limit to the size of files is a thing of Unix")
@pytest.mark.parametrize("form", ["json", "html", "docx"])
def test_a_disk_that_takes_no_more_is_told(tmp_path: Path, form: str) -> None:
    good = good_docx(tmp_path / "好.docx")
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)); from taizhang.cli import main; main()"
    )
    command = [sys.executable, "-B", "-c", limited, "check", good, "--format", form, "-o", tmp_path / "甲"]
    outcome = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=os.environ | {"PYTHONUTF8": "1"}
    )
    assert outcome.returncode == 2
    assert re.fullmatch(r"错误：写不了 [^\n]*甲：文件太大，磁盘存不下。[^\n]+。\n", outcome.stderr)
    assert list(tmp_path.iterdir()) == [good]


def test_a_report_is_never_written_over(tmp_path: Path) -> None:
    good = good_docx(tmp_path / "好.docx")
    data = good.read_bytes()
    for arguments in (["read", good, "-o", good], ["check", good, "--write-baseline", "--baseline", good]):
        outcome = run(*arguments)
        assert outcome.exit_code == 2
        assert "报告本身" in outcome.stderr
    assert good.read_bytes() == data


def test_a_rule_that_crashes_is_told_in_every_form(tmp_path: Path) -> None:
    document = read(good_docx(tmp_path / "好.docx"))
    result = results.Result(
        files=("好.docx",), documents=(document,), findings=(), crashed=(("TGT001", "KeyError: 'x'"),),
        coverage=results.Coverage(numbers=1, read=1, linked=0, checked=0),
    )  # fmt: skip
    assert json.loads(as_json.to_json(result))["crashed"] == [{"code": "TGT001", "reason": "KeyError: 'x'"}]
    assert "TGT001" in html.page(result)
    assert "KeyError" in html.page(result)
    screen = StringIO()
    terminal.show(result, Console(file=screen, width=80))
    assert "规则出错 TGT001" in screen.getvalue()
    assert _status(result, (), "never") == 2
