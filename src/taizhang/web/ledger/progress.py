"""How far a round has come: items by unit, by task and by stage, as far as the person sees them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Entry, Person, Round, Stage, Task, Unit
from taizhang.web.ledger.owed import late

_HANDED_IN = frozenset({Stage.SUBMITTED, Stage.DEPARTMENT, Stage.TEAM, Stage.APPROVED, Stage.LOCKED})


@dataclass(slots=True)
class Progress:
    """A name, the key by which a list is filtered for it, and its items by stage."""

    name: str
    key: int | str
    stages: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    late: int = 0

    @property
    def total(self) -> int:
        """All items."""
        return sum(self.stages.values())

    @property
    def handed_in(self) -> int:
        """Items that their reporters have let go of."""
        return sum(count for stage, count in self.stages.items() if stage in _HANDED_IN)

    @property
    def locked(self) -> int:
        """Items fixed for good."""
        return self.stages.get(Stage.LOCKED, 0)

    @property
    def share(self) -> int:
        """The handed-in share in whole per cent, rounded down: 100 only when nothing is left."""
        return self.handed_in * 100 // self.total if self.total else 0

    @property
    def locked_share(self) -> int:
        """The locked share, in the same way."""
        return self.locked * 100 // self.total if self.total else 0

    @property
    def cells(self) -> list[tuple[str, int]]:
        """How many items are at each stage, in order."""
        return [(stage, self.stages.get(stage, 0)) for stage in Stage.values]


def by_unit(person: Person, round_: Round, day: date) -> list[Progress]:
    """Each unit that has items, in the order of the unit tree."""
    rows = access.visible_entries(person).filter(round=round_)
    names = Unit.objects.order_by("path").values_list("pk", "name")
    return _grouped(rows, "unit", names, late(round_, day))


def by_task(person: Person, round_: Round, day: date) -> list[Progress]:
    """Each task that has points, in the order of the task book."""
    rows = access.visible_entries(person).filter(round=round_, point__isnull=False)
    names = Task.objects.order_by("position", "pk").values_list("pk", "code", "name")
    return _grouped(rows, "point__task", names, late(round_, day))


def _grouped(rows: QuerySet[Entry], what: str, names: Any, overdue: Q) -> list[Progress]:  # noqa: ANN401 - a queryset of tuples
    """Counted by ids alone, which the indexes hold; the few names are asked for afterwards."""
    counted: dict[int, dict[str, int]] = {}
    for key, stage, count in rows.order_by().values_list(what, "stage").annotate(Count("pk")):
        counted.setdefault(key, {})[stage] = count
    late_ones = dict(rows.filter(overdue).order_by().values_list(what).annotate(Count("pk")))
    found = []
    for key, *title in names.filter(pk__in=counted):
        group = Progress(" ".join(title), key, late=late_ones.get(key, 0))
        group.stages.update(counted[key])
        found.append(group)
    return found


def whole(groups: Iterable[Progress], name: str) -> Progress:
    """Several groups as one."""
    total = Progress(name, "")
    for group in groups:
        total.late += group.late
        for stage, count in group.stages.items():
            total.stages[stage] += count
    return total
