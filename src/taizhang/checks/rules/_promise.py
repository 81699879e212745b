"""Promises: each clause of a plan with what the completion tells of the same thing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from taizhang.checks.registry import Context
from taizhang.checks.rules._clauses import Clause, Vocabulary, clauses, vocabulary_of
from taizhang.core.saying import brief
from taizhang.intake.matching import summable
from taizhang.intake.plans import Indicator, Point, Value, without_ordinal
from taizhang.intake.prose_points import claims

_PUNCTUATION = re.compile(r"[\s，,；;。、.：:！!“”\"'‘’]+")
_MARKS = " \n　，,；;。、：:"
_WORDS = re.compile(r"[一-鿿A-Za-z]{2}")
_STILL = re.compile(
    "(?:目前|现)?(?:正在?|待|等待|尚待|有待)[^，。；\\d]{0,10}|(?:目前|现)?(?:评审|公示|审核|审批)中"
)  # what is awaited
_FIGURE = re.compile(r"\d")
_TELLING = re.compile(
    r"[\dA-Za-z国省市县校院]|申报|立项|验收|认定|[获颁印发]|启动|开始|方案|拟|部分|初步|基本|试点|[未不]"
)  # words that say more
_A_WORD, _PHRASE = 3, 8  # characters
_FULL = 100
_RANKED = re.compile("[一二三四五]级|[甲乙]等|等奖|[金银铜]奖")
LIKE = 0.55  # share of a plan's words found again that makes two clauses speak of the same thing
AKIN = 0.34  # … that makes them perhaps do so
_UNPLANNED = 1.0  # what a pair of characters weighs that no plan has: as much as one that a single plan has
GONE = 0.3  # share under which a thing is not spoken of at all


@dataclass(frozen=True, slots=True)
class Answer:
    """A clause of the completion, and how much of the planned clause's words it repeats (0 to 1)."""

    clause: Clause
    likeness: float


@dataclass(frozen=True)
class Pair:
    """A clause of the plan, the clauses that may answer it (the likest first), and how much of it is told at all."""

    plan: Clause
    answers: tuple[Answer, ...]
    presence: float
    has_thing: bool  # whether the kind of thing planned is named anywhere in the completion
    single: bool = False  # whether it is the whole plan

    @property
    def best(self) -> Answer | None:
        """The likest clause."""
        return self.answers[0] if self.answers else None

    @cached_property
    def sole(self) -> Clause | None:
        """The one clause that must be the answer: a single number told where a single number was planned."""
        answers = [answer for answer in self.answers if not _STILL.fullmatch(plain(answer.clause.text))]
        if self.single and len(answers) == 1 and self.plan.amounts:
            done = answers[0].clause
            if [amount.dimension for amount in done.amounts] == [amount.dimension for amount in self.plan.amounts]:
                return done
        return None

    @property
    def told(self) -> tuple[Clause, ...]:
        """The clauses that speak of the same thing: near the likest."""
        if self.sole is not None:
            return (self.sole,)
        best = self.best
        if best is None or best.likeness < AKIN:
            return ()
        return tuple(answer.clause for answer in self.answers if answer.likeness >= max(AKIN, best.likeness - 0.3))

    @property
    def gone(self) -> bool:
        """Whether the completion does not speak of it."""
        return (
            bool(self.plan.grams)
            and self.sole is None
            and self.presence < GONE
            and not (self.has_thing and self.plan.thing)
        )


