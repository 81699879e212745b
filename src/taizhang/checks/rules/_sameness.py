"""What the rules on contradictions share: statements linked once, and where linked ones cannot both be true."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property
from typing import Any

from taizhang.checks.registry import Context, Problem
from taizhang.checks.rules._areas import Areas, parts_of
from taizhang.checks.rules._rows import rows_of
from taizhang.checks.rules._scopes import differ
from taizhang.checks.rules._sisters import Told, light
from taizhang.core.finding import Related, Severity
from taizhang.core.quantity import Bound
from taizhang.core.saying import brief
from taizhang.intake.matching import ACHIEVED, Link, Matcher, Relation, agree, digits, significant
from taizhang.intake.origins import Origins
from taizhang.intake.statements import Collector, Role, Statement, moved
from taizhang.intake.wording import Words, one_sided, words_of

_LIKE = 0.5  # how alike two subjects are at least, for equal figures to back each other
_NAMED_BY_UNIT = frozenset({"行政区"})  # 6 镇 and 12 村 are two things
_SAID_ALIKE = 0.95  # how alike, for a figure with its digits exchanged to be a slip for the other
_MID_TERM = 2  # years that a mid-term report tells of
_OF_THE_YEAR = re.compile("全年|本年度?(?!比)|当年(?!比)")  # what a year alone has is no more than all years have
_ONE_YEAR = re.compile("年初|年末|年底|本年|当年|全年|(?<!分)年度")
_BRIEF = 3  # pairs of characters: a subject that leaves its owner to the words before (在班学生, 第一书记)
_DONE = re.compile(
    "授权|立项|出版|开发|捐赠|培训|开展|完成|举办|承办|承担|投入|到账|到款|签订|签约|选派|派出|接收|招收|新建|新增|获|发表|转化|实践|培养|服务|采购"
)  # what is told of so is summed over years; “校外实训基地 86 个” is what there is
_OWNERLESS = re.compile("(?:满意|合格|通过|覆盖|参与|及格|到课|出勤|优秀|达标)[度率]")  # of whom, the words before tell
_NAMED = 2  # pairs of characters that figures near each other have in common, to be of one thing
_TOLD_APART, _BY_CHANCE = 2, 10  # a smaller number stands beside another by chance
_CLOSE = 0.025  # figures that differ by less, with three digits and more, are one figure written twice


class Span(Enum):
    """What stretch of time a figure is of."""

    WHOLE = auto()  # all the years so far
    YEAR = auto()  # one year
    OPEN = auto()  # the last year, or all: not told


@dataclass(frozen=True, slots=True, eq=False)
class Disagreement:
    """A figure, the others of the same fact that cannot be true with it, and those that agree with it."""

    odd: Statement
    against: tuple[Statement, ...]
    backing: tuple[Statement, ...]
    severity: Severity
    completing: Statement | None = None  # with the odd one it makes just what the others tell

    @property
    def roles(self) -> frozenset[Role]:
        """The kinds of place that disagree."""
        return frozenset(each.role for each in (self.odd, *self.against))


class Sameness:
    """The statements of documents, their links, and what follows from them."""

    def __init__(self, told: Sequence[Told], origins: Origins, words: Words) -> None:
        self.words = words
        self.origins = origins
        self.areas = Areas([each.parts for each in told])
        self.statements: list[Statement] = []
        self.last_year: list[int | None] = []
        self._by_year: list[bool] = []  # whether a document tells of its task points year by year
        self._years: list[frozenset[int]] = []  # of its task points
        for document, each in enumerate(told):
            own = each.statements if document == 0 else [moved(one, document) for one in each.statements]
            self.statements.extend(own)
            years = [one.year for one in own if one.role is Role.TOLD and one.year]
            self._by_year.append(bool(years))
            self._years.append(frozenset(years))
            self.last_year.append(max(years, default=origins.of[document].last))
        self.matcher = Matcher(self.statements, origins.groups)
        self.answers: dict[int, list[Statement]] = {}
        for one in self.statements:
            if one.answers is not None:
                self.answers.setdefault(id(one.answers), []).append(one)
        self._links: dict[int, list[Link]] = {}

    @cached_property
    def inside(self) -> list[Disagreement]:
        """What cannot be true within one document."""
        return list(self._disagreements(across=False))

    @cached_property
    def across(self) -> list[Disagreement]:
        """What cannot be true of two documents."""
        return list(self._disagreements(across=True)) if len(self.last_year) > 1 else []

    def links(self, statement: Statement) -> list[Link]:
        """The links of a statement to others that may be compared with it."""
        known = self._links.get(id(statement))
        if known is None:
            known = self._links[id(statement)] = self.matcher.links(statement)
        return known

    def span(self, statement: Statement) -> Span:
        """What stretch of time a figure is of."""
        last = self.last_year[statement.document]
        if statement.running or statement.role is Role.LISTED:
            return Span.YEAR if statement.year and last and statement.year < last else Span.WHOLE
        if statement.role is Role.ACTUAL:
            return Span.OPEN
        if statement.role is Role.TOLD and statement.year is None and not self._by_year[statement.document]:
            is_of_year = self._is_annual(statement.document) or _is_told_of_a_year(statement)
            return Span.OPEN if is_of_year else Span.WHOLE
        if statement.role is Role.TOLD:
            return Span.OPEN if statement.year is None or statement.year == last else Span.YEAR
        if statement.year is None or self._is_in_all(statement):
            return Span.OPEN if self._is_annual(statement.document) else Span.WHOLE
        return Span.YEAR if statement.stated else Span.OPEN

    def _is_in_all(self, statement: Statement) -> bool:
        """Whether a report on several years tells of what was done, without a year: that of all, not of the last told."""
        own = self.origins.of[statement.document]
        several = own.first is not None and own.first != own.last
        return several and statement.role is Role.SAID and not statement.stated and bool(_DONE.search(statement.text))

    def year(self, statement: Statement) -> int | None:
        """The year that a figure is of: told, or that of a report on one year."""
        own = self.origins.of[statement.document]
        carried = statement.role is Role.SAID and not statement.stated
        if statement.year and own.last and statement.year > own.last:
            return statement.year
        if self._is_annual(statement.document) and (statement.year is None or carried):
            return own.last
        return None if self._is_in_all(statement) else statement.year

    def _is_annual(self, document: int) -> bool:
        own = self.origins.of[document]
        return own.first is not None and own.first == own.last

    def conflict(self, one: Statement, other: Statement) -> bool:
        """Whether two figures of the same fact cannot both be true."""
        if agree(one, other) or one.part != other.part or one.former is not other.former:
            return False
        if one.former and one.stated is not other.stated:  # “由 2019 年的 320 人增加到”, “由 330 人增加到”
            return False
        if _is_told_apart(one, other) or (one.document != other.document and _is_of_another_sphere(one, other)):
            return False
        spans = (self.span(one), self.span(other))
        years = self.year(one), self.year(other)
        if all(years) and years[0] != years[1]:
            return False
        if spans == (Span.WHOLE, Span.WHOLE) or (one.dimension == "%" and one.role is not other.role):
            return True  # rates are never summed
        if Span.WHOLE in spans:
            whole, year = (one, other) if spans[0] is Span.WHOLE else (other, one)
            return year.value > whole.value
        if one.document != other.document and all(years):
            return True
        if spans == (Span.OPEN, Span.OPEN) and one.role is not other.role:
            said = one if one.role is Role.SAID else other if other.role is Role.SAID else None
            rest = other if said is one else one
            return said is None or said.value < rest.value or bool(_OF_THE_YEAR.search(said.text))
        if Span.OPEN in spans and Span.YEAR in spans:
            year, rest = (one, other) if spans[0] is Span.YEAR else (other, one)
            return year.year == (rest.year or self.last_year[rest.document])
        return one.year == other.year or spans == (Span.OPEN, Span.OPEN)

    def _disagreements(self, across: bool) -> Iterator[Disagreement]:
        done: set[frozenset[int]] = set()
        told: set[int] = set()
        order = {Role.ACTUAL: 0, Role.LISTED: 1, Role.TOLD: 2, Role.SAID: 3}
        for anchor in sorted((s for s in self.statements if s.role in order), key=lambda s: order[s.role]):
            if across:  # of thousands: those that are of no use are not even compared
                links = self.matcher.links(anchor, only_sisters=True)
            else:
                links = [link for link in self.links(anchor) if link.other.role in ACHIEVED]
                links = [link for link in links if link.other.document == anchor.document]
            if anchor.role is not Role.ACTUAL and not across:  # indicators have been held against all others
                links = [link for link in links if link.other.role is not Role.ACTUAL]
            found = self._around(anchor, links) if links else None
            if found is None or any(frozenset((id(found.odd), id(other))) in done for other in found.against):
                continue
            if across and all(id(other) in told for other in found.against):
                continue
            told |= {id(other) for other in found.against}
            group = [found.odd, *found.against]
            done |= {frozenset((id(one), id(other))) for one in group for other in (*group, *found.backing)}
            yield found

    def _around(self, anchor: Statement, links: Sequence[Link]) -> Disagreement | None:
        """What contradicts one statement."""
        same = [link for link in links if link.relation is Relation.SAME and link.other.former is anchor.former]
        same = self._without_years_that_add_up(anchor, same)
        close = [
            link for link in links
            if link.relation is not Relation.SAME
            and is_close(anchor, link.other)
            and (len(anchor.wording.key & link.other.wording.key) >= _NAMED or is_exchanged(anchor, link.other))
        ]  # fmt: skip
        against = [
            link for link in same
            if (self.conflict(anchor, link.other) or (link.likeness >= _SAID_ALIKE and is_slip(anchor, link.other)))
            and self._in_reach(anchor, link.other)
        ]  # fmt: skip
        against += [link for link in close if self.conflict(anchor, link.other)]
        unsupported = self._unsupported(anchor, same) if anchor.role is Role.ACTUAL and anchor.running else []
        if not against and not unsupported:  # nearly always
            return None
        backing = [link.other for link in same if agree(anchor, link.other) and link.likeness >= _LIKE]
        settled = {place(each) for each in backing}
        against = [link for link in against if place(link.other) not in settled]
        against += [link for link in unsupported if link not in against]
        if not against or (anchor.role is Role.ACTUAL and self._explained(anchor, same)):
            return None
        return self._weighed(anchor, against, backing, bool(close))

    def _without_years_that_add_up(self, anchor: Statement, same: list[Link]) -> list[Link]:
        """The links without those to single years, where the years together make the figure."""
        years: dict[int, Decimal] = {}
        for link in same:
            other = link.other
            if other.year is not None and other.document == anchor.document and (other.stated or other.point):
                years.setdefault(other.year, other.value)
        if len(years) > 1 and sum(years.values()) == anchor.value:
            return [link for link in same if link.other.year not in years]
        return same

    def near(self, one: Statement, other: Statement) -> bool:
        """Whether two statements are not of different parts of the college."""
        here, there = self.areas.of(one), self.areas.of(other)
        return self.areas.group(one) == self.areas.group(other) and (not here or not there or bool(here & there))

    def _in_reach(self, anchor: Statement, other: Statement) -> bool:
        """Whether the two speak of the same part of the college."""
        here, there = self.areas.of(anchor), self.areas.of(other)
        if not self.near(anchor, other):
            return False
        if one_sided(anchor.wording, other.wording) and not here & there:
            return False
        if anchor.role is other.role and anchor.document == other.document:
            if anchor.role is Role.ACTUAL:
                return anchor.wording.key == other.wording.key and self.areas.owner(anchor) == self.areas.owner(other)
            if anchor.role is Role.TOLD:
                return (anchor.point is None) is not (other.point is None)  # words told as an indicator's value
            return anchor.role is Role.SAID and place(anchor) != place(other)
        return True

    def _unsupported(self, anchor: Statement, same: Sequence[Link]) -> list[Link]:
        """The completion of the last year, where no year's figures nor their sum make the actual value."""
        told = [link for link in same if link.other.role is Role.TOLD and link.other.document == anchor.document]
        last = self.last_year[anchor.document]
        told = [link for link in told if link.other.year == last and link.likeness >= 0.72 and not link.other.part]
        told = [link for link in told if self._in_reach(anchor, link.other)]
        if any(link.other.value == anchor.value for link in told):
            return []
        return told

    def _explained(self, anchor: Statement, same: Sequence[Link]) -> bool:
        """Whether the completions told add up to the actual value, within a year or over the years."""
        told = [link.other for link in same if link.other.role is Role.TOLD and link.other.document == anchor.document]
        said = [link.other for link in same if link.other.role is Role.SAID and self.conflict(anchor, link.other)]
        if said and not any(agree(anchor, each) for each in told):
            return False
        values = [each.value for each in told if not each.part]
        if len(values) > 1 and sum(values) == anchor.value:
            return True
        years = self._years[anchor.document]
        if len(years) > _MID_TERM and sum(values) < anchor.value and not years <= {each.year for each in told}:
            return True  # years of which nothing is told may have had the rest
        return any(one.value + other.value == anchor.value for one in told for other in told
                   if one is not other and one.year != other.year)  # fmt: skip

    def _has_earlier(self, anchor: Statement) -> bool:
        """Whether completions of an earlier year are told as well."""
        last = self.last_year[anchor.document]
        return any(
            link.other.role is Role.TOLD and link.other.year is not None and link.other.year != last
            for link in self.links(anchor)
            if link.relation is Relation.SAME
        )

    def _may_be_of_one_year(self, anchor: Statement, other: Statement) -> bool:
        """Whether a smaller number told of the last year may be of that year alone."""
        return other.role is Role.TOLD and other.value < anchor.value and "累计" not in other.text

    def _weighed(self, anchor: Statement, against: list[Link], backing: list[Statement], close: bool) -> Disagreement:
        others = [link.other for link in against]
        likest = max(link.likeness for link in against)
        values = {other.value for other in others}
        witnesses = len({place(other) for other in others})
        exact = all(not other.quantity.bound.value.startswith(("more", "near", "about")) for other in others)
        backing = [each for each in backing if place(each) != place(others[0]) and not agree(each, others[0])]
        if witnesses == 1 and backing and others[0].role is Role.SAID:
            sure = exact and likest > 0.7 and len({place(each) for each in backing}) >= 2
            return Disagreement(others[0], (anchor, *backing), (), Severity.ERROR if sure else Severity.WARNING)
        of_one_year = all(self._may_be_of_one_year(anchor, other) for other in others)
        if not exact or (of_one_year and (backing or not self._has_earlier(anchor))):
            severity = Severity.INFO
        elif close or (witnesses >= 2 and len(values) == 1 and not backing):
            severity = Severity.ERROR
        else:
            severity = Severity.WARNING
        completing = self._completing(anchor, values, backing) if anchor.role is Role.ACTUAL else None
        if completing is not None:
            severity = Severity.WARNING if severity is Severity.ERROR else Severity.INFO
        return Disagreement(anchor, tuple(others), tuple(backing), severity, completing)

    def _completing(self, anchor: Statement, values: set[Decimal], backing: Sequence[Statement]) -> Statement | None:
        """A figure told beside an actual value that with it makes the one told elsewhere: that one may hold both.

        The next row (知识产权 54, 专利 23, elsewhere 77), or what is told in one breath with it (主编 5 门，参编 7 门).
        """
        rest = max(values) - anchor.value
        if len(values) > 1 or rest < _TOLD_APART or anchor.indicator is None or anchor.indicator.actual is None:
            return None
        row, told = anchor.indicator.actual.row, {place(each) for each in backing}
        for each in self.statements:
            if each.value != rest or each.dimension != anchor.dimension or each.document != anchor.document:
                continue
            if place(each) in told and each not in backing:
                return each
            if rest >= _BY_CHANCE and each.role is Role.ACTUAL and each.table is anchor.table:
                beside = each.indicator.actual if each.indicator is not None else None
                if beside is not None and abs(beside.row - row) == 1:
                    return each
        return None


