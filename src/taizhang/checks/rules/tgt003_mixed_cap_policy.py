"""TGT003: one table prints some rates above 100 % and caps others."""

from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import Rated, cap_policy, percent, rated_rows
from taizhang.core.finding import Related, Severity
from taizhang.core.quantity import Bound
from taizhang.core.saying import few


@rule("TGT003", kind="rate_mismatch", severity="warning", since="0.1")
def mixed_cap_policy(context: Context) -> Iterator[Problem]:
    """同一张表里，超额的指标有的写实际比值，有的一律写 100%。

    ## 为什么
    两种口径混用，各行完成率不能相互比较，也无法汇总；专家会问究竟按哪一种计算。

    ## 不合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|
    | 横向项目（项） | 40 | 60 | 150% |
    | 专利（项） | 10 | 18 | 180% |
    | 横向到款（万元） | 200 | 300 | 100% |

    ## 合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|
    | 横向项目（项） | 40 | 60 | 100% |
    | 专利（项） | 10 | 18 | 100% |
    | 横向到款（万元） | 200 | 300 | 100% |

    ## 例外
    全表都封顶，或者全表都写实际比值，都不报；成本一类目标是上限（≤）的行不算超额。每张表只报一次，列出口径不同的各行。

    ## 依据
    财预〔2020〕10号及各地自评表的计分说明：同一评价对象应采用同一计算口径。
    """
    for reading in context.readings:
        for _, indicators in reading.indicator_tables:
            capped, above = cap_policy([row for row in rated_rows(indicators) if not _is_limit(row)])
            if not capped or not above:
                continue
            odd, rest = (capped, above) if len(capped) < len(above) else (above, capped)
            yield _problem(odd, rest, odd is capped)


def _is_limit(row: Rated) -> bool:
    """Whether a target is to be kept under: what was not spent is no surplus, and 100 % is as right as any rate."""
    goal = row.indicator.goal
    return goal is not None and goal.quantity is not None and goal.quantity.bound is Bound.AT_MOST


def _problem(odd: Sequence[Rated], rest: Sequence[Rated], odd_is_capped: bool) -> Problem:
    rate = odd[0].indicator.rate
    assert rate is not None  # noqa: S101 - rated rows have a rate
    names = few(map(_name, odd), 6)
    if odd_is_capped:
        message = f"本表 {len(rest)} 行写了超过 100% 的实际比值，{len(odd)} 行超额却只写 100%：{names}"
    else:
        message = f"本表超额的指标有 {len(rest)} 行封顶写 100%，{len(odd)} 行写了实际比值：{names}"
    expected = percent(odd[0].ratio) if odd_is_capped else "100%"
    others = [*odd[1:], *(rest if not odd_is_capped else ())]
    return at_value(
        rate,
        f"{message}。全表应采用同一口径",
        expected=expected,
        related=tuple(_rate(row) for row in others),
        severity=Severity.WARNING,
    )


def _name(row: Rated) -> str:
    return row.indicator.code or row.indicator.name


def _rate(row: Rated) -> Related:
    rate = row.indicator.rate
    assert rate is not None  # noqa: S101 - as above
    return related(rate)
