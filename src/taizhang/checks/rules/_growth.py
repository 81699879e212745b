"""What the rules of growth share: how a growth is told, and what it should be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.rules._grid import fits, shown
from taizhang.core import numeral
from taizhang.core.finding import Severity

NUMBER = r"\d[\d,]*(?:\.\d+)?"
VERB = "增长|增加|提高|提升|上升|增幅|下降|降低|减少|下滑|降幅|减幅|增|升|降"
FALLS = frozenset({"减少", "下降", "少", "减收", "减支"})
_FALL = re.compile("下降|降低|减少|下滑|降幅|减幅|降")
# “翻一番”; “增长两成半”, which is 25 % or near it
TOLD = (
    rf"(?:(?P<fold>翻了?[一两二三四]?番|(?:{VERB})了?[一二两三四五六七八九1-9]成半?)"
    rf"|(?P<verb>{VERB})(?:幅度)?(?:了|为|达到?|约)*\s*(?P<told>{NUMBER})\s*(?P<of>个?百分点|[%％]|倍|[一-鿿]{{1,3}})?)"
)
# 2022 年 A 万人次，2023 年 B 万人次，2023 年比 2022 年增长 x
_YEARS = re.compile(
    rf"(?P<later>20\d\d)\s*年(?:度)?[^，。；、,;\d]{{0,8}}?(?:比|较)\s*(?P<earlier>20\d\d)\s*年(?:度)?[^，。；、,;\d]{{0,6}}?{TOLD}"
)
# 2021—2023 年依次为 A 万元、B 万元、C 万元: a value for each year
_SERIES = re.compile(
    rf"(?P<first>20\d\d)\s*年?\s*[-—–~～至到]+\s*(?P<last>20\d\d)\s*年(?:各年|各?年度)?[^，。；、,;\d]{{0,6}}?(?:依次|分别|逐年)(?:为|是|达|有)?\s*"
    rf"(?P<values>{NUMBER}\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{0,4}})(?:\s*(?:、|，|和)\s*{NUMBER}\s*(?:[^\d\s，。；、,;（()）%％]{{1,4}})?)+)"
)
# 培训人次比上年的 A 万人次增长 x: its value stands in the sentence before
_OF_SUBJECT = re.compile(
    rf"(?<=[。；\n])\s*(?P<subject>[一-鿿]{{2,10}}?)(?:比|较)(?:上年|去年|上一年|上一?学年)(?:度|同期)?的?\s*(?P<before>{NUMBER})\s*"
    rf"(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}}?)[，,]?\s*(?:同比|净)?{TOLD}"
)
_LABELLED = rf"(?P<label>[一-鿿]{{2,10}})\s*(?P<value>{NUMBER})\s*"
_CLOSE = 10  # points: what is further off is of other things
_OF_YEAR = rf"\s*年(?:度)?[^，。；、,;（(\d]{{0,8}}?(?P<value>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）]{{1,4}})"
# 由建设前的 A 家增加 d 家，达到 B 家
STEP = re.compile(
    rf"(?:从|由|原有|原来?的?|现有)[^，。；;\d（(]{{0,12}}?(?P<before>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}}?)[，,]?\s*(?:净|又)?"
    rf"(?P<way>增加|增长|新增|扩充|减少)了?[^，。；;\d（(]{{0,6}}?(?P<by>{NUMBER})\s*(?P=unit)[，,]\s*(?:总数|总量|累计)?(?P<verb>达到|增至|增加到|达|增到|减至|减少到)\s*"
    rf"(?P<after>{NUMBER})\s*(?P=unit)(?!\s*的)"
)
# 去向落实率 99.2%，高于全校平均水平 96.4% 2.8 个百分点
_APART = re.compile(
    rf"(?P<after>{NUMBER})\s*[%％]\s*[，,（(]\s*(?:比|较)?(?P<verb>高于|低于|高出|超过|超出)[^，。；;\d（(]{{0,16}}?[（(]?(?P<before>{NUMBER})\s*[%％][)）]?[，,]?\s*(?:高出?|低)?\s*(?P<told>{NUMBER})\s*个?百分点"
)
# 与 2023 年支出 A 万元相比，增加 d 万元，增长 x
_OF_BASE = re.compile(
    rf"(?:与|同|比|较)\s*(?:上一?年|去年|前一年|上一?学年|上届|20\d\d\s*(?:年(?:度)?|届))(?:度|同期)?[^，。；;\d（(]{{0,10}}?(?P<before>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}}?)(?:相比)?[，,]?\s*"
    rf"(?:净|共)?(?P<way>增加|增长|提高|减少|下降|多|少)了?\s*(?P<by>{NUMBER})\s*(?P=unit)[，,、]\s*(?:同比)?{TOLD}"
)
_BEFORE = r"(?:上年|去年|上一?学年|年初|期初|原有|此前|往年|上年末|去年底)"
_UNIT = r"\s*(?P<unit>[^\d\s，。；、,;（()）%％]{1,2}?)"
_FURTHER = (
    # 新增合作企业 d 家，合作企业由上年的 A 家增加到 B 家
    re.compile(
        rf"新增(?P<noun>[一-鿿]{{2,10}}?)(?P<by>{NUMBER}){_UNIT}[，,；;]\s*(?:总数)?(?P=noun)(?:数量?|总数)?(?:由|从)[^，。；;\d（(]{{0,8}}?(?P<before>{NUMBER})\s*(?P=unit)"
        rf"(?P<verb>(?:增加|增|扩大|上升|提高|扩充)(?:到|至))\s*(?P<after>{NUMBER})\s*(?P=unit)"
    ),
    # 新增教材 d 种，累计达到 B 种（上年累计 A 种）
    re.compile(
        rf"新增[^，。；;\d（(]{{0,16}}?(?P<by>{NUMBER}){_UNIT}[，,]\s*(?P<verb>(?:累计|总数|总量)(?:达到?|为|有|增至)?)\s*(?P<after>{NUMBER})\s*(?P=unit)[（(]{_BEFORE}"
        rf"[^，。；;\d（()）]{{0,6}}?(?P<before>{NUMBER})\s*(?P=unit)[）)]"
    ),
    # 现有 B 人，比上年增加 3 个班、d 人（上年 11 个班、A 人）
    re.compile(
        rf"(?P<after>{NUMBER}){_UNIT}[，,]\s*(?:比|较)\s*(?:上年|去年|上一?学年)(?P<verb>增加|增长|增|减少)了?(?:[^，。；;（()）]{{0,12}}、)?(?P<by>{NUMBER})\s*(?P=unit)[（(]{_BEFORE}"
        rf"[^，。；;（()）]{{0,16}}?(?<![\d.])(?P<before>{NUMBER})\s*(?P=unit)[）)]"
    ),
)
_LEFT = re.compile(
    "退出|注销|撤销|淘汰|停办|到期|调出|净|减去|离任|失效"
)  # what is new does not make the whole difference
_HUNDREDTHS = Decimal("0.05")  # points by which rounded figures may make another growth; or so much of it
_PART_OF_IT = Decimal("0.02")
_SCALES = {"万": 4, "亿": 8}
_AGAINST_YEAR = re.compile(r"[比较]\s?20\d\d")
# 2012 年 A 万人；2016 年为 B 万人，较 2012 年下降 x
_SINCE = re.compile(
    rf"(?<![\d.])(?P<value>{NUMBER})\s*(?P<unit>[%％]|[^\d\s，。；、,;（()）%％]{{1,4}}?)\s*[，,（(]\s*(?:比|较)\s*"
    rf"(?P<earlier>20\d\d)\s*(?:年(?:度)?|届)(?:的)?(?:相比)?[，,]?(?:同比|净)?{TOLD}"
)
# 由 A 人增加到 B 人
_FROM_TO = re.compile(
    rf"(?:由|从)[^，。；;、\d（(第]{{0,14}}?(?:20\d\d\s*年(?:度|底|末)?[^，。；;、\d（(第]{{0,6}}?)?(?P<before>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）]{{1,3}}?)"
    rf"(?P<verb>增加|增长|提高|提升|上升|扩大|增|升|下降|降低|减少|降|减)(?:到|至)了?(?:20\d\d\s*年(?:度|底|末)?的?)?\s*(?P<after>{NUMBER})\s*(?P=unit)"
    r"(?!\s*[，,（(]?(?:净|共|同比|累计)?(?:增|提|上升|升|下降|降|减|翻))"
)
_COUNTED = re.compile("[%％]|[万亿]?元|万?(?:[人名册]|人次)|[家个项所门间台件亩]|[课学]时")
# 由 2020 年的 A 万元增加到 2025 年的 B 万元，年均增长 x
_YEARLY = re.compile(
    rf"(?P<first>(?:19|20)\d\d)\s*年(?:底|末)?的?[^，。；;\d（(]{{0,10}}?(?P<before>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）]{{1,4}}?)"
    rf"(?:增|升|提|扩|发展|上升|跃升|攀升|下降|降|减)[一-鿿]{{0,2}}?(?:到|至)了?\s*(?P<last>20\d\d)\s*年(?:底|末)?的?[^，。；;\d（(]{{0,6}}?"
    rf"(?P<after>{NUMBER})\s*(?P=unit)\s*[，,、（(]\s*年均(?P<way>增长|增速|增幅|递增|下降)(?:率)?(?:为|达到?|约)*\s*(?P<told>{NUMBER})\s*[%％]"
)
_REAL = re.compile("可比|不变价|实际|扣除|同口径")
_IN_REAL_TERMS = re.compile(
    "生产总值|GDP|增加值|居民|人均[^，。；]{0,4}收入|生产率"
)  # grow so, whether or not it is said
_YEARS_APART = 2  # years, at least
_YEARLY_SLACK = Decimal("0.15")
_TENTHS = re.compile("([一二两三四五六七八九1-9])成(半)?")
_DOUBLED = Decimal("1.9")
_ROUGHLY = Decimal(4)  # points: what is told in tenths is told roughly


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a told growth is right; if not, what it should be, and how sure that is."""

    is_right: bool
    expected: str = ""
    severity: Severity = Severity.ERROR


