"""Tests lie where the code lies: a module and its mirror are found from each other."""

from pathlib import Path

# Modules without a test module of their own, and where they are tested instead.
TESTED_ELSEWHERE = {
    "core/fact.py": "a value without behaviour",
    "core/ledger.py": "values without behaviour",
    "intake/forms.py": "values; tests/intake/test_form_tables.py reads them out of forms",
    "documents/notes.py": "a value without behaviour",
    "records/reports.py": "a table; tests/records/test_declaration.py refuses what is not in it",
    "web/ledger/management/commands/backup.py": "tests/web/ledger/test_archive.py",
    "web/ledger/management/commands/restore.py": "as backup",
}
# Test modules that are about more than one module.
ABOUT_MORE = {"conftest.py", "strategies.py", "house", "samples", "golden"}


def is_leaf(module: Path) -> bool:
    """Front doors are tested through what they offer; a rule's mirror is its fixture."""
    return module.name in {"__init__.py", "__main__.py"} or module.parent.name == "rules" or is_plain(module)


def is_plain(module: Path) -> bool:
    """Tables, migrations, settings and formats of the site are used by all its tests and have none of their own."""
    folders = {"models", "migrations", "formats", "zh_Hans", "en"}
    return "web" in module.parts and (
        module.parent.name in folders
        or module.name in {"settings.py", "wsgi.py", "apps.py", "trouble.py", "variables.py"}
    )


def mirrors(root: Path, module: Path) -> list[Path]:
    """test_word.py, or test_word_….py where one module has several test modules."""
    place = module.relative_to(root / "src/taizhang")
    folder = root / "tests" / place.parent
    stem = place.stem.strip("_")
    return [*folder.glob(f"test_{stem}.py"), *folder.glob(f"test_{stem}_*.py")]


def test_every_module_has_its_tests(root: Path) -> None:
    alone = {
        module.relative_to(root / "src/taizhang").as_posix()
        for module in (root / "src/taizhang").rglob("*.py")
        if not is_leaf(module) and not mirrors(root, module)
    }
    assert sorted(alone - set(TESTED_ELSEWHERE)) == []


def test_every_exception_is_still_needed(root: Path) -> None:
    source = root / "src/taizhang"
    assert [name for name in TESTED_ELSEWHERE if not (source / name).exists() or mirrors(root, source / name)] == []
