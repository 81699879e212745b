"""UNI004: an indicator of each year reports all years added up against the target of one."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from taizhang.checks.registry import Context, Problem, at_value, row_name, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.checks.rules._links import likeness, pairs_of
from taizhang.core.fact import Fact
from taizhang.core.finding import Related, Severity
from taizhang.core.quantities import quantities
from taizhang.intake.plans import Indicator, value_at
from taizhang.intake.reading import Reading

_LIKE = Decimal("0.6")
_IN_YEAR = re.compile(r"(?P<year>20\d\d)\s*年度?[^\d，。；、]{0,8}(?P<told>\d+(?:\.\d+)?)")
_FULL = 100
_SEVERAL = 2


@rule("UNI004", kind="unit_or_period", severity="error", since="0.1")
def years_added_for_yearly_target(context: Context) -> Iterator[Problem]:
    """按年考核的指标，实现值填的是几年之和。

    ## 为什么
    每年的目标要用每年的数去比；把两年加在一起，没有达到的年份就看不出来了。

    ## 不合格
    承办行业赛事 2022 年 4 场、2023 年 5 场。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 承办行业赛事（场/年） | 6 | 6 | 9 | 150% |

    ## 合格
    承办行业赛事 2022 年 7 场、2023 年 9 场。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 承办行业赛事（场/年） | 6 | 6 | 9 | 150% |

    ## 例外
    报告里没有分年数字的不判断；各年都达到年度目标的，只作存疑。

    ## 依据
    财预〔2020〕10号：指标值应与统计期间一致。
    """
    for reading in context.readings:
        yearly = [
            row
            for row in reading.plans.indicators
            if row.per_year and row.actual is not None and row.actual.quantity is not None
        ]
        if not yearly and not any(row.per_year for row in reading.plans.indicators):
            continue
        for row in reading.plans.indicators:
            if row.per_year:
                yield from _of_its_cells(row, reading, context)
        dated = [fact for fact in reading.facts if fact.period is not None and len(fact.period) == 4]
        runs = [list(run) for _, run in groupby(dated, key=lambda fact: reading.paragraph_of(fact.source))]
        for row in yearly:
            name = pairs_of(row.name)
            for run in runs:
                mine = [fact for fact in run if likeness(name, pairs_of(fact.subject)) >= _LIKE]
                if len(mine) > 1 and _is_sum(row, mine):
                    yield _problem(row, mine)
                    break


def _of_its_cells(row: Indicator, reading: Reading, context: Context) -> Iterator[Problem]:
    """The years told in columns of the row, or in the words of its actual value."""
    if row.actual is None or row.goal is None:
        return
    wanted = row.goal.quantity or next(iter(quantities(row.goal.text, context.profile.catalogue)), None)
    years = [
        (column.year or "", value.quantity.value)
        for column in reading.plans.columns[row.table.index]
        if column.role is None and column.year is not None
        and (value := value_at(row.table, row.label.row, column.index)).quantity is not None
    ]  # fmt: skip
    if row.actual.quantity is None:
        years = [(match["year"], Decimal(match["told"])) for match in _IN_YEAR.finditer(row.actual.text)]
        is_met = (printed_rate(row.rate) or 0) >= _FULL
    else:
        is_met = sum(value for _, value in years) == row.actual.quantity.value
    if wanted is None or len({year for year, _ in years}) < _SEVERAL or not is_met:
        return
    if all(value < wanted.value for _, value in years):
        terms = "、".join(f"{year} 年 {value.normalize():f}" for year, value in years)
        yield at_value(
            row.actual, f"按年考核，各年分别为 {terms}，都没有达到每年 {row.goal.text.strip().removeprefix('每年')}",
            expected=f"每年 {row.goal.text.strip().removeprefix('每年')}", row=row_name(row),
        )  # fmt: skip


def _is_sum(row: Indicator, years: Sequence[Fact]) -> bool:
    """Whether the facts are of different years and make the row's actual value."""
    assert row.actual is not None and row.actual.quantity is not None  # noqa: S101, PT018 - chosen so
    values = [fact.quantity.value for fact in years]
    return (
        len({fact.period for fact in years}) == len(years) and all(values) and sum(values) == row.actual.quantity.value
    )


def _problem(row: Indicator, years: Sequence[Fact]) -> Problem:
    goal = row.goal.quantity.value if row.goal is not None and row.goal.quantity is not None else None
    short = goal is not None and any(fact.quantity.value < goal for fact in years)
    terms = "、".join(f"{fact.period} 年 {fact.quantity.value}" for fact in years)
    assert row.actual is not None  # noqa: S101 - chosen so
    return at_value(
        row.actual,
        f"按年考核，各年分别为 {terms}，实现值 {row.actual.text.strip()} 是各年之和"
        + ("，有的年份没有达到目标" if short else ""),
        expected=f"每年 {row.goal.text.strip()}" if row.goal is not None else "按年填写",
        row=row_name(row),
        related=tuple(Related(source=fact.source, text=fact.text) for fact in years),
        severity=Severity.ERROR if short else Severity.WARNING,
    )
