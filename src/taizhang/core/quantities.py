"""Finds the quantities in a Chinese text (`quantities`) and reads a cell that is only a number (`number`)."""

import re
from decimal import Decimal
from typing import NamedTuple

from taizhang.core import bounds, lookalikes, numeral
from taizhang.core.quantity import HUNDREDS, MAGNITUDE, MYRIADS, NUMBER, NUMERAL, Bound, Catalogue, Quantity, Unit
from taizhang.core.remembering import per_text

_TO_THE_CLAUSE = re.compile(r"(?:排名|排行|(?<!安)排|(?<![系陈])列|居)[^，。；！？0-9]{0,40}$")
_MOVED = re.compile(r"(?:排名|名次|位次)[^，。；]{0,30}(?:至|到|为)\s*$")
_PLACE = re.compile(r"\s*[位名]")
_TIMES = re.compile(r"\s*次(?=通过|获|荣获|入选|被|蝉联|当选|承办|举办|夺)")
_FIRST = re.compile(r"(?<![为是])[一-鿿][国省市州县区内球洲界业校院]$")
# The second half of a code (“7-3 社区教育”); of a range it is read together with the first.
_CODE_BEFORE = re.compile(r"[0-9]\s?[-－–]$")
_DASHES = frozenset("-－–")
_UPTO = re.compile(rf"\s*(?:[-—–－~～∼]{{1,2}}|至|到)\s*(?:({NUMBER})|({NUMERAL}))")
_UPTO_BEGINS = frozenset("-—–－~～∼至到")
_LISTED = re.compile(r"\s*(?:[、,，/]|和|及|与|以及)\s*")
_CLAUSE = re.compile("[，。；：,;:！？]")
_PER = re.compile(r"\s*[/／]\s*([一-鿿A-Za-z]{1,4})")
_ALSO = re.compile(r"[(（]([^()（） ]{1,3})[)）]")
_DECIMALS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_WIDE = re.compile(f"[{''.join(map(chr, lookalikes.NARROW))}]")
_SUFFIXES = frozenset("(（/／")
_MAGNITUDES = frozenset("十百千万亿")
_VAGUE = frozenset("几数")
# Before digits that are only the end of what is printed: “1，234 万元”, “12,34 人”, “1/2 项”, “12. 5 万元”, “2千5百人”.
_BROKEN_AT = frozenset(",，/·’' 千百")
_BROKEN = re.compile(
    r"(?<![0-9.])(?:[0-9]+(?:\.[0-9]+)?[,/·’'千百]|[1-9][0-9]{0,2}(?:，[0-9]{3})*(?P<wide>，)|[一-鿿] ?[0-9]+\. )$"
)
_EACH = re.compile(r"(?:分别|依次|各)[^。；]{0,30}$")  # of a list every number counts
# Words of “each”, “some”, “not one”, behind which “一户” counts nothing.
_NOT_ONE = tuple("每任某同逐哪这那唯统另单落漏少缺不无若第万")
_STOPS = frozenset("，。；、！？,;）)!?：:…\n")
# Units that count whole things, of which there are no fractions.
_WHOLE = frozenset({"件", "人", "人次", "次"})
_MINUS = frozenset("-−－–")
_SIGNED = frozenset({"%", "百分点", "元"})


_ONE = Decimal(1)
_BARE = Unit("", "")
_PIECE = Unit("个", "件")


class _Tail(NamedTuple):
    """What follows a number: the unit, as printed, what the number is to be multiplied by, and where it ends."""

    unit: Unit
    printed: str
    factor: Decimal
    more: Bound | None
    end: int


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in bounds.BLANKS:
        position += 1
    return position


def _may_begin(text: str, position: int, beginnings: frozenset[str]) -> bool:
    """Whether one of some characters stands at a place, or white space before it may: most texts need no search."""
    following = text[position : position + 1]
    return following in beginnings or following.isspace()


def _is_word(text: str, position: int) -> bool:
    return "一" <= text[position : position + 1] <= "鿿"


def _tail(text: str, position: int, catalogue: Catalogue, spoken: bool) -> _Tail | None:
    """The unit behind a number that ends at `position`: “ 万元”, “余人次”, “多万人日”, “大（平台）”."""
    position = _skip(text, position)
    more = bounds.MORE.get(text[position : position + 1])
    if more:
        position = _skip(text, position + 1)
    unit = catalogue.unit_at(text, position, spoken)
    if unit is not None:
        return _suffixed(text, unit, unit.name, _ONE, more, position + len(unit.name), catalogue)
    match = MAGNITUDE.match(text, position) if text[position : position + 1] in _MAGNITUDES else None
    if match is None:
        if more is None and text.startswith("大", position) and _is_word(text, position + 1):
            return _Tail(_PIECE, "个", _ONE, more, position + 1)
        return None
    factor, myriad, end = HUNDREDS[match[1]], match[2], match.end()
    if text[end : end + 1] in bounds.MORE:
        more = bounds.MORE[text[end]]
        end += 1
    position = _skip(text, end)
    unit = catalogue.unit_at(text, position, spoken)
    if unit is not None:
        return _suffixed(text, unit, myriad + unit.name, factor, more, position + len(unit.name), catalogue)
    if myriad and not spoken and not _is_word(text, position):
        return _Tail(_BARE, myriad, factor, more, end)
    return None


