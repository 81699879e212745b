"""Names enumerated in a sentence, told apart so that they can be counted."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Problem
from taizhang.checks.rules._prose import Figure, Sentence, clause, earlier
from taizhang.documents.blocks import Document

_AND = re.compile("以及|和|与|及")
ACT = re.compile(
    "开展|建设|完成|推进|实施|制定|修订|共建|联合|成立|开发|建成|获|参与|参加|提升|服务(?!$)|举办|承办|达|增(?!材|值|压)"
)
_BODY = re.compile("(?:中心|公司|集团|协会|学会|联盟|基地|[局站所队院校馆室办处科厅委部园厂社场店])$")
_IN_TURN = re.compile("一方面|一是|首先|第一[，,是]|其一|既")  # with commas within each
_QUOTE = re.compile("“[^”]*”")
_QUOTED = re.compile(
    r"(?:组建|成立|打造|设立|建立|形成|培育|推出|开设|创建|构建)(?:了|起)?\s*(?P<list>(?:“[^“”]{1,12}”[、，和与及]?){3,})\s*(?:共|这|共计)?\s*$"
)
_EVEN = 3  # pieces, from which names of one length are no chance
_LONGEST = 16  # characters of a name
_FEW_NAMES = 3  # of a list that can hardly be a mere example
_SUCH = re.compile(
    r"\s*(?:[一-鿿]{0,4})(?:专业群?|方向|企业|单位|校区|学院|部门|院校|学校|公司|协会|机构)(?=[，。；、,;（(]|[组构建合联签共])"
)
_OTHERS = re.compile(r"\s*(?:其他|相关|成员|下属|合作|参与|试点|重点|协作|核心)")
_PLACE = re.compile("[省市县区乡镇村州国等类]$")
_IN_ALL = re.compile("[，,](?:合计|一?共|总共|涉及|涵盖|覆盖|分属)(?:有)?\\s*")
_OF_PARTS = re.compile(
    "\\s*(?:大项|小项|项目|专业(?!群)|学院|系部|科室|工种|部门|县|镇|乡镇|村|市|省|类别|门类|方向|校区|板块)(?=[，。；、,;]|$)"
)
_RANKED = re.compile("奖|级|届|批|年|月|季|期|[一二三四五]等|以[上下]")
_REGION = re.compile("[省市县区乡镇村州]")
_SPREAD = re.compile(r"(?:分布在?|来自|涉及|地处|覆盖)[^，。；\d]{0,4}$")
_GIVEN = re.compile("入[选围]|[获评被授]|列入|纳入|加入|参[加与]|推进|实施|使用|接入|采用|开展|通过")
_AND_LENGTH = 3  # characters: a shorter half (文化和旅游) is rather one of a joined name


class Names(NamedTuple):
    """A list of names: how many it has at least and at most (“和” may join two names or stand in one), and the last."""

    least: int
    most: int
    alike: bool  # whether all end like the noun, or like each other
    places: tuple[tuple[int, int], ...]


def names_in_cells(document: Document) -> frozenset[str]:
    """The short cells in which an “和” stands: each is one name wherever it is listed."""
    texts = {cell.text.strip() for table in document.tables for row in table.rows for cell in row}
    return frozenset(text for text in texts if 2 < len(text) <= _LONGEST and _AND.search(text, 1) and "、" not in text)


def names_between(text: str, start: int, end: int, noun: str, whole: frozenset[str] = frozenset()) -> Names | None:
    """The names of a list; None where it is none. `whole` are names known to be one although “和” stands in them."""
    pieces: list[tuple[int, int]] = []
    left = start
    for piece in text[start:end].split("、"):
        pieces.append((left, left + len(piece)))
        left += len(piece) + 1
    if (
        _IN_TURN.match(text, start)
        or len(pieces) < 2
        or any(not text[a:b].strip() or b - a > 2 * _LONGEST for a, b in pieces)
    ):
        return None
    ends = {text[a:b].rstrip()[-1] for a, b in pieces[:-1]}
    ending = ends if len(ends) == 1 else set(noun)
    places: list[tuple[int, int]] = []
    more = 0
    for a, b in pieces:
        split = [(a, b)] if text[a:b].strip() in whole else _split(text, a, b, ending)
        if len(split) == 1 and b == pieces[-1][1]:
            split = _in_even_halves(text, pieces)
        if len(split) == 1 and text[a:b].strip() not in whole:
            more += len(_AND.findall(text[a + 1 : b - 1]))
        places.extend(split)
    if any(len(text[a:b].strip()) < 2 for a, b in places):
        return None
    alike = all(text[a:b].rstrip().removesuffix("等").rstrip()[-1:] in ending for a, b in places)
    return Names(len(places), len(places) + more, alike, tuple(places))


def named(text: str, start: int, end: int, count: Decimal) -> list[Names]:
    """The names in quotes told as founded right before a figure that is one off (组建“甲”“乙”“丙” 4 支服务队)."""
    match = _QUOTED.search(text, start, end) if text.find("“", start, end) >= 0 else None
    places = tuple(m.span() for m in _QUOTE.finditer(text, *match.span("list"))) if match else ()
    return [Names(len(places), len(places), True, places)] if places and abs(len(places) - count) == 1 else []


def _in_even_halves(text: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The last piece, halved at its “和” where all names before it are as long as either half (甲乡、乙乡、丙乡和丁乡)."""
    (start, end), lengths = pieces[-1], {b - a for a, b in pieces[:-1]}
    length = lengths.pop() if len(lengths) == 1 and len(pieces) > _EVEN else 0
    middle = start + length
    if length and end - start == 2 * length + 1 and _AND.match(text, middle):
        return [(start, middle), (middle + 1, end)]
    return [(start, end)]


