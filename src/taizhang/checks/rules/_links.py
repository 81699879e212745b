"""What the arithmetic rules share: which tables a text names, which section an area's name means, what is counted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph, Table
from taizhang.intake.plans import Indicator
from taizhang.intake.reading import Reading

_NUMBER = r"\d+(?:\s*[-—–.．]\s*\d+)+"
_NAMED = re.compile(
    rf"(?:见|如|列于|列入|载于)\s*(?:下|附)?表\s*{_NUMBER}(?:\s*(?:[、,，和及与至到~～]|以及)\s*表?\s*{_NUMBER})*"
)
_EACH = re.compile(rf"(?P<to>[至到~～]\s*表?\s*)?(?P<number>{_NUMBER})")
_TOLD = re.compile(
    r"(?P<thing>任务点|建设任务|绩效指标|产出指标|指标)(?:总数|数目|数量|数)?(?:共计?|合计|为|有)?\s*(?P<number>\d+)\s*[个项条]"
)
_OF_A_YEAR = re.compile(r"(?<![-—–~～至到\d])20\d\d\s*年(?!\s*[-—–~～至到])")
_LEADING = re.compile(r"^[A-Z]?[\s\d（()）.、．一二三四五六七八九十]+")
_MARKS = re.compile(r"[\s“”\"‘’'《》,，、.:：;；()（）*]+")
CATEGORIES = ("数量", "质量", "时效", "成本", "社会效益", "经济效益", "可持续影响", "满意度")


@dataclass(frozen=True, slots=True)
class Told:
    """A number of task points or indicators that a paragraph tells: [start, end) are the words."""

    paragraph: Paragraph
    of_tasks: bool
    number: Decimal
    start: int
    end: int


def told(paragraph: Paragraph) -> Iterator[Told]:
    """The numbers of task points and indicators that a paragraph tells, but for those of a single year."""
    for match in _TOLD.finditer(paragraph.text):
        clause = max(paragraph.text.rfind(stop, 0, match.start()) for stop in "，。；,;\n") + 1
        if _OF_A_YEAR.search(paragraph.text, clause, match.start()):
            continue
        yield Told(paragraph, "任务" in match["thing"], Decimal(match["number"]), *match.span())


def named_tables(text: str, by_number: dict[str, Table]) -> list[Table]:
    """The tables to which a text refers the reader (“见表 2-44 至表 2-47” being four), in order."""
    names: list[str] = []
    for run in _NAMED.finditer(text):
        for match in _EACH.finditer(run[0]):
            name = plain_number(match["number"])
            if match["to"] and names:
                names.extend(_between(names[-1], name))
            names.append(name)
    return [by_number[name] for name in dict.fromkeys(names) if name in by_number]


def plain_number(number: str) -> str:
    """A table's number with one kind of dash."""
    return re.sub(r"\s*[-—–.．]\s*", "-", number.strip().removeprefix("表").strip())


def tables_by_number(reading: Reading) -> dict[str, Table]:
    """The tables by their plain number; a number used twice means none."""
    found: dict[str, Table] = {}
    twice: set[str] = set()
    for table in reading.document.tables:
        if table.number:
            name = plain_number(table.number)
            (twice.add(name) if name in found else found.setdefault(name, table))
    return {name: table for name, table in found.items() if name not in twice}


def _between(first: str, last: str) -> list[str]:
    head, _, start = first.rpartition("-")
    other, _, stop = last.rpartition("-")
    return [f"{head}-{n}" for n in range(int(start) + 1, int(stop))] if head == other else []


@lru_cache(maxsize=4096)
def pairs_of(name: str) -> frozenset[str]:
    """The pairs of characters of a name without its number."""
    plain = _MARKS.sub("", bare(_LEADING.sub("", name)))
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def likeness(name: frozenset[str], other: frozenset[str]) -> Decimal:
    """How much of a name stands in another, 0 to 1."""
    return Decimal(len(name & other)) / len(name) if name else Decimal(0)


def category(words: str) -> str | None:
    """The category of indicators that a label or caption names, where it names one only."""
    found = [word for word in CATEGORIES if word in words]
    return found[0] if len(found) == 1 else None


def of_category(rows: Sequence[Indicator], table: Table, wanted: str) -> list[Indicator]:
    """The indicators of a table that are of a category: by its caption, else by the first column of each row."""
    if category(table.caption or "") is not None:
        return list(rows) if category(table.caption or "") == wanted else []
    return [row for row in rows if category(table.rows[row.label.row][0].text) == wanted]
