"""Kind: what a college declares of one kind of record; forms, lists, sheets, judging and docs follow from it alone.

Names here are relied on by the site, the formulas and the reports: a `Kind` is found on the `Shelf` by its key, a
state, a field or a measure on the kind by its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from taizhang.core.record import Record


class FieldType(StrEnum):
    """What one of the kind's own fields holds, and so how a form asks for it."""

    TEXT = "text"  # 一行文字
    LONG = "long"  # 多行文字
    NUMBER = "number"  # 数，可带 unit
    DATE = "date"  # 日期
    CHOICE = "choice"  # 选一个
    CHOICES = "choices"  # 选几个
    TRUTH = "truth"  # 是或否
    PERSON = "person"  # 人名，可几个
    UNIT = "unit"  # 本校部门
    PARTNER = "partner"  # 外部单位，可几个
    PLACE = "place"  # 地点
    LINK = "link"  # 网址

    @property
    def chinese(self) -> str:
        """How people call it."""
        return _TYPES[self]

    @property
    def is_several(self) -> bool:
        """Whether the value is a tuple of texts."""
        return self in {FieldType.CHOICES, FieldType.PERSON, FieldType.PARTNER}


_TYPES = {
    FieldType.TEXT: "文字", FieldType.LONG: "多行文字", FieldType.NUMBER: "数", FieldType.DATE: "日期",
    FieldType.CHOICE: "单选", FieldType.CHOICES: "多选", FieldType.TRUTH: "是否", FieldType.PERSON: "人员",
    FieldType.UNIT: "部门", FieldType.PARTNER: "外部单位", FieldType.PLACE: "地点", FieldType.LINK: "网址",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """专有字段. `key` is English and never changes; `name` is what people read; `choices` for choice and choices."""

    key: str
    name: str
    type: FieldType = FieldType.TEXT
    choices: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """计量, known by its Chinese `name` and by those in `aliases`. `unit` is the canonical one.

    `accepts` are the other units in which it may be told, each with how many canonical units make one of it: 1 万人日
    is 10000 人日. What is not in it cannot be converted: 人 and 人次 never are.
    """

    name: str
    unit: str
    accepts: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    aliases: tuple[str, ...] = ()
    help: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """The canonical unit, then the others."""
        return (self.unit, *self.accepts)

    def canonical(self, value: Decimal, unit: str) -> Decimal | None:
        """The value in the canonical unit; None for a unit that is not this measure's."""
        if unit == self.unit:
            return value
        factor = self.accepts.get(unit)
        return None if factor is None else value * factor


class Phase(StrEnum):
    """What a state means, whatever it is called: the hard rules speak of these."""

    BEFORE = "before"  # 还没有定下来：计划、起草、筹备、意向、推荐、洽谈
    APPLIED = "applied"  # 已申报；受理也是
    APPROVED = "approved"  # 已立项、获批、签约：定了，还没有做成
    UNDERWAY = "underway"  # 正在做、正在建
    DONE = "done"  # 做成了：建成、验收、举办、到账
    POSTPONED = "postponed"  # 延期：须有批文
    ENDED = "ended"  # 取消、终止、退出、到期

    @property
    def chinese(self) -> str:
        """How people call it."""
        return _PHASES[self]


_PHASES = {
    Phase.BEFORE: "未定", Phase.APPLIED: "申报中", Phase.APPROVED: "已定未成", Phase.UNDERWAY: "进行中",
    Phase.DONE: "已成", Phase.POSTPONED: "延期", Phase.ENDED: "已止",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """状态. `to` are the keys of the states that may follow; `phase` is what it means.

    `counts` says whether a record in it may be counted as done: what is DONE unless the declaration says otherwise,
    and what is UNDERWAY where being done is going on (a base in operation) and the declaration says so. No other
    phase can count: a declaration that says so is refused.
    """

    key: str
    name: str
    phase: Phase
    to: tuple[str, ...] = ()
    counts: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """报告栏目 that records of a kind go into: a kind of report and the key of a section of it.

    With `tags` only records that carry one of them: a report of counterpart support tells nothing of other trainings.
    """

    report: str
    section: str
    tags: tuple[str, ...] = ()

    def shows(self, record: Record) -> bool:
        """Whether the section shows that record of the kind."""
        return not self.tags or not set(self.tags).isdisjoint(record.tags)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """记录类型. `key` is English and never changes. `levels` are those that a record may have; none is always allowed.

    `feeds` are the tags (板块) that its records usually carry, which a form offers, and `reports` the sections that
    show them (ask `shown`: some want a tag). A record may
    begin in any state, since a ledger takes in what happened already; a form offers `states[0]` first. `example` is an
    invented record that the declaration accepts. `units` are all in which anything of the kind may be told.
    """

    key: str
    name: str
    group: str
    about: str
    fields: tuple[Field, ...]
    measures: tuple[Measure, ...]
    levels: tuple[str, ...]
    states: tuple[State, ...]
    feeds: tuple[str, ...]
    reports: tuple[Feed, ...]
    example: Record
    files: tuple[str, ...]
    units: frozenset[str] = field(init=False, repr=False)
    _fields: Mapping[str, Field] = field(init=False, repr=False)
    _states: Mapping[str, State] = field(init=False, repr=False)
    _measures: Mapping[str, tuple[Measure, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fields", {each.key: each for each in self.fields})
        object.__setattr__(self, "_states", {each.key: each for each in self.states})
        named: dict[str, tuple[Measure, ...]] = {}
        for each in self.measures:
            for name in (each.name, *each.aliases):
                named[name] = (*named.get(name, ()), each)
        object.__setattr__(self, "_measures", named)
        object.__setattr__(self, "units", frozenset(unit for each in self.measures for unit in each.units))

    def field(self, key: str) -> Field | None:
        """The field of that key."""
        return self._fields.get(key)

    def state(self, key: str | None) -> State | None:
        """The state of that key."""
        return self._states.get(key or "")

    def state_named(self, name: str) -> State | None:
        """The state of that key or Chinese name, as a filled sheet has it."""
        return self._states.get(name) or next((each for each in self.states if each.name == name), None)

    def measure(self, name: str, unit: str = "") -> Measure | None:
        """The measure that a record's own is of: by its name and unit; else the only one of the kind told in that unit.

        So “校级累计 36 门” is of 课程数 where nothing else of the kind is told in 门. A name that is known gives its
        measure even where the unit is not its own: 人数 told in 人次 is 人数, told wrongly.
        """
        known = self._measures.get(name, ())
        fitting = [each for each in known or self.measures if unit in each.units]
        if known:
            return fitting[0] if fitting else known[0]
        return fitting[0] if len(fitting) == 1 else None

    def shown(self, record: Record) -> tuple[Feed, ...]:
        """The sections of reports that show a record of this kind, each once."""
        found = {(each.report, each.section): each for each in reversed(self.reports) if each.shows(record)}
        return tuple(reversed(found.values()))

    def counts(self, state: str | None) -> bool:
        """Whether a record in that state may be counted as done; never where the state is not known."""
        known = self.state(state)
        return known is not None and known.counts

    def follows(self, before: str, after: str) -> bool:
        """Whether a record may move from one state into the other."""
        known = self.state(before)
        return known is not None and after in known.to
