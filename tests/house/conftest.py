"""Where things are, for the tests that look at the repository itself."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`module` is each module of the package but for migrations, which Django writes, `test_module` each module of the tests."""
    for name, folder in (("module", "src/taizhang"), ("test_module", "tests")):
        if name in metafunc.fixturenames:
            files = sorted(file for file in (ROOT / folder).rglob("*.py") if file.parent.name != "migrations")
            metafunc.parametrize(name, files, ids=[file.relative_to(ROOT / folder).as_posix() for file in files])


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """The files that git knows; the whole tree where there is no git, as in an unpacked archive."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this is not a git clone, so which files belong to the repository is not known")
    files = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [file for file in files if file.is_file()]
