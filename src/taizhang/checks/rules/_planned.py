"""Which task point’s plan is of the same thing as an indicator, where the two are named a little differently."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._sameness import Sameness, sameness
from taizhang.core.quantity import Bound
from taizhang.documents.alignment import bare
from taizhang.intake.matching import agree, significant, step
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_BRACKETS = re.compile(r"\([^()]{3,}\)|[()①-⑳“”\"‘’《》,.:;、\s]")
_ACTS = re.compile("^(?:累计|启动|推进|持续|建设|建成|立项|认定|获得?|开展|完成|新增|组织|形成|制定|成立)+")
_MOVES = "引进|引入|输出|派出|选派|聘请|聘任|接收|转让|孵化|捐赠"
_MOVED = re.compile(f"(?P<act>{_MOVES})(?P<thing>[一-鿿]{{2,8}}?)(?:资源|项目|数量|总数|人数)?")  # a whole name
_MOVING = re.compile(rf"^[\s①-⑳]*(?:累计|共|新)?({_MOVES})")
_BY_ACT = 0.3  # how surely a plan is of a thing that it names at greater length, behind the very same act
_ALIKE = 0.75  # of both names, in order
_SHORTEST = 4  # characters of a name that is found in another
_LITTLE = 2  # characters more or less that do not make another thing of it
_TELLING = 3  # digits that two things do not have in common by chance
_COMMON = 5  # below this, equal numbers prove nothing
_EVIDENT = 0.5  # what an equal completion adds to a likeness
_OWN = frozenset({"校级"})  # what a college need not say of its own things
_ASIDE = frozenset({"国际级"})  # no step of the ladder


@dataclass(frozen=True, slots=True)
class Planned:
    """An indicator’s target, its actual value, and the plans that are of it, with what was told of them.

    `close` says that the names differ by a word or two at most.
    """

    target: Statement
    actual: Statement | None
    plans: tuple[Statement, ...]
    told: tuple[Statement, ...]
    close: bool

    @property
    def summed(self) -> bool:
        """Whether the names hardly differ and what was told is summed up over the years."""
        return self.close and any(each.running for each in self.told)


class _Goal(NamedTuple):
    """A target with its actual value, its name and the end of it; `in_part` says that a part of the college has it."""

    target: Statement
    actual: Statement | None
    name: str
    end: str
    tail: str
    moved: str  # “引进教材” of 引进教材资源
    reached: float | None  # thousands are compared, and none is told: far quicker than the decimal
    in_part: bool

    def is_about(self, values: Sequence[float]) -> bool:
        """Whether one of these may be what was reached, to two digits."""
        mine = self.reached
        if mine is not None:
            for each in values:
                if abs(mine - each) * 49 <= each:
                    return True
        return False


class _Goals:
    """The targets of one part, group and dimension, found by what was reached of them and, of a part's own, by name.

    In a report of a thousand like indicators each plan is held against the few that it may be of, and never all.
    """

    def __init__(self) -> None:
        self._reached: list[_Goal] = []
        self._by_value: dict[Decimal, list[_Goal]] = {}
        self._inexact: list[_Goal] = []  # about, more than, or in round numbers: others may agree with them
        self._by_name: dict[str, list[_Goal]] = {}

    def add(self, goal: _Goal) -> None:
        """Put a target where it will be looked for."""
        if goal.actual is not None:
            self._reached.append(goal)
            if _is_exact(goal.actual):
                self._by_value.setdefault(goal.actual.value, []).append(goal)
            else:
                self._inexact.append(goal)
        if goal.in_part:
            for key in _keys(goal.tail, goal.end, goal.name):
                self._by_name.setdefault(key, []).append(goal)
            if goal.moved:
                self._by_name.setdefault(f"act {goal.moved[:2]}{goal.moved[-2:]}", []).append(goal)

    def rivals(self, plan: Statement, name: str, told: Sequence[Statement]) -> Iterator[_Goal]:
        """The targets that a plan may be of: by an equal completion, or by a name that ends alike or is turned about."""
        for each in told:
            yield from (self._by_value.get(each.value, ()) if _is_exact(each) else self._reached)
        if told:
            yield from self._inexact
        for key in _keys(plan.wording.tail, name[-2:], name):
            yield from self._by_name.get(key, ())
        if moving := _MOVING.match(plan.text):
            yield from self._by_name.get(f"act {moving[1]}{name[-2:]}", ())


def _keys(tail: str, end: str, name: str) -> tuple[str, str, str]:
    return f"tail {tail}", f"end {end}", f"all {''.join(sorted(name))}"


def _is_exact(one: Statement) -> bool:
    """Whether a figure is told plainly and to the last digit, so that no other agrees with it."""
    return one.quantity.bound is Bound.EXACT and not step(one.quantity, one.value)


def planned(context: Context) -> list[Planned]:
    """The indicators of a document with the plans that name the same thing a little differently, worked out once."""
    if "planned" not in context.memo:
        context.memo["planned"] = list(_planned(sameness(context)))
    made: list[Planned] = context.memo["planned"]
    return made


def _planned(same: Sameness) -> Iterator[Planned]:
    actuals = {id(each.indicator): each for each in same.statements if each.role is Role.ACTUAL}
    goals: list[_Goal] = []
    parts: dict[tuple[str, str, str], _Goals] = {}
    for target in (each for each in same.statements if each.role is Role.TARGET and each.running):
        areas = same.areas.of(target)
        goals.append(goal := _goal(target, actuals.get(id(target.indicator)), bool(areas)))
        for area in areas or {""}:
            parts.setdefault((area, same.areas.group(target), target.dimension), _Goals()).add(goal)
    chosen: dict[int, list[tuple[Statement, float]]] = {}
    for plan in (each for each in same.statements if each.role is Role.PLAN and not each.part):
        best = _best(plan, parts, same)
        if best is not None:
            chosen.setdefault(id(best[0]), []).append((plan, best[1]))
    for goal in goals:
        of_it = chosen.get(id(goal))
        if of_it:
            yield _made(goal, of_it, same)


def _goal(target: Statement, actual: Statement | None, in_part: bool) -> _Goal:
    name, reached = _name(target), float(actual.value) if actual is not None else None
    moved = _MOVED.fullmatch(name)
    return _Goal(
        target, actual, name, name[-2:], target.wording.tail, moved["act"] + moved["thing"] if moved else "", reached, in_part
    )  # fmt: skip


def _made(goal: _Goal, of_it: list[tuple[Statement, float]], same: Sameness) -> Planned:
    surest = max(of_it, key=lambda scored: scored[1])
    plans = tuple(plan for plan, score in of_it if score == surest[1] or _name(plan) == _name(surest[0]))
    told = tuple(
        each
        for plan in plans
        for each in same.answers.get(id(plan), ())
        if each.wording.levels - _ASIDE in (goal.target.wording.levels - _ASIDE, plan.wording.levels - _ASIDE)
    )  # fmt: skip
    close = surest[1] > _BY_ACT and all(abs(len(_name(plan)) - len(goal.name)) <= _LITTLE for plan in plans)
    return Planned(goal.target, goal.actual, plans, told, close)


def _best(plan: Statement, parts: Mapping[tuple[str, str, str], _Goals], same: Sameness) -> tuple[_Goal, float] | None:
    """The one target that a plan is surely of: of its own part of the college first, else of the whole of it."""
    group, told, name = same.areas.group(plan), same.answers.get(id(plan), ()), _name(plan)
    tail, end, size, values = plan.wording.tail, name[-2:], len(name), [float(each.value) for each in told]
    for areas in (same.areas.of(plan), ("",)):
        goals = [found for area in areas if (found := parts.get((area, group, plan.dimension)))]
        rivals = {id(each): each for found in goals for each in found.rivals(plan, name, told)}
        scores = [
            (score, each) for each in rivals.values()
            if (each.tail == tail or each.end == end or len(each.name) == size or each.moved or each.is_about(values))
            and (score := _likeness(each, plan, name, told))
        ]  # fmt: skip
        scores.sort(key=lambda scored: -scored[0])
        if scores and (len(scores) == 1 or scores[1][0] < scores[0][0]):
            return scores[0][1], scores[0][0]
    return None


def _likeness(goal: _Goal, plan: Statement, other: str, told: Sequence[Statement]) -> float:
    """How surely a plan, and what was told of it, is of the target’s thing; 0 where it need not be."""
    mine, theirs, one = goal.target.wording, plan.wording, goal.name
    actual, alike = goal.actual, mine.tail == theirs.tail
    near = alike or goal.end == other[-2:]
    levels = mine.levels - _ASIDE, theirs.levels - _ASIDE
    if (levels[0] != levels[1] and (levels[1] or levels[0] != _OWN)) or opposed(mine, theirs):
        return 0
    if _is_proof(actual, alike, told):
        return _share(one, other) + _EVIDENT
    if not goal.in_part:
        return 1 if one == other and agree(goal.target, plan) else 0
    if sorted(one) == sorted(other):  # 证书试点、试点证书
        return 1
    likeness = _by_name(one, other, plan) if near else 0
    return likeness or (_BY_ACT if goal.moved and _is_moved(goal.moved, other, plan) else 0)


def _is_moved(moved: str, other: str, plan: Statement) -> bool:
    """Whether a plan tells at greater length of the very thing and act: “引进 15 本国外教材” of 引进教材资源."""
    moving = _MOVING.match(plan.text)
    return moving is not None and moved.startswith(moving[1]) and other.endswith(moved[len(moving[1]) :])


def _is_proof(actual: Statement | None, alike: bool, told: Sequence[Statement]) -> bool:
    """Whether what was told of a plan is the actual value, and not by chance."""
    if actual is None or not any(each.value == actual.value or agree(each, actual) for each in told):
        return False
    return significant(actual.value) >= _TELLING or (alike and actual.value >= _COMMON)


def _by_name(one: str, other: str, plan: Statement) -> float:
    """How alike the names of a target and a plan are, that end alike; 0 where one may be a wider thing."""
    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST and set(short) <= set(long) and _common(short, long) == len(short):
        return _share(one, other) if _same_width(one, other, plan) else 0
    if 2 * len(set(one) & set(other)) < _ALIKE * (len(one) + len(other)) - _LITTLE:  # far quicker
        return 0
    return likeness if (likeness := _share(one, other)) >= _ALIKE else 0


def _share(one: str, other: str) -> float:
    """How much of two names is common to both, in order."""
    return 2 * _common(one, other) / ((len(one) + len(other)) or 1)


def _same_width(one: str, other: str, plan: Statement) -> bool:
    """Whether what one of the names has more does not make another thing of it, or is told beside the plan."""
    more = _more(*sorted((one, other), key=len))
    if len(more) <= _LITTLE:
        return True
    if len(other) > len(one) or plan.point is None:
        return False
    beside = bare(plan.point.plan.text + plan.point.done.text)
    return any(more[place : place + 3] in beside for place in range(len(more) - 2))


def _more(short: str, long: str) -> str:
    """The characters of the longer name that the shorter one, found in it in order from the end, leaves out."""
    left, at = [], len(short) - 1
    for letter in reversed(long):
        if at >= 0 and letter == short[at]:
            at -= 1
        else:
            left.append(letter)
    return "".join(reversed(left))


@lru_cache(maxsize=4096)
def _name_of(subject: str, levels: tuple[str, ...]) -> str:
    name = _BRACKETS.sub("", bare(subject))
    for level in levels:
        name = name.replace(level, "", 1)
    return _ACTS.sub("", name) or name


def _name(statement: Statement) -> str:
    """The thing’s name: without brackets and level."""
    return _name_of(statement.subject, tuple(sorted(statement.wording.levels)))


@lru_cache(maxsize=4096)
def _common(one: str, other: str) -> int:
    """How many characters two names have in common, in order."""
    row = [0] * (len(other) + 1)
    for letter in one:
        before = 0
        for place, their in enumerate(other, 1):
            before, row[place] = row[place], before + 1 if letter == their else max(row[place], row[place - 1])
    return row[-1]
