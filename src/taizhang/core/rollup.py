"""汇总: points done of points planned, and attainment, by whatever one asks for: task, unit, group or year."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeVar

from taizhang.core.attainment import FULL, ZERO, plain
from taizhang.core.saying import joined, phrase

Key = TypeVar("Key", bound=Hashable)
_CENT = Decimal("0.01")


class Progress(StrEnum):
    """What became of a point. Only what is done is done: the other states are counted by themselves."""

    DONE = "done"
    OPEN = "open"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


# The states of a point in which it is done at no rate: applied for is not granted, postponed is a state of its own.
_NOT_DONE = frozenset({"applied", "postponed", "cancelled"})


def progress(state: str, rate: Decimal | None) -> Progress:
    """Done is what is told at 100 % and neither postponed, cancelled nor merely applied for."""
    if state == "postponed":
        return Progress.POSTPONED
    if state == "cancelled":
        return Progress.CANCELLED
    return Progress.DONE if rate is not None and rate >= FULL and state not in _NOT_DONE else Progress.OPEN


@dataclass(frozen=True, slots=True)
class Rolled:
    """How many points there are and what became of them."""

    total: int = 0
    done: int = 0
    postponed: int = 0
    cancelled: int = 0

    def __add__(self, other: "Rolled") -> "Rolled":
        """Both together."""
        return Rolled(
            self.total + other.total,
            self.done + other.done,
            self.postponed + other.postponed,
            self.cancelled + other.cancelled,
        )

    @property
    def rate(self) -> Decimal | None:
        """Done of all, in per cent to two decimals; what is not all done never rounds to 100."""
        if not self.total:
            return None
        exact = Decimal(self.done) / self.total * FULL
        near = exact.quantize(_CENT, ROUND_HALF_UP)
        return exact.quantize(_CENT, ROUND_DOWN) if near >= FULL > exact else near

    @property
    def working(self) -> str:
        """The counts and how the rate comes from them."""
        if self.rate is None:
            return phrase("没有任务点")
        postponed = phrase("延期 %(count)s 个", count=self.postponed) if self.postponed else ""
        cancelled = phrase("取消 %(count)s 个", count=self.cancelled) if self.cancelled else ""
        apart = [each for each in (postponed, cancelled) if each]
        told = phrase("（%(names)s，不计完成）", names=joined("、", apart)) if apart else ""
        return phrase(
            "任务点 %(total)s 个，完成 %(done)s 个%(told)s：%(done)s ÷ %(total)s = %(rate)s%%",
            total=self.total,
            done=self.done,
            told=told,
            rate=plain(self.rate),
        )


def one(what: Progress) -> Rolled:
    """A single point."""
    return Rolled(1, what is Progress.DONE, what is Progress.POSTPONED, what is Progress.CANCELLED)


def rolled(points: Iterable[tuple[Key, Progress]]) -> dict[Key, Rolled]:
    """Points by key (a task, a unit, a year), each counted once; keys in the order in which they first come."""
    counts: dict[Key, list[int]] = {}
    places = {Progress.DONE: 1, Progress.POSTPONED: 2, Progress.CANCELLED: 3}
    for key, what in points:
        row = counts.setdefault(key, [0, 0, 0, 0])
        row[0] += 1
        if what in places:
            row[places[what]] += 1
    return {key: Rolled(*row) for key, row in counts.items()}


def upward(found: dict[Key, Rolled], parent: Callable[[Key], Key | None]) -> dict[Key, Rolled]:
    """The same with every row added to all that stand above it: a tree of tasks or units."""
    sums: dict[Key, Rolled] = {}
    for key, row in found.items():
        above: Key | None = key
        while above is not None:
            sums[above] = sums.get(above, Rolled()) + row
            above = parent(above)
    return sums


def mean(attainments: Iterable[Decimal]) -> Decimal | None:
    """总体完成度 of indicators: the plain mean of their attainments, none above 100 %, so that one cannot hide another."""
    values = [min(max(value, ZERO), FULL) for value in attainments]
    if not values:
        return None
    exact = sum(values, ZERO) / len(values)
    near = exact.quantize(_CENT, ROUND_HALF_UP)
    return exact.quantize(_CENT, ROUND_DOWN) if near >= FULL > exact else near
