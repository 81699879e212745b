"""Risk 风险: how much an item asks to be looked at, why, and a draw by it that anyone can repeat.

The draw is stratified: each unit gives at least one item as long as places last, the rest go by chance in proportion
to 1 + risk. The chance comes from the seed and the item's own number, so that neither the order of the items nor the
machine changes what is drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

METHOD = "weighted-by-risk-1"  # kept with a sample: another way of drawing gets another name
_DIGITS = 24  # of the chance, beyond any doubt about ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawable:
    """What is known of an item before the draw. `attainment` is in per cent; `before` the value a round earlier."""

    number: int
    unit: str
    errors: int = 0
    warnings: int = 0
    differs: bool = False
    attainment: Decimal | None = None
    actual: Decimal | None = None
    before: Decimal | None = None
    evidence: int = 0
    old_evidence: bool = False
    returned: int = 0
    altered: bool = False


class Weights(NamedTuple):
    """The points of each reason and the thresholds, as the profile has them under `risk`."""

    points: Mapping[str, int]
    far_above: Decimal
    jump: Decimal
    returned_at_most: int
    round_from: Decimal
    high: int
    middle: int

    @classmethod
    def of(cls, section: Mapping[str, object]) -> "Weights":
        """From the profile's section."""
        points, bands = section["points"], section["bands"]
        if not isinstance(points, Mapping) or not isinstance(bands, Mapping):
            raise TypeError("risk.points and risk.bands are mappings")
        return cls(
            {str(name): int(worth) for name, worth in points.items()},
            Decimal(str(section["far_above"])),
            Decimal(str(section["jump"])),
            int(str(section["returned_at_most"])),
            Decimal(str(section["round_from"])),
            int(bands["high"]),
            int(bands["middle"]),
        )

    def told(self) -> dict[str, object]:
        """All of it as plain values, to be kept with a sample."""
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in self._asdict().items()}

    def band(self, points: int) -> str:
        """`high`, `middle` or `low`."""
        return "high" if points >= self.high else "middle" if points >= self.middle else "low"


class Risk(NamedTuple):
    """The points of an item and the reasons, gravest first, each a sentence for an assessor."""

    points: int
    reasons: tuple[str, ...]


class Drawn(NamedTuple):
    """An item drawn, with its risk."""

    item: Drawable
    risk: Risk


def risk(item: Drawable, weights: Weights) -> Risk:
    """The risk of one item."""
    found = sorted(_reasons(item, weights), key=lambda each: -each[0])
    return Risk(sum(points for points, _ in found), tuple(words for _, words in found))


def _reasons(item: Drawable, weights: Weights) -> Iterable[tuple[int, str]]:
    worth = weights.points
    if item.errors:
        yield worth["error"], f"检查有错误 {item.errors} 处"
    if item.warnings:
        yield worth["warning"], f"检查有存疑 {item.warnings} 处"
    if item.differs:
        yield worth["differs"], "报告与台账不一致"
    yield from _of_value(item, weights)
    if not item.evidence:
        yield worth["no_evidence"], "没有佐证"
    elif item.evidence == 1:
        yield worth["one_evidence"], "只有一件佐证"
    if item.evidence and item.old_evidence:
        yield worth["old_evidence"], "佐证都早于报告期"
    if item.returned:
        times = min(item.returned, weights.returned_at_most)
        yield worth["returned"] * times, f"审核中退回过 {item.returned} 次"
    if item.altered:
        yield worth["altered"], "审后改动过"


def _of_value(item: Drawable, weights: Weights) -> Iterable[tuple[int, str]]:
    worth = weights.points
    if item.attainment is not None and item.attainment >= weights.far_above:
        yield worth["far_above"], f"完成度 {_plain(item.attainment)}%，远超目标"
    elif item.attainment == 100:
        yield worth["exactly"], "完成度恰好 100%"
    if item.actual is not None and item.actual >= weights.round_from and not item.actual % 100:
        yield worth["round_number"], f"实现值 {_plain(item.actual)} 是整百数"
    if item.actual is not None and item.before and item.actual > item.before * weights.jump:
        yield worth["jump"], f"上一轮 {_plain(item.before)}，本轮 {_plain(item.actual)}"


def draw(items: Sequence[Drawable], size: int, seed: int, weights: Weights) -> tuple[Drawn, ...]:
    """`size` items (all, where there are fewer), gravest first; the same for the same items, size and seed."""
    judged = {item.number: Drawn(item, risk(item, weights)) for item in items}
    order = sorted(judged.values(), key=lambda drawn: _key(drawn, seed), reverse=True)
    first: dict[str, Drawn] = {}
    for drawn in order:
        first.setdefault(drawn.item.unit, drawn)
    chosen = list(first.values())[:size]
    taken = {drawn.item.number for drawn in chosen}
    chosen += [drawn for drawn in order if drawn.item.number not in taken][: size - len(chosen)]
    return tuple(sorted(chosen, key=lambda drawn: (-drawn.risk.points, drawn.item.number)))


def _key(drawn: Drawn, seed: int) -> tuple[Decimal, int]:
    """Efraimidis and Spirakis' key: u ** (1 / weight), by its logarithm; the largest keys are the draw."""
    digest = sha256(f"{seed}:{drawn.item.number}".encode()).hexdigest()
    chance = (Decimal(int(digest[:_DIGITS], 16)) + 1) / (Decimal(16) ** _DIGITS + 1)
    return chance.ln() / (1 + drawn.risk.points), drawn.item.number


def _plain(number: Decimal) -> str:
    return format(number.quantize(Decimal("0.01")).normalize(), "f")