def _is_told_of_a_year(statement: Statement) -> bool:
    """Whether the columns of its table say that plan and completion are those of one year (年初安排、年末进展)."""
    point = statement.point
    if point is None:
        return False
    return any(_ONE_YEAR.search(point.table.columns[each.column]) for each in (point.plan, point.done))


def _is_told_apart(one: Statement, other: Statement) -> bool:
    """Whether the two are of other parts of the college, in other states, or of what only the unit tells apart."""
    if differ(one, other):
        return True
    if {one.state, other.state} & {"申报", "延期", "取消"} and one.state != other.state:
        return True
    return one.dimension in _NAMED_BY_UNIT and one.quantity.unit != other.quantity.unit


def _is_of_another_sphere(one: Statement, other: Statement) -> bool:
    """Whether sister reports tell of other villages or majors, only one of what is new (新增), or of whose rate it is left out."""
    if ("新增" in one.text) != ("新增" in other.text) or _OWNERLESS.fullmatch(one.subject.strip()):
        return True
    if one.sphere == other.sphere or not Role.SAID is one.role is other.role:
        return False
    apart = bool(one.sphere and other.sphere) and not one.sphere & other.sphere
    return apart or min(len(one.wording.key), len(other.wording.key)) <= _BRIEF


def is_close(one: Statement, other: Statement) -> bool:
    """Whether two unequal figures are so near each other that one must be a slip for the other."""
    if one.value == other.value or not one.value or not other.value or agree(one, other):
        return False
    if min(significant(one.quantity.value), significant(other.quantity.value)) < 3 or one.dimension in {"%", "件"}:
        return False
    return abs(float(one.value / other.value) - 1) <= _CLOSE


