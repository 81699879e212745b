"""How a step is taken of whatever moves through stages: of one row, or of five hundred in the same way.

A step is a value: each row is asked by itself, what is refused is told, and the rest is written in a few statements.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Generic, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Entry, Person, Record, Unit
from taizhang.web.ledger.workflow.desk import tell
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

_TOGETHER = 100  # rows whose steps are written in one go: few enough that others' saves wait for a moment only
Row = TypeVar("Row", Entry, Record)
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[Row]):
    """A step: its verb in the history, what it makes of a row (or raises), and a notice to whoever filled it in.

    `seen` is the version that the person has before them, where the step answers for a text.
    """

    verb: str
    makes: Callable[[Person, Row], Values]
    seen: int | None = None
    reason: str = ""
    notice: str = ""

    def taken(self, person: Person, row: Row) -> Values:
        """What changes; raises where it may not, or not now. Nobody puts their name to a text they have not seen."""
        values = self.makes(person, row)
        if self.seen is not None and row.version != self.seen:
            raise StaleError(_("“%(row)s”刚刚被改过，请看过新内容再办。") % {"row": row}, row, {})
        return values


@dataclass(slots=True)
class Tally(Generic[Row]):
    """What became of a step taken for many rows at once."""

    done: list[Row] = field(default_factory=list)
    refused: list[tuple[Row, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Generic[Row]):
    """Along what rows of one table move: how they are locked, whose they are, and where their pages lie."""

    locked: Callable[[], QuerySet[Row]]
    college: Callable[[Row], Unit]
    told: Callable[[Row], Person | None]  # who hears of a step
    page: str

    def take(self, step: Step[Row], person: Person, row: Row) -> Row:
        """One step of one row."""
        with transaction.atomic():
            held = self.locked().get(pk=row.pk)
            self._write(person, step, [(held, step.taken(person, held))])
            return held

    def each(
        self, step: Step[Row], person: Person, rows: Iterable[Row], seen: Mapping[int, int | None] | None = None
    ) -> Tally[Row]:
        """Take one step for many rows: what is refused for one does not hold back the others.

        `seen` are the versions that were on the person's screen, where the step answers for a text.
        """
        tally: Tally[Row] = Tally()
        waiting = iter(rows)
        while together := [row.pk for row in islice(waiting, _TOGETHER)]:
            with transaction.atomic():
                taken: list[tuple[Row, Values]] = []
                for row in self.locked().filter(pk__in=together).order_by("pk"):
                    try:
                        taken.append((row, replace(step, seen=(seen or {}).get(row.pk)).taken(person, row)))
                    except (NotAllowedError, OutOfOrderError, RefusedError, StaleError) as refusal:
                        tally.refused.append((row, str(refusal)))
                self._write(person, step, taken)
            tally.done += [row for row, _values in taken]
        return tally

    def _write(self, person: Person, step: Step[Row], taken: Sequence[tuple[Row, Values]]) -> None:
        """Write what was taken, with the history. Called inside the transaction in which the rows are locked."""
        if not taken:
            return
        steps: list[history.Step] = []
        for row, values in taken:
            named = [name for name in values if name != "returned_because"]  # the reason stands in the history as such
            before = history.written(row, *named)
            for name, value in values.items():
                setattr(row, name, value)
            steps.append((row, before, history.written(row, *named)))
        fields = sorted({name for _row, values in taken for name in values})
        rows = [row for row, _values in taken]
        type(rows[0]).objects.bulk_update(rows, fields, batch_size=200)
        history.record_steps(self.college(rows[0]), person, step.verb, steps, step.reason)
        for row in rows if step.notice else ():
            said = step.notice.format(item=row, who=person.name, reason=step.reason)
            tell(self.told(row), said, self.page.format(row.pk))
