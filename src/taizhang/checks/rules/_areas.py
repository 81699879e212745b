"""What the rules on contradictions share: which part of the college a figure is of, told from headings and captions."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table
from taizhang.intake.reading import Reading
from taizhang.intake.statements import Statement

_NUMBERING = re.compile(r"^[\s(（]*(?:[0-9]+(?:[.\-][0-9]+)*|[一二三四五六七八九十]+|[A-Z])[)）.、．\s]*")
_GROUP = re.compile("[一-鿿]{2,12}专业群")
_ANY_GROUP = re.compile("一流|高水平|特色|骨干|品牌|各|全部|优势|个|建设|打造|层面")
_COLLEGE = re.compile(
    "(?<![一-鿿])(?P<name>[一-鿿]{2,10}(?:产业学院|二级学院|研究院|中心))[”’]?(?:典型|标志|数量|质量|绩效|产出|效益|时效|成本|满意|任务|指标)"
)  # at the head of a caption: whose indicators the table has
_ANY_COLLEGE = re.compile("^(?:提升|提高|打造|建设|推进|深化|加强|完善|构建|共建|特色|示范|现代|各|全部|二级)")
_MOST_NAMES = 1000  # headings: a report of 90 tables has a hundred, and each is held against all others
_LONG = 8  # characters of a name that is known again with one of them lost
_PART = re.compile("指标|完成情况|成效|满意度|任务")


class Areas:
    """The parts of the college that a report treats one by one: headings that come again in headings or captions."""

    def __init__(self, parts: Sequence[Mapping[str, str]]) -> None:
        self._names = parts
        self._known: dict[tuple[int, tuple[str, ...], str | None], frozenset[str]] = {}

    def parts(self, document: int) -> Mapping[str, str]:
        """The parts that a document treats one by one."""
        return self._names[document]

    def of(self, statement: Statement) -> frozenset[str]:
        """The parts that a statement's headings and caption name; empty where it speaks of the whole college."""
        caption = statement.table.caption if statement.table is not None else None
        return self._named(statement.document, statement.section, caption)

    def group(self, statement: Statement) -> str:
        """The specialty group whose table or section a statement stands in; empty where it is none."""
        caption = statement.table.caption if statement.table is not None else None
        for words in (caption or "", *reversed(statement.section)):
            match = _GROUP.search(words) if "专业群" in words else None
            if match and not _ANY_GROUP.search(match[0]):
                return match[0]
        return ""

    def owner(self, statement: Statement) -> str:
        """The one college or centre within the school whose table a statement stands in, told by the caption alone."""
        caption = statement.table.caption if statement.table is not None else None
        match = _COLLEGE.search(caption) if caption else None
        return match["name"] if match and not _ANY_COLLEGE.match(match["name"]) else ""

    def named(self, document: int, table: Table) -> frozenset[str]:
        """The parts that a table's headings and caption name."""
        return self._named(document, table.section, table.caption)

    def _named(self, document: int, section: tuple[str, ...], caption: str | None) -> frozenset[str]:
        key = (document, section, caption)
        if key not in self._known:
            above = {core(name) for name in section}
            text = bare(caption or "")
            self._known[key] = frozenset(
                one for name, one in self._names[document].items() if name in above or name in text
            )
        return self._known[key]


def parts_of(reading: Reading) -> dict[str, str]:
    """Each heading that is such a part, with the one name of all its forms."""
    headings = [heading for heading in reading.headings if heading.level > 1]
    cores = [core(heading.text) for heading in headings]
    captions = "\n".join(bare(table.caption or "") for table in reading.document.tables)
    names = _one_name(cores)
    times = Counter(names[each] for each in cores)
    found = {
        each for each in dict.fromkeys(cores)
        if len(each) >= 4 and not _PART.search(each) and times[names[each]] + _captioned(each, captions) >= 2
    }  # fmt: skip
    families: dict[tuple[str, ...], list[str]] = {}
    for heading, each in zip(headings, cores, strict=True):
        families.setdefault(heading.section, []).append(each)
    for family in families.values():
        if len(found.intersection(family)) * 2 > len(family):
            found.update(family)
    return {each: names[each] for each in found}


def _captioned(name: str, captions: str) -> int:
    """How many of the captions, one a line, hold a name: none, one, or two and more."""
    found = captions.find(name)
    if found < 0:
        return 0
    following = captions.find("\n", found)
    return 2 if following >= 0 and captions.find(name, following) >= 0 else 1


def _one_name(names: Sequence[str]) -> dict[str, str]:
    """Each name with the first that is written nearly like it: reports lose a character when they copy a heading."""
    if len(set(names)) > _MOST_NAMES:
        return {name: name for name in names}
    first: dict[str, str] = {}
    pairs = {name: frozenset(map("".join, pairwise(name))) for name in names}
    leaders: list[str] = []
    for name in dict.fromkeys(names):
        own, long = pairs[name], len(name)
        near = (other for other in leaders if abs(len(other) - long) <= 2 and _nearly(own, pairs[other]))
        first[name] = next(near, name) if long >= _LONG else name
        if first[name] is name:
            leaders.append(name)
    return first


def _nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names have three of four pairs of characters in common."""
    common = len(one & other)
    return common >= 0.75 * (len(one) + len(other) - common)


def core(heading: str) -> str:
    """A heading without its number."""
    return _NUMBERING.sub("", bare(heading))
