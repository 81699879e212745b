"""资金: budget, arrived and spent by source and year, the rates that follow, and which low rate is not explained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from taizhang.core.attainment import FULL, ZERO, plain
from taizhang.core.saying import phrase

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Money:
    """Budget, arrived and spent, in one unit."""

    budget: Decimal = ZERO
    arrived: Decimal = ZERO
    spent: Decimal = ZERO

    def __add__(self, other: "Money") -> "Money":
        """Both together."""
        return Money(self.budget + other.budget, self.arrived + other.arrived, self.spent + other.spent)

    @property
    def arrival(self) -> Decimal | None:
        """到位率: arrived over budget in per cent; None without a budget."""
        return _rate(self.arrived, self.budget)

    @property
    def execution(self) -> Decimal | None:
        """预算执行率: spent over budget in per cent; None without a budget."""
        return _rate(self.spent, self.budget)

    @property
    def of_arrived(self) -> Decimal | None:
        """到位资金支出率: spent over arrived in per cent; None where nothing arrived."""
        return _rate(self.spent, self.arrived)

    @property
    def working(self) -> str:
        """How the execution rate comes about."""
        if self.execution is None:
            return phrase("没有预算数，不算执行率")
        return phrase(
            "执行 %(spent)s ÷ 预算 %(budget)s × 100%% = %(execution)s%%",
            spent=plain(self.spent),
            budget=plain(self.budget),
            execution=plain(self.execution),
        )


def _rate(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part / whole * FULL).quantize(_CENT, ROUND_HALF_UP) if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The money of a source in a year."""

    key: int
    year: int
    source: str
    money: Money
    explanation: str = ""


def total(lines: Iterable[Line]) -> Money:
    """All lines together."""
    return sum((line.money for line in lines), Money())


def by(lines: Sequence[Line], name: str) -> dict[str | int, Money]:
    """The money by `source` or by `year`, in the order in which they first come."""
    found: dict[str | int, Money] = {}
    for line in lines:
        key = line.source if name == "source" else line.year
        found[key] = found.get(key, Money()) + line.money
    return found


def doubts(line: Line, explain_below: Decimal) -> list[str]:
    """What an assessor would ask about a line: a low rate without a word, more spent than arrived or budgeted."""
    money = line.money
    found: list[str] = []
    if (
        money.execution is not None
        and money.spent / money.budget * FULL < explain_below
        and not line.explanation.strip()
    ):
        found.append(
            phrase(
                "预算执行率 %(execution)s%% 低于 %(least)s%%，要说明原因",
                execution=plain(money.execution),
                least=plain(explain_below),
            )
        )
    if money.spent > money.arrived:
        found.append(
            phrase("执行 %(spent)s 多于到位 %(arrived)s", spent=plain(money.spent), arrived=plain(money.arrived))
        )
    if money.spent > money.budget and not line.explanation.strip():
        found.append(
            phrase(
                "执行 %(spent)s 多于预算 %(budget)s，要说明预算调整的依据",
                spent=plain(money.spent),
                budget=plain(money.budget),
            )
        )
    return found
