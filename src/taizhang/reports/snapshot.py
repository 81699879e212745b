"""Snapshot: all that a report is made from, frozen at one moment; the same snapshot gives the same report."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from taizhang.core.record import Record
from taizhang.reports.canonical import text_of, value_of

CATEGORIES = ("数量", "质量", "时效", "成本", "社会效益", "可持续影响", "满意度")  # as 财预〔2020〕10号 orders them

RESULTS = "标志性成果"


class PeriodKind(StrEnum):
    """What a report speaks of: a year, all up to the mid-term, or all up to the end."""

    YEAR = "year"
    CHECKPOINT = "checkpoint"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The years that a report speaks of, both included; `word` is what stands before 目标值: 年度, 中期, 期满."""

    name: str
    kind: PeriodKind
    first_year: int
    last_year: int

    @property
    def word(self) -> str:
        """年度, 中期 or 期满."""
        return {PeriodKind.YEAR: "年度", PeriodKind.CHECKPOINT: "中期", PeriodKind.END: "期满"}[self.kind]

    @property
    def whole(self) -> str:
        """What stands before a sentence about all of it: 2023 年度, 中期, 期满."""
        return f"{self.last_year} 年度" if self.kind is PeriodKind.YEAR else self.word

    @property
    def years(self) -> range:
        """Every year of it."""
        return range(self.first_year, self.last_year + 1)

    @property
    def span(self) -> str:
        """“2023 年”, “2022—2023 年”."""
        years = str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}—{self.last_year}"
        return f"{years} 年"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of the tree. `key` is what points, indicators and sub-tasks name it by, within its group.

    `heading` is its name as a heading prints it, where that is another; a specialty group is a task without parent
    whose key is its group. `is_labelled` tells that tables print it beside its points.
    """

    key: str
    code: str = ""
    name: str
    heading: str = ""
    parent: str = ""
    group: str = ""
    is_labelled: bool = True

    @property
    def title(self) -> str:
        """What a heading says."""
        return self.heading or self.name

    @property
    def label(self) -> str:
        """What a cell says: “1-2 名称”."""
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A task point. `ref` finds it again in the ledger; `rate` is as told (“100%”), `state` in words (立项, 延期).

    `is_done` is the verdict by the hard rules: applied or postponed is never done; None where nothing is told.
    """

    ref: str
    task: str
    group: str = ""
    year: int
    ordinal: int
    plan: str = ""
    done: str = ""
    rate: str = ""
    state: str = ""
    reason: str = ""
    is_done: bool | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator with what it is to reach and has reached, as texts, and as numbers in its unit where they are.

    `label` is its cell (“1.1.2.3 解决技术难题（项）”); `goal` is the target of the report's period, `end` that of the
    end. `rate` is what is printed as its attainment, `is_met` the verdict (None where it cannot be judged), `working`
    how both came about.
    """

    ref: str
    code: str = ""
    name: str
    label: str = ""
    category: str = ""
    unit: str = ""
    task: str = ""
    group: str = ""
    end: str = ""
    goal: str = ""
    actual: str = ""
    goal_number: Decimal | None = None
    number: Decimal | None = None
    rate: str = ""
    is_met: bool | None = None
    is_words: bool = False
    working: tuple[str, ...] = ()
    reason: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The label, or what it is made of."""
        unit = f"（{self.unit}）" if self.unit else ""
        return self.label or f"{self.code} {self.name}{unit}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """标志性成果: a landmark result of a task, as a line of its table; `is_total` for the line that sums them up.

    `why` is what puts it under its task, where the ledger found that out by itself.
    """

    ref: str
    text: str
    task: str = ""
    group: str = ""
    level: str = ""
    is_total: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A landmark result that the plan promises: at which level, whether that was kept, and what is said of it."""

    ref: str
    name: str
    level: str = ""
    said: str
    is_kept: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """Money of one source or use, in 万元: planned, arrived, spent; `note` explains what calls for it."""

    ref: str
    name: str
    budget: Decimal | None = None
    arrived: Decimal | None = None
    spent: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """How satisfied one kind of people is, as told (“97.8%”), by whom it was asked, of how many, when."""

    ref: str
    who: str
    rate: str
    goal: str = ""
    sample: str = ""
    surveyor: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts that were told: of a specialty group whose items are not in the snapshot one by one, or of a task.

    The count of a task stands for its share of all indicators, those under no task included. `year` is None for the
    whole period; `what` is 任务 or 指标.
    """

    ref: str
    group: str = ""
    task: str = ""
    what: str
    total: int
    done: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A measure of a record in the unit that its kind counts it in; only what is known to be of one period is added up."""

    name: str
    value: Decimal
    unit: str
    adds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What ties a record to a task, and why: a tag, the formula of an indicator, the same evidence, its unit, its name."""

    task: str
    group: str = ""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A record with what its kind says of it: names in Chinese, whether it counts as done, the sections that show it.

    A section is its report and key: regional_service/manufacturing. `amounts` are its measures in the kind's units.
    `guessed` are those of its sections that it found without a tag, by a clue; `ties` the tasks that it belongs to.
    """

    ref: str
    record: Record
    kind: str
    state: str = ""
    counts: bool = False
    sections: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence, by the number that items cite it with; `sha256` is of its bytes."""

    number: str
    title: str
    dated: date | None = None
    sha256: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPages:
    """The pages (“3-5”) of a piece of evidence that an item cites; `ref` is the item's, `number` the piece's."""

    ref: str
    number: str
    pages: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a college lays out the tables of one task and category.

    `first` heads the column of categories, "" where there is none; `rate` is the word for attainment. A form of the
    category 标志性成果 tells that the numbers of results stand in a column of their own.
    """

    task: str
    group: str = ""
    category: str
    first: str = "类型"
    rate: str = "完成率"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The ledger of one programme and period at one moment, named and dated.

    `origin` says where it was taken from: the ledger, or the file that was read. `unseen` counts the values that were
    changed after approval and not seen since, `unapproved` those that the school has not approved.
    """

    name: str
    taken_on: date
    origin: str
    college: str = ""
    programme: str = ""
    first_year: int | None = None
    last_year: int | None = None
    period: Period
    tasks: tuple[Task, ...] = ()
    points: tuple[Point, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    results: tuple[Result, ...] = ()
    promises: tuple[Promised, ...] = ()
    funds: tuple[Fund, ...] = ()
    satisfaction: tuple[Satisfaction, ...] = ()
    tallies: tuple[Tally, ...] = ()
    records: tuple[Recorded, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    citings: tuple[CitedPages, ...] = ()
    forms: tuple[Form, ...] = ()
    unseen: int = 0
    unapproved: int = 0

    @property
    def sha256(self) -> str:
        """The hash of its canonical JSON."""
        return hashlib.sha256(to_json(self).encode()).hexdigest()

    def groups(self) -> tuple[Task, ...]:
        """The specialty groups."""
        return tuple(task for task in self.tasks if task.group and not task.parent)

    def roots(self) -> tuple[Task, ...]:
        """The tasks of the school that have none above them."""
        return tuple(task for task in self.tasks if not task.group and not task.parent)

    def below(self, task: Task) -> tuple[Task, ...]:
        """The sub-tasks of a task."""
        return tuple(each for each in self.tasks if each.parent == task.key and each.group == task.group)

    def within(self, task: Task) -> Iterator[Task]:
        """A task and all tasks below it."""
        yield task
        for each in self.below(task):
            yield from self.within(each)


def to_json(snapshot: Snapshot) -> str:
    """The snapshot as canonical JSON."""
    return text_of(snapshot)


def from_json(text: str) -> Snapshot:
    """The snapshot that `to_json` wrote; SnapshotError where the text is none."""
    return value_of(text, Snapshot)
