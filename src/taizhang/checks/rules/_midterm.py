"""The rule by which checkpoint targets follow from end targets: declared in the report, or followed by most rows."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from taizhang.core.quantity import Bound
from taizhang.core.source import Source
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Indicator
from taizhang.intake.reading import Reading

_DECLARED = re.compile(
    r"中期目标[^。；]{0,40}?(?:按照?|为|取|即)[^。；]{0,40}?(?:(?P<percent>\d{1,3}(?:\.\d+)?)\s*[%％]|(?P<half>一半|半数|折半))"
)
_ALL = re.compile(r"均|全部|所有|一律|都")
_RATE = re.compile(r"率$|比例$|占比|比(?:[（(]|$)|满意度$")
_MANY = 8  # rows that follow one ratio
_FEW = 3  # the same, where the profile names that ratio
_MOST = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class MidtermRule:
    """Checkpoint target = `ratio` × end target. `declared` is the sentence that says so, None where rows show it."""

    ratio: Decimal
    declared: Paragraph | None
    for_all: bool
    place: Source | None


def midterm_rule(reading: Reading, usual: Decimal | None = None) -> MidtermRule | None:
    """The report's rule, or None where it has none. Fewer rows show the ratio that is `usual` for such reports."""
    for paragraph in reading.document.paragraphs:
        if "中期目标" in paragraph.text:
            match = _DECLARED.search(paragraph.text)
            if match:
                place = paragraph.at(*match.span())
                declared = Decimal(match["percent"]) / 100 if match["percent"] else Decimal("0.5")
                return MidtermRule(declared, paragraph, bool(_ALL.search(match[0])), place)
    ratios = Counter(ratio for indicator in reading.plans.indicators if (ratio := ratio_of(indicator)) is not None)
    if not ratios:
        return None
    ratio, count = ratios.most_common(1)[0]
    if ratio == 1 or count < (_FEW if ratio == usual else _MANY) or count < _MOST * sum(ratios.values()):
        return None
    return MidtermRule(ratio, None, for_all=False, place=None)


def ratio_of(indicator: Indicator) -> Decimal | None:
    """Checkpoint target over end target of a row, None where either is no single number."""
    end, mid = indicator.end, indicator.mid
    if end is None or mid is None or end.quantity is None or mid.quantity is None:
        return None
    if end.quantity.upper is not None or mid.quantity.upper is not None or not end.quantity.value:
        return None
    return mid.quantity.value / end.quantity.value


def is_ratio(indicator: Indicator) -> bool:
    """Whether the indicator is itself a rate, or is to be kept under a limit: a checkpoint does not halve those."""
    end = indicator.end.quantity if indicator.end is not None else None
    if end is not None and end.bound is Bound.AT_MOST:
        return True
    return "%" in (indicator.unit or "").replace("％", "%") or bool(_RATE.search(indicator.name))
