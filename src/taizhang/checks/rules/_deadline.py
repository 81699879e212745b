"""By when a plan is to be done, and when it was: dates, months alone, ends of years."""

import re

_DATE = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*[年./-]\s*(?P<month>1[0-2]|0?[1-9])(?:\s*[月./-]\s*(?P<day>[0-3]?\d)?)?(?!\d)"
)
_MONTH = re.compile(
    r"(?<![\d年./-])(?<!年 )(?P<month>1[0-2]|[1-9])\s*月(?!份?[来度刊票租以])(?:\s*(?P<day>[0-3]?\d)\s*日)?"
)
_YEAR_END = re.compile(r"(?<![\d至到—–~-])(20\d\d)\s*年\s*(?:年?[底末]|内|12\s*月)(?:之?前|以前)?")
_PART_OF_YEAR = re.compile(
    r"(?:(?<!\d)(?P<year>20\d\d)\s*年)?(?:(?P<half>上半年)|(?<![前每各])第?(?P<quarter>[一二三四])季度)(?:[内底末]|结束|之?前)*(?=完成|建成|竣工|完工|投入|上线|印发|出台|发布|交付|验收|启用|召开|举办)"
)
_HALF = 6  # the month in which the first half of a year ends
_PLAIN = re.compile(
    "完成|建成|竣工|完工|投入使用|投用|启用|上线|交付|印发|出台|发布|已|于|在|底|末|[上中下]旬|全部|全面|正式|顺利|按期|如期|如数|方|才|[了的日]"
)
_HAN = re.compile("[一-鿿]")
_CLAUSE_END = re.compile("[，。；,;]")
_LIMIT = re.compile(r"\s*日?\s*(?:底|末|中旬|上旬|下旬)?\s*(?:之?前|以前)|\s*月?\s*(?:底|末)")
DONE = re.compile(
    r"完成|建成|竣工|完工|投入使用|投用|启用|上线|验收|交付|开工|印发|出台|发布|召开|举办|签订|挂牌|成立|到货|到位"
)
Date = tuple[int, int, int | None]
"""Year (0 where none is told), month, day."""


def due_by(plan: str) -> tuple[str, Date] | None:
    """The one date by which a plan is to be done; its year is 0 where none is told (“9 月底前”)."""
    dates = list(_DATE.finditer(plan))
    part = _PART_OF_YEAR.search(plan) if not dates else None
    if part is not None:
        month = _HALF if part["half"] else ("一二三四".index(part["quarter"]) + 1) * 3
        return part[0], (int(part["year"] or 0), month, None)
    ends = list(_YEAR_END.finditer(plan)) if not dates else []
    if ends:
        return (ends[0][0], (int(ends[0][1]), 12, None)) if len(ends) == 1 else None
    found = dates or list(_MONTH.finditer(plan))
    if len(found) != 1 or not _LIMIT.match(plan, found[0].end()):
        return None
    return found[0][0].strip(), _date(found[0])


def done_on(done: str, plan: str) -> tuple[tuple[int, int], Date] | None:
    """The one date of a completion; a month alone must be that of the planned thing (“10 月评为优秀” is none)."""
    found = list(_DATE.finditer(done))
    if not found:
        found = list(_MONTH.finditer(done))
        if len(found) == 1 and not _is_of_plan(done, found[0], plan):
            return None
    return (found[0].span(), _date(found[0])) if len(found) == 1 else None


def _is_of_plan(done: str, month: re.Match[str], plan: str) -> bool:
    """Whether the clause of a month tells of the planned thing, or of nothing but that it was done."""
    begin = max(done.rfind(mark, 0, month.start()) for mark in "，。；,;") + 1
    behind = _CLAUSE_END.split(done[month.end() :], maxsplit=1)[0]
    words = _PLAIN.sub("", done[begin : month.start()] + behind)
    if not DONE.search(behind):
        return False
    return not _HAN.search(words) or any(words[at : at + 2] in plan for at in range(len(words) - 1))


def only_date(text: str) -> Date | None:
    """The date of a cell that holds one date and few other words."""
    found = list(_DATE.finditer(text))
    rest = _DATE.sub("", text)
    return _date(found[0]) if len(found) == 1 and not re.search(r"\d", rest) and len(rest.strip()) <= 8 else None


def _date(match: re.Match[str]) -> Date:
    return int(match.groupdict().get("year") or 0), int(match["month"]), int(match["day"]) if match["day"] else None


def is_after(one: Date, other: Date) -> bool:
    """Whether a date is surely later: in a later month, or on a later day where both name one."""
    if one[:2] != other[:2]:
        return one[:2] > other[:2]
    return one[2] is not None and other[2] is not None and one[2] > other[2]