_RIGHT = Verdict(True)


def number(printed: str) -> Decimal:
    """A printed number, its commas left out."""
    return Decimal(printed.replace(",", ""))


def of_two_years(text: str) -> Iterator[tuple[re.Match[str], Decimal, Decimal, str]]:
    """Each growth from one year to another whose values the same sentence, or the one before, told in one unit.

    The match of `TOLD`, the value before, the value after, and their unit.
    """
    for match in _OF_BASE.finditer(text):
        before, by = number(match["before"]), number(match["by"])
        said = re.split("[。！？\n]", text[: match.start()])[-1]
        if not makes_between(match, [before, *figures_of(said, match["unit"])], match["unit"]):
            yield match, before, before - by if match["way"] in FALLS else before + by, match["unit"]
    for match in _YEARS.finditer(text):
        sentence = re.split("[。！？\n]", text[: match.start()])[-1]
        both = [[*re.finditer(match[name] + _OF_YEAR, sentence)] for name in ("earlier", "later")]
        if [len(found) for found in both] == [1, 1] and both[0][0]["unit"] == both[1][0]["unit"]:
            (first,), (last,) = both
            yield match, number(first["value"]), number(last["value"]), last["unit"]
            continue
        for series in _SERIES.finditer(sentence):
            values, unit = _by_year(series)
            earlier, later = (values.get(int(match[name])) for name in ("earlier", "later"))
            if earlier is not None and later is not None:
                yield match, earlier, later, unit
    if "上" in text or "去年" in text:
        yield from _of_subject(text)
    for match in _SINCE.finditer(text) if _AGAINST_YEAR.search(text) else ():
        yield from _since(text, match)


