"""Periods as reports name them (“2022-2023 年”, “2023 年 6 月”, “中期”, “近五年”) and the years they cover."""

import re
from typing import NamedTuple

from taizhang.core import numeral


class Mention(NamedTuple):
    """A period named in a text: [start, end), and its label."""

    start: int
    end: int
    label: str


_YEAR = "(?:19|20)[0-9]{2}"
_NUMERAL = "[0-9一二两三四五六七八九十]{1,3}"
_PATTERN = re.compile(
    r"(?=[0-9截至近过最“\"一二两三四五六七八九十中期终验每逐今本当年])"
    rf"(?:(?P<first>{_YEAR})\s*(?:年\s*)?(?:[-—–~～至到]|—{{2}})\s*(?P<last>{_YEAR})\s*(?P<school>学年)?(?:年度|年)?"
    rf"|(?P<until>截至|截止到?|至)?\s*(?P<year>{_YEAR})\s*(?:年度|学年度?|年|届(?=[一-鿿]{{0,6}}毕业)|(?=[①-⑳]))"
    r"(?:\s*(?P<month>[01]?[0-9])\s*月(?:\s*(?P<day>[0-3]?[0-9])\s*[日号])?)?(?P<edge>\s*(?:底|以来|起|开始))?"
    rf"|(?P<iso>{_YEAR}[-./][01]?[0-9](?:[-./][0-3]?[0-9])?)(?![0-9])"
    rf"|(?:近|过去|最近)\s*(?P<recent>{_NUMERAL})\s*(?P<span>年|个月)|(?P<past>{_NUMERAL})\s*年来"
    r"|(?P<plan>[“\"]?十[一二三四五六七八九][五][”\"]?)(?=期间|以来|时期|规划)"
    r"|(?P<mid>中期)|(?P<end>期满|期末|终期|验收时)|(?P<each>每年度?|每学年|年均|逐年)|(?P<now>今年|本年度?|当年|年度内|本学年))"
)
# One of these stands in every period, and in few other texts; each begins with a plain character, as `re` likes it.
_HINT = re.compile("年|月|19|20|中期|终期|期满|期末|验收时|十[一二三四五六七八九]五")
_ISO = re.compile(r"[-./]")


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else numeral.parse(printed) or 0


def _label(match: re.Match[str]) -> str:
    """The canonical name of the period that a match of the pattern means."""
    if match["first"]:
        return f"{match['first']}-{match['last']}" + ("学年" if match["school"] else "")
    if match["year"]:
        label = match["year"]
        if match["month"]:
            label += f"-{int(match['month']):02}" + (f"-{int(match['day']):02}" if match["day"] else "")
        edge = (match["edge"] or "").strip()
        if match["until"]:
            return f"截至{label}"
        return f"{label}起" if edge in {"以来", "起", "开始"} else label
    if match["iso"]:
        year, *rest = _ISO.split(match["iso"])
        return "-".join((year, *(f"{int(part):02}" for part in rest)))
    if match["recent"]:
        return f"近{_number(match['recent'])}{match['span']}"
    if match["past"]:
        return f"近{_number(match['past'])}年"
    if match["plan"]:
        return match["plan"].strip('“”"')
    return {"mid": "中期", "end": "期满", "each": "每年", "now": "本年"}[match.lastgroup or ""]


def mentions(text: str) -> list[Mention]:
    """All periods that a text names, in order."""
    if _HINT.search(text) is None:
        return []
    return [Mention(*match.span(), _label(match)) for match in _PATTERN.finditer(text)]


def period(text: str) -> str | None:
    """The first period that a text names: “2022 年度计划” is of 2022, “中期目标值” of 中期."""
    match = _PATTERN.search(text) if _HINT.search(text) else None
    return _label(match) if match else None


def without(text: str) -> str:
    """The text with the periods it names cut out."""
    return _PATTERN.sub("", text) if _HINT.search(text) else text


_YEARS = re.compile(r"(截至)?([0-9]{4})(?:-([0-9]{4})(?:学年)?|(?:-[0-9]{2}){0,2})(起)?")


def years(label: str) -> tuple[int, int] | None:
    """The first and last year that a label covers; None where it names none (中期, 近5年) or is open (2010起)."""
    match = _YEARS.fullmatch(label)
    if match is None or match[1] or match[4]:
        return None
    return int(match[2]), int(match[3] or match[2])


def contains(outer: str, inner: str) -> bool:
    """Whether the years of `outer` include those of `inner`; False where either is not fixed."""
    wide, narrow = years(outer), years(inner)
    return wide is not None and narrow is not None and wide[0] <= narrow[0] and narrow[1] <= wide[1]
