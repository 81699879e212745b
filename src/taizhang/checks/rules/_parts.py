"""What the arithmetic rules share: a whole and its parts as one sentence tells them (“共 18 个，其中 2022 年 7 个”)."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from operator import attrgetter
from typing import Any

from taizhang.checks.registry import Context, Problem, at_text, at_value
from taizhang.core import numeral, period
from taizhang.core.beginnings import sifted
from taizhang.core.finding import Related
from taizhang.core.quantities import quantities
from taizhang.core.quantity import Bound, Catalogue, Quantity
from taizhang.documents.blocks import Heading, Paragraph, Role, Table
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

_WORTH = re.compile(
    sifted(r"其中|分年|分类别|分级别|年累计|[（(][^（()）\d]*\d[^（()）\d]*\d[^（()）]*[)）]|合计|共计|总计|年共")
)
_AMONG = re.compile("其中[：:，,]?|(?<=[，,])分(?:年度|年|类别|级别)(?:看|来看)?(?:为|是|[，,：:])")
_STOP = re.compile(r"[。！？\n]")
_END = re.compile(r"[。；;！？\n]")
_BRACKET = re.compile(r"\s*[（(]\s*(?P<among>其中[：:]?)?(?P<inner>[^（()）]{3,120})[)）]")
_PARTIAL = re.compile("(?<![一二三四五特优初中高])等|含|包括|包含|如|例如|每|人均|主要|分别|另|比|约|其中")
_SUMMED = re.compile(r"(?:合计|共计|总计|(?P<years>[两三四五])年(?:共|累计))[^，。；、,;\d]{0,8}$")
_SEPARATOR = re.compile("[、，,；;：:\\s]+|和|及|以及|与")
_RUNNING = re.compile("累计|增至|增加到|达到?$|提高到")
_STOCK = re.compile("建设期|期间|以来|历年|累计|现有|拥有|截至|建有|共有.{0,4}在|已有")
_CHANGE = re.compile(
    r"(?:增长|增加|减少|下降|提高|上升|降低|递增)(?:了|约|近|幅度?为)?(?:\s*[\d.]+\s*[%％][、和及])*\s*$"
)
_OWN_RATE = re.compile("([满就合通及优报完执达][^占，。；]{1,3}[率度])[^，。；占]{0,2}$")
_COMPARED = re.compile("[比较]|同比|环比|以来|期间")
_SO_MANY_YEARS = re.compile("([二两三四五])年")
_ABOVE = re.compile("(?:及|或|和|、)?以上")
_VERB = re.compile(
    "获|立项|建成|建设|开展|(?:承办|举办)(?!方|单位|者)|新增|培养|培训|服务|参与|参加|发表|出版|授权|引进|通过|入选|完成(?=\\s*$)"
)
# What stands in a name as a noun (“服务专业 5 人” behind “护理专业 14 人”).
NAMING = re.compile("(?:服务|培训|出版)(?=[^，。；、\\d]{0,8}(?:专业|学院|系|班|方向|中心|类)\\s*$)")
_FAR = 400  # characters: no sentence that can be followed has its total further off
_MOST = 24  # wholes, and parts: a sentence with more is a list
_UNSPOKEN = {Role.CONTENTS, Role.FURNITURE}
_ALIKE = (
    {"个", "项"}, {"人", "名", "位"}, {"台", "套", "台套", "台/套", "台（套）", "台(套)"}, {"场", "场次"}, {"批", "批次"},
)  # fmt: skip


class Kind(Enum):
    """By what the parts are told apart."""

    YEARS = auto()
    LEVELS = auto()
    SIDES = auto()  # words that a profile knows to make a whole: 学校层面 and 专业群层面
    OTHER = auto()


class Form(Enum):
    """How whole and parts are put."""

    AMONG = auto()  # 50 个，其中 …
    BRACKETS = auto()  # 50 个（… 、 …）
    SUMMED = auto()  # …、…，合计 50 个


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with numbers, in prose or in a cell."""

    text: str
    block: Paragraph | Heading | Value

    def problem(self, start: int, end: int, message: str, **more: Any) -> Problem:  # noqa: ANN401 - Problem's own fields
        """A problem at the characters [start, end)."""
        if isinstance(self.block, Value):
            return at_value(self.block, message, start, end, **more)
        return at_text(self.block, start, end, message, **more)

    def related(self, start: int, end: int) -> Related:
        """These characters as a place that another problem speaks of."""
        return Related(source=self.block.at(start, end), text=self.text[start:end])

    @property
    def section(self) -> tuple[str, ...]:
        """The headings above."""
        return self.block.table.section if isinstance(self.block, Value) else self.block.section

    @property
    def table(self) -> Table | None:
        """The table that the passage is a cell of."""
        return self.block.table if isinstance(self.block, Value) else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its quantity, the value in base units, and the words before it."""

    quantity: Quantity
    value: Decimal
    label: str
    key: str  # the year, the level or the side that it is of


@dataclass(frozen=True, slots=True)
class Division:
    """One whole and its parts. `wholes` are all figures that may be the whole, the likeliest last."""

    passage: Passage
    form: Form
    kind: Kind
    wholes: tuple[Part, ...]
    parts: tuple[Part, ...]
    closed: bool  # whether no other figure of the same unit follows

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.value for part in self.parts), Decimal(0))

    def fits(self) -> bool:
        """Whether the parts, or the first few of them, add up to any figure that may be the whole."""
        places = max(
            (-int(part.value.normalize().as_tuple().exponent) for part in (*self.wholes, *self.parts)), default=0
        )
        slack = Decimal("0.5").scaleb(-places) * len(self.parts) if places > 0 else Decimal(0)
        added = Decimal(0)
        for count, part in enumerate(self.parts, 1):
            added += part.value
            if count > 1 and any(abs(added - whole.value) <= slack for whole in self.wholes):
                return True
        if self.form is not Form.SUMMED:
            return False
        # The last few as well: the first figure of the sentence may be the whole told before (“285 万元，用于…，合计 285 万元”).
        added = Decimal(0)
        for count, part in enumerate(reversed(self.parts), 1):
            added += part.value
            if count > 1 and any(abs(added - whole.value) <= slack for whole in self.wholes):
                return True
        return False


def divisions(reading: Reading, context: Context) -> Sequence[Division]:
    """All wholes with parts that a document tells, worked out once."""
    known: dict[int, tuple[Division, ...]] = context.memo.setdefault("divisions", {})
    if id(reading) not in known:
        finder = _Finder(context.profile)
        known[id(reading)] = tuple(found for passage in passages(reading) for found in finder.of(passage))
    return known[id(reading)]


def passages(reading: Reading) -> Iterator[Passage]:
    """The paragraphs, captions and wordy cells that may tell a whole and its parts."""
    for block in reading.document.blocks:
        if isinstance(block, Table):
            seen: set[int] = set()
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    if len(cell.text) > 6 and id(cell) not in seen and _WORTH.search(cell.text):
                        seen.add(id(cell))
                        yield Passage(cell.text, value_at(block, row, column))
        elif not (isinstance(block, Paragraph) and block.role in _UNSPOKEN) and _WORTH.search(block.text):
            yield Passage(block.text, block)


class _Finder:
    """Finds divisions by the words of a profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.catalogue: Catalogue = profile.catalogue
        self.sides: list[frozenset[str]] = [frozenset(group) for group in profile.sections["arithmetic"]["sides"]]

    def of(self, passage: Passage) -> Iterator[Division]:
        """The divisions of one passage."""
        text = passage.text
        found = quantities(text, self.catalogue)
        if len(found) < 2:
            return
        for whole in found:
            match = _BRACKET.match(text, whole.end)
            if match:
                inner = _between(found, match.start("inner"), match.end("inner"))
                form = Form.AMONG if match["among"] else Form.BRACKETS
                yield from self._division(passage, form, [whole], inner, match.start("inner"))
        for among in _AMONG.finditer(text):
            yield from self._among(passage, found, among)
        yield from self._summed(passage, found)

    def _among(self, passage: Passage, found: Sequence[Quantity], among: re.Match[str]) -> Iterator[Division]:
        text = passage.text
        if text[max(among.start() - _FAR, 0) : among.start()].rstrip().endswith(("（", "(")):
            return
        begin = _after_last(_STOP, text, among.start())
        stop = _END.search(text, among.end(), among.end() + _FAR)
        end = stop.start() if stop else among.end() + _FAR
        wholes = [q for q in _between(found, begin, among.start()) if q.end <= among.start()][-_MOST:]
        inner = _between(found, among.end(), end)[:_MOST]
        yield from self._division(passage, Form.AMONG, wholes, inner, among.end())

    def _summed(self, passage: Passage, found: Sequence[Quantity]) -> Iterator[Division]:
        text = passage.text
        for place, whole in enumerate(found):
            summed = _SUMMED.search(text, max(0, whole.start - 12), whole.start) if place > 1 else None
            if summed is None:
                continue
            begin = _after_last(_END, text, whole.start)
            inner = _between(found, begin, whole.start)[-_MOST:]
            if summed["years"]:
                inner = [q for q in inner if alike(q.unit, whole.unit)]  # “三年协议资金 540 万元” begins with years
            for division in self._division(passage, Form.SUMMED, [whole], inner, begin):
                years = numeral.parse(summed["years"]) if summed["years"] else None
                if (
                    years is None
                    or "累计" not in summed[0]
                    or (division.kind is Kind.YEARS and len(division.parts) == years)
                ):  # “三年累计” has a year more than the two that are told
                    yield division

    def _division(
        self, passage: Passage, form: Form, wholes: Sequence[Quantity], inner: Sequence[Quantity], begin: int
    ) -> Iterator[Division]:
        if not inner or not wholes:
            return
        unit = inner[0].unit
        of_unit = [whole for whole in wholes if alike(whole.unit, unit)]
        same = [q for q in inner if alike(q.unit, unit)]
        if not of_unit or any(q.bound is not Bound.EXACT for q in (*of_unit[-1:], *same)):
            return
        parts: list[Part] = []
        left = begin
        for quantity in inner:
            if alike(quantity.unit, unit):
                label = passage.text[left : quantity.start]
                parts.append(Part(quantity, self.catalogue.normal(quantity)[0], label, ""))
            left = quantity.end
        kind, keyed = self._keyed(parts)
        tops = tuple(
            Part(q, self.catalogue.normal(q)[0], _STOP.split(passage.text[max(0, q.start - 30) : q.start])[-1], "")
            for q in of_unit
            if q.bound is Bound.EXACT
        )
        if tops and keyed:
            yield Division(passage, form, kind, tops, tuple(keyed), keyed[-1].quantity is parts[-1].quantity)

    def _keyed(self, parts: Sequence[Part]) -> tuple[Kind, list[Part]]:
        """How the parts are told apart, and those of them, from the first on, that are told apart in this way."""
        tellers: tuple[tuple[Kind, Callable[[str], str | None]], ...] = (
            (Kind.YEARS, _year_of),
            (Kind.LEVELS, self._level_of),
            (Kind.SIDES, self._side_of),
        )
        for kind, teller in tellers:
            run: list[Part] = []
            for part in parts:
                key = teller(part.label)
                if key is None and kind is Kind.YEARS and not run:
                    continue  # “24 人，其中博士 7 人，2021 年 6 人 …”: the years begin behind another part
                if key is None or any(key == other.key for other in run) or (run and _turns(run[0].label, part.label)):
                    break
                run.append(Part(part.quantity, part.value, part.label, key))
            if len(run) > 1:
                return kind, run
        return Kind.OTHER, [Part(p.quantity, p.value, p.label, _SEPARATOR.sub("", p.label)) for p in parts]

    def _level_of(self, label: str) -> str | None:
        named = self.profile.levels.named(label)
        return named[0] if len(named) == 1 and not _ABOVE.search(label) else None

    def _side_of(self, label: str) -> str | None:
        plain = _SEPARATOR.sub("", label)
        sides = [word for group in self.sides for word in group if word in plain]
        return max(sides, key=len) if sides else None


