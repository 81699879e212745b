"""What the rules on several years share: the figures of single years by the thing they are of, and the years a total is of."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context
from taizhang.checks.rules._rows import rows_of
from taizhang.checks.rules._sameness import Sameness
from taizhang.core import numeral
from taizhang.core.quantity import Bound
from taizhang.intake.matching import step
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_COUNT = "[两二三四五六]"
_SO_MANY = re.compile(
    rf"(?<![第每])(?:近|这|过去|前)?(?P<count>{_COUNT})(?:年(?!级|制|前|后|以上|一)|[届学]年?)(?:来|间|内)?(?:里|中)?[^，。；、\d]{{0,6}}?(?:累计|合计|总计|共计?|一共)"
    r"|(?P<first>20\d\d)\s*年?\s*(?:[-—–~～至到]+)\s*(?P<last>20\d\d)\s*年[^，。；、\d]{0,4}?(?:累计|合计|总计|共计?)"
)
_TIMES = re.compile(rf"近?{_COUNT}[年届](?:来|间|内)?|年均|年平均")
_DONE = re.compile(
    "转化|授权|申请|申报|受理|出版|发表|立项|结题|签订|签约|到[账款位]|支出|转移|采纳|获奖|结业|毕业|取证"
)
_WITHDRAWN = re.compile("曾[将把]|原[写填报]|误[写填报]|更正|更改|调整前")  # a figure that is told as no longer true
_NEAR = 24  # characters between the words that tell the years and the figure
_FLOWING = frozenset({Role.SAID, Role.TOLD, Role.ACTUAL, Role.TABLED})


def years_of(total: Statement, last: int | None) -> tuple[int, ...]:
    """The years that a total is of, where its clause tells them; those of “三年” end with the report's."""
    words = total.sentence if total.sentence.endswith(total.text) else total.sentence + total.text
    clause = max(words.rfind(mark, 0, len(words) - len(total.text)) for mark in "。；;！") + 1
    told = list(_SO_MANY.finditer(words, clause))
    if not told or len(words) - told[-1].end() > _NEAR + len(total.text):
        return ()
    match = told[-1]
    if match["count"] is None:
        return tuple(range(int(match["first"]), int(match["last"]) + 1))
    count = numeral.parse(match["count"]) or 0
    return tuple(range(last - int(count) + 1, last + 1)) if last else ()


class Yearly:
    """The figures of single years that a document tells, found by their dimension."""

    def __init__(self, statements: Iterable[Statement], same: Sameness) -> None:
        self._same = same
        self._found: dict[str, list[tuple[int, Statement]]] = defaultdict(list)
        self.last: int | None = None
        for each in statements:
            year = same.year(each) if each.role is not Role.TABLED else each.year
            if _WITHDRAWN.search(each.sentence):
                continue
            if each.role in _FLOWING and year is not None and not each.running and not each.part and not each.former:
                self._found[each.dimension].append((year, each))
                if each.role is Role.TABLED:
                    self.last = max(year, self.last or year)

    def of(self, total: Statement, years: Sequence[int]) -> list[Statement]:
        """The figure of each of these years, of the thing that a total is of; none where one is lacking or told twice."""
        free = self._same.words.wording(_TIMES.sub("", total.subject)).free
        if not free:  # “三年累计培训 9.34 万人次”: what was done is the thing
            figure = rf"[\d.,]+\s*{re.escape(total.quantity.unit)}"
            free = self._same.words.wording(_TIMES.sub(" ", re.sub(figure, " ", total.text))).free
        if not free:
            return []
        told: dict[int, list[Statement]] = defaultdict(list)
        for year, each in self._found.get(total.dimension, ()):
            if year in years and free <= each.wording.free and _is_of_scope(each, total, self._same):
                told[year].append(each)
        if len(told) != len(years):
            return []
        in_table = self._of_table(told, free)
        if in_table:
            added = sum((each.value for each in in_table), Decimal(0))
            may_be = {
                added - each.value + other.value
                for each, year in zip(in_table, years, strict=True)
                for other in told[year]
            }
            return [] if total.value in may_be - {added} else in_table
        is_clear = all(len({each.value for each in told[year]}) == 1 for year in years)
        return [told[year][0] for year in years] if is_clear else []

    @staticmethod
    def _of_table(told: Mapping[int, Sequence[Statement]], free: frozenset[str]) -> list[Statement]:
        """What the one table that has a row or column of that very name gives for every year."""
        tables: dict[int, dict[int, Statement]] = defaultdict(dict)
        for year, some in told.items():
            for each in some:
                if each.role is Role.TABLED and each.wording.free == free:
                    tables[id(each.table)].setdefault(year, each)
        whole = [table for table in tables.values() if len(table) == len(told)]
        return [whole[0][year] for year in sorted(told)] if len(whole) == 1 else []


def _is_of_scope(year: Statement, total: Statement, same: Sameness) -> bool:
    mine, theirs = year.wording, total.wording
    if mine.levels != theirs.levels or mine.narrowed != theirs.narrowed or opposed(mine, theirs):
        return False
    if not set(_DONE.findall(total.text)) <= set(_DONE.findall(year.subject + year.text)):
        return False  # 专利转化 is not what 专利授权 sums up to
    return year.quantity.bound is Bound.EXACT and same.near(year, total) and not (year.sphere - total.sphere)


def rounding(figures: Iterable[Statement]) -> Decimal:
    """By how much a sum of printed figures may miss its total by rounding alone."""
    return sum((step(each.quantity, each.value) / 2 for each in figures), Decimal(0))


def yearly(context: Context, same: Sameness) -> Yearly:
    """The figures of single years of the one document of a context, worked out once."""
    if "yearly" not in context.memo:
        context.memo["yearly"] = Yearly([*same.statements, *rows_of(context, same.words)], same)
    made: Yearly = context.memo["yearly"]
    return made
