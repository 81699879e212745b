"""Facts of plain sentences, written as the fixture writes them."""

from collections.abc import Callable, Iterable

import pytest

from taizhang.core.fact import Fact
from taizhang.core.quantity import Bound
from taizhang.core.source import Source
from taizhang.documents.blocks import Paragraph, Piece
from taizhang.intake.facts import prose_facts
from taizhang.profiles import load

SIGNS = {Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤", Bound.MORE_THAN: ">", Bound.NEARLY: "<~", Bound.ABOUT: "~"}


def written(fact: Fact) -> str:
    quantity = fact.quantity
    upper = "" if quantity.upper is None else f"-{quantity.upper}"
    return f"{SIGNS.get(quantity.bound, '')}{quantity.value}{upper} {quantity.unit}"


@pytest.fixture(scope="session")
def facts_of() -> Callable[[str], list[Fact]]:
    """The facts of a paragraph that stands in line 1 of a text."""

    def read(text: str) -> list[Fact]:
        return list(prose_facts(Paragraph(text, (Piece(0, Source("r.txt", line=1, start=0)),)), load()))

    return read


@pytest.fixture(scope="session")
def listed() -> Callable[[Iterable[Fact]], str]:
    """Facts as the fixture writes them: “≥3 门；120 人”."""
    return lambda facts: "；".join(map(written, facts)) or "无"
