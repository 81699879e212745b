"""A number with a unit and a bound (“≥120 间”, “3.17 万人日”, “约 30 家”): exact, never float."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Bound(StrEnum):
    """How the number limits the quantity."""

    EXACT = "exact"
    AT_LEAST = "at_least"  # ≥, 不少于, 不低于, 以上
    AT_MOST = "at_most"  # ≤, 不超过, 以内
    MORE_THAN = "more_than"  # 超过, 余, 多, 突破
    NEARLY = "nearly"  # 近, 接近
    ABOUT = "about"  # 约, 左右
    RANGE = "range"  # 8-10


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in `unit` as printed (“3.17”, “万人日”); `upper` only for a range; [start, end) in the text read."""

    value: Decimal
    unit: str
    bound: Bound = Bound.EXACT
    upper: Decimal | None = None
    start: int = 0
    end: int = 0
