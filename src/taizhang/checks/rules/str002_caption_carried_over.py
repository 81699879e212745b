"""STR002: a caption names another section's subject than the one that its table stands in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, at_caption, rule
from taizhang.checks.rules._captioned import (
    SPECIFIC,
    Captioned,
    begins,
    called,
    captioned,
    label_of,
    row_words,
    words_of,
)
from taizhang.checks.rules._structure import Captions, agreement, name_of
from taizhang.core.finding import Related, Severity
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Heading, Table
from taizhang.intake.reading import Reading

_NAMING = 6  # a subject that is to be recognised in another heading must be this long
_CONTINUED = "续"
_FITS, _FOREIGN, _SURE = 0.5, 0.25, 0.8  # parts of the subject found at a place


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
    题名只写种类（“任务完成情况表”）而不写对象的，不比较；几张表分列同一对象、接着编号或标明“续”的，不报；
    但同一小节的两张指标表题名相同、编号却分属两组（9.1 与 9.2）的，其中一张写错了类别。

    ## 局限
    题名与所在标题、任务栏用语都不同，又不像别的小节时，看不出是不是写错。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：表题应简明并切合表的内容。
    """
    captions = Captions(context.profile)
    for reading in context.readings:
        tables = captioned(reading, captions)
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
                    f"题名与{called(owner)}相同，说的是“{name_of(owner.section[-1])}”，"
                    f"而本表在“{item.table.section[-1]}”之下",
                    printed=item.table.caption,
                    expected=name_of(item.table.section[-1]),
                    related=label_of(owner),
                ),
                item.table,
            )


def _twins(reading: Reading, captions: Captions) -> Iterator[tuple[Problem, Table]]:
    """Two tables in a row with one caption and other rows: the one with fewer of its words is wrong, or the second."""
    captioned = [table for table in reading.document.tables if table.caption]
    for first, second in pairwise(captioned):
        caption = bare(first.caption or "")
        if caption != bare(second.caption or "") or first.number == second.number or _CONTINUED in words_of(second):
            continue
        one, other = row_words(reading, first), row_words(reading, second)
        if not one or not other or one & other:
            continue
        subject = captions.parts(caption)[0]
        fits = [agreement(subject, *words, *table.columns) for table, words in ((first, one), (second, other))]
        other_heads = not set(map(bare, first.columns[1:])) & set(map(bare, second.columns[1:]))
        afresh = begins(reading, first) == begins(reading, second) != ""
        if not other_heads and first.section == second.section and _other_group(reading, first, second):
            sure = captions.category(caption)
            if not sure:
                continue
        elif len(subject) >= SPECIFIC:
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
                f"题名与{called(right)}相同，两张表的行{'和栏目' if other_heads else ''}却不同",
                printed=wrong.caption,
                severity=None if sure else Severity.WARNING,
                related=label_of(right),
            ),
            wrong,
        )


def _other_group(reading: Reading, first: Table, second: Table) -> bool:
    """Whether the codes of two tables begin two groups (9.1.1 and 9.2.1): what is of one category goes on in one."""
    codes = [_codes(reading, table) for table in (first, second)]
    if not all(codes):
        return False
    groups = [{code.rpartition(".")[0] for code in some} for some in codes]
    return all(len(some) == 1 for some in groups) and groups[0] != groups[1]


def _codes(reading: Reading, table: Table) -> list[str]:
    """The codes of a table's rows, all of them or none."""
    rows = reading.plans.of_table(table)
    codes = [row.code for row in rows if row.code and "." in row.code]
    return codes if len(codes) == len(rows) else []


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
