"""评分: what a result deserves of its weight, and a whole score form by declared weights, with the working shown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from taizhang.core.attainment import FULL, ZERO, Direction, Goal, attained, plain, printed
from taizhang.core.saying import joined, phrase

_CENT = Decimal("0.01")  # scores are kept to two decimals


@dataclass(frozen=True, slots=True)
class Merit:
    """What a result deserves: whether the target is met, actual over target in per cent, and the scores that are right.

    A reverse indicator has two: falling linearly to nothing at twice the target, and target over actual.
    """

    is_met: bool
    ratio: Decimal | None
    scores: tuple[Decimal, ...]

    @property
    def best(self) -> Decimal:
        """The highest score that is right."""
        return max(self.scores)


def merit(weight: Decimal, goal: Decimal, reached: Decimal, direction: Direction) -> Merit | None:
    """What an actual value deserves of a weight; None for a target of 0 of which more is better."""
    ratio = reached / goal * FULL if goal else None
    if direction is Direction.LOWER:
        if reached <= goal:
            return Merit(True, ratio, (weight,))
        falling = max(weight * (2 - reached / goal), ZERO) if goal else ZERO
        return Merit(False, ratio, (falling, weight * goal / reached))
    if not goal:
        return None
    if reached >= goal:
        return Merit(True, ratio, (weight,))
    return Merit(False, ratio, (weight * max(reached, ZERO) / goal,))


@dataclass(frozen=True, slots=True)
class Band:
    """定性指标的一档: how the degree is worded, and the share of the weight that it deserves, in per cent."""

    name: str
    words: re.Pattern[str]
    low: Decimal
    high: Decimal
    is_doubtful: bool  # the words leave open what is missing: only the full score is asked about

    @classmethod
    def of(cls, band: Mapping[str, Any]) -> "Band":
        """The band that a profile declares."""
        low, high = Decimal(str(band["low"])), Decimal(str(band["high"]))
        name = str(band.get("name", ""))
        return cls(name, re.compile(band["words"]), low, high, bool(band.get("doubtful")))


def band_of(text: str, bands: Sequence[Band]) -> Band | None:
    """The band that a text claims; the first that fits. None where the words are of none of them."""
    return next((band for band in bands if band.words.search(text)), None)


class Grade(NamedTuple):
    """等级: the words for it, and the score from which it begins."""

    names: tuple[str, ...]
    start: Decimal

    @property
    def name(self) -> str:
        """The shortest word for it."""
        return min(self.names, key=len)


def grades_of(declared: Iterable[Mapping[str, Any]]) -> tuple[Grade, ...]:
    """The grades that a profile declares, best first."""
    return tuple(Grade(tuple(each["names"]), Decimal(str(each["from"]))) for each in declared)


def grade_of(score: Decimal, grades: Sequence[Grade]) -> Grade | None:
    """The grade that a score of 100 deserves."""
    return next((grade for grade in grades if score >= grade.start), None)


def execution_rate(executed: Decimal, budget: Decimal) -> Decimal | None:
    """执行率 in per cent; None without a budget."""
    return executed / budget * FULL if budget else None


def execution_score(weight: Decimal, rate: Decimal) -> Decimal:
    """What an execution rate deserves: by its share, and no more than the weight."""
    return weight * min(rate, FULL) / FULL


def combined(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Scores put together by their shares in per cent: (share, score)."""
    return sum((share * score / FULL for share, score in parts), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """评分办法: the weights of the parts of a form, the bands and grades, and what has to be explained or fails at once."""

    parts: Mapping[str, Decimal]
    bands: tuple[Band, ...]
    grades: tuple[Grade, ...]
    shares: tuple[tuple[Decimal, ...], ...]  # of the school and its groups, by how many there are
    explain_rate_below: Decimal
    reason_above: Decimal
    reason_above_zero: Decimal
    least_completion: Decimal | None
    least_management: Decimal | None
    fails: tuple[str, ...]  # what makes the lowest grade at once and cannot be computed

    @classmethod
    def of(cls, sections: Mapping[str, Any], *, parts: Mapping[str, Any] | None = None) -> "Scheme":
        """What a profile's sections declare; `parts` where the profile itself gives none."""
        scoring, floors = sections["scoring"], sections.get("floors", {})
        weights = scoring.get("parts") or parts or {}
        return cls(
            parts={str(name): Decimal(str(weight)) for name, weight in weights.items()},
            bands=tuple(map(Band.of, scoring["bands"])),
            grades=grades_of(scoring["grades"]),
            shares=tuple(tuple(Decimal(str(share)) for share in shares) for shares in scoring["unit_weights"]),
            explain_rate_below=Decimal(str(scoring["explain_rate_below"])),
            reason_above=Decimal(str(scoring["reason_above"])),
            reason_above_zero=Decimal(str(scoring["reason_above_zero"])),
            least_completion=_optional(floors.get("completion")),
            least_management=_optional(floors.get("management")),
            fails=tuple(scoring.get("fails", ())),
        )

    def shares_for(self, tiers: int) -> tuple[Decimal, ...] | None:
        """The weights of a school and its groups, that many together; None where the rule does not know so many."""
        return next((shares for shares in self.shares if len(shares) == tiers), None)


def _optional(number: object) -> Decimal | None:
    return None if number is None else Decimal(str(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorable:
    """An indicator to be scored. `weight` None: an even share of what its part has left; `unit` is that of its numbers.

    A qualitative one has the words it is told in and, where typed, the share (得分率) of the weight in per cent;
    `band` is the degree that it is supposed to come to, whatever its words.
    """

    key: int
    name: str
    part: str
    weight: Decimal | None = None
    goal: Goal | None = None
    actual: Decimal | None = None
    text: str = ""
    share: Decimal | None = None
    is_explained: bool = False
    band: Band | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An indicator with its score. `is_told` is false where nothing was filled in: it scores nothing yet.

    `asks` says why a reason is owed, empty where none is.
    """

    item: Scorable
    weight: Decimal
    score: Decimal
    is_told: bool
    asks: str
    working: tuple[str, ...]

    @property
    def lost(self) -> Decimal:
        """The points that it does not get."""
        return self.weight - self.score


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """A score form: rows, the score and weight of each part, and the total of 100."""

    rows: tuple[Scored, ...]
    parts: Mapping[str, tuple[Decimal, Decimal]]
    total: Decimal
    working: tuple[str, ...]


def scored(
    items: Sequence[Scorable], scheme: Scheme, execution: Decimal | None = None, execution_part: str = "预算执行率"
) -> ScoreSheet:
    """A form of these indicators. `execution` is the rate of budget execution in per cent, None where it is unknown.

    Parts of which there is nothing are left out, and the total is of 100 all the same; the working says so.
    """
    weights = _weights(items, scheme.parts)
    rows = tuple(_scored(item, weights[place], scheme) for place, item in enumerate(items) if place in weights)
    parts: dict[str, tuple[Decimal, Decimal]] = {}
    if execution is not None and execution_part in scheme.parts:
        weight = scheme.parts[execution_part]
        parts[execution_part] = (execution_score(weight, execution).quantize(_CENT, ROUND_HALF_UP), weight)
    for name in scheme.parts:
        mine = [row for row in rows if row.item.part == name]
        if mine:
            parts[name] = (sum((row.score for row in mine), ZERO), sum((row.weight for row in mine), ZERO))
    got, full = (sum((pair[place] for pair in parts.values()), ZERO) for place in (0, 1))
    total = (got / full * FULL if full else ZERO).quantize(_CENT, ROUND_HALF_UP)
    return ScoreSheet(rows=rows, parts=parts, total=total, working=_told(parts, scheme, got, full, total))


def _told(
    parts: Mapping[str, tuple[Decimal, Decimal]], scheme: Scheme, got: Decimal, full: Decimal, total: Decimal
) -> tuple[str, ...]:
    lines = [
        phrase(
            "%(name)s：%(score)s 分（满分 %(weight)s）",
            name=name,
            score=plain(_cents(score)),
            weight=plain(_cents(weight)),
        )
        for name, (score, weight) in parts.items()
    ]
    missing = [name for name in scheme.parts if name not in parts]
    if missing and full:
        lines.append(
            phrase(
                "没有%(names)s的数据，按其余 %(full)s 分折算成百分制",
                names=joined("、", missing),
                full=plain(_cents(full)),
            )
        )
        lines.append(
            phrase(
                "%(got)s ÷ %(full)s × 100 = %(total)s 分",
                got=plain(_cents(got)),
                full=plain(_cents(full)),
                total=plain(total),
            )
        )
    elif full:
        lines.append(phrase("合计 %(total)s 分", total=plain(total)))
    return tuple(lines)


def _cents(number: Decimal) -> Decimal:
    return number.quantize(_CENT, ROUND_HALF_UP)


def _weights(items: Sequence[Scorable], parts: Mapping[str, Decimal]) -> dict[int, Decimal]:
    """The weight of each item, by its place: declared, or an even share of what is left of its part."""
    found: dict[int, Decimal] = {}
    for part, whole in parts.items():
        mine = [(place, item) for place, item in enumerate(items) if item.part == part]
        free = [place for place, item in mine if item.weight is None]
        left = max(whole - sum((item.weight for _, item in mine if item.weight is not None), ZERO), ZERO)
        for place, item in mine:
            found[place] = left / len(free) if item.weight is None else item.weight
    return found


def _scored(item: Scorable, weight: Decimal, scheme: Scheme) -> Scored:
    if item.goal is not None and item.actual is not None:
        return _by_number(item, item.goal, item.actual, weight, scheme)
    band = (item.band or band_of(item.text, scheme.bands)) if item.goal is None else None
    if band is None or band.is_doubtful:
        said = (
            phrase("尚未填报，暂计 0 分")
            if not item.text and item.actual is None
            else phrase("说不清属于哪一档，暂计 0 分")
        )
        asks = "" if not item.text else phrase("请写明达成、部分达成或未达成")
        return Scored(item=item, weight=weight, score=ZERO, is_told=False, asks=asks, working=(said,))
    fits = item.share is not None and band.low <= item.share <= band.high
    share = item.share if fits and item.share is not None else band.low
    band_says = phrase(
        "定性指标，%(name)s，得分率 %(low)s%%～%(high)s%%", name=band.name, low=plain(band.low), high=plain(band.high)
    )
    how = (
        phrase("填的是 %(share)s%%", share=plain(share))
        if fits
        else phrase("没有写明区间内的得分率，按下限 %(low)s%% 计", low=plain(band.low))
    )
    score = _cents(weight * share / FULL)
    asks = phrase("没有完全达成，要写明原因和改进措施") if band.high < FULL and not item.is_explained else ""
    lines = (
        joined("，", (band_says, how)),
        phrase(
            "%(weight)s 分 × %(share)s%% = %(score)s 分",
            weight=plain(_cents(weight)),
            share=plain(share),
            score=plain(score),
        ),
    )
    return Scored(item=item, weight=weight, score=score, is_told=True, asks=asks, working=lines)


def _by_number(item: Scorable, goal: Goal, actual: Decimal, weight: Decimal, scheme: Scheme) -> Scored:
    """Full marks where the target is met; else in proportion, for less-is-better falling to nothing at twice it."""
    result = attained(goal, actual)
    if result.is_met:
        score = weight
    elif goal.direction is Direction.LOWER:
        most = goal.number if goal.upper is None else goal.upper
        deserved = merit(weight, most, actual, Direction.LOWER)
        score = deserved.scores[0] if deserved is not None else ZERO
    else:
        score = weight * max(min(result.ratio, FULL), ZERO) / FULL
    kept = _cents(score)
    if not result.is_met and kept >= _cents(weight) > ZERO:
        kept = score.quantize(_CENT, ROUND_DOWN)  # what fell short is never printed as the full score
    how = (
        phrase("达到目标，得满分")
        if result.is_met
        else phrase("没有达到目标，完成度 %(rate)s", rate=printed(result.state, result.ratio))
    )
    lines = (
        *result.working,
        phrase("%(how)s：%(weight)s 分中得 %(kept)s 分", how=how, weight=plain(_cents(weight)), kept=plain(kept)),
    )
    asks = _asks(item, goal, actual, scheme, is_met=result.is_met)
    return Scored(
        item=item, weight=weight, score=weight if result.is_met else kept, is_told=True, asks=asks, working=lines
    )


def _asks(item: Scorable, goal: Goal, actual: Decimal, scheme: Scheme, *, is_met: bool) -> str:
    """Why a reason is owed that is not given: short of the target, or far above it (of which more is better)."""
    if item.is_explained:
        return ""
    if not is_met:
        return phrase("没有达到目标，要写明偏差原因和改进措施")
    if goal.direction is Direction.LOWER:
        return ""
    most = goal.number if goal.upper is None else goal.upper
    if most > 0 and actual / most * FULL >= scheme.reason_above:
        return phrase("达到目标的 %(most)s%% 以上，要说明原因", most=plain(scheme.reason_above))
    if most == 0 and actual >= scheme.reason_above_zero:
        return phrase("目标为 0 而实现值达到 %(most)s，要说明原因", most=plain(scheme.reason_above_zero))
    return ""
