"""The migrations are one line, and make the tables that the models describe."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

import taizhang.web.ledger.migrations as folder
from taizhang.web.ledger.models import Entry, Indicator, Record, Task, Unit
from web_records import entered


def test_the_numbers_are_one_line():
    names = sorted(file.stem for file in Path(folder.__file__).parent.glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", name) for name in names)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "ledger", check=True, dry_run=True, verbosity=0)


PLACES = ["0001", "0001-0002", "0001-0010", "0001|1", "0001|2", "0001~", "00011", "0002", "a", "B", "任务", "～"]


@pytest.mark.parametrize(
    ("table", "column"), [(Unit, "path"), (Task, "position"), (Indicator, "position"), (Entry, "position")]
)
def test_places_are_sorted_alike_by_every_database(scene, table, column):
    row = table.objects.first()
    found = []
    for place in PLACES:
        table.objects.filter(pk=row.pk).update(**{column: place})
        behind = [each for each in PLACES if table.objects.filter(pk=row.pk, **{f"{column}__gt": each}).exists()]
        found.append(behind == [each for each in PLACES if each < place])
    assert all(found)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite knows no collation of a language")
@pytest.mark.django_db
def test_places_are_sorted_by_code_points_whatever_the_language_of_the_server():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_name LIKE 'ledger_%%'"
            " AND column_name IN ('position', 'path') AND collation_name = 'C' ORDER BY 1"
        )
        assert [name for (name,) in cursor.fetchall()] == [
            "ledger_entry", "ledger_indicator", "ledger_task", "ledger_unit",
        ]  # fmt: skip


def test_records_that_are_there_are_dated_by_the_law_of_new_ones(scene):
    rows = [entered(scene), entered(scene, start=None, end=None, period="2022-2024学年", title="跨学年的培训班")]
    years = [row.counted_year for row in rows]
    assert years == [2023, None]
    Record.objects.update(counted_year=1999)
    import_module(f"{folder.__name__}.0016_the_year_a_record_counts_in").date_records(apps, None)
    assert list(Record.objects.order_by("pk").values_list("counted_year", flat=True)) == years
