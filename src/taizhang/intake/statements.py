"""Statements: the figures of a document with all that tells whether two of them are of the same fact."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from taizhang.core import period
from taizhang.core.fact import Fact
from taizhang.core.quantity import Quantity
from taizhang.core.source import Source
from taizhang.documents.blocks import Heading, Paragraph, Table
from taizhang.intake.facts import prose_facts
from taizhang.intake.plans import Indicator, Point, Value
from taizhang.intake.reading import Reading
from taizhang.intake.scope import FAR, stage
from taizhang.intake.wording import ABOVE, Wording, Words
from taizhang.profiles import Profile

_DIGIT = re.compile(r"\d")
_UNTIL = re.compile(r"截至(\d{4})")
_RESULTS = re.compile("成果")
# Of a report that looks back on one year and on to the next: the headings of both.
_LOOKS_BACK = re.compile("回顾|总结|去年|上年|(?:完成|开展|落实|执行)情况|成效|成绩|成就")
_LOOKS_AHEAD = re.compile(
    r"(?:(?P<year>20\d\d)\s*年度?|今年|明年|下一?年度?).{0,16}(?:总体要求|任务|重点|部署|安排|建议|目标|举措|思路|计划|打算|工作$)(?!.*(?:情况|成效|成就|总结|回顾|完成))"
    r"|“[^“”]{2,6}”时期.{0,10}(?:目标|任务)(?!.*(?:情况|成效|成就|总结|回顾|完成))"
)
_PLAN = re.compile("十([二三四五])五”?(?:时期|期间|规划|以来)")
_PLANS = {"二": 2015, "三": 2020, "四": 2025, "五": 2030}  # the last year of each five-year plan
_LINE = 30  # characters of a line that heads what follows without a number
_SPOKEN = re.compile("[，。；：！？,;:!?]")
_INCLUDED = re.compile(r"[（(](不?含[^（()）\d]{1,16})[)）]")
_A_YEAR = re.compile(r"20\d\d(?=\s*年)")
_UNCOUNTED = frozenset({"岁", "年月", "时长", "学时", "番", "倍", "百分点", "名次", "首创", "分"})
# What a figure rose or fell by is not the figure.
_GROWTH = re.compile(
    r"比上年|同比|较上年|环比|增长(?![到至])|递增(?![到至])|提高\s*\d"
    r"|[比较](?:去年|前年|上一年|上届|往年|年初|计划|预计|预算|决算|20\d\d\s*[年届])[^，。；\d]{0,8}?(?:[增减降]|[多少](?!于)|[高低](?!于)|超)(?![^，。；\d]{0,2}[到至])"
)
# Words that say against what something changed, and no thing; and one of several shares told in a row.
_AGAINST = re.compile(
    r"(?:与|同|比|较|和)?(?:上年|去年|上一年|前一年|上届|往年|年初|期初|20\d\d\s*[年届])(?:度|末|底|同期)?(?:的|相比|比较)*"
)
_ONE_OF_SEVERAL = re.compile("^[和、]|[和、]$")
_FORMER = re.compile(r"(?:[由从]|上年(?:度)?的?|去年的?)[^，。；\d]{0,16}$")  # before a former value
_FORMER_TOO = re.compile(r"[由从][^，。；]{0,16}\d[^，。；]{0,8}(?:增|升|提|降|减|扩|涨)")
_LONG_AGO = re.compile(
    r"(?:[一二两三四五六七八九十几]年|建设|立项|实施|行动)(?:之)?前[，,]?[^，。；\d]{0,16}$"
)  # “三年前，双师型教师只有 168 人”
_AMONG_THEM = re.compile(r"\s*其中[：:].*[；;]")
_SMALL_BRACKETS = re.compile(r"[（(]([一-鿿]{1,2})[)）]")  # “国(境)外” is one word
_GAP = re.compile(r"(?<=[一-鿿]) (?=[一-鿿])")
_NUMBER = re.compile("[0-9０-９]|[一两三四五六七八九十](?=[个项门名人次所家支套本场期件篇份])")
_LONGEST = 600  # characters of a cell that is read for its figures
_COMPARED = re.compile(r"[与和比较][^，。；]{0,3}20\d\d\s*年[^，。；]{0,4}(?:相比|比较|增|提|多|高)")
_BATCH = re.compile("第[一二三四五六七八九十0-9]+批|首批")
_PER_YEAR = re.compile(r"[/／每]\s*年")
_YEAR_ALONE = re.compile(r"(?:其中|[：:，,\s])*20\d\d\s*年度?\s*(?:为|是|达到?)?\s*[\d.,]+\s*[万亿]?[一-鿿]{1,2}")
_BARE = frozenset({"元"})  # dimensions whose figures often leave their thing to the figure before
_FEW = 3  # pairs of characters
_OWN_LEVEL = "校级"  # also read out of 全校, which says of whom a figure is and no level
# The villages, counties and groups of majors by name that a sentence is about: the last two characters of the name
# are enough, and a verb before it does not matter.
_SPHERE = re.compile(
    r"(?=([一-鿿][^\W进驻乡农全该本各两到下入个我新帮扶选派和与]村|[一-鿿][^\W全该本各两和与][县镇]|[一-鿿]{2}专业群))"
)
_RUNNING = re.compile("累计|截至|现有")  # also behind a year
_REACHED = re.compile("累计|截至|现有|总计|合计|共计|总共|(?<!公)共(?!建|同|享|育|商|筑|性|创|党)")
# What opens a sentence on several years, of which those that follow in the paragraph also tell till one names a year.
_SEVERAL = re.compile(
    r"(?:^|[。！？])\s*(?:(?:过去)?[二两三四五]年(?:来|间)|(?:过去的?|这)[二两三四五]年|“?十[二三四五]五”?(?:时期|期间|以来)|建设期(?:内|间|以来))"
)
_ONE_OF_THEM = re.compile(r"20\d\d\s*年|今年|去年|上年|本年|当年|全年|年度|一年")
_YEARS = re.compile("(?<![每第])[两二三四五]年(?:来|间|内|共|累计|合计|签|到|通过|开展|完成|获)")


class Role(StrEnum):
    """In what kind of place a figure stands."""

    TARGET = "target"  # what an indicator is to reach
    ACTUAL = "actual"  # what it reached
    PLAN = "plan"  # what a task point is to reach
    TOLD = "told"  # what is told of its completion
    LISTED = "listed"  # a list of results
    SAID = "said"  # running text
    TABLED = "tabled"  # a row of any other table


class Statement(NamedTuple):
    """A figure and its scope. `value` is in the base unit of `dimension`.

    `year` is the year it is of; `running` says that it is summed up to then; `stated` that its own clause names
    the year; `sentence` are the words of its sentence up to it. `part` says that it is a part of another figure
    (“其中”). `source` is the place of `text`, the shortest words that hold the figure; `row` the label of its row. `answers`
    is the figure planned that one told is held against; `former` says that
    the figure is of the year before (“由 580 万元增加到…”). `label` are the words before the colon that tell of whom the
    sentence speaks (“学校层面：…”), `sphere` the villages, counties and groups of majors that its sentence names. `paragraph` numbers that of the running text it stands in.
    """

    role: Role
    document: int
    subject: str
    wording: Wording
    quantity: Quantity
    value: Decimal
    dimension: str
    source: Source
    text: str
    year: int | None = None
    running: bool = False
    stated: bool = False
    part: bool = False
    state: str | None = None
    sentence: str = ""
    section: tuple[str, ...] = ()
    table: Table | None = None
    row: str | None = None
    indicator: Indicator | None = None
    point: Point | None = None
    answers: "Statement | None" = None
    former: bool = False
    paragraph: int | None = None
    label: str = ""
    sphere: frozenset[str] = frozenset()


_DOCUMENT = Statement._fields.index("document")
_SENTENCE = Statement._fields.index("sentence")
_INDICATOR = Statement._fields.index("indicator")  # followed by `point` and `answers`


def moved(statement: Statement, document: int) -> Statement:
    """The statement as one of another document; far quicker than by `_replace`, and asked for each of thousands."""
    return tuple.__new__(Statement, (*statement[:_DOCUMENT], document, *statement[_DOCUMENT + 1 :]))


def stripped(statement: Statement, table: Table | None) -> Statement:
    """The statement without the row that it was read from and the words before it; `table` is put for its own."""
    return tuple.__new__(Statement, (
        *statement[:_SENTENCE], "", statement.section, table, statement.row, None, None, None,
        *statement[_INDICATOR + 3 :],
    ))  # fmt: skip


class Collector:
    """Gathers the statements of documents under one profile."""

    def __init__(self, profile: Profile, words: Words) -> None:
        self.profile = profile
        self.words = words

    def statements(self, reading: Reading, document: int) -> list[Statement]:
        """All statements of a document, in reading order within each kind of place."""
        told = {indicator.table.index for indicator in reading.plans.indicators}
        told |= {point.table.index for point in reading.plans.points}
        found = [
            *self._of_indicators(reading, document),
            *self._of_points(reading, document),
            *self._of_results(reading, document, told),
            *self._of_prose(reading, document),
        ]
        return [
            each for each in found
            if each.wording.key and not _is_bare(each) and each.dimension not in _UNCOUNTED and not _GROWTH.search(each.text)
        ]  # fmt: skip

    def _made(self, fact: Fact, role: Role, document: int, **more: Any) -> Statement:  # noqa: ANN401 - Statement's own fields
        subject = _GAP.sub("", fact.subject) if " " in fact.subject else fact.subject
        wording = self.words.wording(subject, fact.text)
        is_own = "全校" in fact.text and fact.level == _OWN_LEVEL and _OWN_LEVEL not in fact.text
        if fact.level and not is_own and len(wording.levels - {ABOVE}) != 1:
            wording = wording._replace(levels=frozenset(fact.level.split("/")) | (wording.levels & {ABOVE}))
        if len(wording.key) < _FEW:  # “服务企业 96 家”: what was done tells more than the thing
            whole = self.words.wording(_without_figure(fact))
            wording = wording._replace(key=wording.key | whole.key, free=wording.free | whole.free)
        if "批" in fact.text:
            wording = wording._replace(narrowed=wording.narrowed.union(_BATCH.findall(fact.text)))
        value, dimension = self.profile.catalogue.normal(fact.quantity)
        if dimension == "件" and self.words.persons.search(subject):
            dimension = "人"
        year, until = _year_of(fact.period or "")
        sentence = str(more.get("sentence", ""))
        if (
            year is not None and sentence and _COMPARED.search(sentence)
        ):  # “与 2022 年相比”: the year is not the figure's
            year = None
        stated = year is not None and period.period(fact.text) is not None
        summed = (_RUNNING if stated else _REACHED).search(fact.text)  # “2024 年共 96 家” is of that year
        of_years = more.pop("several", False) or bool(sentence and _YEARS.search(sentence))
        if of_years and not stated and not until:  # a year told earlier in the paragraph is not that of “三年共…”
            year = None
        running = bool(until or summed or of_years)
        # “累计 6.8 万人次，其中 2024 年 3.7 万人次” gives the figure of a year, of the very same thing
        part = fact.part_of is not None and _YEAR_ALONE.fullmatch(fact.text) is None
        of_point = more.pop("point_year", None)
        year = until or year if stated or of_point is None else of_point
        more.setdefault("source", fact.source)
        more.setdefault("text", fact.text)
        return Statement(
            role=role, document=document, subject=subject, wording=wording, quantity=fact.quantity, value=value,
            dimension=dimension, year=year, running=running, stated=stated, part=part,
            state=fact.state, former=_is_former(fact), **more,
        )  # fmt: skip

    def _of_indicators(self, reading: Reading, document: int) -> Iterator[Statement]:
        for indicator in reading.plans.indicators:
            row, table = indicator.label.text.strip(), indicator.table
            wording = self.words.wording(indicator.name)
            if self.words.own.search(indicator.name):
                continue
            for role, value in ((Role.TARGET, indicator.goal), (Role.ACTUAL, indicator.actual)):
                if value is None:
                    continue
                if value.quantity is None:
                    if role is Role.ACTUAL and len(value.text) <= 60:
                        for fact in self._facts(value):
                            yield self._made(fact, Role.TOLD, document, section=table.section, table=table, row=row)
                    continue
                quantity = value.quantity
                if not quantity.unit and indicator.unit:
                    quantity = quantity._replace(unit=indicator.unit)
                normal, dimension = self.profile.catalogue.normal(quantity)
                if _PER_YEAR.search(indicator.unit or "") and "/" not in dimension:
                    dimension += "/年"
                yearly = indicator.mid is None and indicator.end is None
                yield Statement(
                    role=role, document=document, subject=indicator.name, wording=wording, quantity=quantity,
                    value=normal, dimension=dimension, source=value.at(), text=value.text.strip(), running=not yearly,
                    section=table.section, table=table, row=row, indicator=indicator,
                )  # fmt: skip

    def _facts(self, value: Value) -> Iterator[Fact]:
        if not _NUMBER.search(value.text) or len(value.text) > _LONGEST:
            return
        cell = value.table.rows[value.row][value.column]
        yield from prose_facts(Paragraph(_opened(value.text), cell.pieces), self.profile)

    def _of_points(self, reading: Reading, document: int) -> Iterator[Statement]:
        for point in reading.plans.points:
            planned = [self._point(fact, Role.PLAN, document, point, point.plan) for fact in self._facts(point.plan)]
            yield from planned
            before: Statement | None = None
            for fact in self._facts(point.done):
                told = self._answering(self._point(fact, Role.TOLD, document, point, point.done), planned)
                before = told if before is None else _completed(told, before)
                yield before

    def _point(self, fact: Fact, role: Role, document: int, point: Point, value: Value) -> Statement:
        at = _opened(value.text).find(fact.text)
        source = value.at(at, at + len(fact.text)) if at >= 0 else value.at()
        text = value.text[at : at + len(fact.text)].strip() if at >= 0 else fact.text
        year = int(point.year) if point.year and point.year.isdigit() else None
        return self._made(fact, role, document, section=point.table.section, table=point.table, row=point.name,
                          point=point, source=source, text=text, point_year=year)  # fmt: skip

    def _answering(self, told: Statement, planned: list[Statement]) -> Statement:
        """What is told, with the words of the plan that it leaves out."""
        same = [plan for plan in planned if plan.dimension == told.dimension]
        best = max(
            same, key=lambda plan: (_overlap(plan.wording, told.wording), plan.state == told.state), default=None
        )
        if best is None or not best.wording.key & told.wording.key or told.part:
            return told
        mine, theirs = told.wording, best.wording
        if mine.levels and theirs.levels and mine.levels != theirs.levels:
            return told
        running = told.running or (best.running and not told.stated)
        if len(mine.key) < len(theirs.key):
            taken = {number for number, _ in mine.sides}
            sides = mine.sides | {side for side in theirs.sides if side[0] not in taken}
            mine = mine._replace(key=mine.key | theirs.key, sides=sides, narrowed=mine.narrowed | theirs.narrowed,
                           tail=theirs.tail)  # fmt: skip
        wording = mine._replace(levels=mine.levels or theirs.levels)
        return told._replace(wording=wording, running=running, answers=best)

    def _of_results(self, reading: Reading, document: int, told: set[int]) -> Iterator[Statement]:
        for table in reading.document.tables:
            if table.index in told or len(table.columns) > 2 or not _RESULTS.search("".join(table.columns)):
                continue
            for row, cells in enumerate(table.body, table.header):
                label = " ".join(cell.text.strip() for cell in cells)
                for column, cell in enumerate(cells):
                    value = Value(table, row, column, cell.text)
                    before: Statement | None = None
                    for fact in self._facts(value):
                        if self.words.own.search(fact.subject):
                            continue
                        at = _opened(cell.text).find(fact.text)
                        source = value.at(at, at + len(fact.text)) if at >= 0 else value.at()
                        made = self._made(fact, Role.LISTED, document, section=table.section, table=table,
                                          row=label)  # fmt: skip
                        text = cell.text[at : at + len(fact.text)].strip() if at >= 0 else fact.text
                        made = made._replace(source=source, text=text, running=True)
                        before = made if before is None else _completed(made, before)
                        yield before

    def _of_prose(self, reading: Reading, document: int) -> Iterator[Statement]:
        before: Statement | None = None
        next_year = _next_year(reading)
        told_ahead = _told_ahead(reading, next_year)
        of_several = _of_several(reading)
        for fact in reading.facts:
            if self.words.own.search(fact.subject) or _names_no_thing(fact):
                continue
            number, section, sentence, before_it, several = _standing(reading, fact, of_several)
            opening = before_it[max(before_it.rfind(mark) for mark in "。！？") + 1 :]
            if (section and self.words.ahead.search(section[-1])) or self.words.aims.search(opening):
                continue
            if number in told_ahead or (next_year and not next_year.isdisjoint(section)):
                continue
            label = self.words.label(before_it) or _extent(opening) or stage(opening + fact.text)
            made = self._made(
                fact, Role.SAID, document, section=section, sentence=sentence, paragraph=number, label=label,
                sphere=_sphere(sentence + fact.text), several=several,
            )  # fmt: skip
            if _LONG_AGO.search(sentence):
                made = made._replace(former=True)
            if _AMONG_THEM.match(opening):
                made = made._replace(part=True)  # “…。其中：市内 24 人；市外 11 人”: the second as well
            if before is not None and number is not None and before.paragraph == number:
                made = _completed(made, before)
            before = made
            yield made


def _names_no_thing(fact: Fact) -> bool:
    """Whether the words of a figure are only what it is compared with, or the whole of several shares."""
    subject = fact.subject.strip()
    is_shared = subject.startswith("占") and bool(_ONE_OF_SEVERAL.search(fact.text.strip()))
    return is_shared or bool(_AGAINST.fullmatch(subject))


def _is_of_several(text: str, place: int, *, opened: bool) -> bool:
    """Whether a paragraph opened on several years before a place (“五年来，…。…”), and named none of them since."""
    several, single = _openings(text)
    before = bisect_left(several, place)
    if not before:
        return opened and bisect_left(single, place) == 0
    return bisect_left(single, several[before - 1]) == bisect_left(single, place)


@lru_cache(maxsize=8)
def _openings(text: str) -> tuple[list[int], list[int]]:
    """Where a paragraph begins to tell of several years, and where it names one."""
    several = [match.end() for match in _SEVERAL.finditer(text)] if _opens(text) else []
    return several, [match.start() for match in _ONE_OF_THEM.finditer(text)]


def _opens(text: str) -> bool:
    """Whether a paragraph may open on several years."""
    return "年来" in text or "年间" in text or "五" in text or "建设期" in text or "过去" in text or "三年" in text


def _of_several(reading: Reading) -> frozenset[int]:
    """The paragraphs behind one that opens on several years, below the same heading, till one names a year."""
    found: set[int] = set()
    section: tuple[str, ...] | None = None
    for number, block in enumerate(reading.paragraphs):
        if section is None and not _opens(block.text):
            continue
        several, single = _openings(block.text)
        if several and not (single and single[-1] > several[-1]):
            section = block.section
        elif single or block.section != section:
            section = None
        elif section is not None:
            found.add(number)
    return frozenset(found)


def _sphere(words: str) -> frozenset[str]:
    """The villages, counties and groups of majors that words name."""
    if "村" in words or "县" in words or "镇" in words or "专业群" in words:
        return frozenset(_SPHERE.findall(words))
    return frozenset()


def _extent(opening: str) -> str:
    """What its sentence says that its figures include or leave out: “全市（不含托管区）财政收入…；税收收入…”."""
    found = _INCLUDED.findall(opening) if "含" in opening else []
    return found[-1] if found else ""


def _is_bare(statement: Statement) -> bool:
    """Whether the running text names what it counts by one character (28 个省), which says nothing of what they did."""
    if statement.role is not Role.SAID or statement.dimension != "件" or len(statement.wording.key) != 1:
        return False
    return len(min(statement.wording.key)) == 1


def _next_year(reading: Reading) -> frozenset[str]:
    """The headings below which a report tells of the year to come: “2025 年重点工作”, where it looks back on 2024."""
    headings = [*(heading.text.strip() for heading in reading.headings), *_lines(reading).values()]
    found = {text: match for text in headings if (match := _LOOKS_AHEAD.search(text))}
    if not found:
        return frozenset()
    titles = [block.text for block in reading.document.blocks[:2] if isinstance(block, Paragraph | Heading)]
    latest = max((match["year"] or "" for match in found.values()), default="")
    earlier = [text for text, match in found.items() if match["year"] and match["year"] < latest]
    back = [text for text in (*titles, *headings) if text not in found and _LOOKS_BACK.search(text)] + earlier
    years = {int(year) for text in back for year in _A_YEAR.findall(text)}
    years |= {_PLANS[ordinal] for text in back for ordinal in _PLAN.findall(text)}
    return frozenset(
        text for text, match in found.items()
        if back and (match["year"] is None or int(match["year"]) > max(years, default=0))
        and (not match[0].endswith("工作") or (years and match["year"]))
    )  # fmt: skip


def _lines(reading: Reading) -> dict[int, str]:
    """The short lines that head what follows as a heading does, without a number: “2025年重点工作”, by paragraph."""
    return {
        number: text for number, block in enumerate(reading.paragraphs)
        if len(block.text) <= _LINE and (text := block.text.strip()) and not _SPOKEN.search(text)
        and (_LOOKS_AHEAD.search(text) or _LOOKS_BACK.search(text))
    }  # fmt: skip


def _told_ahead(reading: Reading, next_year: frozenset[str]) -> frozenset[int]:
    """The paragraphs below a line without a number that opens the year to come, to the next that looks back."""
    lines = _lines(reading) if next_year else {}
    if next_year.isdisjoint(lines.values()):
        return frozenset()
    found: set[int] = set()
    ahead = False
    for number in range(len(reading.paragraphs)):
        ahead = lines[number] in next_year if number in lines else ahead
        if ahead:
            found.add(number)
    return frozenset(found)


def _year_of(label: str) -> tuple[int | None, int | None]:
    """The year that a period ends in, and the year up to which it says that figures are summed."""
    if not label:
        return None, None
    years, until = period.years(label), _UNTIL.match(label)
    return years[1] if years and len(label) < 9 else None, int(until[1]) if until else None


def _is_former(fact: Fact) -> bool:
    """Whether a figure is where something rose or fell from."""
    figure = _DIGIT.search(fact.text)
    return bool(figure and (_FORMER.search(fact.text[: figure.start()]) or _FORMER_TOO.search(fact.text)))


def _without_figure(fact: Fact) -> str:
    """The words of a fact's clause without the number and its unit."""
    return _figure_in(fact.quantity.unit).sub(" ", fact.text)


