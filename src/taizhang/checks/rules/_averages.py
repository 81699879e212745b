"""What the rules on averages share: how a mean is told, and what counts those who share."""

import re
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Problem
from taizhang.checks.rules._grid import fits, shown
from taizhang.checks.rules._prose import Figure, Sentence, clause
from taizhang.checks.rules._slips import is_slip

SHARED_BY = {
    "户": "户", "人": "人", "生": "人", "师": "人", "村": "村", "校": "所", "家": "家", "亩": "亩", "镇": "镇", "县": "县",
    "件": "件", "项": "项", "期": "期", "门": "门", "场": "场", "课": "门", "支": "支", "班": "班",
    "队": "支", "台": "台", "处": "处", "条": "条", "间": "间", "座": "座", "辆": "辆", "套": "套", "片": "片",
    "所": "所",
}  # fmt: skip
AVERAGE = re.compile(
    r"(?:(?P<by>[户人生师村校家亩镇县场期项件门课支班队台处])均|(?:(?:平均)?每(?P<each>[户人生师村校家亩镇县件项期门场支班])|平均每(?P<one>[队台处条间座辆套片所])(?:[（(]套[)）])?))(?P<what>[^，。；、\d]{0,6})$"
)
TO_A_TEACHER = re.compile(r"生师比(?:为|是|达到?)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[:：∶]\s*1(?!\d)")
_STUDENTS = re.compile("在校生|学生")
_LONG = 3  # digits that are hardly a slip of others by chance
PEOPLE = frozenset({"人", "名", "位", "人次"})
# What the total counts, and what the average of it then does.
MAKES = {("人次", "人"), ("人次", "次")}


def counts(figure: Figure, by: str, units: Container[str]) -> bool:
    """Whether a figure is the number of those who share: by its unit, or by its name (“订单班 15 个”)."""
    unit = figure.unit.partition("（")[0].lstrip("万亿")
    return unit in units or (unit == "个" and clause(figure.label).endswith(by))


class Made(NamedTuple):
    """A total over a count, and where either is told."""

    exact: Decimal
    total: tuple[Sentence, Figure]
    number: tuple[Sentence, Figure]


def to_a_teacher(sentence: Sentence, match: re.Match[str], near: Sequence[Sentence]) -> Iterator[Problem]:
    """“专任教师 124 人，生师比 24.2:1” behind the number of students."""
    teachers = next((f for f in reversed(sentence.figures) if f.end <= match.start()), None)
    if teachers is None or "教师" not in clause(teachers.label) or not teachers.is_exact or not teachers.value:
        return
    if sentence.text[teachers.end : match.start()].strip("，, "):
        return
    rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
    told = [
        (each, f) for each in near if each.passage is sentence.passage and _STUDENTS.search(each.text) for f in each.figures
        if f.is_exact and f.dimension == "人" and f.value > teachers.value
    ]  # fmt: skip
    made = [Made(f.value / teachers.value, (each, f), (sentence, teachers)) for each, f in told]
    if any(fits(each.exact, rate, places) for each in made) or len(match["rate"].replace(".", "")) < _LONG:
        return
    slips = [each for each in made if is_slip(match["rate"], shown(round(each.exact, places)))]
    if len(slips) == 1:
        yield reckoned(sentence, match.span(), slips[0], f"{shown(round(slips[0].exact, places))}:1")


def reckoned(sentence: Sentence, span: tuple[int, int], made: Made, expected: str) -> Problem:
    """An average that its total over its count does not make."""
    (of_total, total), (of_count, count) = made.total, made.number
    return sentence.passage.problem(
        *span,
        f"{of_total.printed(total)} ÷ {of_count.printed(count)} = {expected}，写的是 {sentence.text[slice(*span)]}",
        expected=expected,
        related=tuple(each.passage.related(f.start, f.end) for each, f in (made.total, made.number)),
    )
