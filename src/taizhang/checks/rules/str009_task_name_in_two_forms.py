"""STR009: a task is named differently by two tables, or by its heading; part of a name stands in the wrong column."""

from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import Captions, Text, clauses, cut_number, label_cells, name_of, places, variant
from taizhang.core.finding import Related
from taizhang.documents.blocks import Heading
from taizhang.intake.reading import Reading

_LEAST = 6  # characters that two forms of one name must share
_MANY = 400  # more names than this are no list of tasks


@rule("STR009", kind="label_error", severity="info", since="0.1")
def task_name_in_two_forms(context: Context) -> Iterator[Problem]:
    """同一任务在各表、标题中的名称不一致。

    ## 为什么
    总表和分表用不同的名称，读者不能确定是不是同一项任务，系统也无法按名称汇总。

    ## 不合格
    表 1 任务总表

    | 建设任务 | 任务数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 打造高素质技能人才高地 | 12 | 12 | 100% |
    | 提升产教融合水平 | 8 | 8 | 100% |

    表 2 人才高地任务完成情况表

    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 打造技能人才高地 | 新建课程 5 门 | 新建课程 5 门 |

    ## 合格
    表 1 任务总表

    | 建设任务 | 任务数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 打造高素质技能人才高地 | 12 | 12 | 100% |
    | 提升产教融合水平 | 8 | 8 | 100% |

    表 2 人才高地任务完成情况表

    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 打造高素质技能人才高地 | 新建课程 5 门 | 新建课程 5 门 |

    ## 例外
    同一张表里并列的名称是不同的事，不比较；只差级别、数字的也不报。

    ## 局限
    只看多字、少字；整个换了说法的名称看不出来。

    ## 依据
    建设任务书的任务名称应在自评报告中保持一致。
    """
    for reading in context.readings:
        with_plans = {point.table.index for point in reading.plans.points}
        counted = {tally.table.index for tally in reading.plans.tallies}
        captions = Captions(context.profile)
        names: dict[str, list[Text]] = {}
        for table in reading.document.tables:
            if table.index in with_plans | counted:
                for cell in label_cells(reading, table):
                    names.setdefault(name_of(cell.text), []).append(cell)
            if table.index in with_plans:
                yield from _against_heading(reading, table.section, label_cells(reading, table))
            subject, ending = captions.parts(table.caption or "")
            if ending and table.label is not None:
                names.setdefault(subject, []).append(Text(table.label.text, table.label, table, 0, 0))
        yield from _variants(context, names)


def _variants(context: Context, names: dict[str, list[Text]]) -> Iterator[Problem]:
    long = [name for name in names if len(name) >= _LEAST]
    if len(long) > _MANY:
        return
    beginnings: dict[str, list[str]] = {}
    for name in long:
        for key in {"<" + name[:2], ">" + name[-3:]}:
            beginnings.setdefault(key, []).append(name)
    told: set[frozenset[str]] = set()
    for name in long:
        for key in ("<" + name[:2], ">" + name[-3:]):
            for other in beginnings[key]:
                pair = frozenset((name, other))
                if other == name or pair in told or not _one_task(context, name, other, names):
                    continue
                told.add(pair)
                yield _two_forms(name, other, names)


def _one_task(context: Context, name: str, other: str, names: dict[str, list[Text]]) -> bool:
    found = variant(name, other, least=_LEAST)
    if found is None or (found.left and found.right):
        return False
    if context.profile.levels.named(found.left + found.right):
        return False
    fewer, more = sorted((name, other), key=lambda form: len(names[form]))
    if _sections(names[fewer]) <= _sections(names[more]):
        return False  # within one section the caption is held against the heading, by other rules
    at = {item.table.index for item in names[name] if item.table is not None and item.block is None}
    return not at & {item.table.index for item in names[other] if item.table is not None and item.block is None}


def _sections(items: Sequence[Text]) -> set[tuple[str, ...]]:
    return {item.table.section or (str(item.table.index),) for item in items if item.table is not None}


def _two_forms(name: str, other: str, names: dict[str, list[Text]]) -> Problem:
    fewer, more = sorted((name, other), key=lambda form: len(names[form]))
    first, *rest = names[fewer]
    start = 0 if first.block is not None else len(first.text) - len(cut_number(first.text)[1])
    return first.problem(
        start,
        len(first.text),
        f"名称作“{fewer}”，别处作“{more}”（{len(names[more])} 处）",
        printed=fewer,
        expected=more,
        related=places((*rest, *names[more])),
        **({"table": first.table} if first.block is not None else {}),
    )


def _against_heading(reading: Reading, section: tuple[str, ...], cells: Sequence[Text]) -> Iterator[Problem]:
    heading = next(
        (h for h in reading.headings if section and h.text == section[-1] and h.section == section[:-1]), None
    )
    if heading is None:
        return
    title = name_of(heading.text)
    for cell in cells:
        name = name_of(cell.text)
        forms = clauses(title)
        if name in forms or len(name) < _LEAST:
            continue
        if any(variant(name, form, least=_LEAST) for form in forms):
            form = next(form for form in forms if variant(name, form, least=_LEAST))
            yield _problem(cell, heading, f"任务栏作“{name}”，标题作“{form}”", form)
        else:
            yield from _slipped(cell, heading, name, title)


def _slipped(cell: Text, heading: Heading, name: str, title: str) -> Iterator[Problem]:
    """Another task's name followed by a later clause of the heading: a piece that belongs to the next column."""
    for clause in title.split(",")[1:]:
        if len(clause) >= _LEAST and name.endswith(clause) and len(name) > len(clause):
            kept = name[: -len(clause)]
            yield _problem(cell, heading, f"“{clause}”是“{heading.text}”的后半，串到了“{kept}”一栏", kept)


def _problem(cell: Text, heading: Heading, message: str, expected: str) -> Problem:
    start = len(cell.text) - len(cut_number(cell.text)[1])
    return cell.problem(
        start, len(cell.text), message, expected=expected, related=(Related(source=heading.at(), text=heading.text),)
    )