def _since(text: str, match: re.Match[str]) -> Iterator[tuple[re.Match[str], Decimal, Decimal, str]]:
    """The growth since a year whose one value in the unit the sentence told before; as of `of_two_years`."""
    sentence, unit = re.split("[。！？\n]", text[: match.start("value")])[-1], match["unit"].replace("％", "%")
    told = re.finditer(
        rf"{match['earlier']}\s*(?:年|届)(?:度)?[，,]?[^，。；、,;（(\d]{{0,16}}?(?P<value>{NUMBER})\s*{re.escape(unit)}",
        sentence,
    )
    before = [number(each["value"]) for each in told]
    after = number(match["value"])
    if len(before) == 1 and not makes_between(match, [*figures_of(sentence, unit), after], unit):
        yield match, before[0], after, unit


def _of_subject(text: str) -> Iterator[tuple[re.Match[str], Decimal, Decimal, str]]:
    """Each growth of what the sentence before told: “培训 3.86 万人次。培训人次比上年的 3.22 万人次增长 19.9%”.

    As of `of_two_years`; only where its one figure in the unit, told by the same word, makes nearly that growth.
    """
    for match in _OF_SUBJECT.finditer(text):
        sentence, unit, subject = (
            re.split("[。！？\n]", text[: match.start("subject")])[-2:-1],
            match["unit"],
            match["subject"],
        )
        told = [*re.finditer(_LABELLED + re.escape(unit), sentence[0])] if sentence else []
        alike = [each for each in told if any(a + b in each["label"] for a, b in pairwise(subject))]
        named = [each for each in told if each["label"].endswith(subject)]
        told, alike = (named, named) if len(named) == 1 else (told, alike)
        before, growth = number(match["before"]), match["told"]
        if len(told) != 1 or not alike or not before or growth is None or match["of"] not in {"%", "％"}:
            continue
        after = number(alike[-1]["value"])
        if abs(abs(after / before - 1) * 100 - number(growth)) <= _CLOSE:
            yield match, before, after, unit


