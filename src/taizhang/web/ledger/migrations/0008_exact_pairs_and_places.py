from itertools import pairwise

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Texts that are sorted by: PostgreSQL with the collation of a language passes over “|”, “/” and “~”, SQLite does not.
_PLACES = (("unit", "path", 255), ("task", "position", 120), ("indicator", "position", 120), ("entry", "position", 160))
_POSTGRESQL = "ALTER TABLE ledger_searchtext ALTER COLUMN grams TYPE bigint[] USING grams::bigint[]"
_SQLITE = (
    "DROP TABLE ledger_searchgrams",
    "CREATE VIRTUAL TABLE ledger_searchgrams USING fts5(grams, content='', detail='none', tokenize='ascii')",
)


def sort_by_code_points(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table, column, length in _PLACES:
            schema_editor.execute(
                f'ALTER TABLE ledger_{table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"'
            )


def number_pairs_anew(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each character and each pair gets a number of its own, as ledger.evidence.search asks for them."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for sentence in (_POSTGRESQL,) if is_postgresql else _SQLITE:
        schema_editor.execute(sentence)
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT id, folded FROM ledger_searchtext WHERE id > %s ORDER BY id LIMIT 100", [last])
            rows = cursor.fetchall()
            if not rows:
                return
            for key, text in rows:
                pairs = {(ord(one) + 1) << 21 | ord(other) for one, other in pairwise(text)}
                found = sorted(pairs | {ord(character) for character in text})
                if is_postgresql:
                    cursor.execute("UPDATE ledger_searchtext SET grams = %s WHERE id = %s", [found, key])
                else:
                    tokens = " ".join(f"{gram:x}" for gram in found)
                    cursor.execute("INSERT INTO ledger_searchgrams (rowid, grams) VALUES (%s, %s)", [key, tokens])
            last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0007_entries_by_last_change_and_history_of_one_thing"),
    ]

    operations = [
        migrations.RunPython(number_pairs_anew),
        migrations.RunPython(sort_by_code_points, migrations.RunPython.noop),
    ]
