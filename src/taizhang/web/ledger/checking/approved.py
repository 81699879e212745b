"""What the ledger has approved in a round, as values for the checker."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db.models import Q

from taizhang.core.ledger import Ledger, LedgerIndicator, LedgerPoint
from taizhang.web.ledger.models import Round, Stage, Unit


def ledger_of(round_: Round, unit: Unit) -> Ledger:
    """What the school has approved or locked in the round of a unit and the units below it.

    Whoever sees a report of the unit sees what is said of it, so nothing of other units may be said. `reference` is the
    entry's id.
    """
    own = Q(unit__path__startswith=unit.path) | Q(team__path__startswith=unit.path)
    rows = round_.entries.filter(own, stage__gte=Stage.APPROVED).select_related("indicator", "point__task")
    indicators, points = [], []
    for row in rows:
        stage = "已锁定" if row.stage == Stage.LOCKED else "已审"
        if row.indicator is not None:
            indicators.append(
                LedgerIndicator(
                    code=row.indicator.code, name=row.indicator.name, measure=row.indicator.measure, number=row.number,
                    stage=stage, reference=row.pk,
                )
            )  # fmt: skip
        elif row.point is not None:
            point = row.point
            points.append(
                LedgerPoint(
                    task_code=point.task.code, task_name=point.task.name, year=point.year, ordinal=point.ordinal,
                    plan=point.plan, text=row.text, rate=row.rate, stage=stage, reference=row.pk,
                )
            )  # fmt: skip
    return Ledger(indicators=tuple(indicators), points=tuple(points))


def as_json(ledger: Ledger) -> dict[str, Any]:
    """The ledger for a job; numbers as texts, exact."""
    return {
        "indicators": [
            {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(each).items()}
            for each in ledger.indicators
        ],
        "points": [asdict(each) for each in ledger.points],
    }