def is_slip(one: Statement, other: Statement) -> bool:
    """Whether a figure of the running text has the digits of an actual value in another order (24 and 42)."""
    if {one.role, other.role} != {Role.ACTUAL, Role.SAID} or one.part != other.part or one.former or other.former:
        return False
    if one.running != other.running or (one.year and other.year and one.year != other.year):
        return False
    values = one.quantity.value, other.quantity.value
    return values[0] != values[1] and sorted(str(values[0])) == sorted(str(values[1]))


def is_exchanged(one: Statement, other: Statement) -> bool:
    """Whether two figures have the same digits in another order, or one has lost a nought within (3210 and 3120)."""
    mine, theirs = digits(one.quantity.value), digits(other.quantity.value)
    if mine == theirs or len(mine.replace("0", "")) < 2:
        return False
    if mine.replace("0", "") == theirs.replace("0", ""):
        return True
    same_length = one.value.adjusted() == other.value.adjusted()  # 436 is no slip for 3460
    return same_length and sorted(mine) == sorted(theirs)


_TWO_LEVELS = re.compile("^((?:国家|省|市|校)级)(.+)(?:国家|省|市|校)级$")
_NOT_REACHED = re.compile(
    "平均|人均|每|计划|目标|预计|预期|将(?!军)|力争|拟|不少于|至少|新增|增加(?![到至])|比上年|上年|去年|同期"
)


