"""The systems, platforms and mechanisms that reports tell of, and what of ours serves each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from taizhang.connect.noted import Noted

_FILE = Path(__file__).resolve().parent / "systems.yaml"


class Server(StrEnum):
    """By what a system is served."""

    PAGE = "page"
    KIND = "kind"
    CONNECTOR = "connector"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system: its number, its name, what serves it, how a college does it, and the fields that a record of it has."""

    number: str
    name: str
    chapter: str
    by: tuple[tuple[Server, str], ...]
    how: str
    fields: Mapping[str, str]


@lru_cache(maxsize=1)
def systems() -> tuple[System, ...]:
    """All of them, in order."""
    root = Noted.parsed(_FILE.read_text(encoding="utf-8"), _FILE.name)
    return tuple(_system(chapter, each) for chapter, part in root.table().items() for each in part.parts())


def _system(chapter: str, part: Noted) -> System:
    table = part.table("id", "name", "by", "how", "with")
    return System(
        number=table["id"].text(), name=table["name"].text(), chapter=chapter, how=table["how"].text(),
        by=tuple(_served(each) for each in table["by"].parts()),
        fields={key: each.text() for key, each in table["with"].table().items()} if "with" in table else {},
    )  # fmt: skip


def _served(part: Noted) -> tuple[Server, str]:
    server, _, name = part.text().partition(":")
    if server not in tuple(Server) or not name:
        raise part.wrong("这里应是 page:、kind: 或 connector: 开头的一个名称。")
    return Server(server), name