@lru_cache(maxsize=1024)
def _figure_in(unit: str) -> re.Pattern[str]:
    return re.compile(rf"[0-9.,]+\s*(?:[余多]\s*)?{re.escape(unit)}")


def _overlap(one: Wording, other: Wording) -> float:
    return len(one.key & other.key) / (len(one.key | other.key) or 1)


def _opened(text: str) -> str:
    """A text of the same length, without the brackets that stand inside a word."""
    return _SMALL_BRACKETS.sub(r" \1 ", text) if "（" in text or "(" in text else text


def _completed(statement: Statement, before: Statement) -> Statement:
    """A figure with what its own words leave to the figure before it: the thing (“到账 613.4 万元”), the verb (“省级 12 项”)."""
    if before.subject in statement.subject and before.subject not in statement.text:
        sides = statement.wording.sides | before.wording.sides
        statement = statement._replace(wording=statement.wording._replace(sides=sides))
    if statement.dimension not in _BARE or len(statement.wording.key) > _FEW or statement.dimension == before.dimension:
        return statement
    if statement.wording.key <= before.wording.key:
        return statement
    wording = statement.wording._replace(key=statement.wording.key | before.wording.key)
    return statement._replace(wording=wording)


def _standing(
    reading: Reading, fact: Fact, of_several: Container[int]
) -> tuple[int | None, tuple[str, ...], str, str, bool]:
    """The paragraph of a fact of the running text, the headings above it, and the words before it.

    These twice: of its sentence alone, and of the paragraph. Last, whether it stands among figures of several years.
    """
    found = reading.paragraph_at(fact.source)
    if found is None:
        return None, (), "", "", False
    number, shift = found
    block = reading.paragraphs[number]
    end = shift + (fact.source.start or 0)
    far = max(end - FAR, 0)
    start = max(far, *(block.text.rfind(mark, far, end) + 1 for mark in "。；;！？"))
    several = _is_of_several(block.text, end, opened=number in of_several)
    return number, block.section, block.text[start:end], block.text[far:end], several
