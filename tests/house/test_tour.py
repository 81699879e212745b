"""The commands in the README files and in the guide run, and print what is shown there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from report_snapshots import small
from taizhang.reports.snapshot import to_json

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs/guide").glob("*.md"))]
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
YAML = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
# The reports that the pages speak of, each with the pattern of the sample that takes its place.
SAMPLES = ("自评报告*.docx", "*.docx")


def steps() -> dict[str, list[str]]:
    """Each command once, with the lines of output shown under it."""
    found: dict[str, list[str]] = {}
    for page in PAGES:
        for block in BLOCK.findall(page.read_text(encoding="utf-8")) if page.exists() else []:
            command = None
            for line in block.splitlines():
                if re.match(r"(\$ )?taizhang( |$)", line):
                    command = line.removeprefix("$ ").split("  #")[0].strip()
                    # A word in capitals stands for something the reader chooses; such a line is a form, not a step.
                    command = None if re.search(r"\b[A-Z]{4,}\b|…|\[", command) else command
                    found.setdefault(command, []) if command else None
                elif line.startswith("$ ") or not line.strip():
                    command = command if not line.strip() else None
                elif command:
                    found[command].append(line)
    return found


STEPS = steps()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the samples, and one of them under the names that the guide uses."""
    if not (ROOT / "samples").exists():
        pytest.skip("there are no samples to run the tour on")
    shutil.copytree(ROOT / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    reports = [file for pattern in SAMPLES for file in sorted((tmp_path / "samples").glob(pattern))]
    assert reports, "the tour needs a sample report: samples/*.docx"
    for name in ("自评报告.docx", "旧稿.docx", "新稿.docx"):
        shutil.copy(reports[0], tmp_path / name)
    conventions = (ROOT / "docs/guide/own-conventions.md").read_text(encoding="utf-8")
    (tmp_path / "本校.yaml").write_text("".join(YAML.findall(conventions)), encoding="utf-8")
    kinds = (ROOT / "docs/guide/record-kinds.md").read_text(encoding="utf-8")
    for text in YAML.findall(kinds):
        name = text.partition("\n")[0].removeprefix("# ")  # such a block begins with the name of its file
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "快照.json").write_text(to_json(small()), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", STEPS)
def test_command_does_what_the_page_shows(command: str, desk: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80", "PYTHONUTF8": "1"}
    done = subprocess.run(command, shell=True, cwd=desk, env=environment, capture_output=True, text=True, check=False)  # noqa: S602 (a line of our own page, as a reader would type it)
    assert done.returncode in {0, 1}, done.stderr
    printed = {" ".join(line.split()) for line in (done.stdout + done.stderr).splitlines()}
    shown = [" ".join(line.split()) for line in STEPS[command] if line.strip() not in {"", "…", "..."}]
    assert [line for line in shown if line not in printed] == []


def test_there_is_a_tour() -> None:
    assert STEPS