def is_reached(said: Statement) -> bool:
    """Whether a figure of the running text is told plainly as what was reached in all."""
    if said.former or not said.value or said.quantity.bound is not Bound.EXACT:
        return False
    words = said.sentence + said.text
    return not _NOT_REACHED.search(words[words.rfind("实际") + 1 :])  # “计划培训 2400 人次，实际培训 2520 人次”


def place(statement: Statement) -> tuple[object, ...]:
    """The paragraph or table row that a statement stands in."""
    source = statement.source
    if statement.paragraph is not None:
        return statement.document, statement.paragraph
    return statement.document, source.line, source.page, source.paragraph, source.table, source.row


def related(statement: Statement) -> Related:
    """A statement as a place that a finding speaks of."""
    return Related(source=statement.source, text=statement.text)


def where(statement: Statement) -> str:
    """A statement's place in a few words; in a file of Word its own words, for nobody sees the number of a paragraph."""
    if statement.table is None and statement.source.paragraph is not None:
        return f"正文“{brief(statement.text, 24)}”"
    return place_name(statement)


def place_name(statement: Statement) -> str:
    """A statement's place where its words are quoted beside it."""
    if statement.table is not None:
        number = statement.table.number
        name = (f"表{number}" if number[:1].isdigit() else number) if number else "表中"
        return f"{name} {statement.row or ''}".strip()
    return "正文" if statement.source.paragraph is not None else statement.source.sentence()


