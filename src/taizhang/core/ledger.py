"""What the ledger says, as far as it is approved: values that a report can be held against, without a database."""

from dataclasses import dataclass
from decimal import Decimal


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
class Ledger:
    """The approved values of one round of a programme."""

    indicators: tuple[LedgerIndicator, ...] = ()
    points: tuple[LedgerPoint, ...] = ()
