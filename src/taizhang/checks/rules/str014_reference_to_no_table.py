"""STR014: the text refers to a table that is not there, or to another one than follows; 表 is left out in a list."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._structure import plain_number, table_numbers
from taizhang.core.finding import Related, Severity
from taizhang.documents.blocks import Paragraph, Role, Table
from taizhang.intake.reading import Reading

_ONE = r"\d{1,2}\s*[-－—–.．]\s*\d{1,3}"
_LIST = re.compile(
    rf"(?<![附件录》〉])表\s*{_ONE}(?![\d%])(?:\s*(?:、|，|,|和|及|与|至|到|~|～)\s*(?:表\s*)?{_ONE}(?![\d%]))*"
)
_ITEM = re.compile(rf"(表\s*)?({_ONE})")
_RANGE = re.compile(rf"({_ONE})\s*(?:至|到|~|～|—+)\s*(?:表\s*)?({_ONE})")
_SEE = re.compile(r"见\s*$")
_PLAIN = re.compile(
    r"(?:(?:见|如|列于|列在|汇总于|参见|对照)\s*|(?<![一-鿿》〉”])(?=表\s*\d{1,2}\s*(?:列出|列示|显示|反映|汇总了)))"
    r"(?P<table>表\s*(?P<number>\d{1,2}))(?![\d\-－—–.．])"
)  # 表 6, where tables are numbered 1, 2, 3 …
_NAMED = 2  # references with 表 in one list before one without it is a slip
_SLIPS, _SHARE = 2, 0.1
_FEW = 3  # numbered tables under a prefix before a missing one means anything


@rule("STR014", kind="label_error", severity="warning", since="0.1")
def reference_to_no_table(context: Context) -> Iterator[Problem]:
    """正文引用的表不存在，或与后面的表号不符。

    ## 为什么
    “详见表×”是专家核对的入口，指错了表，正文的数字就失去了依据。

    ## 不合格
    课程建设情况详见表 2-1。

    表 2-1 课程情况表

    | 类别 | 数量 |
    |---|---|
    | 省级 | 12 |

    教材建设情况详见表 2-2。

    表 2-2 教材情况表

    | 类别 | 数量 |
    |---|---|
    | 省级 | 5 |

    师资情况详见表 2-8。

    表 2-3 师资情况表

    | 类别 | 数量 |
    |---|---|
    | 博士 | 40 |

    ## 合格
    课程建设情况详见表 2-1。

    表 2-1 课程情况表

    | 类别 | 数量 |
    |---|---|
    | 省级 | 12 |

    教材建设情况详见表 2-2。

    表 2-2 教材情况表

    | 类别 | 数量 |
    |---|---|
    | 省级 | 5 |

    师资情况详见表 2-3。

    表 2-3 师资情况表

    | 类别 | 数量 |
    |---|---|
    | 博士 | 40 |

    ## 例外
    引用其他章（本文没有该章的表）和附件里的表，不判断。一串表号里漏写“表”字，只作提示。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：表应在正文中引用，引用的编号应与表一致。
    """
    for reading in context.readings:
        known = table_numbers(reading)
        chapters = Counter(number.rpartition("-")[0] for number in known)
        spoken = [
            (place, block, references)
            for place, block in enumerate(reading.document.blocks)
            if isinstance(block, Paragraph) and block.role not in {Role.CAPTION, Role.CONTENTS, Role.FURNITURE}
            and "表" in block.text and (references := list(_references(block.text)))
        ]  # fmt: skip
        times = Counter(reference.number for _, _, references in spoken for reference in references)
        times.update(number for _, block, _ in spoken for number in _ranges(block.text))
        lost = sum(1 for number in times if number not in known and chapters[number.rpartition("-")[0]] >= _FEW)
        sure = lost <= max(_SLIPS, len(times) * _SHARE)  # more than that: their captions were not understood
        if lost == 0 and len(known) >= _FEW:  # one reference alone that leads nowhere, in a chapter of few tables
            gone = [number for number in times if number not in known and chapters[number.rpartition("-")[0]]]
            chapters.update({gone[0].rpartition("-")[0]: _FEW} if len(gone) == 1 else {})
        yield from _beyond_the_last(reading, known)
        for place, block, references in spoken:
            if sure:
                yield from _missing(block, references, known, chapters)
            yield from _unnamed(block, references)
            if all(reference.number in known for reference in references):
                yield from _other_table(reading, place, block, references, times)


def _beyond_the_last(reading: Reading, known: set[str]) -> Iterator[Problem]:
    """A reference to 表 6 where the tables are numbered 1, 2, 3 … up to 4."""
    if len(known) < _FEW or not all(number.isdigit() for number in known):
        return
    last = max(int(number) for number in known)
    for block in reading.document.paragraphs:
        if "表" in block.text and block.role not in {Role.CAPTION, Role.CONTENTS, Role.FURNITURE}:
            for match in _PLAIN.finditer(block.text):
                if int(match["number"]) > last:
                    message = f"引用了表 {match['number']}，文中的表只编到表 {last}"
                    yield at_text(block, *match.span("table"), message)


class Reference(NamedTuple):
    """One table number in running text; `group` tells the list that it stands in, `named` whether 表 precedes it."""

    start: int
    end: int
    number: str
    group: int
    named: bool


def _references(text: str) -> Iterator[Reference]:
    for group, listed in enumerate(_LIST.finditer(text)):
        for item in _ITEM.finditer(listed[0]):
            start = listed.start() + item.start()
            yield Reference(start, listed.start() + item.end(), plain_number(item[2]), group, bool(item[1]))


def _ranges(text: str) -> Iterator[str]:
    """The numbers that “表 2-3 至表 2-7” leaves out."""
    for match in _RANGE.finditer(text):
        first, last = plain_number(match[1]), plain_number(match[2])
        chapter = first.rpartition("-")[0]
        if chapter == last.rpartition("-")[0]:
            yield from (
                f"{chapter}-{n}" for n in range(int(first.rpartition("-")[2]) + 1, int(last.rpartition("-")[2]))
            )


def _missing(
    block: Paragraph, references: list[Reference], known: set[str], chapters: Counter[str]
) -> Iterator[Problem]:
    for reference in references:
        if reference.number not in known and chapters[reference.number.rpartition("-")[0]] >= _FEW:
            message = f"引用了表 {reference.number}，文中没有这张表"
            yield at_text(block, reference.start, reference.end, message)


def _unnamed(block: Paragraph, references: list[Reference]) -> Iterator[Problem]:
    """Numbers without 表 in a list whose other numbers have it."""
    for group in {reference.group for reference in references}:
        listed = [reference for reference in references if reference.group == group]
        without = [reference for reference in listed if not reference.named]
        if without and len(listed) - len(without) >= _NAMED:
            told = "、".join(reference.number for reference in without)
            yield at_text(
                block,
                listed[0].start,
                listed[-1].end,
                f"一串表号中 {told} 前漏写“表”字",
                expected="、".join(f"表 {reference.number}" for reference in listed),
                severity=Severity.INFO,
            )


def _other_table(
    reading: Reading, place: int, block: Paragraph, references: list[Reference], times: Counter[str]
) -> Iterator[Problem]:
    """“详见表 A” before table B of the same section, where A is referred to elsewhere too and B nowhere."""
    last = references[-1]
    if len(references) > 1 or not _SEE.search(block.text[: last.start]) or times[last.number] < _NAMED:
        return
    following = next(
        (later for later in reading.document.blocks[place + 1 :] if not isinstance(later, Paragraph)), None
    )
    if not isinstance(following, Table) or following.number is None or following.section != block.section:
        return
    number = plain_number(following.number)
    if number != last.number and not times[number]:
        yield at_text(
            block,
            last.start,
            last.end,
            f"写“见表 {last.number}”，后面的表是表 {number}，正文没有引用它",
            expected=f"表 {number}",
            related=(Related(source=following.label.at(), text=following.label.text),) if following.label else (),
        )
