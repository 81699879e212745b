"""Chinese numerals: “两”, “十二”, “一百零五”, “三万五千” to exact integers, and nothing that is ill-formed."""

import re

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DIGIT = "[一二两三四五六七八九]"
# Below ten thousand; a missing place in the middle is marked by 零, a leading magnitude (“百余”) means one of it.
_SECTION = re.compile(
    f"(?:(?P<k>{_DIGIT})?千)?(?:零?(?:(?P<h>{_DIGIT})?百))?(?:零?(?P<t>{_DIGIT})?十)?(?P<zero>零)?(?P<u>{_DIGIT})?"
)
_PLACES = (("k", "千", 1000), ("h", "百", 100), ("t", "十", 10))

_LONGEST = 24

CHARACTERS = "零〇一二两三四五六七八九十百千万亿"


def _section(text: str) -> int | None:
    match = _SECTION.fullmatch(text)
    if match is None or not text:
        return None
    value, lowest = 0, 0
    for group, name, size in _PLACES:
        if name in text:
            value += size * _DIGITS[match[group] or "一"]
            lowest = size
    if match["u"]:
        if (lowest > 10) != bool(match["zero"]):
            return None  # “三百五” is spoken for 350; a report that means it is not to be guessed at
        return value + _DIGITS[match["u"]]
    return None if match["zero"] else value


def parse(text: str) -> int | None:
    """The number that a well-formed Chinese numeral means; None for “三二”, “十四五” and the like."""
    if len(text) > _LONGEST:
        return None
    for name, size in (("亿", 100_000_000), ("万", 10_000)):
        head, sign, rest = text.rpartition(name)
        if not sign:
            continue
        value = parse(head) if head else 1
        if value is None or not rest:
            return None if value is None else value * size
        below = parse(rest.removeprefix("零"))
        if below is None or (below < size // 10) != rest.startswith("零"):
            return None
        return value * size + below
    return _section(text)


def write(value: int) -> str:
    """The numeral for a number from 1 up to but not including ten thousand times ten thousand."""
    if value >= 10_000:
        head, rest = divmod(value, 10_000)
        return write(head) + "万" + ("" if not rest else ("零" if rest < 1000 else "") + write(rest))
    words, gap = "", False
    for _, name, size in (*_PLACES, ("u", "", 1)):
        digit, value = divmod(value, size)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(words)
    return words[1:] if words.startswith("一十") else words