def _turns(first: str, label: str) -> bool:
    """Whether a label, by a verb that the first part's does not have, turns to another thing (“…，获省级奖 12 项”)."""
    if label.rstrip()[-2:] == first.rstrip()[-2:]:
        label = NAMING.sub("", label)
    return any(verb not in first for verb in _VERB.findall(label))


def _after_last(mark: re.Pattern[str], text: str, end: int) -> int:
    """Where the sentence that reaches to `end` begins, so far back as it matters."""
    start = max(end - _FAR, 0)
    return max((match.end() for match in mark.finditer(text, start, end)), default=start)


def _between(found: Sequence[Quantity], start: int, end: int) -> Sequence[Quantity]:
    """The quantities that begin in [start, end)."""
    key = attrgetter("start")
    return found[bisect_left(found, start, key=key) : bisect_left(found, end, key=key)]


def _year_of(label: str) -> str | None:
    named = period.mentions(label)
    return named[-1].label if named and re.fullmatch(r"\d{4}", named[-1].label) and not _RUNNING.search(label) else None


def alike(one: str, other: str) -> bool:
    """Whether two printed units count the same way: equal, 个 for 项, 名 for 人."""
    return one == other or any({one, other} <= group for group in _ALIKE)


def is_change(whole: Part) -> bool:
    """Whether it is what something rose or fell by: a part may have risen more (“增长 19%，其中四季度增长 38%”)."""
    of_rate = whole.quantity.unit == "%" or _COMPARED.search(whole.label) is not None
    return of_rate and _CHANGE.search(whole.label) is not None


