"""What the units of every profile measure, for declarations and for judging: 人, 人次 and 人日 are three."""

from decimal import Decimal
from functools import cache

from taizhang.core import quantity
from taizhang.profiles import load

_COUNTED = {"件", "人", "行政区"}  # what “个” may be said for one by one: 120 个名额 are 120 名


@cache
def measured(unit: str) -> quantity.Measure | None:
    """What a unit measures and how many base units make one; None for a unit that is not known."""
    return load("generic").catalogue.measure(unit)


def are_apart(one: str, other: str) -> bool:
    """Whether two units are known to count different things, so that no factor leads from one to the other."""
    mine, its = measured(one), measured(other)
    return mine is not None and its is not None and mine.dimension != its.dimension


def factor_refused(other: str, factor: Decimal, unit: str) -> str:
    """Why `factor` times `unit` is not one of the other unit, in one Chinese sentence; empty where it is."""
    if other == unit:
        return f"单位“{unit}”已经是规范单位，不必再写。"
    if factor <= 0:
        return f"“{other}”的系数应大于 0。"
    mine, its = measured(unit), measured(other)
    if mine is None or its is None:
        return "" if factor == 1 else f"不知道“{unit if mine is None else other}”是多少，系数只能写 1。"
    if "个" in {unit, other} and {mine.dimension, its.dimension} <= _COUNTED and factor == 1:
        return ""
    if mine.dimension != its.dimension:
        return f"“{other}”和“{unit}”计的不是一回事，不能换算。"
    if factor * mine.scale != its.scale:
        return f"1 {other}不是 {factor.normalize():f} {unit}，系数写错了。"
    return ""
