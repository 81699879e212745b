"""What the ledger says, as far as it is approved: values that a report can be held against, without a database."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.core.source import Source

# The fields of an item as its page calls them, and as code does.
PLACES = {"完成情况": "text", "完成度": "rate", "状态": "state", "原因": "reason", "佐证材料": "evidence"}
_PERCENT = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*[%％]?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerIndicator:
    """An indicator and its approved actual value; `number` is in `measure`, None for a value in words.

    `stage` is how far it is approved, in words; `reference` is how whoever gave the ledger finds the item again.
    """

    code: str
    name: str
    measure: str = ""
    number: Decimal | None = None
    stage: str = "已审"
    reference: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPoint:
    """A task point and what was approved of its completion; `rate` as typed (“100%”)."""

    task_code: str
    task_name: str
    year: int
    ordinal: int
    plan: str
    text: str = ""
    rate: str = ""
    stage: str = "已审"
    reference: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEvidence:
    """A piece of evidence that an item cites, and its own date."""

    title: str
    dated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerValue:
    """What was approved of the same indicator in an earlier round, and for which years."""

    name: str
    first_year: int
    last_year: int
    number: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerItem:
    """填报项: what is being told of a point or an indicator, with what the row of a report cannot say of itself.

    `rate` is as typed (“100%”), `state` in words (立项, 延期); `due` is the day by which it is owed, None once it is
    handed in. Evidence is expected to be of `first_year` to `last_year`.
    """

    label: str
    first_year: int
    last_year: int
    as_of: date
    plan: str = ""
    text: str = ""
    number: Decimal | None = None
    rate: str = ""
    state: str = ""
    reason: str = ""
    measure: str = ""
    is_number: bool = False
    is_cumulative: bool = False
    due: date | None = None
    evidence: tuple[LedgerEvidence, ...] = ()
    earlier: tuple[LedgerValue, ...] = ()

    def at(self, field: str) -> Source:
        """The place of one of its fields, as its page calls it."""
        return Source("填报项", sheet=self.label, cell=field)

    @property
    def is_told(self) -> bool:
        """Whether anything was filled in."""
        return bool(self.text.strip()) or self.number is not None

    @property
    def claims_done(self) -> bool:
        """Whether the rate says that it is done."""
        rate = _PERCENT.fullmatch(self.rate)
        return rate is not None and Decimal(rate[1]) >= 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The approved values of one round of a programme, or the items that are just being filled in."""

    indicators: tuple[LedgerIndicator, ...] = ()
    points: tuple[LedgerPoint, ...] = ()
    items: tuple[LedgerItem, ...] = ()
