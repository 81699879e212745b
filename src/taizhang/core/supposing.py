"""假设: an indicator as it would be with another value, and what such changes do to the whole. It changes nothing told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from taizhang.core.attainment import ZERO
from taizhang.core.grade import Tier, shared
from taizhang.core.scoring import Band, Scheme, Scorable, Scored


@dataclass(frozen=True, slots=True)
class Effect:
    """What one supposition does: the indicator as told and as supposed, and what the whole of 100 gains or loses."""

    tier: str
    before: Scored
    after: Scored
    points: Decimal


def at_target(item: Scorable, scheme: Scheme) -> Scorable:
    """The item as it would be at its target: the number itself, or the whole of the best band."""
    if item.goal is not None:
        return replace(item, actual=item.goal.number, is_explained=True)
    best = max(_bands(scheme), key=lambda band: band.high)
    return replace(item, band=best, share=best.high, is_explained=True)


def at_value(item: Scorable, value: Decimal, scheme: Scheme) -> Scorable | None:
    """The item as it would be at a value: its number or, where it is qualitative, the share of its weight in per cent.

    None where no band has such a share.
    """
    if item.goal is not None:
        return replace(item, actual=value)
    fitting = [band for band in _bands(scheme) if band.low <= value <= band.high]
    return replace(item, band=max(fitting, key=lambda band: band.high), share=value) if fitting else None


def effects(now: Sequence[Tier], then: Sequence[Tier], scheme: Scheme) -> tuple[Effect, ...]:
    """What each indicator that is told otherwise `then` does to the whole, most first; the tiers in the same order."""
    found = []
    counted, shares, _note = shared(now, scheme)
    for tier, other, share in zip(counted, then, shares, strict=False):
        full = sum((weight for _, weight in tier.sheet.parts.values()), ZERO)
        for before, after in zip(tier.sheet.rows, other.sheet.rows, strict=True):
            if before.item != after.item:
                points = (after.score - before.score) / full * share if full else ZERO
                found.append(Effect(tier.name, before, after, points))
    return tuple(sorted(found, key=lambda each: (-each.points, each.tier, each.before.item.key)))


def _bands(scheme: Scheme) -> list[Band]:
    """The bands that say plainly how far something came; a share of 100 is one of them in every scheme."""
    return [band for band in scheme.bands if not band.is_doubtful]
