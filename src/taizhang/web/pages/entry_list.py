"""The list of entries that an address asks for: round, filters, order and page are all in its query string."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Category, Entry, Person, Round, Stage, Task, Unit
from taizhang.web.ledger.overview import outcomes
from taizhang.web.ledger.overview.outcomes import Fate
from taizhang.web.ledger.owed import late, to_fill, waiting
from taizhang.web.pages.asked import Asked

PER_PAGE = 50
COUNTED = 2_000  # a longer list is said to be longer, not counted to its end
KINDS = {"point": _("任务点"), "indicator": _("绩效指标")}
WORST = {"error": _("错误"), "warning": _("存疑"), "info": _("提示"), "any": _("有问题"), "none": _("无问题")}
WHOSE = {
    "todo": _("待我填报"),
    "mine": _("我负责的"),
    "waiting": _("待我审核"),
    "altered": _("审后改动"),
    "late": _("已逾期"),
}
ORDERS: dict[str, tuple[Any, ...]] = {"": ("position", "id"), "stage": ("stage", "position"), "unit": ("unit__path", "position"),
          "changed": (F("changed_at").desc(nulls_last=True), "-id")}  # fmt: skip
ORDER_NAMES = {"": _("任务书顺序"), "stage": _("阶段"), "unit": _("单位"), "changed": _("最近改动")}
_NAMES = ("round", "unit", "alone", "task", "stage", "kind", "category", "year", "told", "worst", "whose", "q", "sort")


@dataclass(frozen=True, slots=True)
class EntryList(Asked):
    """The items that were asked for, on a day, and the rounds among which one is chosen."""

    rounds: tuple[Round, ...] = ()
    day: date = field(default_factory=timezone.localdate)

    @classmethod
    def of(cls, person: Person, query: Mapping[str, str], day: date) -> Self:
        """The list that a query string asks for."""
        rounds = tuple(access.visible_rounds(person).select_related("programme", "period")[:100])
        asked = cls.among(person, query, *_NAMES)
        known = any(str(each.pk) == asked.chosen.get("round") for each in rounds)
        chosen = {name: text for name, text in asked.chosen.items() if known or name != "round"}
        return replace(asked, chosen=chosen, rounds=rounds, day=day)

    @property
    def round(self) -> Round | None:
        """The round asked for; the newest open one where none is; None where there is none to see."""
        wanted = self.chosen.get("round")
        if wanted:
            return next(each for each in self.rounds if str(each.pk) == wanted)
        return next((each for each in self.rounds if each.is_open), self.rounds[0] if self.rounds else None)

    @property
    def entries(self) -> QuerySet[Entry]:
        """All that fit, in order."""
        if self.round is None:
            return Entry.objects.none()
        rows = access.visible_entries(self.person).filter(round=self.round)
        for name, narrowed in (("unit", self._unit), ("task", self._task), ("whose", self._whose), ("q", self._words)):
            if name in self.chosen:
                rows = rows.filter(narrowed(self.chosen[name]))
        rows = rows.filter(self._plain())
        if self.chosen.get("told") in Fate.values:
            rows = rows.filter(outcomes.only(rows, self.chosen["told"]))
        return rows.order_by(*ORDERS.get(self.chosen.get("sort", ""), ORDERS[""]))

    def _plain(self) -> Q:
        found = Q()
        names = ("stage", "kind", "category", "year", "worst")
        stage, kind, category, year, worst = (self.chosen.get(name, "") for name in names)
        if stage in Stage.values:
            found &= Q(stage=stage)
        if kind in KINDS:
            found &= Q(**{f"{kind}__isnull": False})
        if category in Category.values:
            found &= Q(indicator__category=category)
        if year.isdecimal() and len(year) == 4:
            found &= Q(point__year=int(year))
        if worst == "any":
            found &= ~Q(worst="")
        elif worst in WORST:
            found &= Q(worst="" if worst == "none" else worst)
        return found

    def _unit(self, wanted: str) -> Q:
        unit = Unit.objects.filter(pk=wanted).first() if wanted.isdecimal() else None
        if unit is not None and "alone" in self.chosen:
            return Q(unit=unit)
        return Q(unit__path__startswith=unit.path) if unit else Q()

    def _task(self, wanted: str) -> Q:
        if wanted == "none":
            return Q(point=None, indicator__task=None)
        task = Task.objects.filter(pk=wanted).first() if wanted.isdecimal() else None
        if task is None:
            return Q()
        # A task's position begins with that of the task above it.
        return Q(point__task__position__startswith=task.position) | Q(
            indicator__task__position__startswith=task.position
        )

    def _words(self, wanted: str) -> Q:
        return (
            Q(text__icontains=wanted)
            | Q(point__plan__icontains=wanted)
            | Q(point__task__code__iexact=wanted)
            | Q(indicator__name__icontains=wanted)
            | Q(indicator__code__istartswith=wanted)
        )

    def _whose(self, wanted: str) -> Q:
        if wanted == "mine":
            return Q(person=self.person)
        if wanted == "altered":
            return Q(altered=True)
        if wanted in {"waiting", "todo"}:
            return waiting(self.person) if wanted == "waiting" else to_fill(self.person)
        return late(self.round, self.day) if wanted == "late" and self.round is not None else Q()
