"""ARI011: a row “其中” holds more than the row it belongs to."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, grids, is_percent


@rule("ARI011", kind="sum_mismatch", severity="error", since="0.1")
def subset_larger_than_whole(context: Context) -> Iterator[Problem]:
    """“其中”行的数大于它所属的一行。

    ## 为什么
    部分不可能大于整体；多半是填错了行、单位或小数点。

    ## 不合格
    | 支出用途 | 支出数（万元） |
    |---|---|
    | 设备购置 | 320 |
    | 其中：信息化设备 | 380 |
    | 课程建设 | 150 |

    ## 合格
    | 支出用途 | 支出数（万元） |
    |---|---|
    | 设备购置 | 320 |
    | 其中：信息化设备 | 180 |
    | 课程建设 | 150 |

    ## 例外
    百分比、平均数不比较。

    ## 依据
    财预〔2020〕10号：绩效自评数据应真实、准确。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            whole: Row | None = None
            for row in grid.rows:
                if row.kind is not Kind.SUBSET:
                    whole = row
                elif whole is not None:
                    yield from _problems(grid, whole, row, context)


def _problems(grid: Grid, whole: Row, part: Row, context: Context) -> Iterator[Problem]:
    plain = context.profile.sections["arithmetic"]["not_added"]
    for column in grid.numbers:
        if is_percent(grid, column) or any(word in grid.columns[column].words for word in plain):
            continue
        large, small = grid.value(whole, column), grid.value(part, column)
        limit, amount = figure(large), figure(small)
        if limit is None or amount is None or large.is_nothing:
            continue
        context.judged(large, small)
        if amount > limit:
            yield at_value(
                small,
                f"其中项 {small.text.strip()} 大于“{grid.name(whole)}”的 {large.text.strip()}",
                expected=f"不大于 {large.text.strip()}",
                row=grid.name(part),
                related=(related(large),),
            )
