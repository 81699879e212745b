"""STR017: a caption lacks a word or mark that its sisters have, or its quotes are nested or placed wrongly."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_caption, rule
from taizhang.checks.rules._structure import Captions, clauses, name_of
from taizhang.core.finding import Related
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table

_COLON = re.compile(r"^.{0,2}表\s*[\dA-Za-z]+(?:\s*[-－—–.．]\s*\d+)*\s*([:：]?)")
_SISTERS, _USUAL = 5, 0.8  # captions, and the share of them, that make a mark the custom
_FEW = 3  # captions with the longer ending before a shorter one looks wrong
_NESTED = re.compile(r"“[^“”]*“[^“”]*”")
_OUTER = re.compile(r"^“(.+)”([^“”]+)$")


class Item(NamedTuple):
    """A table with its caption's subject and set ending."""

    table: Table
    subject: str
    ending: str


@rule("STR017", kind="caption_error", severity="info", since="0.1")
def caption_unlike_sisters(context: Context) -> Iterator[Problem]:
    """题名的写法与同类题名不一致，或引号位置不对。

    ## 为什么
    同一类表有的叫“典型标志性成果表”、有的叫“标志性成果表”，读者会问是不是两种口径。

    ## 不合格
    表 1：课程建设典型标志性成果表

    | 成果 |
    |---|
    | 国家级课程 1 门 |

    表 2：师资队伍典型标志性成果表

    | 成果 |
    |---|
    | 省级名师 2 人 |

    表 3：校企合作典型标志性成果表

    | 成果 |
    |---|
    | 省级产业学院 1 个 |

    表 4：治理水平标志性成果表

    | 成果 |
    |---|
    | 省级荣誉 1 项 |

    ## 合格
    表 1：课程建设典型标志性成果表

    | 成果 |
    |---|
    | 国家级课程 1 门 |

    表 2：师资队伍典型标志性成果表

    | 成果 |
    |---|
    | 省级名师 2 人 |

    表 3：校企合作典型标志性成果表

    | 成果 |
    |---|
    | 省级产业学院 1 个 |

    表 4：治理水平典型标志性成果表

    | 成果 |
    |---|
    | 省级荣誉 1 项 |

    ## 例外
    每种不一致只在第一处提示。

    ## 参数
    口径配置 structure.caption_ends：表示表格种类的词。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：表题用语应前后一致。
    GB/T 15834—2011《标点符号用法》：引号里面还要用引号时，外面用双引号，里面用单引号。
    """
    captions = Captions(context.profile)
    categories = context.profile.sections["structure"]["categories"]
    for reading in context.readings:
        items = [
            Item(table, *captions.parts(table.caption))
            for table in reading.document.tables
            if table.caption and table.label is not None
        ]
        yield from _endings(items, categories)
        yield from _colons(items)
        yield from _nested(items)
        yield from _misplaced(items)
        for item in items:
            yield from _open(item)


def _once(found: Sequence[Item], message: str, expected: str | None = None) -> Iterator[Problem]:
    """One problem at the first caption, with the others as its places."""
    if found:
        first, *rest = found
        labels = (item.table.label for item in rest[:12])
        yield at_caption(
            first.table,
            message + (f"，共 {len(found)} 处" if rest else ""),
            expected=expected,
            related=tuple(Related(source=label.at(), text=label.text) for label in labels if label is not None),
        )


def _endings(items: Sequence[Item], categories: Sequence[str]) -> Iterator[Problem]:
    """Captions whose set ending is another, more usual one less a word at its beginning."""
    exact = Counter(item.ending for item in items if item.ending)
    times = {ending: sum(n for other, n in exact.items() if other.endswith(ending)) for ending in exact}
    for short, few in exact.items():
        longer = [ending for ending, many in times.items() if ending != short and ending.endswith(short) and many > few]
        usual = max(longer, key=lambda ending: times[ending], default=None)
        made = any(item.subject for item in items if item.ending == short)
        if usual is None or times[usual] < _FEW or not made or short in {"情况表", "统计表"}:
            continue
        found = [item for item in items if item.ending == short and item.subject]
        word = usual.removesuffix(short)
        if word not in categories and len(short) > len(word) + 1:
            yield from _once(found, f"题名作“…{short}”，其他 {times[usual]} 张表作“…{usual}”", f"…{usual}")


def _colons(items: Sequence[Item]) -> Iterator[Problem]:
    """Captions without the colon behind the number that nearly all others have."""
    marks = [(item, match[1]) for item in items if item.table.label and (match := _COLON.match(item.table.label.text))]
    without = [item for item, mark in marks if not mark]
    if len(marks) >= _SISTERS and len(without) < len(marks) and len(marks) - len(without) >= _USUAL * len(marks):
        yield from _once(without, "表号后没有冒号，其他题名都有")


def _nested(items: Sequence[Item]) -> Iterator[Problem]:
    found = [item for item in items if _NESTED.search(item.table.caption or "")]
    yield from _once(found, "双引号里面又用双引号，里面应当用单引号")


def _misplaced(items: Sequence[Item]) -> Iterator[Problem]:
    """Quotes closed too early: the rest of the heading's clause stands outside."""
    found = []
    for item in items:
        match = _OUTER.match((item.table.caption or "").replace(" ", "").removesuffix(item.ending))
        if match is None or not item.table.section:
            continue
        inside, outside = bare(match[1]), bare(match[2])
        if inside + outside in clauses(name_of(item.table.section[-1])):
            found.append((item, outside))
    if found:
        first, rest = found[0]
        yield from _once(
            [item for item, _ in found], f"后引号位置不对：“{rest}”应在引号里面", f"{first.subject}（{rest}在引号内）"
        )


def _open(item: Item) -> Iterator[Problem]:
    """A quote or bracket of which the other half is missing."""
    caption = item.table.caption or ""
    for openers, closers in (("“", "”"), ("‘", "’"), ("《", "》"), ("（(", "）)")):
        opened, closed = (sum(map(caption.count, marks)) for marks in (openers, closers))
        if opened != closed:
            lacking = closers[0] if opened > closed else openers[0]
            yield at_caption(item.table, f"题名中的引号或括号不成对，缺“{lacking}”", printed=caption)
