"""Facts: what a report states in numbers, in its running text and in the number columns of its tables."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from taizhang.core import period
from taizhang.core.fact import Fact
from taizhang.core.quantities import number, quantities
from taizhang.core.quantity import Bound, Quantity
from taizhang.core.remembering import per_text
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Heading, Paragraph, Role, Table
from taizhang.intake.clauses import Clause, clauses
from taizhang.intake.scope import FAR, scope
from taizhang.intake.subjects import is_joint, respective, subjects
from taizhang.profiles import Profile

_SPOKEN = frozenset({Role.BODY, Role.FOOTNOTE, Role.TEXTBOX})
_DURATIONS = frozenset({"年月", "时长"})
_LIMITS = frozenset({Bound.AT_LEAST, Bound.AT_MOST, Bound.MORE_THAN})
_QUALIFIES = re.compile(r"\s*(?:来|内|前|后|间|期间|制|规划|行动|计划|多的|的时间|里|累计|共|合计|总)")
_OF_OTHERS = re.compile(r"\s*之[和差比]")
_MEETING = re.compile(
    r"\s*(?:[一二三四五六七]中|[一二三四五六七八九十]+次|中央)?全会|\s*(?:中央委员会|全国人大|人大|政协)"
)
_CLOSED = re.compile("其中[^（(]*[）)]")
_MONEY = re.compile("经费|金额|资金|收入|投入|产值|到账|到款|进账|款|额$")
_FUNDS = re.compile("预算|决算|到位|支出|金额|经费|资金|收入|投入|到款|到账|拨款|结余|财政|自筹")
_NO_MONEY = re.compile("率|比|(?:[人次个项门家件]|项目)数|数量|得分|分值|权重|序号|编号")
_PERSON_TIMES = re.compile("人次(?:数|量)?(?:共|达|到|为|约|超|近|过|计|[ ])*$")
_WORD = re.compile("[一-鿿A-Za-z]")
_LONGEST_LABEL = 120
_NOWHERE = Source("")
_IN_BRACKETS = re.compile(r"[（(]([^（()）]{1,8})[)）]\s*$")
_CODE = re.compile(r"^[0-9]+(?:[.\-－][0-9]+)*[.、．]?\s*")


def facts(document: Document, profile: Profile, *, of_tables: bool = True) -> tuple[Fact, ...]:
    """All facts of a document in reading order; those of tables carry the table, row and column in their source.

    Those who read tables by their rows (`plans`) have no use for a fact of each cell, and leave them out.
    """
    found: list[Fact] = []
    for block in document.blocks:
        if isinstance(block, Table):
            if of_tables:
                found.extend(table_facts(block, profile))
        elif isinstance(block, Heading) or block.role in _SPOKEN:
            found.extend(prose_facts(block, profile, len(found)))
    return tuple(found)


class _Whole(NamedTuple):
    """The fact of which those behind “其中” are parts: its place, and the unit in which the first part was counted."""

    place: int | None = None
    unit: str = ""
    since: int = -1

    def next(self, text: str, clause: Clause, last: int | None) -> "_Whole":
        """The whole that the quantity of `clause` is a part of, `last` being the place of the fact before it."""
        start = clause.quantity.start
        among = text.rfind("其中", max(clause.sentence, start - FAR), start)
        if among < 0:
            return _Whole()
        if among != self.since:
            return _Whole(last, clause.quantity.unit, among)
        closed = bool(_CLOSED.match(text, among, start))
        return self._replace(place=None) if closed or clause.quantity.unit != self.unit else self


def prose_facts(block: Paragraph | Heading, profile: Profile, first: int = 0) -> Iterator[Fact]:
    """The facts of one paragraph or heading; `first` is how many facts stand before them, for `part_of`."""
    for said, start, end in _said(block.text, profile, isinstance(block, Heading)):
        part_of = None if said.part_of is None else first + said.part_of
        yield said._replace(source=block.at(start, end), part_of=part_of)


@per_text
def _said(text: str, profile: Profile, is_heading: bool) -> tuple[tuple[Fact, int, int], ...]:
    """The facts of a text, wherever it stands, each with the place of its quantity."""
    stated = [q for q in quantities(text, profile.catalogue) if _is_stated(text, q, profile)]
    if is_heading:
        stated = [q for q in stated if _is_figure(text, q)]
    if not stated:
        return ()
    periods = period.mentions(text)
    carried, whole = "", _Whole()
    found: list[tuple[Fact, int, int]] = []
    queue: list[str] = []
    for clause in clauses(text, stated):
        whole = whole.next(text, clause, len(found) - 1 if found else None)
        when, level, state, cumulative = scope(text, clause, periods, profile)
        queue = respective(clause, profile) or (queue if is_joint(clause.before) else [])
        names = (queue.pop(0),) if queue else subjects(clause, carried, profile)
        for name in names:
            fact = Fact(
                subject=name,
                quantity=_resolved(text, clause, name),
                text=text[clause.start : clause.end].strip(" 、,，*"),
                source=_NOWHERE,
                period=when,
                level=level,
                state=state,
                cumulative=cumulative,
                part_of=whole.place,
            )
            found.append((fact, clause.quantity.start, clause.quantity.end))
        if whole.place is None or not carried:
            carried = names[-1]
    return tuple(found)


def _is_stated(text: str, quantity: Quantity, profile: Profile) -> bool:
    """Whether a quantity is a statement, and not a stretch of time or an age that only dates or qualifies."""
    if _OF_OTHERS.match(text, quantity.end):
        return False
    if quantity.unit == "届" and _MEETING.match(text, quantity.end):  # “二十届三中全会” names one
        return False
    dimension = profile.catalogue.normal(quantity)[1]
    if dimension == "岁":
        return not _QUALIFIES.match(text, quantity.end) and quantity.bound is Bound.EXACT
    if dimension not in _DURATIONS:
        return True
    if quantity.bound is Bound.NEARLY or _QUALIFIES.match(text, quantity.end):
        return False
    if quantity.bound in _LIMITS and not text[quantity.start].isdigit():
        return True
    return text[max(0, quantity.start - 12) : quantity.start].rstrip().endswith(profile.durations_after)


def _is_figure(text: str, quantity: Quantity) -> bool:
    """Whether a quantity in a heading is meant as one: in figures, and not the heading's own number (“2-3 项…”)."""
    if quantity.start == 0 and quantity.bound is Bound.RANGE:
        return False
    return any(character.isdigit() for character in text[quantity.start : quantity.end])


