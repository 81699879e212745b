"""The one year in which a record counts, worked out for those that are there by the law that new ones follow."""

from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from taizhang.core.dating import when
from taizhang.core.record import Record as Told

_AT_ONCE = 2000


def date_records(apps: StateApps, _schema: BaseDatabaseSchemaEditor) -> None:
    table = apps.get_model("ledger", "Record")
    told = table.objects.order_by("pk").values_list("pk", "period", "start", "end", "as_of")
    last = 0
    while some := list(told.filter(pk__gt=last)[:_AT_ONCE]):
        last = some[-1][0]
        by_year: dict[int | None, list[int]] = {}
        for pk, period, start, end, as_of in some:
            record = Told(id="", kind="", title="", period=period or None, start=start, end=end, as_of=as_of)
            by_year.setdefault(when(record).year, []).append(pk)
        for year, keys in by_year.items():
            table.objects.filter(pk__in=keys).update(counted_year=year)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0015_records_found_by_what_they_are"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="counted_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(date_records, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["college", "counted_year", "-id"], name="record_counted_year"),
        ),
    ]
