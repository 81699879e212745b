"""STR002: a caption names another section's subject than the one that its table stands in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_caption, rule
from taizhang.checks.rules._structure import Captions, agreement, label_cells, name_of
from taizhang.core.finding import Related, Severity
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Heading, Table
from taizhang.intake.reading import Reading

_SPECIFIC = 4  # a shorter subject names nothing in particular
_NAMING = 6  # a subject that is to be recognised in another heading must be this long
_CONTINUED = "续"
_NAME = re.compile(r"[一-鿿A-Za-z]{2}")
_TOTAL = re.compile(r"合计|总计|小计")
_FITS, _FOREIGN, _SURE = 0.5, 0.25, 0.8  # parts of the subject found at a place


class Captioned(NamedTuple):
    """A table with its caption's subject, and what stands around it: its heading and its labels."""

    table: Table
    subject: str
    around: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def fit(self) -> float:
        """How far the subject agrees with what stands around the table."""
        return agreement(self.subject, *self.around)

    @property
    def widest_fit(self) -> float:
        """As `fit`, with the headings above taken in: a short heading may leave the subject to them."""
        return agreement(self.subject, *self.around, *self.above)


@rule("STR002", kind="caption_error", severity="error", since="0.1")
def caption_carried_over(context: Context) -> Iterator[Problem]:
    """题名沿用了别的表，与所在小节不符。

    ## 为什么
    复制上一张表再改内容，常忘了改题名；专家按题名找表，会把这张表的数据算到另一项任务上。

    ## 不合格
    ### （一）课程资源建设项目

    表 1 “课程资源建设项目”任务完成情况表

    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 课程资源建设项目 | 新建课程 5 门 | 新建课程 5 门 |

    ### （二）实训基地升级项目

    表 2 “课程资源建设项目”任务完成情况表

    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 实训基地升级项目 | 改造实训室 3 间 | 改造实训室 3 间 |

    ## 合格
    ### （一）课程资源建设项目

    表 1 “课程资源建设项目”任务完成情况表

    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 课程资源建设项目 | 新建课程 5 门 | 新建课程 5 门 |

    ### （二）实训基地升级项目

    表 2 “实训基地升级项目”任务完成情况表

    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 实训基地升级项目 | 改造实训室 3 间 | 改造实训室 3 间 |

    ## 例外
    题名只写种类（“任务完成情况表”）而不写对象的，不比较；几张表分列同一对象、接着编号或标明“续”的，不报。

    ## 局限
    题名与所在标题、任务栏用语都不同，又不像别的小节时，看不出是不是写错。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：表题应简明并切合表的内容。
    """
    captions = Captions(context.profile)
    for reading in context.readings:
        tables = _captioned(reading, captions)
        told: set[int] = set()
        groups: dict[str, list[Captioned]] = {}
        for item in tables:
            groups.setdefault(bare(item.table.caption or ""), []).append(item)
        for same in groups.values():
            for problem, table in _repeated(same):
                told.add(table.index)
                yield problem
        for problem, table in _twins(reading, captions):
            if table.index not in told:
                told.add(table.index)
                yield problem
        yield from _foreign([item for item in tables if item.table.index not in told], reading)


def _captioned(reading: Reading, captions: Captions) -> list[Captioned]:
    found = []
    for table in reading.document.tables:
        subject = captions.parts(table.caption or "")[0]
        if table.section and len(subject) >= _SPECIFIC:
            above = tuple(map(name_of, table.section[:-1]))
            labels = (name_of(cell.text) for cell in label_cells(reading, table))
            found.append(Captioned(table, subject, (name_of(table.section[-1]), *dict.fromkeys(labels)), above))
    return found


def _repeated(same: Sequence[Captioned]) -> Iterator[tuple[Problem, Table]]:
    """Tables under different headings with one caption: wrong where it fits one of them and not the other."""
    if len({item.table.section for item in same}) < 2:
        return
    fits = [item.fit for item in same]
    owner = same[fits.index(max(fits))].table
    for item, fit in zip(same, fits, strict=True):
        if max(fits) >= _FITS and max(fit, item.widest_fit) <= max(fits) / 2 and item.table.section != owner.section:
            yield (
                at_caption(
                    item.table,
                    f"题名与{_called(owner)}相同，说的是“{name_of(owner.section[-1])}”，"
                    f"而本表在“{item.table.section[-1]}”之下",
                    printed=item.table.caption,
                    expected=name_of(item.table.section[-1]),
                    related=_label(owner),
                ),
                item.table,
            )


