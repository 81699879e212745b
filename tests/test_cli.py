import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outlines import REPORT
from report_snapshots import point, small
from taizhang.checks.present.delivery import MARK
from taizhang.cli import main
from taizhang.reports.register import Register
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.snapshot import to_json
from taizhang.reports.word import write
from word_files import par, write_docx

SHORT = "| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|\n| 课程（门） | 20 | {} | 100% |\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "坏.md"
    path.write_text(SHORT.format(17), encoding="utf-8")
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "好.md"
    path.write_text(SHORT.format(20), encoding="utf-8")
    return path


def test_exit_codes_tell_clean_found_and_failed(bad: Path, clean: Path, tmp_path: Path) -> None:
    assert run("check", clean).exit_code == 0
    assert run("check", bad).exit_code == 1
    assert run("check", tmp_path / "没有.docx").exit_code == 2
    assert run("check", bad, "--fail-on", "never").exit_code == 0
    assert run("check", bad, "--ignore", "TGT").exit_code == 0


def test_one_bad_file_is_told_and_the_other_is_still_checked(bad: Path, tmp_path: Path) -> None:
    broken = tmp_path / "断.docx"
    broken.write_bytes(b"PK\x03\x04")
    result = run("check", broken, bad)
    assert result.exit_code == 2
    assert "断.docx" in result.output
    assert "TGT001" in result.output


@pytest.mark.parametrize("arguments", [["--select", "QQQ"], ["--profile", "没有"]])
def test_wrong_words_get_one_sentence(bad: Path, arguments: list[str]) -> None:
    result = run("check", bad, *arguments)
    assert result.exit_code == 2
    assert re.fullmatch(r"错误：[^\n]+\n", result.output)


