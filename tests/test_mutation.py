"""One thing changed in a report without faults is found, and nothing else is told."""

import json
import random
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from corpus import floor, mutation

from taizhang.documents import read

KEPT = json.loads(floor.FILE.read_text(encoding="utf-8"))["mutation"]


@pytest.fixture(scope="module")
def outcomes() -> list[mutation.Outcome]:
    return floor.bounded_run()


def told(outcome: mutation.Outcome) -> str:
    place, text = outcome.change.edits[0]
    return f"{outcome.file} {outcome.change.kind}: {place.text} → {text}"


def test_changes_that_can_be_known_wrong_are_found(outcomes: list[mutation.Outcome]) -> None:
    missed = [told(each) for each in outcomes if each.change.knowable and not each.found]
    assert floor.mutation_shares(outcomes)["found"] >= KEPT["found"], missed


def test_a_change_raises_nothing_elsewhere(outcomes: list[mutation.Outcome]) -> None:
    loud = [f"{told(each)}: {each.alarms[0].code}" for each in outcomes if each.alarms]
    assert floor.mutation_shares(outcomes)["alarms"] <= KEPT["alarms"], loud


def test_every_kind_of_change_is_made(outcomes: list[mutation.Outcome]) -> None:
    assert {each.change.kind for each in outcomes} >= {"rate", "total", "caption", "unit", "level word", "state word"}


def test_a_report_is_put_back_as_it_was() -> None:
    file = mutation.CLEAN[1]
    document, untouched = read(file), read(file)
    for change in list(mutation.changes(document, random.Random(3)))[:8]:  # noqa: S311 - a repeatable choice
        mutation.outcome_of(document, set(), change)
    assert document == untouched


def test_a_changed_number_is_another_number_of_the_same_form() -> None:
    for text in ("97.5%", "100%", "3", "10490", "6.25"):
        changed = mutation.other(text, random.Random(1))  # noqa: S311 - a repeatable choice
        assert changed != text
        assert changed.endswith("%") == text.endswith("%")
        assert len(changed.partition(".")[2]) == len(text.partition(".")[2])
