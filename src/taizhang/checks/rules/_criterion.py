"""What a criterion of a score form asks for (“≥90% 得满分，每低 1 个百分点扣 0.5 分”), and what it gives a result."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_NUMBER = r"(?P<{0}>\d[\d,]*(?:\.\d+)?)\s*(?P<{0}_unit>[%％]|个百分点|[一-鿿]{{0,5}}?)"
_FULL = r"(?:的|[（(]含[)）])?\s*[，,]?\s*(?:即?[得计记给]|为)\s*(?:满分|全分|(?P<points>\d+(?:\.\d+)?)\s*分)"
_SIGN = r"(?P<sign>[≥≤>＞<＜=＝]|大于等于|小于等于|大于|小于|不低于|不少于|不高于|不超过|达到|低于|控制在)?"
_THRESHOLD = re.compile(
    rf"(?:^|[，,；;。：:、\s]|率|值|度|数){_SIGN}\s*{_NUMBER.format('least')}\s*(?P<side>及?以上|及?以下|以内|之内)?{_FULL}"
)
_TARGET = re.compile(
    rf"(?:目标|指标|标准|计划)值?(?:为|是|[：:])?\s*{_SIGN}\s*{_NUMBER.format('least')}\s*(?P<side>及?以上|及?以下|以内)?(?=[，,；;。（(]|$)"
)
_STEP = re.compile(
    r"每(?P<way>低于?|少|降低|下降|减少|未达|超过?|高于?|高出|多|增加)(?:目标值?|标准)?\s*(?P<step>\d+(?:\.\d+)?)\s*(?P<unit>个?百分点|[%％])[，,]?\s*扣(?:减|除)?\s*(?P<off>\d+(?:\.\d+)?)\s*分"
)
_FORMULA = re.compile(
    r"得分\s*[=＝为是]\s*[^，。；;×xX*＊÷/]{0,14}[率度]\s*[×xX*＊]\s*(?P<factor>分值|权重|满分|标准分|\d+(?:\.\d+)?)\s*分?"
)
_IN_SHARE = re.compile(r"按(?:实际)?(?:完成|达成|实现)?(?:情况)?的?比例|按比例")
_MOST = re.compile("[≤<＜]|小于|不高于|不超过|低于|控制在|以下|以内|之内")
_ACTUAL = re.compile(r"(?:[^\d，。；;]{0,8}?)(\d[\d,]*(?:\.\d+)?)\s*([%％]|[一-鿿]{0,5})")


@dataclass(frozen=True, slots=True)
class Deserved:
    """The scores that a criterion may give a result, and whether the result reaches what earns full marks."""

    scores: tuple[Decimal, ...]
    is_met: bool
    asked: str  # the words of the criterion that were read


def deserved(criterion: str, actual: str, weight: Decimal) -> Deserved | None:
    """What a result deserves by its criterion; None where the words cannot be told, or do not fit the result."""
    told = _ACTUAL.fullmatch(actual.strip())
    if told is None:
        return None
    value, unit = Decimal(told[1].replace(",", "")), told[2].replace("％", "%")
    formula = _FORMULA.search(criterion)
    if formula and unit == "%":
        factor = weight if not formula["factor"][0].isdigit() else Decimal(formula["factor"])
        score = min(value / 100, Decimal(1)) * factor
        return Deserved((score,), value >= 100, formula[0]) if factor == weight else None
    asked = _asked(criterion, weight)
    if asked is None or not _alike(asked["least_unit"].replace("％", "%"), unit):
        return None
    least = Decimal(asked["least"].replace(",", ""))
    is_most = bool(_MOST.search((asked["sign"] or "") + (asked["side"] or "")))
    gap = value - least if is_most else least - value
    if gap <= 0:
        return Deserved((weight,), True, asked[0])
    return Deserved(_of_gap(criterion, gap, value, least, weight, is_most=is_most), False, asked[0])


def _asked(criterion: str, weight: Decimal) -> re.Match[str] | None:
    """The words that earn full marks: those with the most points, or the target."""
    told = [m for m in _THRESHOLD.finditer(criterion) if m["points"] is None or Decimal(m["points"]) == weight]
    if len(told) > 1:
        return None
    return told[0] if told else _TARGET.search(criterion)


def _of_gap(
    criterion: str, gap: Decimal, value: Decimal, least: Decimal, weight: Decimal, *, is_most: bool
) -> tuple[Decimal, ...]:
    """What is left of the full score for a result that falls short by `gap`; empty where the words do not tell."""
    step = _STEP.search(criterion)
    if step and bool(re.match("超|高|多|增", step["way"])) is is_most:
        steps = gap / Decimal(step["step"])
        whole = (steps, steps.to_integral_value(ROUND_FLOOR), steps.to_integral_value(ROUND_CEILING))
        return tuple(max(weight - count * Decimal(step["off"]), Decimal(0)) for count in whole)
    if _IN_SHARE.search(criterion) and least and not is_most:
        return (value / least * weight,)
    return ()


def _alike(asked: str, told: str) -> bool:
    """Whether the unit asked for is the unit told; one of them may be left out, but not per cent."""
    return asked == told or ("%" not in {asked, told} and (not asked or not told or asked[:1] == told[:1]))
