"""What the rule on things told twice looks for: the money spent on one work at one place, told with two amounts."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._retold import Pair
from taizhang.checks.rules._sameness import Sameness, place
from taizhang.core.finding import Severity
from taizhang.intake.matching import agree
from taizhang.intake.statements import Role, Statement

# Each two characters that may be the name: “用于沙岭苗族村” has 沙岭 among them.
_NAME = re.compile(
    r"(?=(?P<name>[一-鿿][^\W进驻乡农全该本各两到入下族])(?:[一-鿿]{1,2}族)?(?:村(?!集体|民|级|委|干|容)|社区|小学|中学))"
)
_SPENT = re.compile("捐|投入|出资|投资|拨|筹|争取|落实|安排|支持|资助|帮扶资金|花费|用去|支出")
_OF_ALL = re.compile("共|累计|总|其中|计划|预算|拟|将(?!军)|剩余|结余|合同|人均|每")
# Whose money, and for which part of the work: two that differ are two sums.
_WHOSE = re.compile(
    "财政|企业|公司|乡贤|社会|自筹|群众|村集体|上级|工会|校友|师生|[一二三四五]期|[首第][一二三四五]?批|东|西|南|北"
)
_ENDS = "。！？\n"
_FEW = 40  # sums of money for works: a report with more is a list of projects


class _Work(NamedTuple):
    """A sum of money, at which places it was spent, and on what."""

    statement: Statement
    names: frozenset[str]
    objects: frozenset[str]
    deeds: frozenset[str]
    parts: frozenset[str]


def works(context: Context, same: Sameness) -> Iterator[Pair]:
    """The sums that differ although both were spent on the same work at the same place, and on that alone."""
    words = context.profile.sections["matching"]["works"]
    objects, deeds = re.compile(words["objects"]), re.compile(words["deeds"])
    found = [
        work for each in same.statements
        if each.role is Role.SAID and each.dimension == "元" and each.value and not each.part and not each.former
        and (work := _work(each, context, objects, deeds)) is not None
    ]  # fmt: skip
    for earlier, later in combinations(found[:_FEW], 2):
        one, other = earlier.statement, later.statement
        if one.document == other.document and _is_one(earlier, later) and _cannot_both_be(one, other, same):
            yield Pair(other, one, Severity.WARNING)


def _is_one(one: _Work, other: _Work) -> bool:
    """Whether two sums were spent on the same work at the same place, out of the same purse as far as told."""
    if one.objects != other.objects or one.parts != other.parts:
        return False
    return bool(one.names & other.names) and bool(one.deeds & other.deeds)


def _work(statement: Statement, context: Context, objects: re.Pattern[str], deeds: re.Pattern[str]) -> _Work | None:
    """What a sum was spent on by the words of its sentence; None where they tell of no work, or of several."""
    reading = context.readings[statement.document]
    found = reading.paragraph_at(statement.source)
    if found is None:
        return None
    text = reading.paragraphs[found[0]].text
    at = found[1] + (statement.source.start or 0)
    start = max(text.rfind(mark, 0, at) for mark in _ENDS) + 1
    end = min((stop for mark in _ENDS if (stop := text.find(mark, at)) >= 0), default=len(text))
    clause = max(text.rfind(mark, start, at) for mark in "，；,;") + 1
    sentence = text[max(clause, start) : end].partition("；")[0]
    if not _SPENT.search(sentence) or _OF_ALL.search(statement.text) or len(_sums(sentence)) > 1:
        return None
    names = frozenset(match["name"] for match in _NAME.finditer(sentence))
    spent_on = frozenset(objects.findall(sentence))
    done = frozenset(deeds.findall(sentence))
    if not names or len(spent_on) != 1 or not done:
        return None
    return _Work(statement, names, spent_on, done, frozenset(_WHOSE.findall(sentence)))


def _sums(sentence: str) -> list[str]:
    return re.findall(r"\d\s*[多余]?\s*[万亿]?\s*[多余]?元", sentence)


def _cannot_both_be(one: Statement, other: Statement, same: Sameness) -> bool:
    """Whether the two sums are not equal, not of two years told, and not of two parts of the work."""
    if agree(one, other) or place(one) == place(other) or one.running is not other.running:
        return False
    if one.stated and other.stated and one.year != other.year:
        return False
    return same.near(one, other)
