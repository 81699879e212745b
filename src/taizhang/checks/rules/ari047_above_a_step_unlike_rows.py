"""ARI047: how many stand at a step and above, as the text tells, is not the sum of those rows of the table."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, related, rule
from taizhang.checks.rules._grid import Grid, Kind, figure, grids, is_percent, shown
from taizhang.checks.rules._prose import Sentence, sentences
from taizhang.intake.plans import Value, parts_of

_COUNT = re.compile(r"[^，。；、,;\d]{0,8}?\s*(?P<count>\d[\d,]*)\s*(?P<unit>[人名项个件])(?!次)")
_OTHER_TIME = re.compile("上年|去年|比|引进|新增|晋升|评聘|选派|培训|力争|计划|目标")
_OTHERS = re.compile(r"(?:教师|教职工|导师|员工|人员|学员)[^，。；\d]{0,4}\d")
_BEFORE = 10  # characters before a step that say whose it is


class _Steps(NamedTuple):
    """The rows of one table by their steps, the highest first, and what they make in all."""

    rows: tuple[Value, ...]
    whole: Decimal


@rule("ARI047", kind="contradiction", severity="warning", since="0.7")
def above_a_step_unlike_rows(context: Context) -> Iterator[Problem]:
    """正文写“副高级以上几人”“硕士以上几人”，与表中相应几行之和不一致。

    ## 为什么
    表里正高 62 人、副高 158 人，正文写“副高级以上职称 230 人”，读的人一加便知。

    ## 不合格
    学校现有专任教师 300 人，其中副高级以上职称教师 92 人。

    | 职称 | 人数 |
    |---|---|
    | 正高级 | 22 |
    | 副高级 | 68 |
    | 中级 | 150 |
    | 初级 | 60 |
    | 合计 | 300 |

    ## 合格
    学校现有专任教师 312 人，其中硕士研究生以上学历 221 人。

    | 学历 | 人数 |
    |---|---|
    | 博士研究生 | 38 |
    | 硕士研究生 | 183 |
    | 大学本科 | 91 |
    | 合计 | 312 |

    ## 例外
    只在同一段里写着表中的总数（同一批人）时才比；引进的、上年的、培训的不比。

    ## 参数
    口径配置 `arithmetic.steps`：各级的行名，从高到低；`above` 是“某级以上”的说法。

    ## 依据
    教职成厅函〔2024〕1号：同一事实在一份报告里只能有一个数。
    """
    ladders = [
        (
            tuple(re.compile(row) for row in steps["rows"]),
            tuple(re.compile(above) if above else None for above in steps["above"]),
        )
        for steps in context.profile.sections["arithmetic"]["steps"]
    ]
    for reading in context.readings:
        known = sentences(reading, context)
        for rows, above in ladders:
            tables = [found for grid in grids(reading, context) if (found := _steps(grid, rows)) is not None]
            for sentence in known if tables else ():
                for place, pattern in enumerate(above):
                    if pattern is not None:
                        yield from _of_sentence(sentence, pattern, place, tables)


def _steps(grid: Grid, names: Sequence[re.Pattern[str]]) -> _Steps | None:
    """The numbers of the steps, where the table tells each of them in one row and in one column of numbers."""
    columns = [column for column in grid.numbers if not is_percent(grid, column)]
    if len(columns) != 1:
        return None
    found: list[Value] = []
    parts = [row for row in grid.rows if row.kind is Kind.PART]
    for name in names:
        rows = [row for row in parts if name.fullmatch(parts_of(row.label)[1].strip())]
        if len(rows) != 1:
            break
        found.append(grid.value(rows[0], columns[0]))
    values = [figure(grid.value(row, columns[0])) for row in parts]
    if len(found) < 2 or None in values:
        return None
    return _Steps(tuple(found), sum((value for value in values if value is not None), Decimal(0)))


def _is_of(steps: _Steps, sentence: Sentence, end: int) -> bool:
    """Whether the sentence tells the whole of a table before a place, and no other group of people since."""
    wholes = list(re.finditer(rf"(?<![\d.]){steps.whole:f}(?![\d.])", sentence.text[sentence.begin : end]))
    if not wholes:
        return False
    since = sentence.text[sentence.begin + wholes[-1].end() : end].rpartition("；")[2]
    return _OTHERS.search(since) is None


def _of_sentence(
    sentence: Sentence, pattern: re.Pattern[str], place: int, tables: Sequence[_Steps]
) -> Iterator[Problem]:
    for match in pattern.finditer(sentence.text, sentence.begin, sentence.end):
        told = _COUNT.match(sentence.text, match.end(), sentence.end)
        before = sentence.text[max(match.start() - _BEFORE, sentence.begin) : match.start()]
        if told is None or _OTHER_TIME.search(before):
            continue
        count = Decimal(told["count"].replace(",", ""))
        alike = [steps for steps in tables if len(steps.rows) > place and _is_of(steps, sentence, match.start())]
        sums = [sum((figure(row) or Decimal(0) for row in steps.rows[: place + 1]), Decimal(0)) for steps in alike]
        if len(alike) == 1 and count != sums[0]:
            rows = alike[0].rows[: place + 1]
            terms = " + ".join(row.text.strip() for row in rows)
            yield sentence.passage.problem(
                match.start(), told.end(), f"表中 {terms} = {shown(sums[0])}，这里写 {told['count']} {told['unit']}",
                printed=f"{told['count']} {told['unit']}", expected=f"{shown(sums[0])} {told['unit']}",
                related=tuple(related(row) for row in rows),
            )  # fmt: skip
