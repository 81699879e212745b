"""What every test may ask for: small, repeatable property tests, and expected files that `make golden` rewrites."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Repeatable and small, so that a red test is red again tomorrow and the suite stays fast; `make fuzz` searches.
settings.register_profile(
    "house", max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile("fuzz", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("house")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the expected files instead of comparing")
    parser.addoption(
        "--pictures", action="store_true", help="rewrite the pictures of the docs from the demonstration site"
    )


@pytest.fixture
def rewrites_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden"))


@pytest.fixture
def rewrites_pictures(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--pictures"))


@pytest.fixture
def golden(rewrites_golden: bool) -> Callable[[str, str], None]:
    """Compare a text with tests/golden/NAME, or write it there."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if rewrites_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"tests/golden/{name} is missing: run `make golden` and read the diff"
        assert text == path.read_text(encoding="utf-8")

    return compare
