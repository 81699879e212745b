"""Fill the ledger of the demonstration college until it is far larger than any real one: run by site.py."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - the tables are known after set-up
from django.utils import timezone  # noqa: E402 - as above

from taizhang.web.ledger.evidence import search  # noqa: E402 - as above
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
from taizhang.web.ledger.workflow import registers  # noqa: E402 - as above

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
_TITLES = "CREATE TEMPORARY TABLE title (id integer PRIMARY KEY, title text, folded text, grams {type})"
_RECORDS = """
INSERT INTO ledger_record (college_id, unit_id, person_id, code, kind, title, org, department, owner, period, period_basis,
                           first_year, last_year, counted_year, place_id, place_told, level, state, fields, tags, sources, mentions, stage,
                           returned_because, altered, findings, worst, version, made_at, made_by_id, changed_at, changed_by_id)
WITH RECURSIVE counted(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i + 1 < %s)
SELECT %s, u.id, %s, 'B' || i, CASE i %% 4 WHEN 0 THEN 'award' WHEN 1 THEN 'project' ELSE 'training_programme' END, t.title,
       '云岭职业技术学院', '', '', '' || (2019 + i %% 7), 'stated', 2019 + i %% 7, 2019 + i %% 7, 2019 + i %% 7, %s, '桥头村',
       CASE i %% 10 WHEN 0 THEN '省级' WHEN 1 THEN '国家级' ELSE '' END, CASE i %% 4 WHEN 0 THEN 'awarded' WHEN 1 THEN 'approved' ELSE 'held' END,
       '{"theme": "茶艺"}', '["服务发展"]', '[]', '[]',
       CASE i %% 5 WHEN 0 THEN '10-draft' WHEN 1 THEN '20-submitted' WHEN 2 THEN '30-department' ELSE '60-locked' END,
       '', false, '[]', '', 1, %s, %s, %s, %s
FROM counted JOIN title t ON t.id = i %% 500 JOIN unit_of u ON u.number = i %% 7
"""
_MEASURES = """
INSERT INTO ledger_recordmeasure (record_id, position, name, value, unit, qualifier, base_period)
SELECT id, 0, '人数', 10 + id %% 90, '人', '', '' FROM ledger_record WHERE code LIKE 'B%%'
"""
_PARTNERS = """
INSERT INTO ledger_recordpartner (record_id, partner_id, position, told, role)
SELECT r.id, p.id, 0, p.name, '合作' FROM ledger_record r JOIN partner_of p ON p.number = r.id %% 200 WHERE r.code LIKE 'B%%'
"""
_TAGS = """
INSERT INTO ledger_recordtag (record_id, college_id, name)
SELECT id, college_id, CASE id %% 50 WHEN 0 THEN '双百行动' ELSE '服务发展' END FROM ledger_record WHERE code LIKE 'B%%'
"""
_BLOBS = """
INSERT INTO ledger_blob (sha256, size, media_type, pages, text, text_state, stored_at)
WITH RECURSIVE counted(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i + 1 < %s)
SELECT 'b' || i, 1000 + i, 'application/pdf', 3, '', '', %s FROM counted
"""
_EVIDENCE = """
INSERT INTO ledger_evidence (college_id, unit_id, blob_id, title, file_name, number, dated, issued_by, document_number, personal,
                             has_personal, uploaded_at, uploaded_by_id, version)
WITH RECURSIVE counted(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i + 1 < %s)
SELECT %s, u.id, 'b' || (i / 2), '验收材料 ' || i, i || '.pdf', '1-1-2024-' || i, CASE i %% 9 WHEN 0 THEN NULL ELSE {day} END,
       '云岭职业技术学院', '', '[]', i %% 1000 = 0, %s, %s, 1
