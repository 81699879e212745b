"""What lies in the repository says nothing of the machine it was written on, and every skip says why."""

import ast
import re
import subprocess
from pathlib import Path

# Put together here, because this file is one of those that are searched.
FOLDERS = ("work", "tmp", "root", "home", "opt")
MACHINE_PATH = re.compile(r"(?<![\w.\-<~/])/(?:" + "|".join(FOLDERS) + r")/\w")
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "npmjs" + ".com", "deb.debian" + ".org")
LARGEST_KILOBYTES = 2048
PROGRAMS = {"Makefile": "make -n help", ".ci/run": "bash -n .ci/run"}


def texts(tracked: list[Path]) -> dict[Path, str]:
    found = {}
    for file in tracked:
        content = file.read_bytes()
        if b"\0" not in content:
            found[file] = content.decode("utf-8")
    return found


def test_no_file_names_a_place_on_a_machine(tracked: list[Path], root: Path) -> None:
    found = [
        f"{file.relative_to(root)}: {hit[0]}"
        for file, text in texts(tracked).items()
        for hit in MACHINE_PATH.finditer(text)
    ]
    assert found == []


def test_no_file_names_a_package_registry(tracked: list[Path], root: Path) -> None:
    assert [str(file.relative_to(root)) for file, text in texts(tracked).items() if any(h in text for h in HOSTS)] == []


def test_locks_hold_versions_and_hashes_and_no_address(root: Path) -> None:
    for name in ("requirements.lock", "bench/requirements.txt"):
        lock = (root / name).read_text(encoding="utf-8")
        assert "://" not in lock
        wanted = re.findall(r"^[a-z0-9][^\n]*$", lock, re.MULTILINE)
        assert wanted
        assert [line for line in wanted if "==" not in line or not line.endswith("\\")] == []


def test_every_dependency_is_locked_and_bounded(root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    parts = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *parts["web"], *project["dependency-groups"]["dev"]]
    assert [each for each in wanted if ">=" not in each] == []
    locked = set(re.findall(r"^([a-z0-9][\w.\-]*)==", (root / "requirements.lock").read_text(), re.MULTILINE))
    assert {re.split(r"[\[>]", each)[0].lower().replace("_", "-") for each in wanted} <= locked


def test_nothing_that_an_installation_makes_is_kept_here(tracked: list[Path], root: Path) -> None:
    made = {".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".log", ".pyc"}
    kept = [file for file in tracked if file.suffix in made or file.name in {"secret-key", "pid", ".env"}]
    assert [str(file.relative_to(root)) for file in kept] == []


def test_files_are_small(tracked: list[Path], root: Path) -> None:
    large = [str(file.relative_to(root)) for file in tracked if file.stat().st_size > LARGEST_KILOBYTES * 1024]
    assert large == []


def test_texts_end_with_one_newline(tracked: list[Path], root: Path) -> None:
    ours = {".py", ".md", ".toml", ".yaml", ".html", ".css", ".js", ".json"}
    kept = root / "samples"
    bad = [
        str(file.relative_to(root))
        for file, text in texts(tracked).items()
        if file.suffix in ours
        and kept not in file.parents
        and text
        and (not text.endswith("\n") or text.endswith("\n\n"))
    ]
    assert bad == []


def test_programs_outside_python_are_well_formed(root: Path) -> None:
    for command in PROGRAMS.values():
        assert subprocess.run(command.split(), cwd=root, capture_output=True, check=False).returncode == 0


def test_every_skip_says_why(test_module: Path) -> None:
    silent = []
    for node in ast.walk(ast.parse(test_module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr == "skip" and ast.unparse(node) == "pytest.mark.skip":
            silent.append(node.lineno)
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name.endswith("pytest.skip") and not node.args and not node.keywords:
                silent.append(node.lineno)
            if name.endswith(("mark.skipif", "mark.xfail")) and "reason" not in {word.arg for word in node.keywords}:
                silent.append(node.lineno)
    assert silent == []
