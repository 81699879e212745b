"""STR016: indicator rows carry no code where those of the other tables do."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Indicator, Value, parts_of, value_at
from taizhang.intake.reading import Reading

_SISTERS, _USUAL = 3, 0.7  # tables with codes, and their share of all, that make codes the custom
_ROWS = 2
_LETTERED = re.compile(r"\s*[A-Za-z]{1,3}[-.．]?\d")


class Counted(NamedTuple):
    """A table's indicator labels, and those of them without a code."""

    table: Table
    labels: list[Value]
    bare: list[Value]


@rule("STR016", kind="label_error", severity="info", since="0.1")
def rows_without_code(context: Context) -> Iterator[Problem]:
    """其他指标都有编号，这几行没有。

    ## 为什么
    没有编号的指标无法与绩效目标表逐条对应，汇总时容易漏算或重算。

    ## 不合格
    | 三级指标 | 目标值 | 实现值 | 完成率 |
    |---|---|---|---|
    | 1.1.1 省级课程（门） | 10 | 12 | 120% |
    | 1.1.2 省级教材（本） | 10 | 11 | 110% |
    | 省级教改项目（项） | 10 | 10 | 100% |
    | 1.1.4 省级基地（个） | 10 | 10 | 100% |

    ## 合格
    | 三级指标 | 目标值 | 实现值 | 完成率 |
    |---|---|---|---|
    | 1.1.1 省级课程（门） | 10 | 12 | 120% |
    | 1.1.2 省级教材（本） | 10 | 11 | 110% |
    | 1.1.3 省级教改项目（项） | 10 | 10 | 100% |
    | 1.1.4 省级基地（个） | 10 | 10 | 100% |

    ## 例外
    整份报告的指标都不编号的，不报。

    ## 依据
    教职成〔2020〕8号：绩效目标逐级分解到三级指标，逐条对应。
    """
    for reading in context.readings:
        tables = [*_of_indicators(reading), *_of_satisfaction(reading)]
        coded = [item for item in tables if len(item.bare) < len(item.labels) / 2]
        custom = len(coded) >= _SISTERS and len(coded) >= _USUAL * len(tables)
        for item in tables:
            inside = item in coded and bool(item.bare) and len(item.bare) <= (len(item.labels) - len(item.bare)) / 2
            if inside or (custom and item not in coded):
                yield _problem(item, inside)


def _of_indicators(reading: Reading) -> Iterator[Counted]:
    for table, indicators in reading.indicator_tables:
        labels = [indicator.label for indicator in indicators]
        if len(labels) >= _ROWS:
            yield Counted(table, labels, [indicator.label for indicator in indicators if _bare(indicator)])


def _bare(indicator: Indicator) -> bool:
    return indicator.code is None and not _LETTERED.match(indicator.label.text)


def _of_satisfaction(reading: Reading) -> Iterator[Counted]:
    """Tables without targets that stand under a heading of indicators and list them with values only."""
    known = {indicator.table.index for indicator in reading.plans.indicators}
    known |= {tally.table.index for tally in reading.plans.tallies} | {
        point.table.index for point in reading.plans.points
    }
    for table in reading.document.tables:
        columns = reading.plans.columns[table.index]
        labels = [column.index for column in columns if column.role in {"indicator", "category"}]
        if table.index in known or not labels or not table.section or "指标" not in table.section[-1]:
            continue
        values = [value_at(table, row, labels[-1]) for row in range(table.header, len(table.rows))]
        if len(values) >= _ROWS:
            yield Counted(table, values, [value for value in values if parts_of(value.text)[0] is None])


def _problem(item: Counted, inside: bool) -> Problem:
    first, *rest = item.bare
    where = "同表其他指标" if inside else "其他指标表"
    return at_value(
        first,
        f"指标没有编号，{where}都有" + (f"，共 {len(item.bare)} 行" if rest else ""),
        row=first.text.strip() if inside or not rest else None,
        related=tuple(related(value) for value in rest[:12]),
    )
