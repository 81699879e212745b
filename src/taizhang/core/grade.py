"""等级预测: the grade that the scores come to, what fails it at once, and what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from taizhang.core.attainment import FULL, ZERO, plain
from taizhang.core.saying import joined, phrase
from taizhang.core.scoring import Grade, Scheme, Scored, ScoreSheet, combined, grade_of

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tier:
    """评价层面: the school, or one of its specialty groups, with its score form."""

    name: str
    sheet: ScoreSheet


@dataclass(frozen=True, slots=True)
class Gain:
    """What the whole would gain if one indicator reached its target: the tier, its row, and points of 100."""

    tier: str
    row: Scored
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """The total of 100, its grade, and the way to the next: `gains` by what they give, `path` the fewest that suffice.

    `fails` are the reasons for the lowest grade whatever the total; `short` the points missing to `following`.
    """

    total: Decimal
    grade: Grade
    following: Grade | None
    short: Decimal
    gains: tuple[Gain, ...]
    path: tuple[Gain, ...]
    fails: tuple[str, ...]
    working: tuple[str, ...]


def projected(
    tiers: Sequence[Tier],
    scheme: Scheme,
    *,
    completion: Decimal | None = None,
    management: Sequence[tuple[str, Decimal]] = (),
    declared: Sequence[str] = (),
) -> Projection:
    """The grade that a school (first) and its groups come to by the shares of the rule.

    `completion` is the task completion in per cent, `management` the score of 管理与执行 of each tier that has one,
    `declared` what the college itself says of the conditions that nobody can compute.
    """
    counted, shares, note = shared(tiers, scheme)
    total = combined((share, tier.sheet.total) for tier, share in zip(counted, shares, strict=True))
    total = total.quantize(_CENT, ROUND_HALF_UP)
    fails = (*_fails(scheme, completion, management), *(each for each in scheme.fails if each in declared))
    by_score = grade_of(total, scheme.grades) or scheme.grades[-1]
    grade = scheme.grades[-1] if fails else by_score
    better = [each for each in scheme.grades if each.start > by_score.start]
    following = better[-1] if better and not fails else None
    short = following.start - total if following is not None else ZERO
    gains = _gains(counted, shares)
    sums = [
        phrase("%(name)s %(total)s 分 × %(share)s%%", name=tier.name, total=plain(tier.sheet.total), share=plain(share))
        for tier, share in zip(counted, shares, strict=True)
    ]
    lines = [note] if note else []
    lines.append(
        phrase(
            "%(sums)s = %(total)s 分，%(start)s 分起为“%(name)s”",
            sums=joined(" ＋ ", sums),
            total=plain(total),
            start=plain(by_score.start),
            name=by_score.name,
        )
    )
    lines += [phrase("%(reason)s，直接评为“%(name)s”", reason=reason, name=grade.name) for reason in fails]
    return Projection(
        total=total, grade=grade, following=following, short=short, gains=gains, path=_path(gains, short),
        fails=fails, working=tuple(lines),
    )  # fmt: skip


def shared(tiers: Sequence[Tier], scheme: Scheme) -> tuple[Sequence[Tier], Sequence[Decimal], str]:
    """The tiers that count and their shares; where the rule has no weights for so many, the first alone."""
    if len(tiers) == 1:
        return tiers, (FULL,), ""
    shares = scheme.shares_for(len(tiers))
    if shares is not None:
        return tiers, shares, ""
    note = phrase(
        "评分办法没有规定 1 个学校层面和 %(count)s 个专业群怎样合成，只算%(name)s",
        count=len(tiers) - 1,
        name=tiers[0].name,
    )
    return tiers[:1], (FULL,), note


def _fails(scheme: Scheme, completion: Decimal | None, management: Sequence[tuple[str, Decimal]]) -> tuple[str, ...]:
    found = []
    least = scheme.least_completion
    if least is not None and completion is not None and completion < least:
        found.append(
            phrase("任务完成度 %(completion)s%% 低于 %(least)s%%", completion=plain(completion), least=plain(least))
        )
    for name, score in management:
        if scheme.least_management is not None and score < scheme.least_management:
            found.append(
                phrase(
                    "%(name)s“管理与执行”得分 %(score)s 低于 %(least)s 分",
                    name=name,
                    score=plain(score),
                    least=plain(scheme.least_management),
                )
            )
    return tuple(found)


def _gains(tiers: Sequence[Tier], shares: Sequence[Decimal]) -> tuple[Gain, ...]:
    """What each indicator that is not full would add to the whole, most first."""
    found = []
    for tier, share in zip(tiers, shares, strict=True):
        full = sum((weight for _, weight in tier.sheet.parts.values()), ZERO)
        for row in tier.sheet.rows:
            if row.lost > 0 and full:
                points = row.lost / full * share
                found.append(Gain(tier.name, row, points))
    return tuple(sorted(found, key=lambda gain: (-gain.points, gain.tier, gain.row.item.key)))


def _path(gains: Sequence[Gain], short: Decimal) -> tuple[Gain, ...]:
    """The fewest indicators that would make up what is short, taking those that give most; none where none suffice."""
    taken: list[Gain] = []
    left = short
    for gain in gains:
        if left <= 0:
            break
        taken.append(gain)
        left -= gain.points
    return tuple(taken) if left <= 0 else ()
