"""STR010: sister tables head the same column with different words; a column headed 序号 holds no numbers."""

import re
from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import Text, difference, places
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column
from taizhang.intake.reading import Reading

_SISTERS = 3  # tables of one make before their headers are compared
_MOST = 2  # characters in which two forms of one header word differ
_YEAR = re.compile(r"(?:19|20)\d\d")
_BLANK = re.compile(r"\s+")
_COUNTED = re.compile(r"[\d①-⑳IVX.\-（）()一二三四五六七八九十]*")


@rule("STR010", kind="label_error", severity="info", since="0.1")
def header_in_two_forms(context: Context) -> Iterator[Problem]:
    """同类表格的表头用语不一致，或“序号”栏填的不是序号。

    ## 为什么
    一批表有的写“完成率”、有的写“中期完成率”，专家要问口径是不是相同。

    ## 不合格
    表 1 党建任务表

    | 建设任务 | 年度计划 | 完成情况 | 中期完成率 |
    |---|---|---|---|
    | 党建 | 制定制度 2 项 | 制定制度 2 项 | 100% |

    表 2 课程任务表

    | 建设任务 | 年度计划 | 完成情况 | 中期完成率 |
    |---|---|---|---|
    | 课程 | 新建课程 5 门 | 新建课程 5 门 | 100% |

    表 3 师资任务表

    | 建设任务 | 年度计划 | 完成情况 | 完成率 |
    |---|---|---|---|
    | 师资 | 引进博士 2 名 | 引进博士 2 名 | 100% |

    ## 合格
    表 1 党建任务表

    | 建设任务 | 年度计划 | 完成情况 | 中期完成率 |
    |---|---|---|---|
    | 党建 | 制定制度 2 项 | 制定制度 2 项 | 100% |

    表 2 课程任务表

    | 建设任务 | 年度计划 | 完成情况 | 中期完成率 |
    |---|---|---|---|
    | 课程 | 新建课程 5 门 | 新建课程 5 门 | 100% |

    表 3 师资任务表

    | 建设任务 | 年度计划 | 完成情况 | 中期完成率 |
    |---|---|---|---|
    | 师资 | 引进博士 2 名 | 引进博士 2 名 | 100% |

    ## 例外
    只差年份的是不同年度的栏目，不报。每种写法只在第一处提示。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：全文术语、名称应前后一致。
    """
    for reading in context.readings:
        makes: dict[tuple[str | None, ...], list[Table]] = {}
        for table in reading.document.tables:
            columns = reading.plans.columns[table.index]
            roles = tuple(column.role for column in columns)
            known = tuple(role for number, role in enumerate(roles) if role and role not in roles[:number])
            if len(known) > 1:
                makes.setdefault(
                    tuple(role for role in known if role not in {"category", "sequence", "task"}), []
                ).append(table)
        told: set[tuple[str, str]] = set()
        for tables in makes.values():
            if len(tables) >= _SISTERS:
                yield from _sisters(reading, tables, told)
        yield from _no_numbers(reading)


def _sisters(reading: Reading, tables: Sequence[Table], told: set[tuple[str, str]]) -> Iterator[Problem]:
    forms: dict[tuple[str, str | None], dict[str, list[Text]]] = {}
    for table in tables:
        for column in reading.plans.columns[table.index]:
            if column.role and column.role not in {"category", "sequence", "task"}:
                text = Text(table.rows[0][column.index].text, None, table, 0, column.index)
                forms.setdefault((column.role, column.year), {}).setdefault(_words(column), []).append(text)
    for used in forms.values():
        by_number = sorted(used, key=lambda words: -len(used[words]))
        for place, rare in enumerate(by_number):
            usual = next((words for words in by_number[:place] if _one_header(words, rare)), None)
            if usual is None or (usual, rare) in told:
                continue
            told.add((usual, rare))
            first, *rest = used[rare]
            this, other = (_BLANK.sub("", text.text) for text in (first, used[usual][0]))
            yield first.problem(
                0,
                len(first.text),
                f"表头作“{this}”（{len(used[rare])} 张表），同类表格作“{other}”（{len(used[usual])} 张表）",
                expected=other,
                related=places((*rest, *used[usual])),
            )


def _words(column: Column) -> str:
    return _YEAR.sub("", column.words.rpartition("/")[2])


def _one_header(left: str, right: str) -> bool:
    found = difference(left, right)
    same = max(len(left), len(right)) - max(len(found.left), len(found.right))
    return same >= _MOST and len(found.left) <= _MOST and len(found.right) <= _MOST


def _no_numbers(reading: Reading) -> Iterator[Problem]:
    """Columns headed 序号 that hold words in every row."""
    wrong: list[tuple[Text, str]] = []
    for table in reading.document.tables:
        for column in reading.plans.columns[table.index]:
            if column.words != "序号":
                continue
            held = {bare(row[column.index].text) for row in table.body} - {""}
            if held and not any(_COUNTED.fullmatch(text) for text in held):
                wrong.append((Text(table.rows[0][column.index].text, None, table, 0, column.index), min(held)))
    if wrong:
        (first, held_there), *rest = wrong
        yield first.problem(
            0,
            len(first.text),
            f"表头写“序号”，栏内是“{held_there}”" + (f"，共 {len(wrong)} 张表" if rest else ""),
            expected="类型",
            related=places([text for text, _ in rest]),
        )
