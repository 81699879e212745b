"""Further ways in which running text holds two figures against each other, for the rule on growth told in a sentence."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.rules._grid import fits, shown
from taizhang.checks.rules._growth import NUMBER, chained, number
from taizhang.core.finding import Severity

Found = tuple[tuple[int, int], str, str, Severity]

_POINTS = rf"(?P<way>提高|提升|上升|增加|增长|下降|降低|减少|回落)了?\s*(?P<told>{NUMBER})\s*个百分点"
_FALL = frozenset({"下降", "降低", "减少", "回落"})
_LAST = r"(?:上年|去年|上届|上一年|20\d\d\s*[年届])(?:度|同期)?"
# 落实率 97.2%，比上年提高 0.8 个百分点（上年为 96.4%）
_AFTERWARDS = re.compile(
    rf"(?<![\d.])(?P<after>{NUMBER})\s*[%％]\s*[，,]\s*(?:比|较){_LAST}(?P<verb>{_POINTS})\s*[（(]\s*{_LAST}(?:为|是)?\s*(?P<before>{NUMBER})\s*[%％]\s*[)）]"
)
# 就业率 91.5%。…就业率相比 2012 届（90.4%）提升 1.1 个百分点
_OF_NAME = re.compile(
    rf"(?P<name>[一-鿿]{{2,5}}[率度])(?:相比|相较|比|较)(?:于)?\s*{_LAST}\s*(?:的|[（(])?\s*(?P<before>{NUMBER})\s*[%％]\s*[)）]?(?:相比)?[，,]?(?P<verb>{_POINTS})"
)
# 到账 144 万元，是上年 80 万元的 1.8 倍
_TIMES = re.compile(
    rf"(?<![\d.])(?P<after>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}}?)\s*[，,（(]\s*(?:约)?(?:是|为|达到?|相当于)\s*(?:{_LAST}|建设前|立项时|年初|期初)的?[^，。；;\d（(]{{0,6}}?\s*"
    rf"(?P<before>{NUMBER})\s*(?P=unit)的\s*(?P<verb>(?P<told>{NUMBER})\s*倍)"
)
# 截至 7 月底，执行率 61.2%，高于序时进度 2.9 个百分点
_ON_TIME = re.compile(
    rf"(?<![\d.])(?P<rate>{NUMBER})\s*[%％]\s*[，,（(]\s*(?P<verb>(?P<way>高于|超过?|快于|低于|落后|慢于)(?:了)?序时进度(?:要求)?\s*(?P<told>{NUMBER})\s*个百分点)"
)
_MONTH = re.compile(r"(?<!\d)(?P<month>1[0-2]|[1-9])\s*月(?:份)?(?:底|末|止|，|,|31|30)")
_BEHIND = frozenset({"低于", "落后", "慢于"})
# 目标值 500 人次，实际完成 560 人次，偏差率 12%
_DEVIATION = re.compile(
    rf"(?:目标值?|计划|指标值|预算)(?:数|人数)?(?:为)?\s*(?P<before>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}}?)\s*[，,；;]\s*(?:全年|年度)?(?:实际)?(?:完成|执行|支出|决算)(?:数|值|人数)?(?:为)?\s*"
    rf"(?P<after>{NUMBER})\s*(?P=unit)\s*[，,；;]\s*(?P<verb>偏差率(?:为|达到?)?\s*[-－−+]?(?P<told>{NUMBER})\s*[%％])"
)
_MONTHS = 12
_HUNDREDTH = Decimal("0.06")  # of times: what is told so is rounded
_NEAR = Decimal("0.6")  # points that a time of the year, told in rounded days, may differ by


def compared(text: str) -> Iterator[Found]:
    """Where two figures are held against each other and what is told of them is not so.

    The place, what it should be, the message, and how sure it is.
    """
    yield from chained(text)
    if "百分点" in text:
        yield from _of_rates(text)
    if "序时" in text:
        yield from _on_time(text)
    for match in _TIMES.finditer(text) if "倍" in text else ():
        before, after, told = (number(match[name]) for name in ("before", "after", "told"))
        if before and abs(after / before - told) > max(_HUNDREDTH, Decimal("0.51").scaleb(-_places(match))):
            yield _told(text, match, f"{shown(round(after / before, max(_places(match), 1)))} 倍", Severity.ERROR)
    for match in _DEVIATION.finditer(text) if "偏差率" in text else ():
        before, after, told = (number(match[name]) for name in ("before", "after", "told"))
        made = [abs(after - before) / base * 100 for base in (before, after) if base]
        if made and not any(fits(each, told, _places(match)) for each in made):
            yield _told(text, match, f"{shown(round(made[0], max(_places(match), 1)))}%", Severity.WARNING)


def _of_rates(text: str) -> Iterator[Found]:
    """The points between a rate and that of the year before, told in brackets behind, or told before by its name."""
    for match in _AFTERWARDS.finditer(text):
        yield from _points(text, match, number(match["after"]))
    for match in _OF_NAME.finditer(text):
        name = match["name"][-3:]
        earlier = re.findall(rf"{name}(?:均?为|是|达到?)?\s*({NUMBER})\s*[%％]", text[: match.start()])
        if len(set(earlier)) == 1:
            yield from _points(text, match, number(earlier[0]))


def _points(text: str, match: re.Match[str], after: Decimal) -> Iterator[Found]:
    gap = after - number(match["before"])
    gap = -gap if match["way"] in _FALL else gap
    if not fits(gap, number(match["told"]), _places(match)):
        yield _told(
            text, match, f"{shown(gap)} 个百分点", Severity.ERROR if match.re is _AFTERWARDS else Severity.WARNING
        )


def _on_time(text: str) -> Iterator[Found]:
    for match in _ON_TIME.finditer(text):
        months = {int(each["month"]) for each in _MONTH.finditer(text, 0, match.start())}
        if len(months) == 1:
            gap = number(match["rate"]) - Decimal(months.pop() * 100) / _MONTHS
            gap = -gap if match["way"] in _BEHIND else gap
            if abs(gap - number(match["told"])) > _NEAR:
                yield _told(text, match, f"{shown(round(gap, 1))} 个百分点", Severity.WARNING)


def _places(match: re.Match[str]) -> int:
    return len(match["told"].partition(".")[2])


def _told(text: str, match: re.Match[str], expected: str, severity: Severity) -> Found:
    place = match.span("verb")
    return place, expected, f"按前后两个数应为 {expected}，写的是“{text[slice(*place)]}”", severity