def _suffixed(
    text: str, unit: Unit, printed: str, factor: Decimal, more: Bound | None, end: int, catalogue: Catalogue
) -> _Tail:
    """A tail, and where it ends with “/年” or “（个）” behind the unit."""
    following = text[end : end + 2]
    if _SUFFIXES.isdisjoint(following):
        return _Tail(unit, printed, factor, more, end)
    if following[0] in {"(", "（"}:
        also = _ALSO.match(text, end)
        inner = catalogue.units.get(also[1]) if also else None
        if also and inner and inner.dimension == unit.dimension:
            return _Tail(unit, printed + also[0], factor, more, also.end())
    elif "/" in following or "／" in following:
        per = _PER.match(text, end)
        if per:
            other = catalogue.unit_at(text, per.start(1))
            name = other.name if other else per[1]
            if other or len(name) <= 2:
                return _Tail(unit, f"{printed}/{name}", factor, more, per.start(1) + len(name))
    return _Tail(unit, printed, factor, more, end)


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def _spoken(text: str, start: int, run: str) -> Decimal | None:
    """The value of a run of Chinese numeral characters, or None where it is a word and no number."""
    if run == "二" or text[start - 1 : start] in _VAGUE:
        return None  # behind 二 a measure word is an ordinal (“二期”; the count is 两); “几十” is no number
    if run[0] in "百千万亿" and bounds.before(text, start)[0] is None:
        return None  # “百县”, “千人计划”: a bare magnitude is rhetoric unless something bounds it
    value = numeral.parse(run)
    return None if value is None else Decimal(value)


def _counts_one(text: str, start: int, end: int, catalogue: Catalogue) -> bool:
    """Whether “一” with the unit ending at `end` counts one, as against the indefinite article."""
    following = text[end : end + 1]
    if not following or following in _STOPS:
        return not text.endswith(_NOT_ONE, 0, start)
    return text.endswith(catalogue.after_verbs, 0, start)


def _range(text: str, tail: _Tail | None, end: int, value: Decimal, catalogue: Catalogue, spoken: bool) -> (
    tuple[_Tail | None, Decimal | None]
):  # fmt: skip
    """The unit behind “8-10 个” and its upper end; no unit where the pair is no range (“2-1 个”)."""
    place = tail.end if tail else end
    ahead = _UPTO.match(text, place) if _may_begin(text, place, _UPTO_BEGINS) else None
    if ahead is None or (ahead[1] is None) != spoken:
        return tail, None
    top = _spoken(text, ahead.start(2), ahead[2]) if spoken else _decimal(ahead[1])
    further = _tail(text, ahead.end(), catalogue, spoken)
    if top is not None and top > value and further and (tail is None or tail.printed == further.printed):
        return further, top
    return tail, None


def _sign(text: str, start: int, tail: _Tail) -> bool:
    """Whether the dash before `start` is a minus."""
    if start == 0 or text[start - 1] not in _MINUS or tail.unit.dimension not in _SIGNED:
        return False
    before = text[max(0, start - 8) : start - 1].rstrip()
    return not before[-1:].isalnum() or before.endswith(("为", "长", "率", "降", "幅"))


def _measured(text: str, match: re.Match[str], catalogue: Catalogue) -> Quantity | None:
    """The quantity of a number or numeral that the scan met, or None where no unit follows."""
    spoken = match.lastgroup == "numeral"
    printed, start, end = match["numeral" if spoken else "number"], match.start(), match.end()
    value = _spoken(text, start, printed) if spoken else _decimal(printed)
    if value is None or (text[start - 1 : start] in _DASHES and _CODE_BEFORE.search(text, max(0, start - 3), start)):
        return None
    tail, upper = _range(text, _tail(text, end, catalogue, spoken), end, value, catalogue, spoken)
    if tail is None:
        return None
    if spoken and value == 1 and upper is None and not _counts_one(text, start, tail.end, catalogue):
        return None
    if tail.unit is _PIECE and not 1 < value < 20:
        return None  # “二十大” is a congress, “一大批” is many
    if start == 0 and "." in printed and tail.unit.dimension in _WHOLE and tail.printed == tail.unit.name:
        start = printed.index(".") + 1  # “1.3 个基地” at the head of a text: item 1, three bases
        value = Decimal(printed[start:])
    bound, begin = bounds.before(text, start)
    after = bounds.AFTER_PATTERN.match(text, tail.end) if _may_begin(text, tail.end, bounds.AFTER_BEGINS) else None
    if bound is None:
        bound = tail.more or (bounds.AFTER[after[1]] if after else Bound.EXACT)
    if upper is not None:
        bound, upper = Bound.RANGE, upper * tail.factor
    if tail.factor is not _ONE:
        value *= tail.factor
    if _sign(text, start, tail):
        value, begin = -value, start - 1
    return Quantity(value, tail.printed, bound, upper, begin, after.end() if after else tail.end)