def at_statement(statement: Statement, message: str, **more: Any) -> Problem:  # noqa: ANN401 - Problem's own fields
    """A problem at a statement; what is printed there is all of it, where `printed` does not say less."""
    more.setdefault("printed", statement.text)
    return Problem(
        source=statement.source,
        message=message,
        text=statement.text,
        table=statement.table,
        row=statement.row,
        **more,
    )


def contradiction(context: Context, disagreement: Disagreement) -> Problem:
    """A disagreement as a problem at its odd place, its other places beside it."""
    odd, other, more = disagreement.odd, disagreement.against[0], disagreement.completing
    sum_of = (
        f"；{figure(odd)}与{named(more)}的 {figure(more)}相加正是 {figure(other)}，请核对两处是否同一范围"
        if more
        else ""
    )
    context.told(*(each.source for each in (odd, *disagreement.against)))
    return at_statement(
        odd,
        f"{named(odd)}：{f'{where(odd)} ' if odd.table is not None else '这里'}是 {figure(odd)}，{where(other)} 是 {figure(other)}{sum_of}",
        printed=figure(odd),
        expected="、".join(dict.fromkeys(figure(each) for each in disagreement.against)),
        related=tuple(related(each) for each in (*disagreement.against, *disagreement.backing[:3]))[:8],
        severity=disagreement.severity,
    )


