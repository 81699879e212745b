"""Linking measured on the labelled pairs of the source reports, where they lie beside this clone."""

import json
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from taizhang.core.quantity import Quantity
from taizhang.documents import read
from taizhang.intake.matching import Matcher, Relation, agree
from taizhang.intake.origins import Origins
from taizhang.intake.reading import reading_of
from taizhang.intake.statements import Collector, Role, Statement
from taizhang.intake.wording import Words
from taizhang.profiles import Profile, load

SHARED = Path(__file__).resolve().parents[2] / "../shared"
GOAL = 0.9
PAIRED = {"contradiction", "agreement"}


class Linking(NamedTuple):
    """The statements of all reports and who is linked with whom."""

    statements: list[Statement]
    documents: list[str]
    linked: set[frozenset[int]]
    profile: Profile


@pytest.fixture(scope="module")
def linking() -> Linking:
    files = sorted((SHARED / "seeds").glob("*.txt"))
    if not files:
        pytest.skip("../shared with the source reports is not beside this clone")
    profile = load()
    readings = [reading_of(read(file), profile) for file in files]
    collector = Collector(profile, Words(profile))
    statements = [each for place, reading in enumerate(readings) for each in collector.statements(reading, place)]
    matcher = Matcher(statements, Origins.among([reading.document for reading in readings]).groups)
    linked = {
        frozenset((id(each), id(link.other)))
        for each in statements
        for link in matcher.links(each)
        if link.relation is Relation.SAME
    }
    return Linking(statements, [file.name[:3] for file in files], linked, profile)


def at(linking: Linking, place: dict[str, Any]) -> list[Statement]:
    """The statements with the value that a labelled place names, on its line or the one beside."""
    if place.get("value") is None or not isinstance(place["value"], int | float):
        return []
    quantity = Quantity(Decimal(str(place["value"])), place.get("unit") or "")
    value, _ = linking.profile.catalogue.normal(quantity)
    return [
        each
        for each in linking.statements
        if linking.documents[each.document] == place["doc"]
        and each.source.line is not None
        and abs(each.source.line - place["line"]) <= 2
        and value in {each.value, each.quantity.value}
        and each.role not in {Role.TARGET, Role.PLAN}
    ]


def test_linking_reaches_its_goal(linking: Linking) -> None:
    gold = json.loads((SHARED / "gold/findings_cross.json").read_text(encoding="utf-8"))
    found = missed = wrong = 0
    for entry in gold:
        places = [(place, at(linking, place)) for place in entry["places"]]
        for (one, ones), (other, others) in combinations(places, 2):
            pairs = [(a, b) for a in ones for b in others if a is not b and a.dimension == b.dimension]
            if not pairs or (one["line"] == other["line"] and one["doc"] == other["doc"]):
                continue
            is_linked = any(frozenset((id(a), id(b))) in linking.linked for a, b in pairs)
            if entry["link"] == "different":
                wrong += is_linked
            elif entry["link"] == "same" and entry["kind"] in PAIRED and _is_one_fact(entry, pairs):
                found += is_linked
                missed += not is_linked
    f1 = 2 * found / (2 * found + missed + wrong)
    assert f1 >= GOAL, f"found {found}, missed {missed}, wrong {wrong}, F1 {f1:.3f}"


def _is_one_fact(entry: dict[str, Any], pairs: list[tuple[Statement, Statement]]) -> bool:
    """Whether two labelled places give one figure: equal, or unequal where the label says contradiction."""
    return entry["kind"] == "contradiction" or any(agree(a, b) for a, b in pairs)