def _resolved(text: str, clause: Clause, subject: str) -> Quantity:
    """The quantity with the part of its unit that the words around it hold: “每年 6000 元”, “金额 391 万”."""
    quantity = clause.quantity
    if quantity.unit.endswith("元") and text[max(0, quantity.start - 6) : quantity.start].rstrip().endswith("每年"):
        return quantity._replace(unit=quantity.unit + "/年")
    if quantity.unit.endswith("人") and _PERSON_TIMES.search(clause.before):
        return quantity._replace(unit=quantity.unit + "次")
    if quantity.unit in {"万", "亿"} and _MONEY.search(subject):
        return quantity._replace(unit=quantity.unit + "元")
    return quantity


def table_facts(table: Table, profile: Profile) -> Iterator[Fact]:
    """A fact for each cell that is a number: of the row's label, with the unit of cell, header or label."""
    heads: list[tuple[str | None, str | None, str]] = []
    for row, cells in enumerate(table.body, table.header):
        label, subject, label_unit, level, told = "", "", None, None, False
        for column, cell in enumerate(cells):
            text = cell.text
            quantity = number(text) if text else None
            if quantity is None or (not label and column == 0):
                if not told and quantity is None and len(text) <= _LONGEST_LABEL and _WORD.search(text):
                    label = text
                continue
            if not told and label:
                subject, label_unit, level = _CODE.sub("", label), _unit(label), _level(label, profile)
            told = True
            if not heads:
                heads = [(_unit(column), period.period(column), column) for column in table.columns]
            head_unit, when, head = heads[column] if column < len(heads) else (None, None, "")
            unit = quantity.unit or head_unit or label_unit or _noted(table.unit, head, label)
            stated = quantity if unit == quantity.unit else quantity._replace(unit=unit)
            source = table.at(row, column, quantity.start, quantity.end)
            yield Fact(subject or head, stated, text, source, when, level)


def _noted(unit: str | None, head: str, label: str) -> str:
    """The unit of money that a line above the table gives it, for what counts no money of its own."""
    is_money = unit and unit.endswith("元") and _FUNDS.search(head + label) and not _NO_MONEY.search(head)
    return unit if unit and is_money else ""


def _level(label: str, profile: Profile) -> str | None:
    return "/".join(profile.levels.named(label)) or None


def _unit(words: str) -> str | None:
    """The unit in brackets at the end of a header or label: “金额（万元）”."""
    match = _IN_BRACKETS.search(words)
    return match[1] if match else None
