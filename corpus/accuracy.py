"""How often the checker is right: its findings held against the truth of invented reports.

A planted fault is found where a finding of the same family of kinds points at it: the same table and row, or the
same running text with the words or the number in question; the related places of a finding count as well.
A finding told as error or warning is true where it points at a planted fault or at something that follows from one.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from taizhang.checks import Result, check_files
from taizhang.core.finding import Finding, Severity
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Heading, Paragraph, Table

ROOT = Path(__file__).resolve().parents[1]
FAMILIES = (
    {"sum_mismatch", "count_mismatch", "contradiction", "cross_document", "unit_or_period", "growth_mismatch"},
    {"rate_mismatch", "below_target_claimed_done", "qualitative_for_quantitative", "midterm_target_rule"}
    | {"missing_reason", "over_precision", "score_mismatch"},
    {"plan_actual_mismatch"},
    {"label_error", "caption_error", "duplicate_number"},
)
"""Kinds that careful people use for the same fault."""

SERIOUS = (Severity.ERROR, Severity.WARNING)
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_CODE = re.compile(r"\d+(?:\.\d+){2,}")
_POINT = re.compile(r"20\d\d[①-⑳]")


def plain(text: str | None) -> str:
    """The text without white space, quotation marks and differences of width."""
    return re.sub(r"[\s“”\"'‘’]+", "", unicodedata.normalize("NFKC", text or ""))


class Spot(NamedTuple):
    """A place that a finding points at."""

    file: str
    table: str
    row: str
    cells: str
    around: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with the places it points at."""

    finding: Finding
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the truth of one file and the findings about it come to.

    `right` and `wrong` are what is told as error or warning; `trapped` of the wrong ones stand at a trap, `exact` of
    the right ones are of the planted fault's family as well.
    """

    file: str
    faults: tuple[dict[str, Any], ...]
    found: tuple[dict[str, Any], ...]
    right: tuple[Finding, ...]
    wrong: tuple[Finding, ...]
    trapped: int
    exact: int = 0

    @property
    def missed(self) -> list[dict[str, Any]]:
        """The planted faults that nothing points at."""
        return [fault for fault in self.faults if not any(fault is other for other in self.found)]


class _Places:
    """Finds the running text or the table that a source of a document lies in."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._texts: dict[tuple[object, ...], list[tuple[int, str]]] = {}
        self._tables: dict[str, list[Table]] = {}
        for document in documents:
            self._tables[document.file] = document.tables
            for block in document.blocks:
                if isinstance(block, Heading | Paragraph):
                    for piece in block.pieces:
                        key = self._key(piece.source)
                        self._texts.setdefault(key, []).append((piece.source.start or 0, block.text))
                elif block.label is not None:
                    for piece in block.label.pieces:
                        self._texts.setdefault(self._key(piece.source), []).append((0, block.label.text))
        for texts in self._texts.values():
            texts.sort(key=lambda each: each[0])

    @staticmethod
    def _key(source: Source) -> tuple[object, ...]:
        return (source.file, source.page, source.line, source.paragraph, source.sheet, source.cell)

    def spot(self, source: Source, text: str, table: str | None = None, row: str | None = None) -> Spot:
        """The place with its surroundings, made plain."""
        cells = around = ""
        tables = self._tables.get(source.file, [])
        if source.table is not None and 0 < source.table <= len(tables):
            whole = tables[source.table - 1]
            table = table or whole.name
            if source.row is not None and 0 < source.row <= len(whole.body):
                cells = "|".join(cell.text for cell in whole.body[source.row - 1])
        else:
            texts = self._texts.get(self._key(source), [])
            before = [each for start, each in texts if start <= (source.start or 0)]
            around = (before or [each for _, each in texts] or [""])[-1]
        return Spot(source.file, plain(table), plain(row), plain(cells), plain(around), plain(text))


def told_by(result: Result) -> list[Told]:
    """Every finding of a run with the places it points at."""
    places = _Places(result.documents)
    every = []
    for finding in result.findings:
        first = places.spot(finding.source, finding.text, finding.table, finding.row)
        more = [places.spot(each.source, each.text) for each in finding.related]
        every.append(Told(finding, (first, *more)))
    return every


def family(kind: str) -> int | None:
    """Which family a kind belongs to."""
    return next((index for index, kinds in enumerate(FAMILIES) if kind in kinds), None)


def points_at(told: Told, file: str, item: dict[str, Any]) -> bool:
    """Whether a finding points at a place of the truth."""
    return any(spot.file == file and _same_place(spot, told.finding, item) for spot in told.spots)


def meets(told: Told, file: str, fault: dict[str, Any]) -> bool:
    """Whether a finding tells a planted fault."""
    ours, theirs = family(fault["kind"]), family(told.finding.kind.value)
    return (ours is None or theirs is None or ours == theirs) and points_at(told, file, fault)


def _same_place(spot: Spot, finding: Finding, item: dict[str, Any]) -> bool:
    words = plain(item["text"])
    said = _overlaps(words, spot.text) or _said(words, finding)
    if item["table"] is None and item["row"] is None:
        if spot.table:
            return False
        around = plain(item.get("paragraph"))
        there = around in spot.around or spot.around in around if around and spot.around else words in spot.around
        return there and said
    if item["table"] is not None and not spot.table and spot.cells and item["row"] is not None:
        # A table that the reader could not name: its row and its words must do.
        return said and _same_row(item["row"], words, spot, finding)
    if item["table"] is not None and not _same_table(plain(item["table"]), spot.table):
        return False
    if item["row"] is None:
        return said
    return _same_row(item["row"], words, spot, finding) or (len(words) > 4 and _overlaps(words, spot.text))


