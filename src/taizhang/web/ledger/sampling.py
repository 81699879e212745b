"""What is known of the locked items of a round before a sample is drawn, as values for `core.risk`."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.core.cache import cache

from taizhang.core.quantities import number
from taizhang.core.risk import Drawable, Risk, Weights, risk
from taizhang.profiles import load
from taizhang.web.ledger.models import (
    Chain,
    Change,
    Citation,
    Direction,
    Entry,
    FindingStatus,
    ReportFinding,
    Round,
    Stage,
    Target,
)

LEDGER_RULES = ("LED010", "LED011")  # those that hold a report against the ledger


def weights_of(round_: Round) -> Weights:
    """The weights that the profile of the round's programme gives."""
    return Weights.of(load(round_.programme.profile).sections["risk"])


def risks(round_: Round) -> dict[int, Risk]:
    """The risk of each locked item; worked out once for every state of the college's history."""
    chain = Chain.objects.filter(college=round_.programme.college_id).values_list("head", flat=True).first()
    key = f"risks-{round_.pk}-{chain}"
    found: dict[int, Risk] | None = cache.get(key)
    if found is None:
        weights = weights_of(round_)
        found = {item.number: risk(item, weights) for item in drawables(round_)}
        cache.set(key, found)
    return found


def drawables(round_: Round, only: Collection[int] | None = None) -> list[Drawable]:
    """The locked items of the round, or those of them named; a handful of queries, however many items there are."""
    rows = round_.entries.filter(stage=Stage.LOCKED) if only is None else round_.entries.filter(pk__in=only)
    entries = list(rows.filter(stage=Stage.LOCKED).select_related("indicator").order_by("pk"))
    pks = None if only is None else [entry.pk for entry in entries]
    dates = _evidence_dates(round_, pks)
    told, differs = _reported(round_, pks)
    returned, corrected = _returned(round_, [entry.pk for entry in entries], pks is not None)
    indicators = None if pks is None else [entry.indicator_id for entry in entries if entry.indicator_id]
    goals, before = _goals(round_, indicators), _before(round_, indicators)
    found = []
    for entry in entries:
        severities = Counter(each["severity"] for each in entry.findings) + told[entry.pk]
        days = dates.get(entry.pk, [])
        found.append(
            Drawable(
                number=entry.pk,
                unit=str(entry.unit_id),
                errors=severities["error"],
                warnings=severities["warning"],
                differs=entry.pk in differs,
                attainment=attainment(entry, goals.get(entry.indicator_id or 0)),
                actual=entry.number if entry.indicator_id else None,
                before=before.get(entry.indicator_id or 0),
                evidence=len(days),
                old_evidence=_is_old(days, round_.period.first_year),
                returned=returned[entry.pk],
                altered=entry.altered or bool(corrected[entry.pk]),
            )
        )
    return found


def _is_old(days: list[date | None], year: int) -> bool:
    """Whether all the dates are known and lie before the year."""
    return bool(days) and all(day is not None and day.year < year for day in days)


def attainment(entry: Entry, goal: Decimal | None) -> Decimal | None:
    """The attainment in per cent: of the value over its target, else as it was typed."""
    if goal and entry.number is not None and entry.indicator is not None:
        if entry.indicator.direction == Direction.LOWER:
            return goal / entry.number * 100 if entry.number else None
        return entry.number / goal * 100
    typed = number(entry.rate)
    return typed.value if typed is not None and typed.unit in {"", "%"} else None


def _evidence_dates(round_: Round, only: Collection[int] | None) -> dict[int, list[date | None]]:
    """The dates of the evidence that each item cites."""
    found: dict[int, list[date | None]] = defaultdict(list)
    cited = Citation.objects.filter(entry__round=round_, withdrawn_at=None, evidence__withdrawn_at=None)
    if only is not None:
        cited = cited.filter(entry__in=only)
    for entry, day in cited.values_list("entry", "evidence__dated"):
        found[entry].append(day)
    return found


def _reported(round_: Round, only: Collection[int] | None) -> tuple[dict[int, Counter[str]], set[int]]:
    """The severities of findings in reports handed in, by the item they are about, and the items told otherwise."""
    told: dict[int, Counter[str]] = defaultdict(Counter)
    differs = set()
    rows = ReportFinding.objects.filter(entry__round=round_, report__handed_in_at__isnull=False).exclude(
        status=FindingStatus.EXEMPT
    )
    if only is not None:
        rows = rows.filter(entry__in=only)
    for entry, code, severity in rows.values_list("entry", "code", "severity"):
        if entry is not None:
            told[entry][severity] += 1
            if code in LEDGER_RULES:
                differs.add(entry)
    return told, differs


def _returned(round_: Round, entries: Collection[int], few: bool) -> tuple[Counter[int], Counter[int]]:
    """How often each item was returned, and how often corrected after approval."""
    ids = {str(pk) for pk in entries}
    returned: Counter[int] = Counter()
    corrected: Counter[int] = Counter()
    changes = Change.objects.filter(thing="entry", verb__in=("return", "correct"))
    college = round_.programme.college_id
    found = changes.filter(thing_id__in=ids) if few else changes.filter(college=college, at__gte=round_.opened_at)
    for verb, thing in found.values_list("verb", "thing_id"):
        if thing in ids:
            (returned if verb == "return" else corrected)[int(thing)] += 1
    return returned, corrected


def _goals(round_: Round, only: Collection[int] | None) -> dict[int, Decimal]:
    """The targets of the round's period."""
    targets = Target.objects.filter(period=round_.period, number__isnull=False)
    if only is not None:
        targets = targets.filter(indicator__in=only)
    return {pk: worth for pk, worth in targets.values_list("indicator", "number") if worth is not None}


def _before(round_: Round, only: Collection[int] | None) -> dict[int, Decimal]:
    """The approved values of the latest earlier round that has one."""
    earlier = Entry.objects.filter(
        round__programme=round_.programme, round__opened_at__lt=round_.opened_at, indicator__isnull=False,
        stage__gte=Stage.APPROVED, number__isnull=False,
    ).order_by("round__opened_at")  # fmt: skip
    if only is not None:
        earlier = earlier.filter(indicator__in=only)
    return {pk: worth for pk, worth in earlier.values_list("indicator", "number") if pk and worth is not None}
