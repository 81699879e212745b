"""What a plan wants to be made (课程, 标准, 平台), and whether the completion shows any of it."""

import re
from collections.abc import Sequence

from taizhang.checks.rules._promise import Pair, Promise

_TAIL = re.compile("[一-鿿]{0,6}")
_TITLE = ("《", "“")


class Products:
    """The kinds of product of a profile, and the lesser things that are told instead."""

    def __init__(self, groups: Sequence[str], lesser: str) -> None:
        self._groups = [re.compile(group) for group in groups]
        self._lesser = re.compile(lesser)

    def missing(self, promise: Promise, pair: Pair) -> str | None:
        """The product that a clause plans by number, where the completion counts other things and none of it."""
        plan, done = pair.plan, promise.point.done.text
        if (
            not plan.amounts
            or plan.amounts[0].dimension == "%"
            or plan.paper == "方案"
            or any(t in done for t in _TITLE)
        ):
            return None
        wanted = self._planned(plan.text, plan.amounts[0].quantity.start - plan.start)
        if wanted is None or wanted[1] is None:
            return None
        name, group = wanted
        if any(not self._only_begins(done, match.end()) for match in group.finditer(done)):
            return None
        return name if self._counts_others(promise, plan.amounts[0].quantity.unit) else None

    def _planned(self, text: str, number: int) -> tuple[str, re.Pattern[str]] | None:
        """The last product named before the number, or behind it; and its group."""
        found = [(match, group) for group in self._groups for match in group.finditer(text)]
        if not found:
            return None
        match, group = max(found, key=lambda item: item[0].end())
        behind = text[match.end() :].strip("”》）) ")
        is_head = (
            match.end() >= len(text.rstrip("，,；;。、 ”》）)"))
            or behind[:1].isdigit()
            or 0 <= number - match.end() <= 3
        )
        return (match[0], group) if is_head else None

    def _only_begins(self, done: str, end: int) -> bool:
        """Whether the name goes on to that of a lesser thing (“标准研究论文”, “平台建设方案”)."""
        tail = _TAIL.match(done, end)
        return tail is not None and self._lesser.search(tail[0]) is not None

    def _counts_others(self, promise: Promise, unit: str) -> bool:
        """Whether numbers are told, none of them in the planned unit but of lesser things."""
        told = [(clause, amount) for clause in promise.done for amount in clause.amounts if amount.dimension != "%"]
        own = [clause for clause, amount in told if amount.quantity.unit == unit]
        return bool(told) and all(self._lesser.search(clause.text) for clause in own)