@dataclass(frozen=True)
class Promise:
    """A task point taken apart."""

    point: Point
    plan: tuple[Clause, ...]
    words: Vocabulary
    weights: Mapping[str, float]  # of each pair of characters: the rarer in the plans, the more

    @property
    def full(self) -> bool:
        """Whether the point is reported as done: a rate of 100 % or more."""
        rate = self.point.rate
        return rate is not None and rate.quantity is not None and rate.quantity.value >= _FULL

    @cached_property
    def claimed(self) -> bool:
        """Whether it is reported as done: by its rate or, where there is none, by its own words."""
        return self.full or (self.point.rate is None and any(True for _ in claims(self.point.done.text)))

    @cached_property
    def done(self) -> tuple[Clause, ...]:
        """The clauses of the completion."""
        return clauses(self.point.done.text, self.words)

    @cached_property
    def blank(self) -> bool:
        """Whether nothing is told."""
        told = without_ordinal(self.point.done.text)[0]
        return self.point.done.is_nothing or not (_WORDS.search(told) or _FIGURE.search(told))

    @cached_property
    def bare_figure(self) -> bool:
        """Whether plan and completion are figures in cells of their own, the thing being named in the row's label."""
        return not any(_WORDS.search(value.text) for value in (self.point.plan, self.point.done))

    @cached_property
    def copied(self) -> bool:
        """Whether the completion is the plan, but for words like 已 and 完成."""
        return not self.blank and self._bare(self.point.plan) == self._bare(self.point.done)

    @cached_property
    def nearly_copied(self) -> bool:
        """Whether the completion is the plan with a word more, or without the verb it began with, and not a figure."""
        plan, done = self._bare(self.point.plan), self._bare(self.point.done)
        if (
            self.blank
            or _FIGURE.search(done)
            or not 0 < abs(len(plan) - len(done)) <= _A_WORD
            or min(len(plan), len(done)) < _PHRASE
        ):
            return False
        if len(done) < len(plan):
            return plan.endswith(done) and not _TELLING.search(plan[: -len(done)])
        at = next(place for place in range(len(plan) + 1) if plan[place : place + 1] != done[place : place + 1])
        more = done[at : at + len(done) - len(plan)]
        return plan[at:] == done[at + len(more) :] and not _TELLING.search(more)

    def _bare(self, value: Value) -> str:
        text = _PUNCTUATION.sub("", without_ordinal(value.text)[0])
        return self.words.pattern("light").sub("", text)

    @cached_property
    def postponed(self) -> re.Match[str] | None:
        """The words that say that the thing was put off or given up, unless the plan itself speaks so."""
        text = self.point.done.text
        for name in ("postponed", "cancelled"):
            match = self.words.pattern(name).search(text)
            if match and not self.words.pattern(name).search(self.point.plan.text):
                return match
        return None

    @cached_property
    def ordinary(self) -> bool:
        """Whether there is something to hold against the plan: told, claimed as done, not a copy, not put off."""
        rate = self.point.rate
        owned = (
            rate is not None
            and not self.full
            and (rate.quantity is not None or self.words.pattern("undone").match(rate.text.strip("。 ")) is not None)
        )
        return not (owned or self.blank or self.copied or self.postponed)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Each clause of the plan with its answers."""
        grams = self.words.grams(self.point.done.text)
        things = frozenset(self.words.things_in(self.point.done.text))
        told = [(done, self.words.grams(done.text), self._weight(done.grams)) for done in self.done]
        pairs = []
        for clause in self.plan:
            whole = self._weight(clause.grams)
            answers = sorted(
                [
                    Answer(done, self._likeness(clause.grams, whole, done.grams, words, theirs))
                    for done, words, theirs in told
                ],
                key=_by_likeness,
            )
            presence = self._share(clause.grams, grams)
            pairs.append(Pair(clause, tuple(answers), presence, clause.thing in things, len(self.plan) == 1))
        return tuple(pairs)

    def _weight(self, grams: frozenset[str]) -> float:
        return sum(map(self.weights.__getitem__, grams))

    def _share(self, wanted: frozenset[str], told: frozenset[str]) -> float:
        whole = self._weight(wanted)
        return self._weight(wanted & told) / whole if whole else 0.0

    def _likeness(
        self, plan: frozenset[str], whole: float, done: frozenset[str], words: frozenset[str], theirs: float
    ) -> float:
        """How alike two clauses are; `whole` and `theirs` are what their grams weigh, `words` all of the second's."""
        shared = plan & done
        common = (plan & words) | shared
        if not common:
            return 0.0
        back = self._weight(shared) / theirs if theirs else 0.0
        return max(self._weight(common) / whole, (0.9 if len(done) > 1 else 0.5) * back)

    @cached_property
    def missing(self) -> tuple[Pair, ...]:
        """The parts of the plan that the completion does not speak of, neither by name nor by a number of its own."""
        if not self.ordinary:
            return ()
        adverbial = self.words.pattern("adverbial")
        return tuple(
            pair
            for pair in self.pairs
            if (pair.gone and not adverbial.match(plain(pair.plan.text)) and not self._counted(pair.plan))
            or self.is_taken(pair)
            or self._is_unanswered(pair)
        )

    def _is_unanswered(self, pair: Pair) -> bool:
        """Whether of two numbered things that share words one is told, and nothing that is the other's own."""
        if not pair.plan.amounts or pair.sole is not None or self._counted(pair.plan):
            return False
        others = [other.plan.grams for other in self.pairs if other is not pair and other.plan.amounts]
        own = pair.plan.grams.difference(*others)
        if not others or own == pair.plan.grams or not own:
            return False
        return not own & self.words.grams(self.point.done.text)

    def is_taken(self, pair: Pair) -> bool:
        """Whether all that was told of a thing is of another level, which the plan asks for as well."""
        wanted, best = pair.plan.levels, pair.best
        if len(wanted) != 1 or best is None or best.likeness < AKIN or not pair.plan.amounts or pair.plan.inherited:
            return False
        told = [answer for answer in pair.answers if answer.likeness >= AKIN]
        if any(not answer.clause.levels or wanted[0] in answer.clause.levels for answer in told):
            return False
        return all(
            any(other.best is not None and other.best.clause is answer.clause and other.best.likeness >= answer.likeness
                and set(other.plan.levels) & set(answer.clause.levels) for other in self.pairs if other is not pair)
            for answer in told
        )  # fmt: skip

    def _counted(self, clause: Clause) -> bool:
        """Whether the completion has as many numbers of this unit as the plan: one of them may be meant."""
        for amount in clause.amounts:
            planned = sum(a.dimension == amount.dimension for c in self.plan for a in c.amounts)
            told = sum(a.dimension == amount.dimension for c in self.done for a in c.amounts)
            if told >= planned:
                return True
        return False


