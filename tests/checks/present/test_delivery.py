"""Each form goes where it was asked for, whole or not at all."""

import json
from pathlib import Path

import pytest

from taizhang.checks import Result, check_files
from taizhang.checks.comparison import compare
from taizhang.checks.present.delivery import Voice, deliver, deliver_comparison, put
from taizhang.cli import FORMATS
from taizhang.core.errors import UsageError


class Ear:
    """Hears what is spoken."""

    def __init__(self) -> None:
        self.screen: list[str] = []
        self.aside: list[str] = []
        self.voice = Voice(self.screen.append, self.aside.append)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "自评.md"
    path.write_text(
        "| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|\n| 课程（门） | 20 | 17 | 100% |\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def result(report: Path) -> Result:
    return check_files([report])


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in {"docx", "pdf"}])
def test_every_form_can_be_written_and_tells_the_coverage(
    form: str, result: Result, report: Path, tmp_path: Path, ear: Ear
) -> None:
    out = tmp_path / "结果"
    deliver(result, [report], [form], out, ear.voice)
    assert out.stat().st_size
    assert ear.aside == [f"已写出 {out}"]
    assert ear.screen == []
    if form not in {"xlsx", "json"}:
        assert "读到数字" in out.read_text(encoding="utf-8").replace("\n", "")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_what_programs_read_goes_to_the_screen(form: str, result: Result, report: Path, ear: Ear) -> None:
    deliver(result, [report], [form], None, ear.voice)
    assert json.loads("".join(ear.screen))


def test_what_no_screen_shows_goes_beside_the_report(result: Result, report: Path, ear: Ear) -> None:
    deliver(result, [report], ["xlsx", "html"], None, ear.voice)
    assert {path.name for path in report.parent.iterdir()} == {
        "自评.md",
        "自评（台账检查）.xlsx",
        "自评（台账检查）.html",
    }


def test_what_tells_of_several_reports_is_not_named_after_one(result: Result, report: Path, ear: Ear) -> None:
    deliver(result, [report, report.with_name("姊妹.md")], ["xlsx"], None, ear.voice)
    assert [path.name for path in report.parent.glob("*.xlsx")] == ["2 份报告（台账检查）.xlsx"]


def test_several_forms_fill_a_folder(result: Result, report: Path, tmp_path: Path, ear: Ear) -> None:
    deliver(result, [report], ["json", "sarif", "xlsx", "json"], tmp_path / "out", ear.voice)
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".json", ".sarif", ".xlsx"}


def test_a_file_cannot_serve_as_folder(result: Result, report: Path, ear: Ear) -> None:
    with pytest.raises(UsageError, match="文件夹"):
        deliver(result, [report], ["json", "sarif"], report, ear.voice)


def test_nothing_half_written_is_left(tmp_path: Path, ear: Ear) -> None:
    with pytest.raises(UsageError, match="写不了"):
        put(b"x", tmp_path / "没有" / "a.json", ear.voice)
    assert list(tmp_path.iterdir()) == []


def test_two_drafts_as_text_and_as_json(result: Result, ear: Ear, tmp_path: Path) -> None:
    seen = compare(result, result)
    deliver_comparison(seen, "json", None, ear.voice)
    assert json.loads(ear.screen[0])["counts"] == {"new": 0, "gone": 0, "still": len(result.findings)}
    deliver_comparison(seen, "text", tmp_path / "对照.txt", ear.voice)
    assert f"新出现 0 · 已经没有 0 · 仍然存在 {len(result.findings)}" in (tmp_path / "对照.txt").read_text(
        encoding="utf-8"
    )
    with pytest.raises(UsageError, match="xlsx"):
        deliver_comparison(seen, "xlsx", None, ear.voice)
