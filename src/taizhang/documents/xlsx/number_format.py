"""How a spreadsheet shows a number: Excel's number formats applied to exact decimals, never to floats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

# What a Chinese Excel shows for the ids that the file format leaves to the language (ECMA-376 part 1, 18.8.30).
_CHINESE_FORMATS = {
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

_LONGEST = 255  # Excel refuses longer format codes
_LARGEST = 308  # and larger exponents
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)  # Excel computes with 15 significant digits
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TOKEN = re.compile(
    r"""
    (?P<quoted>"[^"]*"?)
  | (?P<escaped>\\.|!.)
  | (?P<space>_.)
  | (?P<fill>\*.)
  | (?P<elapsed>\[(?:h+|m+|s+)\])
  | (?P<condition>\[[<>=]+-?[\d.]+\])
  | (?P<currency>\[\$[^\]-]*(?:-[^\]]*)?\])
  | (?P<ignored>\[[^\]]*\])
  | (?P<general>General|G/通用格式)
  | (?P<half>AM/PM|A/P|上午/下午)
  | (?P<exponent>E[+-])
  | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)
  | (?P<digit>[0#?])
  | (?P<point>\.)
  | (?P<comma>,)
  | (?P<percent>%)
  | (?P<text>@)
  | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class UnknownFormatError(ValueError):
    """The number format uses something this module does not know."""


class _Token(NamedTuple):
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format between semicolons, cut into tokens; `condition` such as (“>=”, 100) where it has one."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)


def builtin_code(number: int) -> str:
    """The format code that a number-format id stands for when the file does not define it."""
    return _CHINESE_FORMATS.get(number) or BUILTIN_FORMATS.get(number, "General")


def show_text(text: str, code: str) -> str:
    """A text cell as a person sees it: only a section with “@” changes it."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if not section.has("text"):
        return text
    return "".join(text if token.kind == "text" else token.text for token in section.tokens)


def show_number(value: Decimal, code: str, *, epoch_1904: bool = False) -> str:
    """A number as a person sees it under a format code; UnknownFormatError where that cannot be told."""
    if not value.is_finite() or value.adjusted() > _LARGEST or value.adjusted() < -_LARGEST:
        raise UnknownFormatError(code)
    value = _FIFTEEN.plus(value)
    section, bare = _choose(_sections(code), value)
    if section is None:
        return "#" * 8
    if section.has("date", "elapsed", "half"):
        return _show_date(value, section.tokens, epoch_1904=epoch_1904)
    if bare:
        value = abs(value)
    if section.has("general", "text"):
        return "".join(_general(value) if token.kind in {"general", "text"} else token.text for token in section.tokens)
    if not section.has("digit"):
        return "".join(token.text for token in section.tokens)
    return _show_decimal(value, section.tokens)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    if len(code) > _LONGEST:
        raise UnknownFormatError(code)
    parts: list[list[_Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match.group()
        if kind == "literal" and text == ";":
            parts.append([])
            conditions.append(None)
        elif kind == "condition":
            sign, number = re.fullmatch(r"\[([<>=]+)(.+)\]", text).groups()  # type: ignore[union-attr]
            conditions[-1] = (sign, Decimal(number) if re.fullmatch(r"-?\d+(\.\d+)?", number) else Decimal(0))
        else:
            parts[-1].extend(_token(kind, text))
    return tuple(_Section(tuple(part), condition) for part, condition in zip(parts, conditions, strict=True))


def _token(kind: str, text: str) -> list[_Token]:
    match kind:
        case "quoted":
            return [_Token("literal", text.strip('"'))]
        case "escaped":
            return [_Token("literal", text[1:])]
        case "space":
            return [_Token("literal", " ")]
        case "currency":
            return [_Token("literal", text[2:-1].partition("-")[0])]
        case "fill" | "ignored":
            return []
        case "date" | "elapsed" | "exponent":
            return [_Token(kind, text.lower())]
        case _:
            return [_Token(kind, text)]


def _choose(sections: Sequence[_Section], value: Decimal) -> tuple[_Section | None, bool]:
    """The section for the value, and whether it shows the value without its minus sign."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _meets(value, section.condition):
                return section, False
        return None, False
    if len(numeric) == 1 or value > 0 or (value == 0 and len(numeric) == 2):
        return numeric[0], False
    if value < 0:
        return numeric[1], True
    return numeric[2], False


def _meets(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    outcomes = {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound, "=": value == bound}
    return outcomes.get(sign, value != bound)


def _general(value: Decimal) -> str:
    """Excel's own choice: at most 11 characters without the sign, else scientific with 6 digits."""
    if value == 0:
        return "0"
    size = abs(value)
    if Decimal("1E-4") <= size < Decimal("1E11"):
        whole = len(str(int(size)))
        shown = _plain(value.quantize(Decimal(1).scaleb(-max(10 - whole, 0)), context=_WIDE))
        if len(shown.lstrip("-").split(".")[0]) <= 11:
            return shown
    exact = _plain(value)
    if size < 1 and len(exact.lstrip("-")) <= 11:
        return exact
    return _scientific(value)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scientific(value: Decimal) -> str:
    mantissa, exponent = format(Context(prec=6, rounding=ROUND_HALF_UP).plus(value), ".5E").split("E")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{mantissa}E{exponent[0]}{exponent[1:].rjust(2, '0')}"


def _show_decimal(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    kinds = [token.kind for token in tokens]
    if any(
        token == ("literal", "/")
        and "digit" in kinds[:i]
        and ("digit" in kinds[i:] or _is_digit(tokens[i + 1 : i + 2]))
        for i, token in enumerate(tokens)
    ):
        raise UnknownFormatError("fraction")
    value *= Decimal(100) ** kinds.count("percent")
    exponent = 0
    if "exponent" in kinds:
        whole = max(sum(kind == "digit" for kind in kinds[: min(_find(kinds, "point"), kinds.index("exponent"))]), 1)
        exponent = value.adjusted() - whole + 1 if value else 0
        value = value.scaleb(-exponent)
    end = kinds.index("exponent") if "exponent" in kinds else len(kinds)
    point = min(_find(kinds, "point"), end)
    last = max((i for i in range(point) if kinds[i] == "digit"), default=-1)
    first = _find(kinds, "digit")
    scale = _commas_after(kinds, last, point)
    if point < end:
        scale += _commas_after(kinds, max(i for i in range(end) if kinds[i] == "digit"), end)
    value = value.scaleb(-3 * scale)
    grouped = "comma" in kinds[first:last]
    places = kinds[point:end].count("digit")
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    digits, _, decimals = format(abs(rounded), "f").partition(".")
    before = _integer_part(tokens[:point], "" if digits == "0" else digits, grouped=grouped)
    after = _decimal_part(tokens[point:end], decimals)
    power = _exponent_part(tokens[end:], exponent) if end < len(kinds) else ""
    return ("-" if value < 0 else "") + before + after + power


def _is_digit(tokens: Sequence[_Token]) -> bool:
    """Whether a format goes on with a digit as such: the denominator of fractions."""
    return any(token.text.isdecimal() for token in tokens)


def _commas_after(kinds: list[str], place: int, end: int) -> int:
    """Each comma right behind the last digit divides by a thousand."""
    count = 0
    while place >= 0 and place + 1 + count < end and kinds[place + 1 + count] == "comma":
        count += 1
    return count


def _find(kinds: list[str], kind: str) -> int:
    return kinds.index(kind) if kind in kinds else len(kinds)


def _integer_part(tokens: Sequence[_Token], digits: str, *, grouped: bool) -> str:
    """Digits are dealt out to the placeholders from the right; the leftmost takes what is left."""
    first = next((i for i, token in enumerate(tokens) if token.kind == "digit"), None)
    out: list[str] = []
    dealt = 0
    rest = list(digits)

    def deal(digit: str) -> None:
        nonlocal dealt
        if grouped and dealt and dealt % 3 == 0 and digit.strip():
            out.append(",")
        out.append(digit)
        dealt += 1

    for index in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[index]
        if kind == "digit":
            if rest:
                deal(rest.pop())
            elif text != "#":
                deal("0" if text == "0" else " ")
            while index == first and rest:
                deal(rest.pop())
        elif kind != "comma":
            out.append(text[::-1])
    if first is None:
        out.extend(reversed(digits))
    return "".join(out)[::-1]


def _decimal_part(tokens: Sequence[_Token], decimals: str) -> str:
    needed = len(decimals.rstrip("0"))
    out: list[str] = []
    place = 0
    for kind, text in tokens:
        if kind == "digit":
            if text == "0" or place < needed:
                out.append(decimals[place])
            elif text == "?":
                out.append(" ")
            place += 1
        elif kind != "comma":
            out.append(text)
    return "".join(out)


def _exponent_part(tokens: Sequence[_Token], exponent: int) -> str:
    sign = "-" if exponent < 0 else "+" if tokens[0].text.endswith("+") else ""
    width = sum(token.kind == "digit" for token in tokens)
    tail = "".join(token.text for token in tokens[1:] if token.kind not in {"digit", "comma"})
    return f"E{sign}{str(abs(exponent)).rjust(width, '0')}{tail}"


def _show_date(value: Decimal, tokens: tuple[_Token, ...], *, epoch_1904: bool) -> str:
    if value < 0 or value >= 2958466:  # 9999-12-31 is the last day Excel knows
        return "#" * 8
    whole_seconds = not any(token.kind == "date" and "." in token.text for token in tokens)
    seconds = (value * 86400).quantize(Decimal(1) if whole_seconds else Decimal("0.001"), context=_WIDE)
    epoch = CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900
    moment = from_excel(float(int(seconds // 86400)), epoch)
    if not isinstance(moment, datetime):  # day 0 is a bare time
        moment = epoch
    moment += timedelta(milliseconds=int(seconds % 86400 * 1000))
    twelve = any(token.kind == "half" for token in tokens)
    out: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind == "date":
            minutes = token.text[0] == "m" and len(token.text) <= 2 and _is_minute(tokens, index)
            out.append(_date_part(moment, token.text, minutes=minutes, twelve=twelve))
        elif token.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[1]]
            out.append(str(int(seconds // unit)).rjust(len(token.text) - 2, "0"))
        elif token.kind == "half":
            names = token.text.split("/")
            out.append(names[moment.hour >= 12])
        else:
            out.append(token.text)
    return "".join(out)


def _is_minute(tokens: tuple[_Token, ...], index: int) -> bool:
    """“m” means minutes right after hours or right before seconds."""
    timed = [i for i, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    here = timed.index(index)
    before = tokens[timed[here - 1]].text.strip("[") if here else ""
    after = tokens[timed[here + 1]].text.strip("[") if here + 1 < len(timed) else ""
    return before.startswith("h") or after.startswith("s")


def _date_part(moment: datetime, text: str, *, minutes: bool, twelve: bool) -> str:
    width = len(text)
    match text[0]:
        case "y":
            return f"{moment.year:04}" if width > 2 else f"{moment.year % 100:02}"
        case "e":
            return str(moment.year)
        case "m" if minutes:
            return str(moment.minute).rjust(width, "0")
        case "m":
            name = _MONTHS[moment.month - 1]
            return {3: name[:3], 4: name, 5: name[0]}.get(width, str(moment.month).rjust(min(width, 2), "0"))
        case "d":
            name = _DAYS[moment.weekday()]
            return {3: name[:3], 4: name}.get(width, str(moment.day).rjust(min(width, 2), "0"))
        case "a":
            return ("星期" if width > 3 else "") + _WEEKDAYS[moment.weekday()]
        case "h":
            hour = (moment.hour % 12 or 12) if twelve else moment.hour
            return str(hour).rjust(width, "0")
        case _:
            whole, _, part = text.partition(".")
            shown = str(moment.second).rjust(len(whole), "0")
            return shown + ("." + f"{moment.microsecond:06}"[: len(part)] if part else "")
