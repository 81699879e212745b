"""Ranks that a plan names (一等奖, 博士, 正高级) and the lower ones that a completion tells instead."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from taizhang.checks.rules._promise import Promise
from taizhang.core.beginnings import either

_BELOW = 4  # characters behind a rank in which 以下 may stand


class Fall(NamedTuple):
    """A rank planned, the lower one told, and where the completion says so."""

    planned: str
    told: str
    start: int
    end: int


class Ranks:
    """The ladders of a profile, the highest rung first."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._ladders = [[re.compile(rung) for rung in rungs] for rungs in words.values()]
        self._any = [re.compile("|".join(rungs)) for rungs in words.values()]
        self._of_all = either(any_rung.pattern for any_rung in self._any)

    def fall(self, promise: Promise) -> Fall | None:
        """Where all that is told of a ladder stands lower than what was planned of it."""
        plan, done = promise.point.plan.text, promise.point.done.text
        if self._of_all.search(plan) is None:
            return None
        for ladder, any_rung in zip(self._ladders, self._any, strict=True):
            if any_rung.search(plan) is None or any_rung.search(done) is None:
                continue
            planned = [match for rung in ladder if (match := rung.search(plan))]
            told = [rung.search(done) for rung in ladder]
            place = next(number for number, rung in enumerate(ladder) if rung.search(plan))
            lower = next((match for match in told[place + 1 :] if match is not None), None)
            if len(planned) == 1 and lower is not None and not any(told[: place + 1]):
                return Fall(planned[0][0], lower[0], *lower.span())
        return None


def is_floor(promise: Promise, fall: Fall) -> bool:
    """Whether the plan leaves room below the rank it names (“一等奖或二等奖”)."""
    plan = promise.point.plan.text
    behind = plan[plan.find(fall.planned) + len(fall.planned) :][:_BELOW]
    return fall.told in plan or "以下" in behind
