"""TGT002: a printed completion rate is not actual over target."""

from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import Fit, Rated, percent, places, rated_rows


@rule("TGT002", kind="rate_mismatch", severity="error", since="0.1")
def wrong_rate(context: Context) -> Iterator[Problem]:
    """完成率与实现值、目标值算出来的不一致。

    ## 为什么
    完成率是由实现值和目标值算出来的，谁都能复算；算错一处，专家就会怀疑其他各处。

    ## 不合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 企业兼职教师（人） | 80 | 60 | 85% |

    ## 合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 企业兼职教师（人） | 80 | 60 | 75% |

    ## 例外
    全表最高只写到 100% 的，按封顶口径理解，超额的行写 100% 不算错；四舍五入之内的差别不算错；
    逆向指标按目标值除以实现值计算的，不报。

    ## 依据
    财预〔2020〕10号《项目支出绩效评价管理办法》及各地自评表：完成率 = 实际完成值 ÷ 指标值。
    """
    for reading in context.readings:
        for _, indicators in reading.indicator_tables:
            rows = rated_rows(indicators)
            for row in rows:
                context.judged(row.indicator.goal, row.indicator.actual, row.indicator.rate)
            if _another_base(rows):
                continue
            for row in rows:
                if row.fit is Fit.WRONG and not _reverse(row):
                    yield _problem(row)


def _problem(row: Rated) -> Problem:
    indicator = row.indicator
    rate, goal, actual = indicator.rate, indicator.goal, indicator.actual
    assert rate is not None and goal is not None and actual is not None  # noqa: S101, PT018 - rated rows have all three
    expected = percent(row.ratio, places(rate.text))
    return at_value(
        rate,
        f"实现值 {actual.text.strip()} ÷ 目标值 {goal.text.strip()} = {expected}，写的是 {rate.text.strip()}",
        expected=expected,
        row=row_name(indicator),
        related=(related(goal), related(actual)),
    )


def _reverse(row: Rated) -> bool:
    """Whether the rate is target over actual: the lower, the better."""
    return bool(row.ratio) and abs(10000 / row.ratio - row.printed) <= 1


def _another_base(rows: Sequence[Rated]) -> bool:
    """Whether most rows disagree: then the rate is computed on something else, and no row is wrong by itself."""
    wrong = sum(row.fit is Fit.WRONG for row in rows)
    return len(rows) >= 4 and wrong * 2 > len(rows)
