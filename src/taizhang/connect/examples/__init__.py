"""Shipped declarations to begin from, each with rows as the other system would give them."""

from functools import lru_cache
from pathlib import Path

from taizhang.connect.declaration import Connector, declared

_FOLDER = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def names() -> tuple[tuple[str, str], ...]:
    """Each example's key and its name."""
    files = sorted(_FOLDER.glob("*.yaml"))
    return tuple((path.stem, declared(path.read_text(encoding="utf-8"), path.name).name) for path in files)


def text(key: str) -> str:
    """The declaration of that key; empty where there is none."""
    known = {name for name, _title in names()}
    return (_FOLDER / f"{key}.yaml").read_text(encoding="utf-8") if key in known else ""


def example(key: str) -> Connector:
    """The connector that it declares."""
    return declared(text(key), f"{key}.yaml")


def sample(key: str) -> bytes:
    """Rows as the other system would give them: CSV for files and databases, JSON for answers."""
    return next(_FOLDER.glob(f"{key}.sample.*")).read_bytes()