def _by_year(series: re.Match[str]) -> tuple[dict[int, Decimal], str]:
    """The values of a series of years and their unit; none where they are not one for each year."""
    first, last = int(series["first"]), int(series["last"])
    printed = re.findall(rf"({NUMBER})\s*([^\d\s，。；、,;（()）%％]*)", series["values"])
    units = {unit for _, unit in printed if unit and unit != "和"}
    if len(printed) != last - first + 1 or len(units) > 1:
        return {}, ""
    return {first + place: number(value) for place, (value, _) in enumerate(printed)}, "".join(units)


def verdict(
    match: re.Match[str], before: Decimal, after: Decimal, unit: str, *, by_amount: bool = False
) -> Verdict | None:
    """What a match of `TOLD` says of two values in `unit`; None where it cannot be judged.

    `by_amount` says that the value before was reckoned from the other and the amount told.
    """
    result = _verdict(match, before, after, unit, by_amount=by_amount) if before else None
    if result is not None and match["verb"] and result.expected.startswith("-"):
        way = "增长" if _FALL.search(match["verb"]) else "下降"
        return Verdict(False, f"{way} {result.expected[1:]}", Severity.ERROR)
    return result


def _verdict(match: re.Match[str], before: Decimal, after: Decimal, unit: str, *, by_amount: bool) -> Verdict | None:
    if match["fold"]:
        return _of_fold(match["fold"], before, after)
    told, of = number(match["told"]), (match["of"] or "").replace("％", "%")
    places = len(match["told"].partition(".")[2])
    change = before - after if _FALL.search(match["verb"]) else after - before
    is_rate = unit.replace("％", "%") == "%"
    if of.endswith("百分点"):
        if not is_rate:
            return Verdict(False, _percent(change / before * 100, places), Severity.WARNING)
        return _RIGHT if _near(change, told, places) else Verdict(False, f"{shown(change)} 个百分点")
    if of == "%":
        if fits(change / before * 100, told, places) or _fits_rounded(
            change, before, told, (_half(before, unit), _half(after, unit)), by_amount=by_amount
        ):
            return _RIGHT
        if is_rate:
            slip = _near(change, told, places)
            return Verdict(False, f"{shown(change)} 个百分点", Severity.WARNING if slip else Severity.ERROR)
        return Verdict(False, _percent(change / before * 100, places))
    if of == "倍":
        slack = Decimal("0.51").scaleb(-places)
        if abs(change / before - told) <= slack:
            return _RIGHT
        # “增长 3 倍” said of what has become three times as much is a slip of the pen that many make.
        severity = Severity.WARNING if abs(after / before - told) <= slack else Severity.ERROR
        return Verdict(False, _times(change / before, places), severity)
    if is_rate or not unit or (of and of[: len(unit)] != unit[: len(of)]):
        return None
    return _RIGHT if _near(change, told, places) else Verdict(False, f"{shown(change)}{unit}")


