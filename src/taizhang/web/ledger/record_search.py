"""Finding records by their words: the index of pairs that evidence has (ledger.evidence.search), over what records say."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from taizhang.core import record as core
from taizhang.records import Kind
from taizhang.web.ledger.evidence.search import folded, grams, words
from taizhang.web.ledger.models import Record, RecordText
from taizhang.web.ledger.recorded import in_text

_LONGEST = 20_000  # characters of one record that are indexed
_PAIR = 2


def text_of(record: core.Record, kind: Kind | None) -> str:
    """What a search looks through: everything that people read on the record's page, folded."""
    state = kind.state(record.state) if kind else None
    parts = [
        record.id, record.title, kind.name if kind else record.kind, state.name if state else "", record.department,
        record.owner, record.period or "", record.place or "", record.level or "", *record.tags,
        *(each.name for each in record.partners), *(in_text(value) for value in record.fields.values()),
        *(each.name for each in record.measures), *(each.text for each in record.sources),
    ]  # fmt: skip
    # A line between two parts, so that the end of one and the beginning of the next make no word.
    return "\n".join(folded(part) for part in parts if part)[:_LONGEST]


def index(texts: Sequence[tuple[Record, str]]) -> None:
    """Make the records findable by these texts, and no more by those that they had."""
    if not texts:
        return
    keys = [row.pk for row, _text in texts]
    before = dict(RecordText.objects.filter(pk__in=keys).values_list("pk", "folded"))
    changed = [(row, text) for row, text in texts if before.get(row.pk) != text]
    RecordText.objects.filter(pk__in=[row.pk for row, _text in changed]).delete()
    RecordText.objects.bulk_create((RecordText(record=row, folded=text) for row, text in changed), batch_size=500)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            rows = [(sorted(grams(text)), row.pk) for row, text in changed]
            cursor.executemany("UPDATE ledger_recordtext SET grams = %s WHERE record_id = %s", rows)
            return
        gone = [(row.pk, _tokens(before[row.pk])) for row, _text in changed if row.pk in before]
        cursor.executemany(
            "INSERT INTO ledger_recordgrams (ledger_recordgrams, rowid, grams) VALUES ('delete', %s, %s)", gone
        )
        new = [(row.pk, _tokens(text)) for row, text in changed]
        cursor.executemany("INSERT INTO ledger_recordgrams (rowid, grams) VALUES (%s, %s)", new)


def _tokens(text: str) -> str:
    return " ".join(f"{gram:x}" for gram in sorted(grams(text)))


def holding(query: str, few: int = 20_000) -> Q:
    """Records that hold all words of the query.

    Found by the index where they are few; where they are many, each is asked by its text as the list walks its order.
    """
    wanted = words(query)
    if not wanted:
        return Q()
    of_one = RecordText.objects.filter(pk=OuterRef("pk"))
    for word in wanted:
        of_one = of_one.filter(folded__contains=word)
    found = sorted(set().union(*(_asked(word) for word in wanted)))
    asked: list[int] | str = found
    sql = "SELECT record_id FROM ledger_recordtext WHERE grams @> %s::bigint[]"
    if connection.vendor != "postgresql":
        asked = " AND ".join(f"{gram:x}" for gram in found)
        sql = "SELECT rowid FROM ledger_recordgrams WHERE ledger_recordgrams MATCH %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql} LIMIT %s) AS found", [asked, few + 1])  # noqa: S608 - our own words
        is_many = cursor.fetchone()[0] > few
    if is_many:
        return Q(Exists(of_one))
    among = Q(pk__in=RawSQL(sql, [asked], output_field=BigIntegerField()))  # noqa: S611 - numbers of our own, as parameters
    # For words of one or two characters the index alone answers.
    return among & Q(Exists(of_one)) if any(len(word) > _PAIR for word in wanted) else among


def _asked(word: str) -> set[int]:
    """The pairs of a word; of a single character itself."""
    found = grams(word)
    return found - {ord(character) for character in word} or found


_COMMON = 3000  # records that hold a pair: beyond it a pair tells little
_CONJOINED = 4  # of pairs that are all common, so many together tell something


def sharing(title: str) -> list[int]:
    """Ids of records whose words share pairs with a title: any of its rarer pairs, or several of its common ones at once.

    Two titles that are alike share so many pairs that they share one of the rarer ones (records.similarity says how many).
    """
    pairs = sorted(grams(folded(title)) - set(map(ord, folded(title))))
    counts = {pair: _count(pair) for pair in pairs}
    rarest = sorted(pairs, key=lambda pair: (counts[pair], pair))
    rare = [pair for pair in rarest if 0 < counts[pair] <= _COMMON]
    common = [pair for pair in rarest if counts[pair] > _COMMON]
    found = _holding(rare, every=False, at_most=_COMMON * max(len(rare), 1)) if rare else []
    return found + (_holding(common[:_CONJOINED], every=True, at_most=_COMMON) if common else [])


def _count(pair: int) -> int:
    """How many records hold a pair, counted no further than to know that it is common."""
    return len(_holding([pair], every=True, at_most=_COMMON + 1))


def _holding(pairs: Sequence[int], *, every: bool, at_most: int) -> list[int]:
    """Ids of the newest records that hold every one, or any one, of these pairs."""
    asked: list[int] | str = sorted(pairs)
    if connection.vendor == "postgresql":
        sign = "@>" if every else "&&"
        sql = f"SELECT record_id FROM ledger_recordtext WHERE grams {sign} %s::bigint[] LIMIT %s"  # noqa: S608 - our own sign
    else:
        asked = (" AND " if every else " OR ").join(f"{pair:x}" for pair in pairs)
        sql = "SELECT rowid FROM ledger_recordgrams WHERE ledger_recordgrams MATCH %s ORDER BY rowid DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, at_most])
        return [pk for (pk,) in cursor.fetchall()]
