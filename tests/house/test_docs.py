"""What is written about the code is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.profiles import layers, shipped

CHANGE_HEADINGS = ["破坏性变化", "新增", "修正", "规则"]
IDENTIFIER = re.compile(r"^\| [^|]+ \| `([\w.]+)` \| [^|]+ \|$", re.MULTILINE)
CONVENTION = re.compile(r"^\| (`[^|]+`) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)  # keys, what they say, their file
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def pages(root: Path) -> list[Path]:
    return [
        *root.glob("*.md"),
        *(root / "docs").rglob("*.md"),
        *(root / "bench").glob("*.md"),
        *(root / "samples").glob("*.md"),
    ]


def test_generated_pages_are_up_to_date(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_glossary_words_are_used_in_the_source(root: Path) -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in (root / "src/taizhang").rglob("*.py"))
    words = IDENTIFIER.findall((root / "docs/glossary.md").read_text(encoding="utf-8"))
    assert len(words) > 20
    assert [word for word in words if not re.search(rf"\b{word.rpartition('.')[2]}\b", source)] == []


def test_glossary_gives_one_word_for_one_thing(root: Path) -> None:
    glossary = (root / "docs/glossary.md").read_text(encoding="utf-8")
    words = IDENTIFIER.findall(glossary)
    chinese = re.findall(r"^\| ([^|]+) \| `", glossary, re.MULTILINE)
    assert len(words) == len(set(words))
    assert len(chinese) == len(set(chinese))


def test_changelog_has_its_four_headings(root: Path) -> None:
    sections = re.split(r"^## ", (root / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert sections[0].startswith("Unreleased")
    for section in sections:
        assert re.findall(r"^### (.+)$", section, re.MULTILINE) == CHANGE_HEADINGS


def test_decisions_are_numbered_dated_and_listed(root: Path) -> None:
    folder = root / "docs/decisions"
    files = sorted(file for file in folder.glob("*.md") if file.name != "README.md")
    index = (folder / "README.md").read_text(encoding="utf-8")
    for number, file in enumerate(files, start=1):
        assert file.name.startswith(f"{number:04d}-")
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {number:04d} ")
        assert re.search(r"^\d{4}-\d\d-\d\d$", text, re.MULTILINE)
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Question", "Choice", "Why not the others", "What would change our mind"]
        assert len(text.splitlines()) <= 60
        assert f"({file.name})" in index


def test_links_lead_somewhere(root: Path) -> None:
    dead = [
        f"{page.relative_to(root)}: {target}"
        for page in pages(root)
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_contributing_fits_on_one_page(root: Path) -> None:
    assert len((root / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/architecture.md", "docs/guide/README.md"])
def test_the_pages_a_newcomer_needs_are_there(root: Path, name: str) -> None:
    assert (root / name).exists()


def test_the_json_page_lists_every_kind_of_finding(root: Path) -> None:
    from taizhang.core.finding import Kind

    page = (root / "docs/reference/json.md").read_text(encoding="utf-8")
    assert [kind for kind in Kind if f"`{kind}`" not in page] == []


def test_every_sample_is_described(root: Path) -> None:
    page = (root / "samples/README.md").read_text(encoding="utf-8")
    kept = [file.name for file in (root / "samples").glob("*.*") if file.suffix in {".docx", ".xlsx", ".pdf", ".txt"}]
    assert kept
    assert [name for name in kept if name not in page] == []


def test_every_convention_is_in_the_manual_with_its_file(root: Path) -> None:
    manual = (root / "docs/guide/own-conventions.md").read_text(encoding="utf-8")
    told = {
        key: re.findall(r"`([\w./-]+)`", files)
        for words, files in CONVENTION.findall(manual)
        for key in re.findall(r"`(\w+)`", words)
    }
    general = layers("generic")[0]
    there = {key: [general.file_of(key)] for key in general.sections}
    assert {key: files for key, files in told.items() if key in there} == there
    for name in set(shipped()) - {"generic"}:
        own = layers(name)[-1]
        assert [key for key in own.sections if key not in there and f"{name}.yaml" not in told[key]] == []
