"""Task points told in running text: 计划……，实际……，完成率 100%; or a line of 目标：, one of 完成：, one of the rate."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.core.quantity import Quantity
from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Paragraph, Role, Table, place_of
from taizhang.intake.plans import Point, Value
from taizhang.intake.stacked import DONE_WORDS, PLAN_WORDS

_MOST = 800  # characters of a paragraph
_SPEAKS = ("计划", "目标", "任务", "要求", "部署", "预期", "应")  # one of them stands before each plan
_BEFORE = 3  # sentences in which a plan may stand before the claim that it is fulfilled
_FULL = Decimal(100)
_STOPS = "。；;！\n"
_EDGES = " 　\t，,；;。、：:\n"
_LABEL_PLAN = re.compile(rf"(?:^|(?<=[。；;\s）)、]))(?:{PLAN_WORDS}|任务\s*[\d一二三四五六七八九十.-]*)[:：]")
_LABEL_DONE = re.compile(rf"(?:^|(?<=[。；;，,\s]))(?:{DONE_WORDS})[:：]")
_RATE = r"(?:完成率|完成比例|完成度|达成率|达成度|完成程度)(?:[:：]|均?[为是达]到?|)\s*"
_CLAIM = re.compile(
    rf"(?:计划|任务点?|目标|指标)?{_RATE}(?P<value>[1-9]\d\d+(?:\.\d+)?)\s*[%％]"
    r"|(?:该|本|此)?项?(?:任务点?|目标|计划|工作|指标|项目)(?:已经?|均|全部|全面|按期|按时|圆满|超额|如期|顺利|提前|高质量)*"
    r"(?:完成|达成|实现)(?:\s*100(?:\.0+)?\s*[%％])?(?=[。；;，,]|$)"
    r"|(?:按期|按时|圆满|全面|超额|如期|顺利|提前)+完成了?(?:全部|全年|年度|引进|培训|建设|改造|各项)*(?:任务|目标|计划)(?=[。；;，,]|$)"
    r"|(?:达到|完成|实现)了?(?:年度|任务书|既定|预定|规定)(?:的)?(?:目标|要求|任务|指标)(?=[。；;，,]|$)"
    r"|(?:已|均|全部|按期|按时|圆满|如期|顺利|超额)+(?:完成|达成)(?=[。；;]|$)"
    r"|(?:自评|评价|结论)[:：为]\s*(?:已|按期|全部|圆满)?完成"
    r"|自评(?:得|为)?满分"
)
_OWN_RATE = re.compile(rf"{_RATE}(?P<value>\d+(?:\.\d+)?)\s*[%％]")
_UNSURE = re.compile("确保|力争|保证|推动|督促|争取|预计|未能?|没有|尚未|基本|部分|如果|为了?|若")
_OPENING = re.compile(
    r"(?:原|年初)?(?<![动展业升进施训养高兴科发才划育教学])计划(?!书|单列|内|外|生|经济|的|表|完成率|任务)(?:于|在|年内|全年|当年|本年)?"
    r"|(?:本年度?|年度|当年|全年)?(?:目标|任务)(?:要求|规定)?[为是]"
    r"|任务\s*\d*[:：]|(?:任务书|方案|合同)?要求|(?:任务书|建设方案|实施方案)(?:中|里)?(?:安排|确定|明确|提出|规定|约定)(?:了|的|为)?"
    r"|(?:对照|围绕)(?:年度|建设|任务书)?(?:目标|任务|计划)(?=[“\"])"
    r"|(?<![相对反响])应当?(?=建成|完成|制定|达到|出台|开展|于|在|新增|培训|举办|购置|建设)|(?:20\d\d年|年内|按任务书)[^，。；]{0,12}?要(?=达到|建成|完成)"
)
_TURN = re.compile(
    r"[，,；;](?=(?:但|而|其中)?(?:实际|目前|现已?|截至|已|年内|全年|本年|当年|今年|到年底|年末|该|共|累计|[我本该]?[校院](?!长|内|外|企|级|园|本|际)|学[校院]|受|因(?!材)|于\d|20\d\d年(?:底|末)?实际))|(?<=[”\"])[，,]|[。；;]"
)
_UNSPOKEN = {Role.CONTENTS, Role.FURNITURE, Role.CAPTION}
_OUTLOOK = re.compile("计划|打算|展望|下一步|思路|安排")


class ProseTable(Table):
    """What running text tells of one plan, as a table of one row whose places are those of the text."""

    __slots__ = ()

    def at(self, row: int, column: int, start: int = 0, end: int | None = None) -> Source:
        """The place of the characters [start, end) of a cell: in the paragraph, and in no table."""
        cell = self.rows[row][column]
        return place_of(cell.text, cell.pieces, start, end)


class _Part(NamedTuple):
    """Some characters of a paragraph."""

    block: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    def trimmed(self) -> "_Part":
        """The same without the marks around it."""
        text = self.text
        start = self.start + len(text) - len(text.lstrip(_EDGES))
        return _Part(self.block, start, max(start, self.start + len(text.rstrip(_EDGES))))


def prose_points(paragraphs: Sequence[Paragraph]) -> Iterator[Point]:
    """The plans of which running text tells what came of them."""
    for number, block in enumerate(paragraphs):
        text = block.text
        if len(text) > _MOST or not any(word in text for word in _SPEAKS) or block.role in _UNSPOKEN:
            continue
        found = _labelled(paragraphs, number)
        if found is not None:
            yield found
        elif not any(_OUTLOOK.search(heading) for heading in block.section[-1:]):
            yield from _claimed(block)


def _labelled(paragraphs: Sequence[Paragraph], number: int) -> Point | None:
    """目标：…… 完成：…… in one paragraph, or at the beginning of two that follow each other."""
    block = paragraphs[number]
    plan = _LABEL_PLAN.search(block.text)
    if plan is None:
        return None
    done, place = _LABEL_DONE.search(block.text, plan.end()), number
    if done is None and number + 1 < len(paragraphs):
        place = number + 1
        done = _LABEL_DONE.match(paragraphs[place].text)
    if done is None:
        return None
    teller = paragraphs[place]
    planned = _Part(block, plan.end(), done.start() if place == number else len(block.text))
    claim, rated = _OWN_RATE.search(teller.text, done.end()) or _CLAIM.search(teller.text, done.end()), teller
    end = claim.start() if claim is not None else len(teller.text)
    if claim is None and place + 1 < len(paragraphs):
        rated = paragraphs[place + 1]
        claim = _OWN_RATE.match(rated.text) or _CLAIM.match(rated.text)
    rate = _rate(rated, claim) if claim is not None else None
    return _point(planned, _Part(teller, done.end(), end), rate)


def _claimed(block: Paragraph) -> Iterator[Point]:
    """计划……，实际……，任务完成: what stands between the plan and the claim is what was done."""
    text, last = block.text, 0
    for claim in claims(text):
        start = claim.start()
        for _ in range(_BEFORE):
            start = max(text.rfind(stop, last, max(start - 1, last)) for stop in _STOPS) + 1 or last
        begin = max(last, start)
        last = claim.end()
        opening = _OPENING.search(text, begin, claim.start())
        turn = _TURN.search(text, opening.end(), claim.start()) if opening is not None else None
        if opening is None or turn is None:
            continue
        point = _point(
            _Part(block, opening.end(), turn.start()), _Part(block, turn.end(), claim.start()), _rate(block, claim)
        )
        if point is not None:
            yield point


def claims(text: str) -> Iterator[re.Match[str]]:
    """Where a text says of a plan that it is fulfilled, and not that it shall be."""
    for claim in _CLAIM.finditer(text):
        clause = max(text.rfind(stop, 0, claim.start()) for stop in (*_STOPS, "，")) + 1
        if not _UNSURE.search(text, clause, claim.start()):
            yield claim


def _rate(block: Paragraph, claim: re.Match[str]) -> tuple[_Part, Quantity]:
    value = claim.groupdict().get("value")
    return _Part(block, *claim.span()), Quantity(Decimal(value) if value else _FULL, "%")


def _point(plan: _Part, done: _Part, rate: tuple[_Part, Quantity] | None) -> Point | None:
    plan, done = plan.trimmed(), done.trimmed()
    if not plan.text or not done.text:
        return None
    parts = [plan, done, *([rate[0]] if rate is not None else [])]
    cells = [Cell(part.block.text, part.block.pieces) for part in parts]
    table = ProseTable([cells], 0, plan.block.at(), section=plan.block.section)
    values = [Value(table, 0, column, part.text, None, part.start) for column, part in enumerate(parts)]
    told = values[2]._replace(quantity=rate[1]) if rate is not None else None
    return Point("", None, None, values[0], values[1], told, "")
