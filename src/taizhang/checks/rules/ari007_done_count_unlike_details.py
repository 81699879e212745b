"""ARI007: more indicators are counted as done than the detail tables bear out."""

from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import attained
from taizhang.checks.rules._countable import counts_whole_things
from taizhang.checks.rules._grid import Count, Kind, counts, figure, grids
from taizhang.checks.rules._links import category, of_category
from taizhang.checks.rules._wording import worded_actual
from taizhang.core.attainment import Attained
from taizhang.core.saying import few
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Indicator
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile


@rule("ARI007", kind="count_mismatch", severity="warning", since="0.1")
def done_count_unlike_details(context: Context) -> Iterator[Problem]:
    """统计的完成数多于明细表里可以核实的完成数。

    ## 为什么
    汇总写全部完成，明细里却有没有达标或没有数值的指标，完成数就站不住。

    ## 不合格
    | 绩效指标 | 指标数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 数量指标 | 2 | 2 | 100% |
    | 质量指标 | 2 | 2 | 100% |

    表2 平台建设质量指标表

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 省级创新平台（个） | 2 | 已通过初审 | 100% |
    | 授权发明专利（件） | 10 | 12 | 100% |

    ## 合格
    | 绩效指标 | 指标数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 数量指标 | 2 | 2 | 100% |
    | 质量指标 | 2 | 2 | 100% |

    表2 平台建设质量指标表

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 省级创新平台（个） | 2 | 2 | 100% |
    | 授权发明专利（件） | 10 | 12 | 100% |

    ## 例外
    目标本身是定性的，有文字实现值即算完成；明细行数与指标数不同的，不判断。

    ## 依据
    教职成厅函〔2024〕1号：任务完成度、目标达成度按实际完成情况计算。
    """
    for reading in context.readings:
        found = [
            count
            for grid in grids(reading, context)
            for count in counts(grid)
            if count.row.kind is Kind.PART and figure(count.total)
        ]
        told: set[int] = set()
        for details in (_of_category, _of_area):
            for count in found:
                rows = details(reading, count)
                if not any(id(row) in told for row in rows):
                    told.update(id(row) for row in rows)
                    yield from _problems(count, rows, context)


def _of_category(reading: Reading, count: Count) -> list[Indicator]:
    """The indicators of the count's category (数量, 质量) in its section."""
    wanted = category(count.grid.name(count.row))
    near = [(table, rows) for table, rows in reading.indicator_tables if table.section == count.grid.table.section]
    return [row for table, rows in near for row in of_category(rows, table, wanted)] if wanted is not None else []


def _of_area(reading: Reading, count: Count) -> list[Indicator]:
    """The indicators of the tables whose caption bears the name of the count's row."""
    label = count.grid.name(count.row)
    if category(label) is not None or "指标" not in count.grid.columns[count.total.column].words:
        return []
    name = bare(label).lstrip("0123456789一二三四五六七八九十.、．（）()")
    if len(name) < 4:
        return []
    return [row for table, rows in reading.indicator_tables if name in bare(table.caption or "") for row in rows]


def _problems(count: Count, rows: Sequence[Indicator], context: Context) -> Iterator[Problem]:
    total, done = figure(count.total), figure(count.done)
    if total is None or done is None or len(rows) != total:
        return
    context.compared(count.total, count.done)
    unmet = [row for row in rows if not _is_met(row, context.profile)]
    proven = len(rows) - len(unmet)
    if done <= proven:
        return
    names = few((row.code or row.name[:20] for row in unmet), 8)
    yield at_value(
        count.done,
        f"完成数写 {count.done.text.strip()}，明细表中 {len(unmet)} 项没有达标或没有可核实的数值（{names}），{f'可核实的只有 {proven} 项' if proven else '没有一项可以核实'}",
        expected=f"可核实 {proven}",
        row=count.grid.name(count.row),
        related=tuple(related(row.actual or row.label) for row in unmet),
    )


def _is_met(row: Indicator, profile: Profile) -> bool:
    """Whether the row's own values show the target reached, or neither can be computed."""
    if worded_actual(row, profile) is not None:
        return False
    actual = row.actual.quantity.value if row.actual is not None and row.actual.quantity is not None else None
    if actual is not None and actual != actual.to_integral_value() and counts_whole_things(row, profile):
        return False
    result = attained(row)
    return result is None or result.state is Attained.MET