def may_exceed(division: Division) -> bool:
    """Whether a part may be more than the whole: of what something rose by, and of rates that are no shares.

    “师生满意度 91.6%，其中教师满意度 94.1%”
    """
    whole, part = division.wholes[-1], division.parts[0]
    named = _OWN_RATE.search(part.label)
    is_rate = named is not None and whole.quantity.unit == part.quantity.unit == "%" and named[1] in whole.label
    return is_rate or is_change(whole)


def is_whole_by_years(division: Division) -> bool:
    """Whether the years of the parts are all years of the whole, as far as it names its own."""
    years = {int(part.key) for part in division.parts}
    for whole in division.wholes:
        for mention in period.mentions(whole.label):
            span = period.years(mention.label)
            if span is not None and not set(range(span[0], span[1] + 1)) <= years:
                return False
    if max(years) - min(years) + 1 != len(years):
        return False
    return all(
        numeral.parse(told[-1]) == len(years)
        if (told := _SO_MANY_YEARS.findall(whole.label))
        else not _STOCK.search(whole.label)
        for whole in division.wholes
    )


def is_whole_by_levels(division: Division, profile: Profile) -> bool:
    """Whether the whole is told as “X 级及以上”, X being the lowest level of the parts."""
    ranks = [profile.levels.rank(part.key) for part in division.parts]
    known = [rank for rank in ranks if rank is not None]
    for whole in division.wholes:
        named = profile.levels.named(whole.label)
        if named and _ABOVE.search(whole.label) and known and profile.levels.rank(named[-1]) == max(known):
            return True
    return False


def is_whole_by_sides(division: Division, sides: Sequence[Sequence[str]]) -> bool:
    """Whether the parts are all sides of one group that makes a whole."""
    return any({part.key for part in division.parts} == set(group) for group in sides)


def is_partial(division: Division) -> bool:
    """Whether words inside the brackets leave room for parts that are not named."""
    first, last = division.parts[0].quantity, division.parts[-1].quantity
    end = division.passage.text.find("）", last.end)
    return bool(
        _PARTIAL.search(division.passage.text, first.start - len(division.parts[0].label), end if end > 0 else last.end)
    )
