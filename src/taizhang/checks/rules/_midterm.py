"""The rule by which checkpoint targets follow from end targets: declared in the report, or followed by most rows."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from taizhang.core.source import Source
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Indicator
from taizhang.intake.reading import Reading

_DECLARED = re.compile(r"中期目标.{0,40}?(?:按照?|为|取|即).{0,40}?(\d{1,3}(?:\.\d+)?)\s*[%％]")
_ALL = re.compile(r"均|全部|所有|一律|都")
_MANY = 8  # rows that follow one ratio
_MOST = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class MidtermRule:
    """Checkpoint target = `ratio` × end target. `declared` is the sentence that says so, None where rows show it."""

    ratio: Decimal
    declared: Paragraph | None
    for_all: bool
    place: Source | None


def midterm_rule(reading: Reading) -> MidtermRule | None:
    """The report's rule, or None where it has none."""
    for paragraph in reading.document.paragraphs:
        if "中期目标" in paragraph.text:
            match = _DECLARED.search(paragraph.text)
            if match:
                place = paragraph.at(*match.span())
                return MidtermRule(Decimal(match[1]) / 100, paragraph, bool(_ALL.search(paragraph.text)), place)
    ratios = Counter(ratio for indicator in reading.plans.indicators if (ratio := ratio_of(indicator)) is not None)
    if not ratios:
        return None
    ratio, count = ratios.most_common(1)[0]
    if ratio == 1 or count < _MANY or count < _MOST * sum(ratios.values()):
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
    """Whether the indicator is itself a rate, which a checkpoint does not halve by nature."""
    return bool(indicator.unit and "%" in indicator.unit.replace("％", "%")) or bool(
        re.search(r"率$|比例$|占比|之比$|满意度$", indicator.name)
    )