def _split(text: str, start: int, end: int, ending: set[str]) -> Sequence[tuple[int, int]]:
    """A piece that “和” surely divides: both sides end as names of the list do."""
    for word in _AND.finditer(text, start + 1, end - 1):
        if text[word.start() - 1] in ending and text[start:end].rstrip()[-1] in ending:
            return [(start, word.start()), *_split(text, word.end(), end, ending)]
    return [(start, end)]


def tells_acts(text: str, names: Names) -> bool:
    """Whether a list tells what was done, and no names; in the name of a body (防汛抗旱服务中心) an act may stand."""
    words = (text[start:end].strip() for start, end in names.places)
    return any(ACT.match(name) if _BODY.search(name) else ACT.search(name) for name in words)


def is_one_off(names: Names, count: int, text: str, end: int) -> bool:
    """Whether a list runs right into a number of such things that is one too many or too few: “甲、乙、丙 4 家企业”."""
    if names.least != names.most or names.least < _FEW_NAMES or abs(names.least - count) != 1:
        return False
    last, behind = text[slice(*names.places[-1])], text[end : end + 8]
    return bool(_SUCH.match(behind)) and not _PLACE.search(last) and not _OTHERS.match(behind)


def is_given(words: str) -> bool:
    """Whether the quoted names behind a count are no list of what is counted, by the words up to the first of them.

    “14 家企业入选‘双优’‘百强’” tells of titles, and in “三个‘一号工程’和‘百村提升’” the count is of the first.
    """
    return words.endswith("“") and (not words[:-1].strip() or _GIVEN.search(words) is not None)


def may_be_one_more(text: str, names: Names) -> bool:
    """Whether the last name is rather two, joined by the “和” that ends a list: either half is as long as the others."""
    start, end = names.places[-1]
    halves = text[start:end].strip().split("和")
    if len(halves) != 2 or names.most == names.least or _AND.search("".join(halves)):
        return False
    lengths = [len(text[a:b].strip()) for a, b in names.places[:-1]]
    return all(max(min(lengths), _AND_LENGTH) <= len(half) <= max(lengths) + 1 for half in halves)


def listed_parts(sentence: Sentence, figure: Figure) -> Sequence[Figure]:
    """The parts right before a count of them (“，共 6 个项目”) that make up the whole told before them; none else."""
    told = earlier(sentence, figure.start)
    if len(told) <= _FEW_NAMES or not _IN_ALL.fullmatch(figure.label) or not _OF_PARTS.match(sentence.text, figure.end):
        return ()
    first = next((place for place in range(len(told) - 1, 0, -1) if not told[place].label.startswith("、")), 0)
    parts, whole = told[first:], told[first - 1]
    if len(parts) < _FEW_NAMES or first == 0 or whole.unit == figure.unit:
        return ()
    if any(not part.counts_like(whole) or _RANKED.search(clause(part.label)) for part in parts):
        return ()
    return parts if sum(part.value for part in parts) == whole.value else ()


def regions_unlike(sentence: Sentence, figure: Figure) -> Iterator[Problem]:
    """“……三校分布在 3 个省” behind a list that names two provinces only."""
    region = _REGION.match(sentence.text, figure.end + (sentence.text[figure.end : figure.end + 1] == " "))
    if region is None or not _SPREAD.search(figure.label) or sentence.before is None:
        return
    before = sentence.before
    begin = max(
        (m.end() for m in re.finditer("[：:]|分别[是为]", before.text[: before.end]) if m.end() > before.begin),
        default=-1,
    )
    names = re.split("、|和", before.text[begin : before.end]) if begin > 0 else []
    found = [re.match(rf"[^{region[0]}，,]{{1,4}}{region[0]}", name.strip()) for name in names]
    if len(names) < 2 or not all(found):
        return
    told = dict.fromkeys(match[0] for match in found if match is not None)
    if len(told) != figure.value:
        yield sentence.passage.problem(
            figure.start,
            region.end(),
            f"写的是 {sentence.printed(figure)}{region[0]}，前面列出的只在{'、'.join(told)}，共 {len(told)} 个",
            expected=f"{len(told)} 个",
            related=(sentence.passage.related(begin, before.end),),
        )
