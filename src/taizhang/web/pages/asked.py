"""What the address of a list asks for: whatever the list is of, its choices and its page are in the query string."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from taizhang.web.ledger.models import Person
from taizhang.web.pages.asking import page_in


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
