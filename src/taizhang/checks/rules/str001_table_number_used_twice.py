"""STR001: a table number is used twice, left out, or stands out of the run."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_caption, at_text, rule
from taizhang.checks.rules._structure import plain_number, table_numbers
from taizhang.core.finding import Kind, Related, Severity
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph, Role, Table

_NUMBER = re.compile(r"(.*?)(\d{1,3})")
_GOES_ON = re.compile(r"\(?续表?\d*\)?|\([一二三四五\d]\)$")
_PICTURE = re.compile(
    r"图\s*(?P<number>\d{1,2}(?:\s*[-－—–.．]\s*\d{1,3})?)\s*[:：]?\s*[一-鿿“《A-Za-z][^。；，]{1,28}"
)
_FEW = 3  # tables under one prefix before a gap means anything
_CHOICE = 0.1  # more gaps than this share of the tables: the file holds only some of them


class Numbered(NamedTuple):
    """A table with its number taken apart: “2-46” is the 46th under “2-”."""

    table: Table
    prefix: str
    place: int


@rule("STR001", kind="duplicate_number", severity="error", since="0.1")
def table_number_used_twice(context: Context) -> Iterator[Problem]:
    """同一个表号用在两张表上。

    ## 为什么
    正文用“详见表×”引用表格；同一个表号有两张表，引用就不知所指，专家也会疑心报告是拼凑的。

    ## 不合格
    表 2-1 师资队伍情况表

    | 类别 | 人数 |
    |---|---|
    | 专任教师 | 420 |

    表 2-1 实训基地情况表

    | 类别 | 间数 |
    |---|---|
    | 校内 | 36 |

    ## 合格
    表 2-1 师资队伍情况表

    | 类别 | 人数 |
    |---|---|
    | 专任教师 | 420 |

    表 2-2 实训基地情况表

    | 类别 | 间数 |
    |---|---|
    | 校内 | 36 |

    ## 例外
    题名也相同的是续表，不报；表号从 1 重新开始的是另一部分，不报。表号跳号或倒退只作提示。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：表应有编号，编号应连续、唯一。
    """
    for reading in context.readings:
        groups: dict[str, list[Numbered]] = {}
        for table in reading.document.tables:
            match = _NUMBER.fullmatch(table.number or "")
            if match:
                groups.setdefault(match[1], []).append(Numbered(table, match[1], int(match[2])))
        for tables in groups.values():
            yield from _twice(tables)
            yield from _gaps(tables, table_numbers(reading))
        yield from _pictures(reading.paragraphs)


def _twice(tables: Sequence[Numbered]) -> Iterator[Problem]:
    seen: dict[int, Table] = {}
    last = 0
    for table, prefix, place in tables:
        elsewhere = not prefix and 1 in seen and seen[1].section[:1] != table.section[:1]
        if place == 1 and (last > 1 or elsewhere):
            seen = {}
        first = seen.setdefault(place, table)
        if first is not table and not _continued(first, table):
            yield at_caption(
                table,
                f"表号 {prefix}{place} 已用于“{first.caption or ''}”，这里又用于“{table.caption or ''}”",
                printed=f"表 {prefix}{place}",
                expected=f"表 {prefix}{last + 1}",
                related=_place(first),
            )
        last = place


def _pictures(paragraphs: Sequence[Paragraph]) -> Iterator[Problem]:
    """The captions of pictures, each a line of its own; one that is told again in the same words is the same picture."""
    known: dict[str, Paragraph] = {}
    for paragraph in paragraphs:
        match = _PICTURE.fullmatch(paragraph.text.strip()) if paragraph.text.lstrip()[:1] == "图" else None
        if match is None or paragraph.role is Role.CONTENTS:
            continue
        first = known.setdefault(bare(match["number"]), paragraph)
        if first is not paragraph and bare(first.text) != bare(paragraph.text):
            start = paragraph.text.find("图")
            yield at_text(
                paragraph, start, start + len(paragraph.text.strip()),
                f"图号 {match['number']} 已用于“{first.text.strip()}”", printed=f"图{match['number']}", expected="另一个图号",
                related=(Related(source=first.at(), text=first.text.strip()),),
            )  # fmt: skip


def _continued(first: Table, table: Table) -> bool:
    """Whether a table is the rest of another: its caption says so, repeats the other's, or is missing."""
    left, right = (_GOES_ON.sub("", bare(one.caption or "")) for one in (first, table))
    return not left or not right or left == right


def _gaps(tables: Sequence[Numbered], known: set[str]) -> Iterator[Problem]:
    """Numbers left out or gone back; many of them mean that the file holds a choice of tables."""
    gaps = [
        (item, before.place)
        for before, item in pairwise(tables)
        if item.place not in {1, before.place, before.place + 1}
        and (item.place < before.place or plain_number(f"{item.prefix}{before.place + 1}") not in known)
    ]
    if len(tables) < _FEW or len(gaps) > max(1, len(tables) * _CHOICE):
        return
    for (table, prefix, place), last in gaps:
        missing = f"缺表 {prefix}{last + 1}" if place > last else "表号倒退"
        yield at_caption(
            table,
            f"表 {prefix}{place} 前一张是表 {prefix}{last}，{missing}",
            printed=f"表 {prefix}{place}",
            expected=f"表 {prefix}{last + 1}",
            kind=Kind.LABEL_ERROR,
            severity=Severity.INFO,
        )


def _place(table: Table) -> tuple[Related, ...]:
    return (Related(source=table.label.at(), text=table.label.text),) if table.label is not None else ()
