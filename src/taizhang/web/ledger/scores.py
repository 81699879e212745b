"""Scores of a round: its items as the core scores them, the school and each specialty group a tier, and the grade they come to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from taizhang.core import funds
from taizhang.core.attainment import Direction, Goal
from taizhang.core.grade import Projection, Tier, projected
from taizhang.core.rollup import Rolled, progress, rolled
from taizhang.core.saying import phrase
from taizhang.core.scoring import Scheme, Scorable, scored
from taizhang.core.supposing import at_target, at_value
from taizhang.profiles import load
from taizhang.web.ledger.models import Appraisal, Category, Entry, FundLine, Programme, Round, Target

SCHOOL = phrase("学校")
_PARTS = {
    Category.QUANTITY: "产出", Category.QUALITY: "产出", Category.TIMELINESS: "产出", Category.COST: "产出",
    Category.SOCIAL: "效益", Category.LASTING: "效益", Category.SATISFACTION: "满意度",
}  # fmt: skip
_PERCENT = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*[%％]?\s*")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a round stands: the tiers with their score sheets, the points done, the money, and the grade projected."""

    scheme: Scheme
    tiers: tuple[Tier, ...]
    points: Rolled
    money: funds.Money
    projection: Projection
    is_borrowed: bool  # the programme's conventions give no weights: those of the budget form stand in


def scheme_of(programme: Programme) -> tuple[Scheme, bool]:
    """The way of scoring, and whether its weights are borrowed from the budget form (财预〔2020〕10号)."""
    sections = load(programme.profile).sections
    usual = load("budget-form").sections["scoring"]["parts"]
    return Scheme.of(sections, parts=usual), not sections["scoring"].get("parts")


def standing_of(round_: Round, supposed: Mapping[int, Decimal | None] | None = None) -> Standing:
    """What the items of a round come to as they are told now, with what the college says of it itself.

    `supposed` are values that items are taken to have, whatever is told of them; None for the target of the item.
    """
    programme = round_.programme
    scheme, is_borrowed = scheme_of(programme)
    money = funds.total(lines_of(programme, round_.period.last_year))
    told = supposed or {}
    items = [
        (tier, _supposed(item, told[item.key], scheme) if item.key in told else item) for tier, item in _items(round_)
    ]
    names = _tiers(tier for tier, _item in items)
    said = Appraisal.objects.filter(round=round_).first()
    declared = tuple(said.fails) if said else ()
    management = [(name, Decimal(score)) for name, score in said.management.items()] if said else []
    tiers = tuple(
        Tier(name, scored([item for where, item in items if where == name], scheme, money.execution)) for name in names
    )
    points = _points(round_)
    projection = projected(tiers, scheme, completion=points.rate, management=management, declared=declared)
    return Standing(scheme, tiers, points, money, projection, is_borrowed)


def tiers_of(round_: Round) -> list[str]:
    """The tiers of a round: the school, and the specialty groups that have indicators in it."""
    rows = Entry.objects.filter(round=round_, indicator__isnull=False, indicator__is_dropped=False)
    return _tiers(name for name in rows.values_list("indicator__group__name", flat=True).distinct() if name)


def _tiers(names: Iterable[str]) -> list[str]:
    return [SCHOOL, *sorted(set(names) - {SCHOOL})]


def _supposed(item: Scorable, value: Decimal | None, scheme: Scheme) -> Scorable:
    """The item as supposed; as it is told where the scheme has no such degree."""
    return at_target(item, scheme) if value is None else at_value(item, value, scheme) or item


def _items(round_: Round) -> list[tuple[str, Scorable]]:
    """The indicators of a round, each with the tier that it counts for."""
    goals = {target.indicator_id: target for target in Target.objects.filter(period=round_.period)}
    rows = Entry.objects.filter(round=round_, indicator__isnull=False, indicator__is_dropped=False)
    found = []
    for row in rows.select_related("indicator__group", "indicator__derivation"):
        indicator = row.indicator
        if indicator is None:
            continue
        target = goals.get(indicator.pk)
        goal = None
        if target is not None and target.number is not None and not indicator.qualitative:
            goal = Goal(target.number, target.upper, Direction(indicator.direction))
        kept = getattr(indicator, "derivation", None)
        item = Scorable(
            key=row.pk, name=str(indicator), part=_PARTS[Category(indicator.category)], weight=kept.weight if kept else None,
            goal=goal, actual=row.number, text=row.text, share=percent(row.rate), is_explained=bool(row.reason.strip()),
            unit=indicator.measure,
        )  # fmt: skip
        found.append((indicator.group.name if indicator.group else SCHOOL, item))
    return found


def _points(round_: Round) -> Rolled:
    rows = Entry.objects.filter(round=round_, point__isnull=False, point__is_dropped=False)
    told = rows.order_by().values_list("state", "rate")
    return rolled((0, progress(state, percent(rate))) for state, rate in told).get(0, Rolled())


def percent(text: str) -> Decimal | None:
    """A rate as typed (“95%”, “95”); None where it is none."""
    match = _PERCENT.fullmatch(text)
    return Decimal(match[1]) if match else None


def lines_of(programme: Programme, last: int | None = None) -> list[funds.Line]:
    """The money of a programme by source and year, up to a year."""
    rows = FundLine.objects.filter(programme=programme, year__lte=last or programme.last_year)
    return [
        funds.Line(
            key=row.pk, year=row.year, source=row.get_source_display(), explanation=row.explanation,
            money=funds.Money(row.budget, row.arrived, row.spent),
        )
        for row in rows
    ]  # fmt: skip