class _Weights(dict[str, float]):
    """What each pair of characters of the plans weighs, and any other."""

    def __missing__(self, gram: str) -> float:
        return _UNPLANNED


def _by_likeness(answer: Answer) -> float:
    return -answer.likeness


def plain(text: str) -> str:
    """A clause without its ordinal and the marks around it."""
    return without_ordinal(text.strip(_MARKS))[0].strip(_MARKS).removeprefix("以及").lstrip("及和 ")


def short(text: str) -> str:
    """A clause as a message quotes it."""
    return brief(plain(text), 32)


_SUFFIX = re.compile(r"(?:建设|工作|项目|等)+$")
_HEAD = 3  # characters in which the head of a phrase stands


def intangible(promise: "Promise", clause: Clause) -> bool:
    """Whether a clause is about something that no one can see: a mechanism, an ability."""
    return promise.words.pattern("intangible").search(_SUFFIX.sub("", plain(clause.text))[-_HEAD:]) is not None


def edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of the words of a clause [start, end), its ordinal and the marks around it left out."""
    words = plain(text[start:end])
    begin = text.find(words, start)
    return (begin, begin + len(words)) if words and begin >= 0 else (start, end)


def promises(context: Context) -> Sequence[Promise]:
    """All task points of the documents taken apart, once for the family."""
    found: list[Promise] | None = context.memo.get("promises")
    if found is None:
        found = context.memo["promises"] = list(_promises(context))
    return found


def _promises(context: Context) -> Iterator[Promise]:
    words = vocabulary_of(context.profile)
    for reading in context.readings:
        yield from _of_points(reading.plans.points, words)
        yield from _of_points([*_worded(reading.plans.indicators, words), *reading.prose_points], words)


def _worded(indicators: Sequence[Indicator], words: Vocabulary) -> Iterator[Point]:
    """The indicators whose target and actual value are words, as task points, where a full rate is claimed.

    Only targets that one can reach (通过验收, 三级甲等); 持续提升 is none.
    """
    for row in indicators:
        goal, done, rate = row.goal, row.actual, row.rate
        if goal is None or done is None or rate is None or rate.quantity is None or rate.quantity.value < _FULL:
            continue
        if goal.quantity is not None or done.quantity is not None or not _WORDS.search(done.text):
            continue
        reachable = words.want(goal.text) or words.levels_of(goal.text) or _RANKED.search(goal.text)
        if reachable or words.amounts(goal.text):
            yield Point(row.label.text.strip(), None, None, goal, done, rate, "")


def _of_points(points: Sequence[Point], words: Vocabulary) -> Iterator[Promise]:
    times: Counter[str] = Counter()
    taken = []
    for point in points:
        if point.plan.is_nothing:
            continue
        plan = clauses(point.plan.text, words)
        for clause in plan:
            times.update(clause.grams)
        taken.append((point, plan))
    weight_of = {count: summable(1 / sqrt(count)) for count in set(times.values())}
    weights = _Weights({gram: weight_of[count] for gram, count in times.items()})
    for point, plan in taken:
        yield Promise(point, plan, words, weights)
