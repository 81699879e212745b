"""What a snapshot cites: every piece of evidence that an item of it rests on, with the items that do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.reports.snapshot import Evidence, Snapshot

_LONGEST = 60  # characters of an item in the indexes: enough to know it by


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece and what cites it. Where an item only names its evidence, the piece has no SHA-256."""

    evidence: Evidence
    items: tuple[str, ...] = ()


def cited(snapshot: Snapshot) -> list[Cited]:
    """Every piece by number, then what items name without a file of the ledger behind it."""
    called: dict[str, set[str]] = {}
    for each in snapshot.evidence:
        for name in (each.number, each.title):
            called.setdefault(name, set()).add(each.number)
    items: dict[str, list[str]] = {each.number: [] for each in snapshot.evidence}
    named: dict[str, list[str]] = {}
    for name, item in _citations(snapshot):
        numbers = [name] if name in items else sorted(called.get(name, ()))
        for number in numbers:
            items[number].append(item)
        if not numbers:
            named.setdefault(name, []).append(item)
    pieces = sorted(snapshot.evidence, key=lambda each: _natural(each.number))
    return [
        *(Cited(each, _once(items[each.number])) for each in pieces),
        *(Cited(Evidence(number="", title=name), _once(found)) for name, found in named.items()),
    ]


def _citations(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """The name of a piece and what cites it, one by one."""
    pages = {(each.ref, each.number): f"（第 {each.pages} 页）" for each in snapshot.citings}
    for point in snapshot.points:
        item = _short(f"{point.task} {point.year} 年第 {point.ordinal} 项 {point.plan}")
        for name in point.evidence:
            yield name, f"{item}{pages.get((point.ref, name), '')}"
    for indicator in snapshot.indicators:
        for name in indicator.evidence:
            yield name, f"{_short(indicator.title)}{pages.get((indicator.ref, name), '')}"
    for each in snapshot.records:
        for mention in each.record.evidence:
            page = f"（第 {mention.page} 页）" if mention.page else ""
            yield mention.title, f"{_short(f'{each.kind} {each.record.title}')}{page}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _once(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _natural(number: str) -> list[tuple[int, str]]:
    """So that 1-1-2024-1-10 comes after 1-1-2024-1-9."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"\d+|\D+", number)]