def _overlaps(words: str, text: str) -> bool:
    return bool(text) and (words in text or text in words)


def _said(words: str, finding: Finding) -> bool:
    """Whether the number in question (or the words) stands in what the finding says."""
    message = plain(finding.message)
    number = _NUMBER.search(words)
    if number is None:
        return words in message
    return number[0] in _NUMBER.findall(message)


def _same_table(name: str, other: str) -> bool:
    return bool(other) and (name == other or (len(name) > 4 and (name in other or other in name)))


def _same_row(label: str, words: str, spot: Spot, finding: Finding) -> bool:
    name = plain(label)
    point = _POINT.search(label)
    if point:
        ordinal = plain(point[0][4:])
        row = plain(finding.row).replace("年", "")
        return name in row or ordinal == row or (_has_ordinal(label, spot.cells) and words in spot.cells)
    codes = _CODE.match(name), _CODE.match(spot.row)
    if codes[0] and codes[1]:
        return codes[0][0] == codes[1][0]
    if spot.row and (name in spot.row or spot.row in name):
        return True
    return any(name == cell or (len(name) > 3 and name in cell) for cell in spot.cells.split("|"))


def _has_ordinal(label: str, cells: str) -> bool:
    return any(cell == plain(label[-1]) for cell in cells.split("|"))


def compared(file: str, truth: dict[str, Any], told: Sequence[Told]) -> Report:
    """The truth of one file against the findings of its run."""
    faults = tuple(truth["findings"])
    own = [each for each in told if each.finding.source.file == file and each.finding.severity in SERIOUS]
    found = tuple(fault for fault in faults if any(meets(each, file, fault) for each in told))
    known = [*faults, *truth["consequences"]]
    right = [each for each in own if any(points_at(each, file, item) for item in known)]
    wrong = [each for each in own if each not in right]
    trapped = sum(any(points_at(each, file, trap) for trap in truth["traps"]) for each in wrong)
    exact = sum(
        any(meets(each, file, fault) for fault in faults)
        or any(points_at(each, file, item) for item in truth["consequences"])
        for each in right
    )
    told_right, told_wrong = (tuple(each.finding for each in some) for some in (right, wrong))
    return Report(file, faults, found, told_right, told_wrong, trapped, exact)


def groups() -> Iterator[tuple[list[Path], list[dict[str, Any]]]]:
    """Files that are checked together, with the truth of each."""
    for folder in (ROOT / "corpus", ROOT / "samples"):
        truths = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "truth").glob("*.json"))]
        done: set[str] = set()
        for truth in truths:
            if truth["file"] in done:
                continue
            files = [truth["file"], *truth.get("together", [])]
            done |= set(files)
            yield [folder / file for file in files], [other for other in truths if other["file"] in files]


def traps() -> int:
    """How many places only look wrong."""
    return sum(len(truth["traps"]) for _, truths in groups() for truth in truths)


def measure() -> list[Report]:
    """Check every report whose truth is known, sister reports together."""
    reports = []
    for paths, truths in groups():
        result = check_files(paths)
        told = told_by(result)
        for truth in truths:
            elsewhere = [each for each in told if each.finding.source.file != truth["file"]]
            own = [each for each in told if each.finding.source.file == truth["file"]]
            reports.append(_across(compared(truth["file"], truth, [*own, *elsewhere]), truths, told))
    return reports


def _across(report: Report, truths: Sequence[dict[str, Any]], told: Sequence[Told]) -> Report:
    """A finding is true as well where it points at a fault of a sister report."""
    items = [(truth["file"], item) for truth in truths for part in ("findings", "consequences") for item in truth[part]]
    excused = [
        each.finding
        for each in told
        if each.finding in report.wrong and any(points_at(each, file, item) for file, item in items)
    ]
    wrong = tuple(finding for finding in report.wrong if finding not in excused)
    return replace(report, right=(*report.right, *excused), wrong=wrong, exact=report.exact + len(excused))


class Figures(NamedTuple):
    """Planted faults and those found; findings told as error or warning and those that are true."""

    planted: int
    found: int
    told: int
    true: int

    @property
    def recall(self) -> float:
        """The share of planted faults that are found; 1 where nothing was planted."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """The share of told findings that are true; 1 where nothing was told."""
        return self.true / self.told if self.told else 1.0


def figures(reports: Iterable[Report], severities: Sequence[str] = ("error", "warning", "info")) -> Figures:
    """The sums over reports, of planted faults with these severities."""
    planted = found = told = true = 0
    for report in reports:
        planted += sum(fault["severity"] in severities for fault in report.faults)
        found += sum(fault["severity"] in severities for fault in report.found)
        right = sum(finding.severity.value in severities for finding in report.right)
        told += right + sum(finding.severity.value in severities for finding in report.wrong)
        true += right
    return Figures(planted, found, told, true)


def by_kind(reports: Iterable[Report]) -> dict[str, tuple[int, int]]:
    """For each kind the faults planted and found, the most frequent first."""
    reports = list(reports)
    planted = Counter(fault["kind"] for report in reports for fault in report.faults)
    found = Counter(fault["kind"] for report in reports for fault in report.found)
    return {kind: (count, found[kind]) for kind, count in planted.most_common()}


def by_code(reports: Iterable[Report]) -> dict[str, tuple[int, int]]:
    """For each rule the findings told as error or warning, and those of them that are true."""
    reports = list(reports)
    right = Counter(finding.code for report in reports for finding in report.right)
    wrong = Counter(finding.code for report in reports for finding in report.wrong)
    return {code: (right[code] + wrong[code], right[code]) for code in sorted(right | wrong)}
