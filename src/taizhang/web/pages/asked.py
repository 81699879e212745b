"""What the address of a list asks for: whatever the list is of, its choices and its page are in the query string."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Self, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet

from taizhang.web.ledger.models import Person
from taizhang.web.pages.asking import page_in

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Row]):
    """One page of a list: its rows, whether another follows, and how many there are as far as that is said."""

    rows: list[Row]
    has_next: bool
    count: int
    is_longer: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and by whom. A choice that means nothing is left out, not an error."""

    person: Person
    chosen: Mapping[str, str]
    page: int = 1

    @classmethod
    def among(cls, person: Person, query: Mapping[str, str], *names: str) -> Self:
        """The list that a query string asks for by these names."""
        chosen = {name: text for name in names if (text := query.get(name, "").strip()[:200])}
        return cls(person, chosen, page_in(query))

    @property
    def address(self) -> str:
        """The query string of this list without its page."""
        return urlencode(self.chosen)

    def leaf(self, found: QuerySet[Row], whole: QuerySet[Row], size: int, counted: int) -> Leaf[Row]:
        """The page asked for of what was found; `whole` reads its rows, a list longer than `counted` is said to be longer.

        They are found by their ids, which the indexes hold, and counted on the same walk: however far the page lies,
        only its own rows are read.
        """
        first = (self.page - 1) * size
        keys = list(found.values_list("pk", flat=True)[first : max(first + size, counted) + 1])
        count = first + len(keys)
        if first and not keys:  # a page beyond the end says nothing of where the end is
            count = found.order_by()[: counted + 1].count()
        rows = whole.in_bulk(keys[:size])
        # What was deleted between the two questions is not there.
        there = [rows[key] for key in keys[:size] if key in rows]
        return Leaf(there, len(keys) > size, min(count, counted), count > counted)
