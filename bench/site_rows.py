"""Fill the ledger of the demonstration college until it is far larger than any real one: run by site.py."""

import sys

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - the tables are known after set-up
from django.utils import timezone  # noqa: E402 - as above

from taizhang.web.ledger.models import (  # noqa: E402 - as above
    Chain,
    Period,
    PeriodKind,
    Person,
    Programme,
    Round,
    Task,
    Unit,
    UnitKind,
)

TASKS, YEARS, ORDINALS = 1000, 5, 20  # points of each task and year
CHANGES = 1_000_000

_POINTS = """
INSERT INTO ledger_point (programme_id, task_id, year, ordinal, plan, unit_id, person_id, is_dropped, version)
WITH RECURSIVE counted(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i + 1 < %s)
SELECT t.programme_id, t.id, 2023 + i %% %s, 1 + i / %s, '新建校级课程并组织验收，第 ' || i || ' 项', t.unit_id,
       t.person_id, false, 1
FROM ledger_task t CROSS JOIN counted WHERE t.programme_id = %s
"""
_ENTRIES = """
INSERT INTO ledger_entry (round_id, point_id, unit_id, team_id, person_id, position, stage, text, rate, state, reason,
                          returned_because, version, altered, findings, worst)
SELECT %s, p.id, p.unit_id, t.team_id, p.person_id, t.position || ' 1|' || p.year || '|' || (1000 + p.ordinal),
       CASE p.id %% 4 WHEN 0 THEN '10-draft' WHEN 1 THEN '20-submitted' WHEN 2 THEN '30-department' ELSE '50-approved' END,
       '已建成课程并通过验收，佐证见附件。', '100', 'built', '', '', 2, false, '[]', ''
FROM ledger_point p JOIN ledger_task t ON t.id = p.task_id WHERE p.programme_id = %s
"""
_CHANGES = """
INSERT INTO ledger_change (college_id, number, at, actor_id, actor_name, verb, thing, thing_id, label, before, after,
                           reason, previous, hash)
WITH RECURSIVE counted(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted WHERE i < %s)
SELECT %s, %s + i, %s, %s, '林晓', CASE i %% 4 WHEN 0 THEN 'submit' ELSE 'save' END, 'entry', '' || (1 + i %% 100000),
       '1-1 2024①', '{"text": ""}', '{"text": "已建成课程并通过验收"}', '', '', ''
FROM counted
"""


def main() -> None:
    """A programme of 100,000 points in an open round, and a million changes in the history."""
    college = Unit.objects.get(kind=UnitKind.COLLEGE)
    units = list(Unit.objects.filter(college=college, kind=UnitKind.DEPARTMENT))
    reporter, office = Person.objects.get(username="jiaowu"), Person.objects.get(username="shuanggao")
    team = Unit.objects.filter(kind=UnitKind.TEAM).first()
    with transaction.atomic(), connection.cursor() as cursor:
        programme = Programme.objects.create(college=college, name="十万任务点", first_year=2023, last_year=2027)
        period = Period.objects.create(
            programme=programme, name="期满", kind=PeriodKind.END, first_year=2023, last_year=2027
        )
        Task.objects.bulk_create(
            Task(
                programme=programme, code=f"{n // 50 + 1}-{n % 50 + 1}", name=f"建设任务 {n}", unit=units[n % len(units)],
                team=team if n % 2 else None, person=reporter, position=f"{n // 50 + 1:03}.{n % 50 + 1:03}",
            )
            for n in range(TASKS)
        )  # fmt: skip
        day = timezone.localdate()
        opened = Round.objects.create(
            programme=programme, period=period, name="十万项填报", opened_at=timezone.now(), opened_by=office, due_person=day,
            due_department=day, due_team=day, due_school=day,
        )  # fmt: skip
        cursor.execute(_POINTS, [YEARS * ORDINALS, YEARS, YEARS, programme.pk])
        cursor.execute(_ENTRIES, [opened.pk, programme.pk])
        chain = Chain.objects.get(college=college)
        cursor.execute(_CHANGES, [CHANGES, college.pk, chain.length, timezone.now(), reporter.pk])
        chain.length += CHANGES
        chain.save()
    if connection.vendor == "postgresql":  # which does so by itself before long; SQLite never does
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
