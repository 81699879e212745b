"""Scope: whose items of which round a view shows, counted once; every chart of the round is made of that count."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Entry, Person, Round, Task, Unit
from taizhang.web.ledger.overview.kept import kept
from taizhang.web.ledger.overview.outcomes import Portion, Reached, point_portions, values


@dataclass
class Scope:
    """The items of a round that a person sees, of one unit and those below it where one is named."""

    person: Person
    round: Round
    day: date
    unit: Unit | None = None

    @cached_property
    def entries(self) -> QuerySet[Entry]:
        """The items themselves."""
        rows = access.visible_entries(self.person).filter(round=self.round)
        return rows.filter(unit__path__startswith=self.unit.path) if self.unit is not None else rows

    @cached_property
    def counted(self) -> tuple[list[Portion], list[Reached]]:
        """All items, counted; kept for as long as nothing in the college's ledger changes."""
        name = f"{self.round.pk}-{self.unit and self.unit.pk}"
        return kept(name, self.person, self.round.programme.college_id, self._counted)

    def _counted(self) -> tuple[list[Portion], list[Reached]]:
        told = values(self.entries)
        portions = chain(point_portions(self.entries), (value.portion for value in told))
        return self._folded(portions), told

    def _folded(self, portions: Iterable[Portion]) -> list[Portion]:
        """The portions by the task at the top of their tree: a few hundred, however many tasks and points there are."""
        tops = self._tops()
        counts: dict[Portion, int] = {}
        for portion in portions:
            alike = replace(portion, task=tops.get(portion.task or 0), count=0)
            counts[alike] = counts.get(alike, 0) + portion.count
        return [replace(alike, count=count) for alike, count in counts.items()]

    def _tops(self) -> dict[int, int]:
        """Of each task, the one at the top of its tree."""
        above = dict(Task.objects.filter(programme=self.round.programme_id).order_by().values_list("pk", "parent"))
        found = {}
        for pk in above:
            top = pk
            while (parent := above[top]) in above:
                top = parent
            found[pk] = top
        return found

    @property
    def portions(self) -> list[Portion]:
        """Points and indicators, counted."""
        return self.counted[0]

    @cached_property
    def tasks(self) -> dict[int, Task]:
        """The tasks at the top of the task book, in its order."""
        return {task.pk: task for task in Task.objects.filter(programme=self.round.programme_id, parent=None)}

    @cached_property
    def units(self) -> dict[int, Unit]:
        """The units that have items, in the order of the unit tree."""
        wanted = {portion.unit for portion in self.portions}
        return {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted).order_by("path")}

    def link(self, **filters: Any) -> str:  # noqa: ANN401 - whatever a filter is called
        """The address of the list of items that these filters leave of the scope."""
        chosen = {"round": self.round.pk, **({"unit": self.unit.pk} if self.unit is not None else {}), **filters}
        return f"{reverse('entries')}?{urlencode({name: value for name, value in chosen.items() if value != ''})}"

    def count(self, rows: Q) -> int:
        """How many of the items are so."""
        return self.entries.filter(rows).count()


def total(portions: Iterable[Portion]) -> int:
    """How many items these are."""
    return sum(portion.count for portion in portions)