def _in_words(printed: str) -> Decimal | None:
    """A number in words, perhaps with decimals: 九十七点二."""
    head, _, decimals = printed.partition("点")
    whole = 0 if head in {"零", "〇"} else numeral.parse(head)
    return None if whole is None else Decimal(f"{whole}.{decimals.translate(_DECIMALS)}")


def _special(text: str, match: re.Match[str]) -> Quantity | None:
    """Rates in words (百分之三), multiples (翻两番), ranks (排名第三, 居首位), firsts (全国首个), 第 3 次获得."""
    group, start, end = match.lastgroup, match.start(), match.end()
    if group == "top":
        ranked = _TO_THE_CLAUSE.search(text, max(0, start - 50), start)
        return Quantity(_ONE, "名次", start=start, end=end) if ranked else None
    if group == "first":
        region = _FIRST.search(text, max(0, start - 3), start)
        return Quantity(_ONE, "名次(首创)", start=start, end=end) if region else None
    if group == "fold":
        return Quantity(Decimal(numeral.parse(match["fold"][1:-1]) or 1), "番", start=start, end=end)
    printed = match["cent"] or match["ordinal"] or match["leading"]
    value = _decimal(printed) if printed[0].isascii() else _in_words(printed)
    if value is None:
        return None
    if group == "leading":
        return Quantity(value, "名次", Bound.AT_MOST, start=start, end=end)
    if group == "cent":
        bound, start = bounds.before(text, start)
        return Quantity(value, "%", bound or Bound.EXACT, start=start, end=end)
    if _is_word(text, end) and text[end] not in "位名的":
        ranked = None  # “安排在第二部分”
    else:
        ranked = _TO_THE_CLAUSE.search(text, max(0, start - 24), start)
    if ranked or (_PLACE.match(text, end) and _MOVED.search(text, max(0, start - 40), start)):
        return Quantity(value, "名次", start=start, end=end)
    times = _TIMES.match(text, end)
    return Quantity(value, "次", start=start, end=times.end()) if times else None


def quantities(text: str, catalogue: Catalogue) -> list[Quantity]:
    """All quantities of a text in order; what only looks like one (titles, dates, ordinals, codes) is none."""
    return list(_quantities(text, catalogue))


@per_text
def _quantities(text: str, catalogue: Catalogue) -> tuple[Quantity, ...]:
    if _WIDE.search(text):
        text = text.translate(lookalikes.NARROW)
    found: list[Quantity] = []
    waiting: list[re.Match[str]] = []
    end = 0
    for match in catalogue.pattern.finditer(text):
        group = match.lastgroup
        if group == "trap" or match.start() < end:
            continue
        if group not in {"number", "numeral"}:
            quantity = _special(text, match)
        else:
            if group == "number" and text[match.start() - 1 : match.start()] in _BROKEN_AT and _is_broken(text, match):
                waiting.clear()
                continue
            quantity = _measured(text, match, catalogue)
            if quantity is None and group == "number":
                waiting.append(match)
        if quantity is not None:
            if found and found[-1].unit in MYRIADS and not text[found[-1].end : quantity.start].strip():
                quantity = _compounded(found, quantity)
            if waiting:
                found.extend(_shared(text, waiting, quantity))
                waiting.clear()
            found.append(quantity)
            end = quantity.end
    return tuple(found)


def _is_broken(text: str, match: re.Match[str]) -> bool:
    """Whether a number is the second half of one that is printed in an odd way: what it says is not certain."""
    start = match.start()
    before = _BROKEN.search(text, max(0, start - 24), start)
    if before is None or (before["wide"] and len(match["number"].partition(".")[0]) != 3):
        return False
    return before[0][-1] not in ",，" or _EACH.search(text, max(0, start - 60), before.start()) is None


