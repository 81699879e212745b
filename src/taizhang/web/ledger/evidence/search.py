"""Finding evidence by its words: an index of single characters and pairs, on SQLite and on PostgreSQL alike.

Chinese has no spaces and its words have two characters, which full-text indexes of three characters or of words do not
find. Here each text is folded (full-width to half, capitals to small, no white space) and the database indexes which
characters and pairs it holds: SQLite in an FTS5 table, PostgreSQL in a GIN index over integers. Each has a number of its
own, so that for words of one or two characters the index alone answers. A text holds a longer word only if it holds all
pairs of the word; those few are then looked through for the word itself.
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import BigIntegerField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat
from django.db.models.lookups import IContains

from taizhang.web.ledger.models import Blob, SearchText

PAGE_BREAK = "\f"
_MOST_WORDS = 8
_LINE = Value("\n")
_AROUND = 36  # characters shown on each side of a hit


def folded(text: str) -> str:
    """The text as it is compared: compatibility forms unified, small letters, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def grams(text: str) -> set[int]:
    """The characters and the pairs of a folded text, each as a number that nothing else has."""
    return {ord(character) for character in text} | _pairs(text)


def _pairs(text: str) -> set[int]:
    # A character is below 2²¹; the pair stands above all characters, also where its first character is the very first.
    return {(ord(one) + 1) << 21 | ord(other) for one, other in itertools.pairwise(text)}


def words(query: str) -> list[str]:
    """The words of a query, folded, in order and once each."""
    return list(dict.fromkeys(word for each in query.split() if (word := folded(each))))[:_MOST_WORDS]


def index(blob: Blob) -> None:
    """Make the words of a blob findable. A blob's text is read once and never changes."""
    text = folded(blob.text)
    if not text:
        return
    with transaction.atomic():
        row, is_new = SearchText.objects.get_or_create(blob=blob, defaults={"folded": text})
        if not is_new:
            return
        found = sorted(grams(text))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("UPDATE ledger_searchtext SET grams = %s WHERE id = %s", [found, row.pk])
            else:
                tokens = " ".join(f"{gram:x}" for gram in found)
                cursor.execute("INSERT INTO ledger_searchgrams (rowid, grams) VALUES (%s, %s)", [row.pk, tokens])


def holding(query: str) -> QuerySet[SearchText]:
    """The texts that hold all words of the query."""
    wanted = words(query)
    rows = SearchText.objects.all()
    if not wanted:
        return rows.none()
    found = sorted(set().union(*(_pairs(word) or grams(word) for word in wanted)))
    asked: list[int] | str = found
    sql = "SELECT id FROM ledger_searchtext WHERE grams @> %s::bigint[]"
    if connection.vendor != "postgresql":
        asked = " AND ".join(f"{gram:x}" for gram in found)
        sql = "SELECT rowid FROM ledger_searchgrams WHERE ledger_searchgrams MATCH %s"
    rows = rows.filter(pk__in=RawSQL(sql, [asked], output_field=BigIntegerField()))  # noqa: S611 - numbers of our own, as parameters
    for word in wanted:
        if len(word) > 2:
            rows = rows.filter(folded__contains=word)
    return rows


def titled(query: str) -> Q:
    """Evidence whose own fields hold all words of the query."""
    # Looked through as one text, a line each: no word has a line end in it, and one look is cheaper than five.
    lines = Concat("title", _LINE, "file_name", _LINE, "number", _LINE, "issued_by", _LINE, "document_number")
    wanted = Q()
    for word in query.split()[:_MOST_WORDS]:
        wanted &= Q(IContains(lines, word))
    return wanted


class Stretch(NamedTuple):
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a word was found: the page (None where the format has no pages) and the words around it."""

    page: int | None
    stretches: tuple[Stretch, ...]


def hits(blob: Blob, query: str, most: int = 5) -> list[Hit]:
    """The first places in a blob's text that hold a word of the query, not close together."""
    pattern = _pattern(words(query))
    found: list[Hit] = []
    for number, page in enumerate(blob.text.split(PAGE_BREAK), start=1):
        shown_to = 0
        for match in pattern.finditer(page):
            if len(found) == most:
                return found
            if match.start() < shown_to:
                continue
            shown_to = match.end() + _AROUND
            found.append(Hit(number if blob.pages else None, _around(page, *match.span())))
    return found


def _pattern(wanted: list[str]) -> re.Pattern[str]:
    """The words as they may stand in a text: in capitals or full width, with white space in between."""
    spelled = (r"\s*".join(_spelled(each) for each in word) for word in sorted(wanted, key=len, reverse=True))
    return re.compile("|".join(spelled) or "(?!)", re.IGNORECASE)


def _spelled(character: str) -> str:
    if "!" <= character <= "~":
        return f"[{re.escape(character)}{chr(ord(character) + 0xFEE0)}]"
    return re.escape(character)


def _around(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    before = " ".join(text[max(start - _AROUND, 0) : start].split("\n"))
    after = " ".join(text[end : end + _AROUND].split("\n"))
    lead = "…" if start > _AROUND else ""
    trail = "…" if len(text) > end + _AROUND else ""
    return (
        Stretch(lead + before, is_hit=False),
        Stretch(text[start:end], is_hit=True),
        Stretch(after + trail, is_hit=False),
    )
