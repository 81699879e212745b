"""The truth of a sample: the faults planted in it, what follows from them, and what only looks wrong."""

import json
import re
from typing import NamedTuple

from samples.make.stored import stored


class Fault(NamedTuple):
    """A planted fault, in the words of the finding that should tell it."""

    kind: str
    severity: str
    table: str | None
    row: str | None
    text: str
    expected: str
    why_zh: str


class Remark(NamedTuple):
    """A place that is right although it looks wrong (a trap), or wrong only because of a fault elsewhere."""

    table: str | None
    row: str | None
    text: str
    why_zh: str


class Truth(NamedTuple):
    """All that is known of a sample."""

    faults: tuple[Fault, ...]
    consequences: tuple[Remark, ...]
    traps: tuple[Remark, ...]


def truth_of(name: str) -> Truth:
    """The truth that a data file tells: parts “= faults”, “= consequences”, “= traps”, one item a line."""
    faults: list[Fault] = []
    remarks: dict[str, list[Remark]] = {"consequences": [], "traps": []}
    part = ""
    for line in stored(name).splitlines():
        if line.startswith("= "):
            part = line.split()[1]
        elif line and not line.startswith("#"):
            cells = line.split("|")
            table, row = (None if cell == "-" else cell for cell in (cells[2:4] if part == "faults" else cells[:2]))
            if part == "faults":
                faults.append(Fault(cells[0], cells[1], table, row, *cells[4:]))
            else:
                remarks[part].append(Remark(table, row, *cells[2:]))
    return Truth(tuple(faults), tuple(remarks["consequences"]), tuple(remarks["traps"]))


def as_json(file: str, truth: Truth) -> str:
    """The truth as the committed JSON file."""
    content = {
        "file": file,
        "findings": [fault._asdict() for fault in truth.faults],
        "consequences": [remark._asdict() for remark in truth.consequences],
        "traps": [trap._asdict() for trap in truth.traps],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def plain(text: str) -> str:
    """The text without white space and marks of footnotes, for looking up words in a report."""
    return re.sub(r"\s+|\[\^\d\]", "", text)