def named(statement: Statement) -> str:
    """What a figure is of, in quotation marks; of “大赛拿到国家级 3 项，省级 8 项” the second has the first one's words."""
    name = _TWO_LEVELS.sub(r"\2\1", statement.subject.strip("①②③④⑤⑥⑦⑧⑨⑩ "))
    return f"“{brief(name, 30)}”"


def figure(statement: Statement) -> str:
    """A figure with its unit as people write it."""
    return f"{statement.quantity.value.normalize():f}{statement.quantity.unit}"


def sameness(context: Context) -> Sameness:
    """The statements and links of a document, worked out once; of all of them for a rule that holds them together."""
    if "sameness" not in context.memo:
        words = words_of(context.profile)
        told = [_told(context, words)] if context.readings else context.gathered.get(for_sisters, ())
        context.memo["sameness"] = Sameness(told, context.origins, words)
    made: Sameness = context.memo["sameness"]
    return made


def _told(context: Context, words: Words) -> Told:
    (reading,) = context.readings
    return Told(Collector(context.profile, words).statements(reading, 0), parts_of(reading))


def for_sisters(context: Context) -> Told:
    """What a document states as its sisters need it: without the rows and cells that a statement was read from."""
    if not context.has_sisters:
        return Told([], {})
    same = sameness(context)
    told = (Role.SAID, Role.TOLD)
    reached = [place for place, each in enumerate(same.statements) if each.role in told and is_reached(each)]
    rows = light(context, rows_of(context, same.words))
    return Told(light(context, same.statements), same.areas.parts(0), reached, rows)
