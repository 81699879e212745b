"""SCO008: an indicator that misses its target has the full score."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.checks.rules._forms import fits, label, merit, shown
from taizhang.core.finding import Severity
from taizhang.core.scoring import Merit
from taizhang.intake.forms import FULL, Form, ScoredIndicator, points


@rule("SCO008", kind="below_target_claimed_done", severity="error", since="0.1")
def full_score_below_target(context: Context) -> Iterator[Problem]:
    """实际完成值没有达到指标值，得分却是满分。

    ## 为什么
    没有完成而得满分，是自评失实，不只是算错；评价组会据此降低整份自评的可信度。

    ## 不合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|
    | 引进博士（人） | ≥10 | 8 | 10 | 10 |

    ## 合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|
    | 引进博士（人） | ≥10 | 8 | 10 | 8 |

    ## 例外
    全表得分都取整数、四舍五入正好是满分的，按存疑报；表中另有完成率并写 100% 的，由 TGT001 报。

    ## 依据
    财预〔2020〕10号：未完成指标值的，按照完成值与指标值的比例记分。
    """
    for reading in context.readings:
        told = {
            (row.table.index, row.label.row)
            for row in reading.plans.indicators
            if (printed_rate(row.rate) or 0) >= FULL
        }
        for form in reading.forms.forms:
            for item in form.indicators if not form.is_weighted else ():
                result = merit(item, context.profile.catalogue)
                if result is None or result.is_met or (form.table.index, item.label.row) in told:
                    continue
                if points(item.score) is not None and points(item.score) == points(item.weight):
                    yield _problem(form, item, result)


def _problem(form: Form, item: ScoredIndicator, result: Merit) -> Problem:
    assert item.score is not None and item.target is not None and item.actual is not None  # noqa: S101, PT018 - judged
    rounded = any(fits(item.score, value, form) for value in result.scores)
    return at_value(
        item.score,
        f"实际完成值 {item.actual.text.strip()} 没有达到指标值 {item.target.text.strip()}，"
        f"应得 {shown(result.best)} 分，却得满分 {item.score.text.strip()}",
        expected=shown(result.best),
        row=label(item),
        related=(related(item.target), related(item.actual)),
        severity=Severity.WARNING if rounded else Severity.ERROR,
    )
