"""A rule is three files of one name: the rule, its fixture, its page."""

import re
from pathlib import Path

import pytest


@pytest.fixture
def stems(root: Path) -> set[str]:
    """The catalogue is the folder; a leading underscore marks what a family shares."""
    return {file.stem for file in (root / "src/taizhang/checks/rules").glob("*.py") if not file.stem.startswith("_")}


def test_rule_files_are_named_by_code_and_fault(stems: set[str]) -> None:
    assert [stem for stem in stems if not re.fullmatch(r"[a-z]{3}\d{3}_[a-z0-9_]+", stem)] == []


def test_codes_are_given_once(stems: set[str]) -> None:
    codes = [stem[:6] for stem in sorted(stems)]
    assert len(codes) == len(set(codes))


def test_every_rule_has_a_fixture_and_every_fixture_a_rule(root: Path, stems: set[str]) -> None:
    assert {file.stem for file in (root / "tests/checks/rules").glob("*.md")} == stems


def test_every_rule_has_a_page_and_every_page_a_rule(root: Path, stems: set[str]) -> None:
    pages = {file.stem for file in (root / "docs/reference/rules").glob("*.md")} - {"README"}
    assert pages == {stem[:6].upper() for stem in stems}