def _compounded(found: list[Quantity], last: Quantity) -> Quantity:
    """A quantity, with the greater magnitude before it that belongs to it: “1亿2000万元” is 12,000 万元."""
    own = MYRIADS.get(last.unit[:1], _ONE)
    lead = found[-1].value * MYRIADS[found[-1].unit] / own
    if found[-1].upper is not None or last.upper is not None or last.value * own >= MYRIADS[found[-1].unit]:
        return last
    first = found.pop()
    return last._replace(
        value=lead + last.value, bound=max(first.bound, last.bound, key=_is_bounded), start=first.start
    )


def _is_bounded(bound: Bound) -> bool:
    return bound is not Bound.EXACT


def _shared(text: str, waiting: list[re.Match[str]], last: Quantity) -> list[Quantity]:
    """The numbers without unit that share the unit of the last: “分别为 12、8 和 5 项”."""
    shared: list[Quantity] = []
    begin = last.start
    for match in reversed(waiting):
        if not _LISTED.fullmatch(text, match.end(), begin):
            break
        begin = match.start()
        shared.append(Quantity(_decimal(match["number"]), last.unit, start=begin, end=match.end()))
    clause = text[max(0, begin - 12) : begin]
    return shared[::-1] if "分别" in _CLAUSE.split(clause)[-1] else []


_LETTER = "一-鿿A-Za-z²³㎡"
_CELL = re.compile(
    rf"(?P<before>达到|达|{'|'.join(bounds.BEFORE)})?"
    rf"\s*(?P<number>[-−－–]?{NUMBER})\s*(?:[-—–~～至]\s*(?P<upper>{NUMBER}))?\s*"
    rf"(?P<more>[余多+])?\s*(?P<unit>[%‰]|(?![²³])[{_LETTER}]{{0,6}}(?:[/(][{_LETTER}]{{1,4}}\)?)?)\s*(?P<after>及?以[上下内]|左右)?"
)
_SIGNS = str.maketrans("−－–", "---")
# A number in words with its measure word and nothing else.
_WORDED_CELL = re.compile(
    "(?P<number>[一两三四五六七八九十百千零]+)(?P<unit>[个门项名人家次部本套台件篇场支册间所株户])(?P<after>及?以上|左右|以内)?"
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}\s*(?:[-—–~～至]\s*(?:19|20)[0-9]{2}\s*(?:学?年)?$|年|学年|级)")
_ABSENT = frozenset({"", "-", "--", "/", "—", "——", "无", "\\", "×", "√"})


def worded(text: str) -> Quantity | None:
    """The number of a cell that is known to hold a figure, where it is written in words: “两门”, “三十个左右”."""
    plain = text.strip()
    match = _WORDED_CELL.fullmatch(plain)
    value = numeral.parse(match["number"]) if match is not None else None
    if match is None or value is None:
        return None
    bound = bounds.AFTER[match["after"]] if match["after"] else Bound.EXACT
    return Quantity(Decimal(value), match["unit"], bound, start=0, end=len(text))


@per_text
def number(text: str, catalogue: Catalogue | None = None) -> Quantity | None:
    """The number of a cell that holds little else (“≥ 120”, “8-10”, “1,732”, “50 %”); None for “-”, “无” and prose.

    With a catalogue, a cell that is wholly one quantity in words (“三门”, “近百万元”) is read too.
    """
    plain = text.strip()
    if len(plain) > 24 or plain in _ABSENT:
        return None
    indent = len(text) - len(text.lstrip())
    if plain.isascii():
        if plain.isdecimal():  # every other figure of a report
            return Quantity(Decimal(plain), "", start=indent, end=indent + len(plain))
    else:
        plain = plain.translate(lookalikes.NARROW).replace("，", ",").replace("（", "(").replace("）", ")")
    match = _CELL.fullmatch(plain.removeprefix("="))  # “=100%”: the sign of a target that is to be met, no more
    if match is None:
        value = numeral.parse(plain)
        if value is not None:
            return Quantity(Decimal(value), "", start=0, end=len(text))
        found = quantities(plain, catalogue) if catalogue else []
        return found[0] if len(found) == 1 and found[0].start == 0 and found[0].end == len(plain) else None
    if _DATE.match(plain):
        return None
    unit = match["unit"]
    after = match["after"] or next(
        (word for word in ("及以上", "以上", "以下", "以内", "左右") if unit.endswith(word)), ""
    )
    unit = unit.removesuffix(after).strip("()") if after or unit.startswith("(") else unit
    bound = Bound.EXACT
    if match["before"]:
        bound = bounds.BEFORE.get(match["before"], Bound.EXACT)
    elif match["more"]:
        bound = Bound.MORE_THAN
    elif after:
        bound = bounds.AFTER[after]
    upper = _decimal(match["upper"]) if match["upper"] else None
    value_ = _decimal(match["number"].translate(_SIGNS))
    if upper is not None and upper <= value_:
        return None
    return Quantity(value_, unit, Bound.RANGE if upper is not None else bound, upper, indent, indent + len(plain))
