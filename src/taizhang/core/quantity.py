"""A number with a unit and a bound (“≥120 间”, “4.62 万人日”, “约 30 家”): exact, never float."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from taizhang.core import lookalikes, numeral


class Bound(StrEnum):
    """How the number limits the quantity."""

    EXACT = "exact"
    AT_LEAST = "at_least"  # ≥, 不少于, 不低于, 以上
    AT_MOST = "at_most"  # ≤, 不超过, 以内
    MORE_THAN = "more_than"  # 超过, 余, 多, 突破
    NEARLY = "nearly"  # 近, 接近
    ABOUT = "about"  # 约, 左右
    RANGE = "range"  # 8-10


class Quantity(NamedTuple):
    """`value` in `unit` as printed (“4.62”, “万人日”); `upper` only for a range; [start, end) in the text read."""

    value: Decimal
    unit: str
    bound: Bound = Bound.EXACT
    upper: Decimal | None = None
    start: int = 0
    end: int = 0


class Unit(NamedTuple):
    """A unit: `scale` of the base unit of its `dimension` make one of it.

    A `spoken` unit also stands behind a Chinese numeral (“三门”); a character of `unless` next to it makes it the
    beginning of another word (“三部门”).
    """

    name: str
    dimension: str
    scale: Decimal = Decimal(1)
    spoken: bool = True
    unless: str = ""


class Measure(NamedTuple):
    """What a printed unit measures, and by how much to multiply to reach the dimension's base unit."""

    dimension: str
    scale: Decimal


MYRIADS = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "万亿": Decimal(10) ** 12}
HUNDREDS = {"": Decimal(1), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
MAGNITUDE = re.compile("([十百千]?)(万亿|[万亿]?)")
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
NUMERAL = f"[{numeral.CHARACTERS}]+"
_MOST_UNITS = 4096  # as printed: what is remembered of them does not grow without end
_ALSO = re.compile(r"\s?[(（][^()（） ]{1,3}[)）]$")


class Catalogue:
    """The units that a profile knows, the set phrases that only look like quantities, and how to find both.

    `after_verbs` are the words behind which “一门” counts one and is not the indefinite article.
    """

    def __init__(self, units: Iterable[Unit], traps: Iterable[str] = (), after_verbs: Iterable[str] = ()) -> None:
        self.units = {unit.name: unit for unit in units}
        self._measures: dict[str, Measure | None] = {}
        self.after_verbs = tuple(after_verbs)
        self._by_first: dict[str, list[Unit]] = {}
        for unit in sorted(self.units.values(), key=lambda unit: -len(unit.name)):
            self._by_first.setdefault(unit.name[0], []).append(unit)
        phrases = sorted(traps, key=len, reverse=True)
        trap = "|".join((*map(re.escape, phrases), *lookalikes.QUOTED, *lookalikes.DATED, *lookalikes.CODED))
        begin = lookalikes.BEGINNINGS.replace("[", r"\[") + "第前首榜翻百" + "".join(re.escape(p[0]) for p in phrases)
        self.pattern = re.compile(
            rf"(?=[{begin}])(?:百分之(?P<cent>{NUMBER}|{NUMERAL}(?:点[零〇一二三四五六七八九]{{1,4}})?)|(?P<trap>{trap})"
            rf"|第\s*(?P<ordinal>[0-9]+|{NUMERAL})(?:\s*[-—~～至、]\s*第?\s*(?:[0-9]+|{NUMERAL}))*"
            rf"|前\s*(?P<leading>[0-9]+|{NUMERAL})\s*[名位]"
            rf"|(?P<top>首位|榜首)|首(?P<first>[个家所座])|(?P<fold>翻[一两二三四五六]?番)"
            rf"|(?P<number>(?<![0-9.+×^]){NUMBER})|(?P<numeral>{NUMERAL}))"
        )

    def measure(self, printed: str) -> Measure | None:
        """What a unit as printed measures: “万人日” is ten thousand 人日; None for a unit not in the catalogue."""
        try:
            return self._measures[printed]
        except KeyError:
            found = self._measured(printed)
            if len(self._measures) < _MOST_UNITS:
                self._measures[printed] = found
            return found

    def _measured(self, printed: str) -> Measure | None:
        known = self.units.get(printed)
        if known is not None and "/" not in printed:
            return Measure(known.dimension, known.scale)
        head, _, per = printed.partition("/")
        unit = self.units.get(head) or self.units.get(_ALSO.sub("", head))
        scale = Decimal(1)
        if unit is None:
            match = MAGNITUDE.match(head)
            if match is None:
                return None
            scale = HUNDREDS[match[1]] * MYRIADS[match[2]]
            unit = self.units.get(head[match.end() :])
            if unit is None:
                return Measure("", scale) if match.end() == len(head) else None
        return Measure(unit.dimension + (f"/{per}" if per else ""), unit.scale * scale)

    def normal(self, quantity: Quantity) -> tuple[Decimal, str]:
        """The value in the base unit of its dimension, and that dimension; the unit itself where it is unknown."""
        measure = self.measure(quantity.unit)
        if measure is None:
            return quantity.value, quantity.unit
        return quantity.value * measure.scale, measure.dimension

    def unit_at(self, text: str, position: int, spoken: bool = False) -> Unit | None:
        """The longest unit that begins at `position`, or None where the characters begin another word."""
        for unit in self._by_first.get(text[position : position + 1], ()):
            if text.startswith(unit.name, position) and (unit.spoken or not spoken):
                following = text[position + len(unit.name) : position + len(unit.name) + 1]
                if not following or following not in unit.unless:
                    return unit
        return None
