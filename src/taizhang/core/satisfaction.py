"""满意度: what surveys say, whether each says how it was found (instrument, sample, date), and all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from taizhang.core.attainment import plain
from taizhang.core.saying import joined, phrase

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One survey: of whom, the satisfaction in per cent, with which instrument, how many answers, when."""

    subject: str
    value: Decimal | None
    sample: Decimal | None = None
    instrument: str = ""
    on: date | None = None


def lacking(survey: Survey) -> list[str]:
    """What is missing before the figure can be believed."""
    needed = (
        (phrase("满意度的数值"), survey.value is not None),
        (phrase("样本量"), survey.sample is not None and survey.sample > 0),
        (phrase("调查方式或机构"), bool(survey.instrument.strip())),
        (phrase("调查时间"), survey.on is not None),
    )
    return [name for name, is_there in needed if not is_there]


@dataclass(frozen=True, slots=True)
class Together:
    """Several surveys as one figure, in per cent, and how it was worked out; None where it cannot be."""

    value: Decimal | None
    working: str


def together(surveys: Sequence[Survey]) -> Together:
    """Weighted by their samples; surveys that lack a value or a sample are left out, and that is said."""
    told = [(s.value, s.sample) for s in surveys if s.value is not None and s.sample is not None and s.sample > 0]
    left = len(surveys) - len(told)
    aside = phrase("%(left)s 次没有数值或样本量，没有计入", left=left) if left else ""
    if not told:
        return Together(None, joined("；", filter(None, (phrase("没有写明数值和样本量的调查"), aside))))
    answers = sum((sample for _value, sample in told), Decimal(0))
    value = (sum((value * sample for value, sample in told), Decimal(0)) / answers).quantize(_CENT, ROUND_HALF_UP)
    working = phrase(
        "按样本量加权：%(count)s 次调查、%(answers)s 份样本，满意度 %(value)s%%",
        count=len(told),
        answers=plain(answers),
        value=plain(value),
    )
    return Together(value, joined("；", filter(None, (working, aside))))