def test_json_goes_to_the_screen_or_whole_into_a_file(bad: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    on_screen = json.loads(run("check", bad, "--format", "json").stdout)
    assert run("check", bad, "--format", "json", "-o", out).exit_code == 1
    assert json.loads(out.read_text(encoding="utf-8")) == on_screen
    assert set(on_screen) >= {"files", "coverage", "findings"}
    assert not list(tmp_path.glob("*.part"))


def test_a_place_that_cannot_be_written_gets_one_sentence(bad: Path, tmp_path: Path) -> None:
    result = run("check", bad, "--format", "json", "-o", tmp_path / "无此文件夹" / "a.json")
    assert result.exit_code == 2
    assert "写不了" in result.output


def test_several_formats_go_into_one_folder(bad: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", bad, "--format", "json", "--format", "html", "-o", out)
    assert {path.suffix for path in out.iterdir()} == {".json", ".html"}


def test_a_folder_is_its_reports_without_our_own_copies(bad: Path, clean: Path, tmp_path: Path) -> None:
    (tmp_path / f"坏{MARK}.md").write_text(SHORT.format(1), encoding="utf-8")
    (tmp_path / "~$坏.docx").write_bytes(b"lock")
    found = json.loads(run("check", tmp_path, "--format", "json").stdout)
    assert sorted(found["files"]) == sorted([bad.name, clean.name])


def test_comments_can_only_be_written_into_what_has_them(bad: Path) -> None:
    result = run("check", bad, "--format", "docx")
    assert result.exit_code == 2
    assert "没有可以写批注的" in result.output


def test_read_prints_the_contract(bad: Path) -> None:
    told = json.loads(run("read", bad, "--format", "json").stdout)
    assert set(told) == {"file", "format", "tables", "facts", "leftovers"}
    assert told["tables"][0]["columns"][0] == "三级指标"
    assert "1 行 4 列" in run("read", bad).stdout


def test_rules_are_listed_and_explained() -> None:
    assert "TGT001" in run("rule").output
    assert "【依据】" in run("rule", "tgt001").output
    assert run("rule", "TGT998").exit_code == 2
    assert json.loads(run("rule", "--format", "json").output)


def test_a_baseline_is_written_then_respected_then_renewed(bad: Path, tmp_path: Path) -> None:
    kept = tmp_path / "基线.json"
    assert run("check", bad, "--baseline", kept).exit_code == 0
    assert run("check", bad, "--baseline", kept).exit_code == 0
    bad.write_text(SHORT.format(17) + "| 教材（本） | 5 | 4 | 100% |\n", encoding="utf-8")
    assert run("check", bad, "--baseline", kept).exit_code == 1
    assert run("check", bad, "--baseline", kept, "--write-baseline").exit_code == 0
    assert run("check", bad, "--baseline", kept).exit_code == 0
    assert run("check", bad, "--write-baseline").exit_code == 2
    assert run("check", bad, tmp_path / "没有.docx", "--baseline", tmp_path / "新.json").exit_code == 2
    assert not (tmp_path / "新.json").exists()


def test_between_two_drafts_only_what_is_new_decides(bad: Path, clean: Path) -> None:
    told = json.loads(run("check", "--diff", clean, bad, "--format", "json").stdout)
    assert told["counts"]["new"] > 0
    assert run("check", "--diff", clean, bad).exit_code == 1
    assert run("check", "--diff", bad, clean).exit_code == 0
    assert run("check", "--diff", bad, bad).exit_code == 0
    assert run("check", "--diff", bad).exit_code == 2
    lost = run("check", "--diff", bad, bad.with_name("没有.docx"))
    assert (lost.exit_code, lost.stdout) == (2, "")  # what was not read has lost no finding
    assert "没有对照，因为找不到文件" in lost.output
    assert run("check", "--diff", bad, clean, "--format", "json", "--format", "text").exit_code == 2
    assert run("check", "--diff", bad, clean, "--write-baseline").exit_code == 2


def test_exemptions_beside_the_report_are_found_by_themselves(bad: Path, tmp_path: Path) -> None:
    entry = "- 规则: TGT001\n  行: 课程（门）\n  批准人: 林岚\n  原因: 等待发文\n  有效期至: 2099-12-31\n"
    (tmp_path / "台账豁免.yaml").write_text(entry, encoding="utf-8")
    allowed = run("check", bad, "--select", "TGT001,LED")
    assert allowed.exit_code == 0
    assert "按豁免不计的问题 1 个。" in allowed.output
    (tmp_path / "另一份.yaml").write_text("", encoding="utf-8")
    assert run("check", bad, "--exemptions", tmp_path / "另一份.yaml").exit_code == 1
    (tmp_path / "台账豁免.yaml").write_text(entry.replace("  原因: 等待发文\n", ""), encoding="utf-8")
    refused = run("check", bad)
    assert refused.exit_code == 2
    assert re.fullmatch(r"错误：[^\n]+“原因”[^\n]+\n", refused.output)
    (tmp_path / "台账豁免.yaml").write_text(entry.replace("TGT001", "TGT998"), encoding="utf-8")
    assert re.fullmatch(r"错误：[^\n]+第 1 行：没有规则 TGT998[^\n]+\n", run("check", bad).output)


def test_profiles_are_listed_shown_and_chosen(bad: Path) -> None:
    assert "provincial" in run("profile").output
    assert "midterm.ratio = 0.5" in run("profile", "provincial").output
    assert "选用口径：通用" in run("profile", bad).output
    assert run("profile", "没有").exit_code == 2


def test_a_file_is_held_against_the_ledger_and_each_difference_opens(tmp_path: Path) -> None:
    report, data = tmp_path / "自评报告.docx", tmp_path / "快照.json"
    write(selfevaluation(small()), report)
    more = (*small().points, point("2", 2022, 2, "建成工坊 1 个", "建成工坊 1 个"))
    data.write_text(to_json(replace(small(), points=more)), "utf-8")
    told = run("check", report, "--ledger", data, "--select", "LED")
    assert told.exit_code == 1
    assert "全校中期任务点 总数  报告 “5”，台账 “6”" in told.output and "共 6 个，其中 5 个算作完成" in told.output
    renewed = run("refresh", report, "--from", data)
    assert "台账里有、文件里没有的行" in renewed.output and "②建成工坊 1 个" in renewed.output
    assert run("check", report, "--ledger", data, "--select", "LED").exit_code == 0
    assert run("check", report, "--ledger", data, "--format", "json").exit_code == 2


def test_refresh_tells_what_it_changed_and_what_it_left(tmp_path: Path) -> None:
    report, data = tmp_path / "自评报告.docx", tmp_path / "数据.json"
    write(REPORT, report)
    known = Register.of_outline(REPORT)
    data.write_text(known.written(), "utf-8")
    assert run("refresh", report, "--from", data).exit_code == 0
    address = "indicator:1.1.1.1:actual@2024"
    figures = {**known.figures, address: replace(known.figures[address], text="8")}
    data.write_text(Register("b" * 64, figures).written(), "utf-8")
    told = run("refresh", report, "--from", data, "-o", tmp_path / "新.docx")
    assert told.exit_code == 0
    assert "“7” → “8”（2 处）  [indicator:1.1.1.1:actual@2024]" in told.output
    del figures[address]
    data.write_text(Register("c" * 64, figures).written(), "utf-8")
    assert run("refresh", report, "--from", data).exit_code == 1
    assert run("refresh", report, "--from", tmp_path / "没有.json").exit_code == 2
    assert run("refresh", report, "--from", data, "-o", data).exit_code == 2


def test_fill_tells_what_it_filled_and_what_it_left(tmp_path: Path) -> None:
    template, data, out = tmp_path / "模板.docx", tmp_path / "数据.json", tmp_path / "报告.docx"
    data.write_text(Register.of_outline(REPORT).written(), "utf-8")
    assert "{{指标 1.1.1.1 2024年实现值}}  7" in run("fill", "--from", data).output
    write_docx(template, par("建成{{指标 1.1.1.1 2024年实现值}}个"))
    told = run("fill", template, "--from", data, "-o", out)
    assert (told.exit_code, told.output) == (0, "报告.docx：填了 1 处。\n")
    write_docx(template, par("建成{{没有}}个"))
    assert run("fill", template, "--from", data, "-o", out).exit_code == 1
    assert run("fill", template, "--from", data).exit_code == 2
    assert run("fill", template, "--from", data, "-o", template).exit_code == 2


def test_write_makes_a_report_of_a_document_or_of_a_snapshot(bad: Path, tmp_path: Path) -> None:
    first, kept, again = tmp_path / "报告.docx", tmp_path / "快照.json", tmp_path / "再写.docx"
    told = run("write", bad, "-o", first, "--snapshot", kept)
    assert told.exit_code == 0 and "绩效指标 1 个" in told.output
    assert run("write", kept, "-o", again).exit_code == 0
    assert first.read_bytes() == again.read_bytes()  # the same snapshot, the same bytes
    assert run("write", kept, "-k", "issues", "-o", tmp_path / "清单.docx").exit_code == 0
    assert run("write", kept, "-k", "budgetform", "-o", tmp_path / "自评表.xlsx").exit_code == 0
    assert "财预" in run("write", kept, "-k", "list").output


def test_write_says_what_it_cannot_do(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_text("{}", encoding="utf-8")
    out = tmp_path / "报告.docx"
    for words in (
        (bad,),
        (bad, "-o", tmp_path / "报告.txt"),
        (bad, "-k", "没有", "-o", out),
        (tmp_path / "坏.json", "-o", out),
        (bad, "-o", bad),
    ):
        assert run("write", *words).exit_code == 2
    assert not out.exists()
