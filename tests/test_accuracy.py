"""How often the checker is right on invented reports does not fall."""

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from corpus import accuracy, floor, make
from corpus.markup import sources
from samples.make.truth import plain

from taizhang.core.finding import Kind, Severity
from taizhang.documents import Cell, Table, read

KEPT = json.loads(floor.FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reports() -> list[accuracy.Report]:
    return accuracy.measure()


@pytest.fixture(scope="module")
def reached(reports: list[accuracy.Report]) -> dict[str, object]:
    return floor.shares(reports)


@pytest.mark.parametrize("name", floor.SHARES)
def test_no_share_falls(name: str, reached: dict[str, float]) -> None:
    assert reached[name] >= KEPT[name]


@pytest.mark.parametrize("name", ["found in report", "found of kind"])
def test_what_was_found_is_still_found(name: str, reached: dict[str, dict[str, int]]) -> None:
    fallen = {key: reached[name].get(key, 0) for key, count in KEPT[name].items() if reached[name].get(key, 0) < count}
    assert fallen == {}


def test_reports_without_faults_are_left_alone(reports: list[accuracy.Report]) -> None:
    told = [
        f"{report.file}: {each.code} {each.message}" for report in reports if not report.faults for each in report.wrong
    ]
    assert len(told) <= KEPT["told of reports without faults"], told


def test_committed_reports_are_what_their_sources_say() -> None:
    made = make.generated()
    assert [name for name, data in made.items() if (make.FOLDER / name).read_bytes() != data] == []


def test_every_place_of_the_truth_can_be_read() -> None:
    lost = []
    for paths, truths in accuracy.groups():
        for path, truth in ((path, truth) for path in paths for truth in truths if truth["file"] == path.name):
            blocks = read(path).blocks
            texts = [accuracy.plain(block.text) for block in blocks if not isinstance(block, Table)]
            cells = {accuracy.plain(cell.text) for block in blocks if isinstance(block, Table) for cell in flat(block)}
            for item in [*truth["findings"], *truth["consequences"], *truth["traps"]]:
                words = accuracy.plain(item["text"])
                places = texts if item["table"] is None and item["row"] is None else [*cells, *texts]
                around = accuracy.plain(item.get("paragraph"))
                if not any(words in place and (not around or around == place) for place in places):
                    lost.append(f"{path.name}: {item['text']}")
    assert lost == []


def flat(table: Table) -> list[Cell]:
    return [cell for row in table.rows for cell in row]


def test_truth_uses_the_words_of_findings() -> None:
    for source in sources():
        assert {fault.kind for fault in source.truth.findings} <= set(Kind)
        assert {fault.severity for fault in source.truth.findings} <= set(Severity)
        assert len(source.truth.findings) == 0 or len(source.truth.findings) >= 5
        assert source.truth.traps


def test_the_corpus_is_wide_and_small() -> None:
    every = sources()
    assert len(every) >= 16
    assert sum(not source.truth.findings for source in every) >= 3
    assert {source.head["format"] for source in every} == {"docx", "xlsx", "pdf", "txt"}
    assert {fault.kind for source in every for fault in source.truth.findings} == set(Kind)
    sizes = [(make.FOLDER / source.file).stat().st_size for source in every]
    assert sum(sizes) < 3_000_000
    assert max(sizes) < 300_000


def test_a_finding_elsewhere_is_not_taken_for_the_planted_one(reports: list[accuracy.Report]) -> None:
    fault = {"kind": "rate_mismatch", "table": "2", "row": "甲", "text": "90%"}
    place = accuracy.Spot("a.docx", "2", plain("乙"), "乙|90%", "", "90%")
    other = accuracy.Spot("a.docx", "3", plain("甲"), "甲|90%", "", "90%")
    right = accuracy.Spot("a.docx", "2", plain("甲"), "甲|90%", "", "90%")
    finding = next(each for report in reports for each in report.right)
    assert [accuracy.points_at(accuracy.Told(finding, (spot,)), "a.docx", fault) for spot in (place, other, right)] == [
        False,
        False,
        True,
    ]
