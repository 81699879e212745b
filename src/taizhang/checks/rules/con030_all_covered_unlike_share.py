"""CON030: a thing is told as covering all in one place, and as covering a part of it in another."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._period import report_year
from taizhang.checks.rules._sameness import related
from taizhang.checks.rules._structure import Text, texts
from taizhang.checks.rules._tabled import tabled
from taizhang.core.finding import Related, Severity
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
_LEAD = re.compile("^(?:学校|全校|我校|该|目前|已经?|全面|均|实现|完成|推动|做到|达到?|率先|了|对|的|其中|使|①-⑳)+")
_WIDE = re.compile("(?:业务|工作|各类|各项|主要|全部|所有)*")
_NOT_YET = re.compile(
    "计划|目标|力争|拟|将(?!军)|推进|逐步|启动|加快|[未没]|尚|争取|确保|要求|应当?|努力|预计|基本|上年|去年|此前|原"
)
_AHEAD = re.compile("下一步|打算|展望|安排|思路|目标|计划")
_STOP = re.compile(r"[。；;！？\n]")
_YEAR = re.compile(r"20\d\d")
_LONGEST = 32  # characters of a name and the words behind it
_ALIKE = 4  # characters that two names have in common at their ends
_WHOLE = Decimal(100)


class _Told(NamedTuple):
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


@rule("CON030", kind="contradiction", severity="warning", since="0.8")
def all_covered_unlike_share(context: Context) -> Iterator[Problem]:
    """一处说全覆盖，另一处写的覆盖率不到 100%。

    ## 为什么
    正文写“课程思政全覆盖”，指标表的课程思政覆盖率是 94%；两处都写完成，专家只会记住说过头的一处。

    ## 不合格
    # 一、教学改革

    全校课程思政实现全覆盖。

    # 二、数据

    课程思政覆盖率达到 94%。

    ## 合格
    # 一、教学改革

    课程思政覆盖率达到 94%，力争明年实现课程思政全覆盖。

    # 二、数据

    必修课课程思政全覆盖，课程思政覆盖率 94%。

    ## 例外
    计划、目标和尚未做到的，写明不同年份的（数据表只看报告年度的一栏），同一段里前后交代的，说全覆盖的只是其中一部分（“必修课课程思政全覆盖”）的，不报；
    名称不完全相同的，报为提示。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；同一事实在一份报告里只能有一个数。
    """
    for reading in context.readings:
        if not any("覆盖" in text.text and _ALL.search(text.text) for text in texts(reading, context)):
            continue
        judged = list(_judged(reading, context))
        claims = [told for text, year in judged if "覆盖" in text.text for told in _found(_ALL, text, year)]
        shares = [
            told for text, year in judged if "%" in text.text or "％" in text.text
            for pattern in (_SHARE, _DONE_IN_PART) for told in _found(pattern, text, year)
        ]  # fmt: skip
        shares += [*_of_indicators(reading), *_of_rows(context)]
        last = max(
            (year for point in reading.plans.points if (year := _year(point))), default=report_year(reading, context)
        )
        for claim in claims:
            found = next(
                ((other, sure) for other in shares if (sure := _is_unlike(claim, other, last)) is not None), None
            )
            if found is not None:
                yield _problem(claim, *found)


def _year(point: Point) -> int | None:
    return int(point.year) if point.year and point.year.isdigit() else None


def _judged(reading: Reading, context: Context) -> Iterator[tuple[Text, int | None]]:
    """The running text, and what tasks and indicators tell of what was done, with its year."""
    done = {(point.table.index, point.done.row, point.done.column): _year(point) for point in reading.plans.points}
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


def _found(pattern: re.Pattern[str], text: Text, year: int | None) -> Iterator[_Told]:
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
        if len(name) < _ALIKE or _NOT_YET.search(words[begin : match.end()]):
            continue
        years = _YEAR.findall(words[begin : match.end()])
        share = Decimal(match["share"]) if "share" in match.re.groupindex else _WHOLE
        yield _Told(name, share, int(years[-1]) if years else year, text, start, match.end())


def _of_indicators(reading: Reading) -> Iterator[_Told]:
    for each in reading.plans.indicators:
        name = bare(parts_of(each.name)[1])
        quantity = each.actual.quantity if each.actual is not None else None
        if each.actual is None or quantity is None or not _OF_NAME.search(name) or not 0 < quantity.value < _WHOLE:
            continue
        if "%" in (quantity.unit or each.unit or "").replace("％", "%"):
            cell = each.actual
            text = Text(cell.text, None, cell.table, cell.row, cell.column)
            yield _Told(_OF_NAME.sub("", name), quantity.value, None, text, 0, len(cell.text))


def _of_rows(context: Context) -> Iterator[_Told]:
    """The rows of other tables that are named as the covering of a thing."""
    for row in tabled(context).rows:
        name = bare(row.subject)
        if row.dimension == "%" and row.table is not None and _OF_NAME.search(name) and 0 < row.quantity.value < _WHOLE:
            text = Text(row.text, None, row.table, 0, 0)
            share = row.quantity.value
            yield _Told(_OF_NAME.sub("", name), share, row.year, text, 0, len(row.text), related(row))


def _is_unlike(claim: _Told, part: _Told, last: int | None) -> bool | None:
    """Whether the part is surely, or perhaps, of the very thing that is told as covered wholly; None where it is not."""
    if claim.text.block is part.text.block is not None or part.year not in {None, claim.year, last}:
        return None
    if claim.name == part.name:
        return True
    length = 0
    for mine, theirs in zip(reversed(claim.name), reversed(part.name), strict=False):
        if mine != theirs:
            break
        length += 1
    more = claim.name[: len(claim.name) - length]
    return False if length >= _ALIKE and _WIDE.fullmatch(more) else None


def _problem(claim: _Told, part: _Told, sure: bool) -> Problem:
    table = part.text.table
    where = (f"表{table.number}" if table.number else "表中") if table is not None else "另一处"
    share = f"{part.share.normalize():f}%"
    said = part.said if "%" in part.said or "％" in part.said else f"{part.name}覆盖率 {share}"
    return claim.text.problem(
        claim.start, claim.end, f"这里写“{claim.said}”，{where}写“{said}”", expected=share,
        related=(part.related or part.text.related(part.start, part.end),), severity=None if sure else Severity.INFO,
    )  # fmt: skip
