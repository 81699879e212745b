"""What the rules of periods share: the last year that a report is about."""

import re
from collections import Counter
from collections.abc import Iterator

from taizhang.checks.registry import Context
from taizhang.documents.blocks import Heading, Paragraph, Role
from taizhang.intake.reading import Reading

_TITLE_BLOCKS = 8
_LONGEST_TITLE = 60
_YEARS = r"(?P<year>20\d\d)\s*(?:年|学年)?(?:\s*[-—–~～至]+\s*(?P<last>20\d\d)\s*)?(?:学年|年度|年)?"


def report_year(reading: Reading, context: Context) -> int | None:
    """The last year of a report: of its name, else of its file's, else of the year columns of its tables."""
    known: dict[int, int | None] = context.memo.setdefault("report_years", {})
    if id(reading) not in known:
        known[id(reading)] = _year(reading, context)
    return known[id(reading)]


def _year(reading: Reading, context: Context) -> int | None:
    words = "|".join(context.profile.sections.get("reporting_period", {}).get("titles", ["报告"]))
    named = re.compile(
        rf"(?<!\d){_YEARS}(?=[^。，；\d]{{0,30}}(?:{words}))|[（(]{_YEARS.replace('year', 'y').replace('last', 'l')}[)）]"
    )
    for title in _titles(reading):
        match = named.search(title)
        if match and any(match.groups()):
            return max(int(year) for year in match.groups() if year)
    columns = Counter(
        int(column.year) for columns in reading.plans.columns.values() for column in columns if column.year is not None
    )
    return max(columns) if columns else None


def _titles(reading: Reading) -> Iterator[str]:
    blocks = [block for block in reading.document.blocks[:_TITLE_BLOCKS] if isinstance(block, Heading | Paragraph)]
    spoken = [b.text for b in blocks if not (isinstance(b, Paragraph) and b.role is Role.CONTENTS)]
    short = [text for text in spoken if len(text) <= _LONGEST_TITLE and "。" not in text]
    yield "".join(short[:3])
    yield from short
    yield reading.document.file