def _half(value: Decimal, unit: str) -> Decimal:
    """By how much a figure told in 万 or 亿 may be off, being rounded; of money only one told in 亿."""
    exponent = int(value.as_tuple().exponent)
    is_rounded = exponent > 0 or (exponent < 0 and unit[:1] in _SCALES and unit != "万元")
    return Decimal("0.5").scaleb(exponent) if is_rounded else Decimal(0)


def _fits_rounded(
    change: Decimal, before: Decimal, told: Decimal, halves: tuple[Decimal, Decimal], *, by_amount: bool
) -> bool:
    """Whether a growth may be that of the figures before they were rounded, and is near what they make now."""
    first, last = halves
    by, base = (first, last) if by_amount else (first + last, first)
    if not (first or last) or change < 0 or base >= before:
        return False
    if abs(change / before * 100 - told) > max(_HUNDREDTHS, told * _PART_OF_IT):
        return False
    half = Decimal("0.5").scaleb(int(told.as_tuple().exponent))  # the growth itself was rounded too
    lowest, highest = (change - by) / (before + base) * 100, (change + by) / (before - base) * 100
    return lowest - half <= told <= highest + half


def _of_fold(words: str, before: Decimal, after: Decimal) -> Verdict:
    """“翻一番” is twice, “翻两番” four times as much; more is told so too. “增长两成半” is near a quarter more."""
    if (tenths := _TENTHS.search(words)) is not None:
        told = Decimal((numeral.parse(tenths[1]) or int(tenths[1])) * 10 + (5 if tenths[2] else 0))
        change = (before - after if _FALL.search(words) else after - before) / before * 100
        return _RIGHT if abs(change - told) < _ROUGHLY else Verdict(False, _percent(change, 1), Severity.WARNING)
    folds = numeral.parse(words.strip("翻了番")) or 1
    least = _DOUBLED**folds
    return _RIGHT if after / before >= least else Verdict(False, f"{shown(round(after / before, 2))} 倍")


def _near(change: Decimal, told: Decimal, places: int) -> bool:
    return abs(change - told) <= (Decimal("0.51").scaleb(-places) if places else Decimal("0.05"))


def _percent(ratio: Decimal, places: int) -> str:
    return f"{shown(round(ratio, places))}%"


def _times(ratio: Decimal, places: int) -> str:
    return f"{shown(round(ratio, max(places, 1)))} 倍"


def chained(text: str) -> Iterator[tuple[tuple[int, int], str, str, Severity]]:
    """Where figures told one after the other do not agree: the place, what it should be, the message, how sure it is."""
    for each in (*steps(text), *apart(text), *turned(text)):
        yield *each, Severity.ERROR
    for each in yearly(text):
        yield *each, Severity.WARNING


