"""What tests of the dashboards share: a round in which every kind of item is told in every way."""

import random
from decimal import Decimal
from itertools import cycle

from taizhang.web.ledger.models import Category, Entry, Indicator, LifeState, Point, Stage, Target, Task

RATES = ("", "100%", "80%", "100", "120%", "另见说明")


def told_in_every_way(scene, points=40, indicators=14, seed=7):
    """More tasks, points of three years and indicators, with stages, states, rates and values drawn from all there are."""
    draw = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    below = Task.objects.create(
        programme=scene.programme, parent=scene.task, code="1-1", name="建课程", unit=scene.teaching, position="001-001"
    )
    second = Task.objects.create(
        programme=scene.programme, code="2", name="服务产业", unit=scene.training, position="002"
    )
    tasks, units = cycle((scene.task, below, second)), cycle((scene.teaching, scene.training, scene.college))
    rows = []
    for number in range(points):
        task, unit = next(tasks), next(units)
        point = Point.objects.create(
            programme=scene.programme, task=task, year=2023 + number % 3, ordinal=10 + number, plan=f"做第 {number} 件事", unit=unit
        )  # fmt: skip
        rows.append(Entry(point=point, position=f"{task.position}-{number:03}", unit=unit))
    for number in range(indicators):
        task, unit = draw.choice([next(tasks), None]), next(units)
        indicator = Indicator.objects.create(
            programme=scene.programme, task=task, code=f"9.{number}", name=f"第 {number} 个指标", unit=unit,
            category=draw.choice(Category.values), direction=draw.choice(["higher", "lower"]), measure="项",
        )  # fmt: skip
        if number % 4:
            Target.objects.create(indicator=indicator, period=scene.round.period, text="10", number=10)
        rows.append(Entry(indicator=indicator, position=f"9-{number:03}", unit=unit))
    for row in rows:
        row.round, row.team = scene.round, scene.team
        row.stage, row.state, row.rate = draw.choice(Stage.values), draw.choice(LifeState.values), draw.choice(RATES)
        if row.indicator is not None and draw.random() < 0.8:
            row.number = Decimal(draw.choice([0, 5, 10, 15]))
    Entry.objects.bulk_create(rows)
