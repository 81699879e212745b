"""How far a round has come: items by unit, by task and by stage, as far as the person sees them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Round, Stage
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
    return _grouped(
        rows.values_list("unit", "unit__name", "stage"),
        rows.filter(late(round_, day)).values_list("unit"),
        "unit__path",
    )


def by_task(person: Person, round_: Round, day: date) -> list[Progress]:
    """Each task that has points, in the order of the task book."""
    rows = access.visible_entries(person).filter(round=round_, point__isnull=False)

    return _grouped(
        rows.values_list("point__task", "point__task__code", "stage", "point__task__name"),
        rows.filter(late(round_, day)).values_list("point__task"),
        "point__task__position",
    )


def _grouped(rows: Any, overdue: Any, order: str) -> list[Progress]:  # noqa: ANN401 - querysets of tuples
    found: dict[int, Progress] = {}
    for key, name, stage, *more in rows.annotate(count=Count("pk")).order_by(order):
        *title, count = more
        group = found.setdefault(key, Progress(" ".join([name, *title]), key))
        group.stages[stage] += count
    for key, count in overdue.annotate(count=Count("pk")).order_by():
        if key in found:
            found[key].late = count
    return list(found.values())


def whole(groups: Iterable[Progress], name: str) -> Progress:
    """Several groups as one."""
    total = Progress(name, "")
    for group in groups:
        total.late += group.late
        for stage, count in group.stages.items():
            total.stages[stage] += count
    return total