def _twins(reading: Reading, captions: Captions) -> Iterator[tuple[Problem, Table]]:
    """Two tables in a row with one caption and other rows: the one with fewer of its words is wrong, or the second."""
    captioned = [table for table in reading.document.tables if table.caption]
    for first, second in pairwise(captioned):
        caption = bare(first.caption or "")
        if caption != bare(second.caption or "") or first.number == second.number or _CONTINUED in _words(second):
            continue
        one, other = _row_words(reading, first), _row_words(reading, second)
        if not one or not other or one & other:
            continue
        subject = captions.parts(caption)[0]
        fits = [agreement(subject, *words, *table.columns) for table, words in ((first, one), (second, other))]
        other_heads = not set(map(bare, first.columns[1:])) & set(map(bare, second.columns[1:]))
        afresh = _begins(reading, first) == _begins(reading, second) != ""
        if len(subject) >= _SPECIFIC:
            sure = other_heads and max(fits) > min(fits)
            if not other_heads and not (afresh and first.section == second.section):
                continue
        elif caption == subject or first.section != second.section or not (afresh or other_heads):
            continue
        else:
            sure = captions.category(caption)
            if not sure:
                continue
        wrong, right = (first, second) if fits[0] < fits[1] and other_heads else (second, first)
        yield (
            at_caption(
                wrong,
                f"题名与{_called(right)}相同，两张表的行{'和栏目' if other_heads else ''}却不同",
                printed=wrong.caption,
                severity=None if sure else Severity.WARNING,
                related=_label(right),
            ),
            wrong,
        )


def _words(table: Table) -> str:
    return table.label.text if table.label is not None else ""


def _row_words(reading: Reading, table: Table) -> set[str]:
    """What the rows of a table are about: its first column that names things."""
    columns = reading.plans.columns.get(table.index, [])
    wanted = ("indicator", "task", "plan", None)
    order = sorted((c for c in columns if c.role in wanted), key=lambda c: (wanted.index(c.role), c.index))
    for column in order:
        words = {bare(row[column.index].text) for row in table.body}
        named = {word for word in words if _NAME.search(word) and not _TOTAL.search(word)}
        if len(named) >= max(2, len(words) - 1):
            return named
    return set()


def _begins(reading: Reading, table: Table) -> str:
    """The number that the first row of a table carries, empty where it carries none."""
    columns = reading.plans.columns.get(table.index, [])
    own = next((column.index for column in columns if column.role == "sequence"), None)
    return table.body[0][own].text.strip() if own is not None and table.body else ""


def _called(table: Table) -> str:
    return f"表 {table.number}" if table.number else "另一张表"


def _label(table: Table) -> tuple[Related, ...]:
    return (Related(source=table.label.at(), text=table.label.text),) if table.label is not None else ()


def _foreign(tables: Sequence[Captioned], reading: Reading) -> Iterator[Problem]:
    """Captions that say nothing of their own section and all but name the section just before it."""
    before: dict[tuple[str, ...], Heading] = {}
    latest: dict[tuple[str, ...], Heading] = {}
    for heading in reading.headings:
        if heading.section in latest:
            before[(*heading.section, heading.text)] = latest[heading.section]
        latest[heading.section] = heading
    strange: list[tuple[Captioned, Heading]] = []
    for item in tables:
        if len(item.subject) < _NAMING or item.widest_fit > _FOREIGN:
            continue
        named = before.get(item.table.section)
        if named is not None and agreement(item.subject, name_of(named.text)) < _SURE:
            named = None
        if named is not None:
            strange.append((item, named))
    gathered = Counter(item.table.section for item, _ in strange)
    for item, heading in strange:
        if gathered[item.table.section] == 1:  # a section that gathers tables of many others is an annex
            yield at_caption(
                item.table,
                f"题名说的是“{heading.text}”，而本表在“{item.table.section[-1]}”之下",
                severity=Severity.WARNING,
                expected=name_of(item.table.section[-1]),
                related=(Related(source=heading.at(), text=heading.text),),
            )