FROM counted JOIN unit_of u ON u.number = i %% 7
"""
_OF_ENTRIES = """
INSERT INTO ledger_citation (entry_id, evidence_id, pages, note, cited_at, cited_by_id)
SELECT e.id, e.id %% 100000 + (SELECT min(id) FROM ledger_evidence WHERE title LIKE '验收材料 %%'), '', '', %s, %s
FROM ledger_entry e WHERE e.round_id = %s
"""
_OF_RECORDS = """
INSERT INTO ledger_recordcitation (record_id, evidence_id, pages, note, cited_at, cited_by_id)
SELECT r.id, r.id %% 1000000 + (SELECT min(id) FROM ledger_evidence WHERE title LIKE '验收材料 %%'), '', '', %s, %s
FROM ledger_record r WHERE r.code LIKE 'B%%' AND r.id %% 5 <> 0
"""
RECORDS, TITLES, PARTNERS, EVIDENCE = 1_000_000, 500, 200, 1_000_000
_CRAFTS = (
    "农机维修",
    "茶园管护",
    "家政服务",
    "电子商务",
    "养老护理",
    "乡村旅游",
    "果树修剪",
    "电工安全",
    "数控操作",
    "直播带货",
)


def records(college: Unit, person: Person) -> None:
    """A million records with a measure, a partner, a tag and searchable words each."""
    units = list(Unit.objects.filter(college=college).exclude(pk=college.pk).order_by("pk"))
    partners = registers.partners_named(college, [f"合作单位 {n}" for n in range(PARTNERS)])
    place = registers.places_named(college, ["桥头村"])["桥头村"]
    postgresql = connection.vendor == "postgresql"
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE unit_of (number integer PRIMARY KEY, id integer)")
        cursor.executemany("INSERT INTO unit_of VALUES (%s, %s)", [(n, units[n % len(units)].pk) for n in range(7)])
        cursor.execute("CREATE TEMPORARY TABLE partner_of (number integer PRIMARY KEY, id integer, name text)")
        cursor.executemany(
            "INSERT INTO partner_of VALUES (%s, %s, %s)",
            [(n, row.pk, row.name) for n, row in enumerate(partners.values())],
        )
        cursor.execute(_TITLES.format(type="bigint[]" if postgresql else "text"))
        titles = [(n, f"第 {n} 期{_CRAFTS[n % 10]}{'培训班' if n % 3 else '竞赛'}") for n in range(TITLES)]
        found = [(n, title, search.folded(title), sorted(search.grams(search.folded(title)))) for n, title in titles]
        kept = [(*row[:3], row[3] if postgresql else " ".join(f"{gram:x}" for gram in row[3])) for row in found]
        cursor.executemany("INSERT INTO title VALUES (%s, %s, %s, %s)", kept)
        who = person.pk
        cursor.execute(_RECORDS, [RECORDS, college.pk, who, place.pk if place else None, now, who, now, who])
        for sentence in (_MEASURES, _PARTNERS, _TAGS):
            cursor.execute(sentence, [])
        told = "FROM ledger_record r JOIN title t ON t.title = r.title WHERE r.code LIKE 'B%%'"
        columns, values = (
            ("record_id, folded, grams", "r.id, t.folded, t.grams")
            if postgresql
            else ("record_id, folded", "r.id, t.folded")
        )
        cursor.execute(f"INSERT INTO ledger_recordtext ({columns}) SELECT {values} {told}", [])
        if not postgresql:
            cursor.execute(f"INSERT INTO ledger_recordgrams (rowid, grams) SELECT r.id, t.grams {told}", [])


def evidence(college: Unit, person: Person, opened: Round) -> None:
    """A million pieces of evidence, two of each file, cited by the items and by four records of five."""
    now = timezone.now()
    day = "DATE '2024-05-01'" if connection.vendor == "postgresql" else "'2024-05-01'"
    with connection.cursor() as cursor:
        cursor.execute(_BLOBS, [EVIDENCE // 2, now])
        cursor.execute(_EVIDENCE.format(day=day), [EVIDENCE, college.pk, now, person.pk])
        cursor.execute(_OF_ENTRIES, [now, person.pk, opened.pk])
        cursor.execute(_OF_RECORDS, [now, person.pk])


@contextmanager
def in_bulk() -> Iterator[None]:
    """Rows first, indexes afterwards, nothing asked twice: a quarter of the time that writing them one by one takes."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute("SET session_replication_role = replica")  # what we write fits; foreign keys are not asked
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename LIKE 'ledger_%%' "
                "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)",
                [],
            )
        else:
            for said in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=OFF", "cache_size=-500000"):
                cursor.execute(f"PRAGMA {said}")
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        indexes = [row for row in cursor.fetchall() if "UNIQUE" not in row[1]]
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for name, sql in indexes:
            told(f"index {name}")
            cursor.execute(sql)
        if postgresql:  # it does so by itself before long; SQLite never does
            told("vacuum")
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA journal_mode=WAL")


def told(what: str) -> None:
    """Say how far it is, for who waits."""
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    """A programme of 100,000 points in an open round, a million changes in the history, a million records."""
    with in_bulk():
        fill()


def fill() -> None:
    """Write the rows."""
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
        told("records")
        records(college, reporter)
        if "evidence" in sys.argv:
            told("evidence")
            evidence(college, reporter, opened)


if __name__ == "__main__":
    sys.exit(main())
