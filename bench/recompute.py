"""How long a college's figures take: 761 task points, 614 indicators with formulas, 20,000 records. Writes recompute.md.

Each case is the median of several calls of one process after the first (“warm”); the first is told apart.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
POINTS, INDICATORS, RECORDS = 761, 614, 20_000
FIRST, LAST = 2022, 2026
ROUNDS = 7
BAR = 0.2  # seconds
_ABOUT = (
    f"{POINTS} task points, {INDICATORS} indicators, all of them with formulas, {RECORDS} records; "
    f"median of {ROUNDS}, milliseconds of the clock and of the processor. Bar: {BAR * 1000:.0f}. "
    f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start."
)
LEVELS = ("国家级", "省级", "校级", "")


def main() -> None:
    """Measure on a fresh SQLite ledger in a folder of its own, and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"TAIZHANG_DATA": folder, "TAIZHANG_DEBUG": "", "DJANGO_SETTINGS_MODULE": "taizhang.web.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        table = _measured()
    page = "\n".join(
        (
            "Made by `bench/recompute.py`.",
            "",
            _ABOUT,
            "",
            "| what | ms | processor ms |",
            "| --- | ---: | ---: |",
            *(f"| {name} | {wall * 1000:.0f} | {processor * 1000:.0f} |" for name, (wall, processor) in table),
        )
    )
    (HERE / "recompute.md").write_text(page + "\n", encoding="utf-8")
    sys.stdout.write(page + "\n")


def _measured() -> list[tuple[str, tuple[float, float]]]:
    from taizhang.core.rollup import progress, rolled
    from taizhang.web.ledger.models import DerivedFigure, Record
    from taizhang.web.ledger.workflow.figures import recompute

    college, points = _college()
    first = _timed(lambda: recompute(college))

    def all_anew() -> None:
        DerivedFigure.objects.update(inputs="")
        recompute(college)

    def one_changed() -> None:
        row = Record.objects.order_by("pk")[1234]
        row.version += 1
        row.save(update_fields=["version"])
        recompute(college)

    cases: list[tuple[str, Callable[[], object]]] = [
        ("nothing changed", lambda: recompute(college)),
        ("one record changed: its kind read again, its figures worked out", one_changed),
        ("every figure worked out again and kept", all_anew),
        ("task points rolled up", lambda: rolled((code, progress(state, rate)) for code, state, rate in points)),
    ]
    return [("first call of a process: records read, every figure worked out and kept", first)] + [
        (name, _median([_timed(case) for _ in range(ROUNDS)])) for name, case in cases
    ]


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and by the processor: where other things run as well, only the second tells."""
    begun, used = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - begun, time.process_time() - used


def _median(times: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(wall for wall, _ in times), statistics.median(processor for _, processor in times)


def _college():  # noqa: ANN202 - a unit and its points, whose types are known after set-up
    from django.utils import timezone

    from taizhang.web.ledger.models import Category, Indicator, Period, Programme, Unit, UnitKind

    now = timezone.now()
    college = Unit.objects.create(name="云岭职业技术学院", kind=UnitKind.COLLEGE)
    college.college, college.path = college, f"/{college.pk}/"
    college.save()
    units = [
        Unit.objects.create(name=f"部门{n}", kind=UnitKind.DEPARTMENT, parent=college, college=college)
        for n in range(20)
    ]
    for unit in units:
        unit.path = f"{college.path}{unit.pk}/"
    Unit.objects.bulk_update(units, ["path"])
    programme = Programme.objects.create(college=college, name="建设项目", first_year=FIRST, last_year=LAST)
    for year in range(FIRST, LAST + 1):
        Period.objects.create(programme=programme, name=str(year), kind="year", first_year=year, last_year=year)
    Period.objects.create(programme=programme, name="期满", kind="end", first_year=FIRST, last_year=LAST)
    Indicator.objects.bulk_create(
        Indicator(programme=programme, code=f"1.{n}", name=f"指标{n}", category=Category.QUANTITY, unit=units[n % 20],
                  position=f"{n:04}", basis=("cumulative", "cumulative", "per_year", "point_in_time")[n % 4])
        for n in range(INDICATORS)
    )  # fmt: skip
    kinds = _records(college, units, now)
    _formulas(programme, kinds, units, now)
    points = [(f"{n % 40}", "postponed" if n % 50 == 0 else "", Decimal(100 if n % 9 else 80)) for n in range(POINTS)]
    return college, points


def _records(college, units, now):  # noqa: ANN001, ANN202 - as above
    from taizhang.records import shelf
    from taizhang.web.ledger.models import Partner, Record, RecordMeasure, RecordPartner

    kinds = list(shelf().values())
    partners = Partner.objects.bulk_create(Partner(college=college, name=f"合作单位{n}") for n in range(500))
    rows = Record.objects.bulk_create(
        (
            Record(
                college=college, unit=units[n % 20], code=f"R{n:05}", kind=kinds[n % len(kinds)].key, title=f"记录{n}",
                period=str(FIRST + n % 5), state=_state(kinds[n % len(kinds)], n), level=LEVELS[n % 4],
                stage="50-approved" if n % 5 else "20-submitted", made_at=now, changed_at=now,
            )
            for n in range(RECORDS)
        ),
        batch_size=500,
    )  # fmt: skip
    RecordMeasure.objects.bulk_create(
        (
            RecordMeasure(record=row, name=measure.name, value=Decimal(n % 97), unit=measure.unit, position=place)
            for n, row in enumerate(rows)
            for place, measure in enumerate(kinds[n % len(kinds)].measures[:2])
        ),
        batch_size=500,
    )
    RecordPartner.objects.bulk_create(
        (
            RecordPartner(record=row, partner=partners[n % 500], told=partners[n % 500].name)
            for n, row in enumerate(rows)
        ),
        batch_size=500,
    )
    return kinds


def _state(kind, n):  # noqa: ANN001, ANN202 - as above
    done = [state.key for state in kind.states if state.counts]
    return done[n % len(done)] if n % 10 else kind.states[0].key


def _formulas(programme, kinds, units, now):  # noqa: ANN001, ANN202 - as above
    from taizhang.web.ledger.models import IndicatorFormula

    told = []
    for n, indicator in enumerate(programme.indicators.order_by("pk")):
        kind = kinds[n % len(kinds)]
        measure = kind.measures[0]
        part = {
            "kinds": [kind.key],
            "level": ("", "省级")[n % 2],
            "departments": [str(units[n % 20].pk)] if n % 5 == 0 else [],
        }
        by_sum = {"operation": "sum", "measure": measure.name, "unit": measure.unit, **part}
        count, distinct = {"operation": "count", **part}, {"operation": "distinct", "over": "partner", **part}
        formula = {"part": (by_sum, count, count, distinct, by_sum)[n % 5]}
        if n % 15 == 0:
            formula["divisor"] = {"operation": "count", "kinds": [kind.key]}
        told.append(IndicatorFormula(indicator=indicator, method="derived", formula=formula, kept_at=now))
    IndicatorFormula.objects.bulk_create(told)


if __name__ == "__main__":
    main()
