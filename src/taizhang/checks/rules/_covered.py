"""What the rule on covered things looks for: where all of a thing is told as covered, and where a share of it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._sameness import related
from taizhang.checks.rules._structure import Text, texts
from taizhang.checks.rules._tabled import tabled
from taizhang.core.finding import Related
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Point, parts_of
from taizhang.intake.reading import Reading

_ALL = re.compile(r"全覆盖|全面覆盖|覆盖(?:率|面)?(?:达到?|为|是|已达)?\s*100(?:\.0+)?\s*[%％]")
_SHARE = re.compile(r"覆盖(?:率|面)?(?:已?达到?|为|是|仅|只有)*\s*(?P<share>\d{1,2}(?:\.\d+)?)\s*[%％]")
_BEFORE = re.compile("(?P<name>[^，。；;：:、\\d（）()《》]{2,24}?)(?:已经?|均|也|率先|全面|实现|达到?|做到|了)*$")
_DONE_IN_PART = re.compile(
    r"(?:实现|完成|做到)了?\s*(?P<share>\d{1,2}(?:\.\d+)?)\s*[%％]\s*(?:以上|左右)?的?(?P<name>[^。；;，：:\d]{4,30})"
)
_OF_NAME = re.compile("覆盖[率面]$")
_LEAD = re.compile("^(?:学校|全校|我校|该|目前|已经?|全面|均|实现|完成|推动|做到|达到?|率先|了|对|的|其中|使|[①-⑳])+")
_NOT_YET = re.compile(
    "计划|目标|力争|拟|将(?!军)|推进|逐步|启动|加快|[未没]|尚|争取|确保|要求|应当?|努力|预计|基本|上年|去年|此前|原"
)
_AHEAD = re.compile("下一步|打算|展望|安排|思路|目标|计划")
_STOP = re.compile(r"[。；;！？\n]")
_YEAR = re.compile(r"20\d\d")
_LONGEST = 32  # characters of a name and the words behind it
LEAST = 4  # characters of a name, or that two names have in common at their ends
_WHOLE = Decimal(100)


class Covered(NamedTuple):
    """What a place says that a thing covers: all of it, or so many per cent."""

    name: str
    share: Decimal
    year: int | None
    text: Text
    start: int
    end: int
    related: Related | None = None  # where it is a row of some other table

    @property
    def said(self) -> str:
        """The words themselves, without those that lead to the next thing."""
        return self.text.text[self.start : self.end].strip()


def covered(reading: Reading, context: Context) -> tuple[Sequence[Covered], Sequence[Covered]]:
    """What is told as covered wholly and, where anything is, what is told as covered in part."""
    if not any("覆盖" in text.text and _ALL.search(text.text) for text in texts(reading, context)):
        return (), ()
    judged = list(_judged(reading, context))
    wholly = [told for text, year in judged if "覆盖" in text.text for told in _found(_ALL, text, year)]
    partly = [
        told for text, year in judged if wholly and ("%" in text.text or "％" in text.text)
        for pattern in (_SHARE, _DONE_IN_PART) for told in _found(pattern, text, year)
    ]  # fmt: skip
    return wholly, [*partly, *_of_indicators(reading), *_of_rows(context)] if wholly else ()


def year_of(point: Point) -> int | None:
    """The year that a task point is of, where it names one."""
    return int(point.year) if point.year and point.year.isdigit() else None


def _judged(reading: Reading, context: Context) -> Iterator[tuple[Text, int | None]]:
    """The running text, and what tasks and indicators tell of what was done, with its year."""
    done = {(point.table.index, point.done.row, point.done.column): year_of(point) for point in reading.plans.points}
    actual = {
        (each.actual.table.index, each.actual.row, each.actual.column): None
        for each in reading.plans.indicators if each.actual is not None
    }  # fmt: skip
    told = actual | done
    for text in texts(reading, context):
        if text.table is not None:
            place = (text.table.index, text.row, text.column)
            if place in told:
                yield text, told[place]
        elif isinstance(text.block, Paragraph) and not (text.block.section and _AHEAD.search(text.block.section[-1])):
            yield text, None


def _found(pattern: re.Pattern[str], text: Text, year: int | None) -> Iterator[Covered]:
    words = text.text
    for match in pattern.finditer(words):
        start = match.start()
        if "name" not in match.re.groupindex:
            before = _BEFORE.search(words[max(start - _LONGEST, 0) : start])
            if before is None:
                continue
            start += before.start() - min(start, _LONGEST)
            name = before["name"]
        else:
            name = match["name"]
        begin = max((stop.end() for stop in _STOP.finditer(words, 0, start)), default=0)
        name = _LEAD.sub("", bare(name))
        if len(name) < LEAST or _NOT_YET.search(words[begin : match.end()]):
            continue
        years = _YEAR.findall(words[begin : match.end()])
        share = Decimal(match["share"]) if "share" in match.re.groupindex else _WHOLE
        yield Covered(name, share, int(years[-1]) if years else year, text, start, match.end())


def _of_indicators(reading: Reading) -> Iterator[Covered]:
    for each in reading.plans.indicators:
        name = bare(parts_of(each.name)[1])
        quantity = each.actual.quantity if each.actual is not None else None
        if each.actual is None or quantity is None or not _OF_NAME.search(name) or not 0 < quantity.value < _WHOLE:
            continue
        if "%" in (quantity.unit or each.unit or "").replace("％", "%"):
            cell = each.actual
            text = Text(cell.text, None, cell.table, cell.row, cell.column)
            yield Covered(_OF_NAME.sub("", name), quantity.value, None, text, 0, len(cell.text))


def _of_rows(context: Context) -> Iterator[Covered]:
    """The rows of other tables that are named as the covering of a thing."""
    for row in tabled(context).rows:
        name = bare(row.subject)
        if row.dimension == "%" and row.table is not None and _OF_NAME.search(name) and 0 < row.quantity.value < _WHOLE:
            text = Text(row.text, None, row.table, 0, 0)
            share = row.quantity.value
            yield Covered(_OF_NAME.sub("", name), share, row.year, text, 0, len(row.text), related(row))
