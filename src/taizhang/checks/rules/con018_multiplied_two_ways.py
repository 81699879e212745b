"""CON018: one thing is told as doubled (翻番) in one place and as grown fourfold (翻两番) in another."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.core.finding import Kind, Related
from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Paragraph
from taizhang.intake.reading import Reading

_TIMES = {"": 1, "一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3}
_GROWN = re.compile(
    r"(?P<lead>[^，。；;！？：:\n]{0,40}?)(?P<thing>产值|收入|销售额|营业额|利润|规模|面积|产量|销量|人数|到款|到账|经费|总量|客流)"
    r"(?P<between>[^，。；;！？\n]{0,12}?)翻(?:了|上)?(?P<times>[一两二三123]?)(?:番|倍)"
)
_SENTENCE = re.compile("[^。；;！？\n]+")
_YEAR = re.compile(r"20\d\d")
_PLANNED = re.compile("力争|计划|目标|将(?!军)|预计|拟|争取|确保|打算|有望|要求")
_IDLE = re.compile(
    r"20\d\d年?|[^一-鿿]|学校|我校|帮扶|帮助|助力|带动|推动|促进|实现|使得?|比上年|该|其|的|已|在|年均?|月|主导|特色|产业|经济|集体|"
    "全村|全县|全镇|全市|全校|[一二三]产|总|整体|成功|累计|共"
)
_VILLAGE = re.compile("[村镇乡县市]$")


class _Growth(NamedTuple):
    """How many times over a thing has doubled: whose it is, and the words of its paragraph."""

    whose: frozenset[str]
    thing: str
    times: int
    years: frozenset[str]
    paragraph: str
    number: int
    alone: bool
    source: Source
    text: str
    document: int = 0


def _growths(context: Context) -> list[_Growth]:
    """What a document tells as doubled."""
    return [growth for reading in context.readings for growth in _of(reading)]


def _of(reading: Reading) -> Iterator[_Growth]:
    blocks: list[Paragraph | Cell] = [*reading.document.paragraphs]
    blocks += [cell for table in reading.document.tables for row in table.body for cell in row]
    for number, block in enumerate(blocks):
        if "翻" in block.text:
            found = list(_in_block(block, number))
            things = [each.thing for each in found]
            for each in found:
                yield each._replace(alone=things.count(each.thing) == 1)


def _in_block(block: Paragraph | Cell, number: int) -> Iterator[_Growth]:
    for sentence in _SENTENCE.finditer(block.text):
        years = frozenset(_YEAR.findall(sentence[0]))
        for match in _GROWN.finditer(sentence[0]):
            if _PLANNED.search(sentence[0][: match.end()]):
                continue
            name = _VILLAGE.sub("", _IDLE.sub(" ", match["lead"]).strip())
            whose = frozenset(run[at : at + 2] for run in name.split() for at in range(len(run) - 1))
            start = sentence.start() + match.start() + len(match[0]) - len(match[0].lstrip())
            end = sentence.start() + match.end()
            yield _Growth(
                whose, match["thing"], _TIMES[match["times"]], years, block.text, number, True,
                block.at(start, end), block.text[start:end],
            )  # fmt: skip


@rule("CON018", kind="contradiction", severity="warning", since="0.8", gathers=_growths)
def multiplied_two_ways(context: Context) -> Iterator[Problem]:
    """同一个数，一处说翻番，一处说翻两番。

    ## 为什么
    翻一番是原来的两倍，翻两番是四倍；举措里写“产值翻两番”、成效里写“产值翻番”，必有一处不实。

    ## 不合格
    # 一、举措

    2023 年，青梅产业产值已实现翻两番。

    # 二、成效

    扩种青梅近千亩，青梅产业实现产值翻番。

    ## 合格
    # 一、举措

    2023 年，青梅产业产值已实现翻番。

    # 二、成效

    扩种青梅近千亩，青梅产业实现产值翻番，竹笋加工产值翻两番。

    ## 例外
    写明不同年份、不同对象的不报；打算和目标不报；同一段里两个对象各说各的，没有写明对象的不比。

    ## 依据
    国家统计局《统计用语》：翻一番是达到原来的两倍，翻两番是四倍。
    """
    growths = [
        growth._replace(document=number)
        for number, found in enumerate(context.gathered[_growths])
        for growth in found
    ]  # fmt: skip
    for place, later in enumerate(growths):
        others = [earlier for earlier in growths[:place] if _is_unlike(earlier, later, context)]
        if not others:
            continue
        other = others[0]
        same = other.document == later.document
        where = other.source.sentence() if same else f"{other.source.file} "
        yield Problem(
            source=later.source,
            message=f"这里写“{later.text}”（{2**later.times} 倍），{where}写“{other.text}”（{2**other.times} 倍）",
            text=later.text,
            printed=later.text,
            expected=other.text,
            related=tuple(Related(source=each.source, text=each.text) for each in others[:4]),
            kind=None if same else Kind.CROSS_DOCUMENT,
        )


def _is_unlike(one: _Growth, other: _Growth, context: Context) -> bool:
    """Whether both tell of the same thing at the same time, and of another growth."""
    if one.thing != other.thing or one.times == other.times or (one.years and other.years and one.years != other.years):
        return False
    if one.document == other.document:
        return one.number != other.number and _of_one(one, other)
    origins = context.origins
    same_year = origins.of[one.document].last == origins.of[other.document].last
    return same_year and origins.same_college(one.document, other.document) and _of_one(one, other)


def _of_one(one: _Growth, other: _Growth) -> bool:
    """Whether both name the same owner, or one leaves the name to its paragraph."""
    if one.whose and other.whose:
        return bool(one.whose & other.whose)
    named, bare = (one, other) if one.whose else (other, one)
    return bare.alone and bool(named.whose) and any(pair in bare.paragraph for pair in named.whose)