def steps(text: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Where it is told what there was, what was added and what it came to, and they do not agree.

    The place of what it came to, what it should be, and the message.
    """
    if "新增" in text or "上年" in text:
        yield from _further_steps(text)
    for match in STEP.finditer(text):
        before, by, after = (number(match[name]) for name in ("before", "by", "after"))
        expected = before - by if match["way"] == "减少" else before + by
        if expected != after:
            unit, place = match["unit"], (match.start("verb"), match.end())
            words = f"由 {shown(before)}{unit}{match['way']} {shown(by)}{unit}"
            yield (
                place,
                f"{shown(expected)}{unit}",
                f"{words}，应为 {shown(expected)}{unit}，写的是“{text[slice(*place)]}”",
            )


def turned(text: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Where it is told that a figure rose to a smaller one, or fell to a larger one; as `steps` tells it."""
    for match in _FROM_TO.finditer(text) if "由" in text or "从" in text else ():
        before, after, unit = number(match["before"]), number(match["after"]), match["unit"]
        falls = match["verb"][0] in "降减下"
        if before == after or falls is (after < before) or not _COUNTED.fullmatch(unit):
            continue
        way = "增加" if falls else "减少"
        words = f"由 {shown(before)}{unit} 到 {shown(after)}{unit} 是{way}"
        yield match.span(), f"{way}到 {shown(after)}{unit}", f"{words}，写的是“{match['verb']}”"


def yearly(text: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Where the yearly growth told is not what two values so many years apart make; as `steps` tells it."""
    for match in _YEARLY.finditer(text) if "年均" in text else ():
        before, after, told = (number(match[name]) for name in ("before", "after", "told"))
        years = int(match["last"]) - int(match["first"])
        if (
            not before
            or not after
            or years < _YEARS_APART
            or _REAL.search(match[0])
            or _IN_REAL_TERMS.search(_subject(text, match))
        ):
            continue
        sign = -1 if match["way"][0] == "下" else 1
        made = [((after / before) ** (Decimal(1) / n) - 1) * 100 * sign for n in (years, years - 1, years + 1)]
        made.append((after / before - 1) * 100 / years * sign)
        slack = max(_YEARLY_SLACK, told * _PART_OF_IT)
        if all(abs(each - told) > slack for each in made):
            expected = f"{shown(round(made[0], len(match['told'].partition('.')[2])))}%"
            words = f"{years} 年间由 {match['before']}{match['unit']} 到 {match['after']}{match['unit']}"
            span = match.start("way"), match.end()
            yield span, expected, f"{words}，年均应为 {expected}，写的是 {match['told']}%"


def _subject(text: str, match: re.Match[str]) -> str:
    """The words of a sentence up to the value that a match of `_YEARLY` begins with."""
    return re.split("[。！？；;\n]", text[: match.start("before")])[-1]


def _further_steps(text: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """The same, where what was added is told first, or what there was stands in brackets."""
    for form in _FURTHER:
        for match in form.finditer(text):
            before, by, after = (number(match[name]) for name in ("before", "by", "after"))
            falls = match["verb"] == "减少"
            if after == (before - by if falls else before + by) or _LEFT.search(match[0]):
                continue
            unit = match["unit"]
            expected = f"{shown(before - by if falls else before + by)}{unit}"
            words = f"原有 {shown(before)}{unit}、{'减少' if falls else '增加'} {shown(by)}{unit}，应为 {expected}"
            yield match.span(), expected, f"{words}，写的是 {shown(after)}{unit}"


def apart(text: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Where it is told of two rates by how many points they differ, and they differ by others; as `steps` tells it."""
    for match in _APART.finditer(text) if "百分点" in text else ():
        after, before, told = (number(match[name]) for name in ("after", "before", "told"))
        gap = before - after if match["verb"] == "低于" else after - before
        if not fits(gap, told, len(match["told"].partition(".")[2])):
            expected = f"{shown(gap)} 个百分点"
            words = f"{shown(after)}% 与 {shown(before)}% 相差 {expected}，写的是 {match['told']} 个百分点"
            yield (match.start("verb"), match.end()), expected, words


def makes_between(match: re.Match[str], values: Sequence[Decimal], unit: str) -> bool:
    """Whether two of some figures make a growth between them: the amount told with it is then the one that is wrong."""
    results = (verdict(match, one, other, unit) for one in values for other in values if one and one != other)
    return any(result is not None and result.is_right for result in results)


def figures_of(text: str, unit: str) -> list[Decimal]:
    """The figures that a text gives in a unit; those in 万 or 亿 of it too, whose places it does not tell."""
    found = [(m.start(), number(m[0])) for m in re.finditer(rf"(?<![\d.]){NUMBER}(?=\s*{re.escape(unit)})", text)]
    of, own = (unit[1:], _SCALES[unit[0]]) if unit[:1] in _SCALES else (unit, 0)
    if of and unit != "元":
        larger = rf"(?<![\d.])({NUMBER})\s*([万亿])(?={re.escape(of)})"
        scales = [(m, _SCALES[m[2]] - own) for m in re.finditer(larger, text)]
        found.extend((m.start(), number(m[1]).scaleb(scale)) for m, scale in scales if scale > 0)
    return [value for _, value in sorted(found)]
