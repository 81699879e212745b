"""Actual values given in words: what counts in them, what level and what state they tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.core.quantities import quantities
from taizhang.core.quantity import Quantity
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Indicator, Value
from taizhang.profiles import Profile

_NOTE = re.compile(r"\s*(?:[（(][^（()）]*[)）]|[，,；;。.]?\s*(?:其中|含|包括|包含|同比|较|比).*)?\s*")
_PLAIN = re.compile(r"\s*(?:[约近≥＞>]\s*)?\d+(?:\.\d+)?\s*(?=[（(，,；;])")
_BY_DATE = re.compile(
    r"(?:20\d\d\s*年)?\s*(?:\d{1,2}\s*月(?:份|\s*\d{1,2}\s*日)?|第?[一二三四1-4]季度|[上下]半年|年)?\s*(?:[上中下]旬|[底末初])?\s*(?:之前|以前|前|内)?(?:完成)?"
)  # what is due by a day
_CLAUSE = re.compile(r"[，,；;。、]")
_LOW_STATES = ("申报", "培育")  # applied for or being nurtured: nothing is got yet


@dataclass(frozen=True, slots=True)
class Told:
    """What an actual value in words tells: `value` is the cell it stands in."""

    value: Value
    counted: Decimal | None
    levels: tuple[str, ...]
    states: tuple[str, ...]


def worded_actual(indicator: Indicator, profile: Profile) -> Value | None:
    """The actual value where a number was due and words stand; also when they slipped into the checkpoint column."""
    actual, mid = indicator.actual, indicator.mid
    if indicator.end is not None and indicator.end.quantity is not None:
        numeric_goal = True
    else:
        numeric_goal = indicator.goal is not None and indicator.goal.quantity is not None
    goals = [goal.text.strip() for goal in (indicator.end, indicator.goal) if goal is not None]
    if not numeric_goal or actual is None or any("月" in text and _BY_DATE.fullmatch(text) for text in goals):
        return None
    if actual.is_nothing:
        slipped = mid is not None and mid.quantity is None and not mid.is_nothing
        return mid if slipped else None
    if actual.quantity is not None or is_count_with_note(actual.text, indicator, profile):
        return None
    return actual


def is_count_with_note(text: str, indicator: Indicator, profile: Profile) -> bool:
    """Whether a text is a number after all: “12 项（含受理 2 项）”, “5 个专业群” for 专业群."""
    plain = _PLAIN.match(text)
    if plain and _NOTE.fullmatch(text[plain.end() :]):
        return True  # “2（含校企合作 1 部）”: the unit stands in a column of its own
    found = quantities(text, profile.catalogue)
    lead = text[: found[0].start].strip("约近超≥≤共累计已 达") if found else ""
    if not found:
        return False
    rest = text[found[0].end :]
    if lead:  # “获发明专利授权 5 件” for 发明专利授权
        deed = bare(lead.lstrip("获"))
        return len(found) == 1 and bool(deed) and deed in bare(indicator.name) and _NOTE.fullmatch(rest) is not None
    noun = _CLAUSE.split(rest)[0].strip()
    own_words = bool(noun) and len(noun) <= 12 and bare(noun) in bare(indicator.name)
    return bool(_NOTE.fullmatch(rest)) or own_words


def told(value: Value, profile: Profile) -> Told:
    """What a text tells, clause by clause: things applied for are not counted as got."""
    counted: Decimal | None = None
    for clause in _CLAUSE.split(value.text):
        states = profile.states.named(clause)
        if any(state in _LOW_STATES for state in states):
            continue
        for quantity in quantities(clause, profile.catalogue):
            if _counts(quantity, profile):
                counted = (counted or Decimal(0)) + quantity.value
    return Told(value, counted, profile.levels.named(value.text), profile.states.named(value.text))


def falls_short(indicator: Indicator, what: Told, profile: Profile) -> tuple[str, str] | Decimal | None:
    """In what an actual value in words is below its target: the level promised and that told, or the target's number."""
    lower = lower_level(profile.levels.named(indicator.name), what.levels, profile)
    if lower and len(what.levels) == 1:  # with several told, a count of the right one may be among them
        return lower
    goal = target_of(indicator)
    return goal if goal is not None and what.counted is not None and what.counted < goal else None


def target_of(indicator: Indicator) -> Decimal | None:
    """The number that is due: at the checkpoint, or where that was left out at the end."""
    for value in (indicator.goal, indicator.end):
        if value is not None and value.quantity is not None:
            return value.quantity.value
    return None


def _counts(quantity: Quantity, profile: Profile) -> bool:
    measure = profile.catalogue.measure(quantity.unit)
    return measure is not None and measure.dimension in {"件", "人", "次"}


def lower_level(wanted: Sequence[str], got: Sequence[str], profile: Profile) -> tuple[str, str] | None:
    """The level promised and the highest level told, where all that is told lies below the promise."""
    want = [level for level in wanted if profile.levels.rank(level) is not None]
    have = [level for level in got if profile.levels.rank(level) is not None]
    if not want or not have:
        return None
    lowest_wanted = max(want, key=lambda level: profile.levels.rank(level) or 0)
    best = min(have, key=lambda level: profile.levels.rank(level) or 0)
    return (lowest_wanted, best) if profile.levels.falls_short(best, lowest_wanted) else None
