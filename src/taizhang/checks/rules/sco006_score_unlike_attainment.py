"""SCO006: a score is not what target, actual value and weight make."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._forms import fits, label, merit, settings, shown
from taizhang.core.finding import Severity
from taizhang.core.scoring import Merit
from taizhang.intake.forms import Form, ScoredIndicator, points

_MANY = 3


@rule("SCO006", kind="score_mismatch", severity="error", since="0.1")
def score_unlike_attainment(context: Context) -> Iterator[Problem]:
    """定量指标的得分与按目标值、实际值和分值算出来的不一致。

    ## 为什么
    定量指标完成的得满分，没有完成的按完成比例得分；多给少给都没有依据。

    ## 不合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
    |---|---|---|---|---|---|
    | 引进博士（人） | ≥10 | 6 | 10 | 9 | 编制受限 |

    ## 合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
    |---|---|---|---|---|---|
    | 引进博士（人） | ≥10 | 6 | 10 | 6 | 编制受限 |

    ## 例外
    逆向指标（≤）超过目标的，按线性递减或按目标与实际之比都算对；完成了而写明原因少得分的、明显超额（130% 以上）而自行扣分的不报；没有完成而得分低于比例的按存疑报；
    多数行都不按比例记分的表，合并为一条存疑；没有完成却得满分的由 SCO008 报。

    ## 依据
    财预〔2020〕10号：未完成指标值的，按照完成值与指标值的比例记分。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            if form.is_weighted:
                continue
            rows = [(item, result) for item in form.indicators if (result := _judged(item, context)) is not None]
            wrong = [(item, result) for item, result in rows if not _is_right(form, item, result, context)]
            short = [item for item, result in rows if not result.is_met]
            if len(wrong) >= _MANY and sum(not result.is_met for _, result in wrong) * 2 > len(short):
                yield _in_all(wrong)
            else:
                yield from (_problem(item, result) for item, result in wrong)


def _judged(item: ScoredIndicator, context: Context) -> Merit | None:
    weight, score = points(item.weight), points(item.score)
    result = merit(item, context.profile.catalogue)
    if result is None or score is None or weight is None or score > weight:
        return None
    context.judged(item.target, item.actual, item.weight, item.score)
    return result


def _is_right(form: Form, item: ScoredIndicator, result: Merit, context: Context) -> bool:
    assert item.score is not None  # noqa: S101 - judged rows have a score
    weight, score = points(item.weight), points(item.score)
    if any(fits(item.score, value, form) for value in result.scores) or (not result.is_met and score == weight):
        return True
    explained = any(cell is not None and not cell.is_nothing for cell in (item.reason, item.remark))
    if score is not None and score < min(result.scores):
        over = result.is_met and result.ratio is not None and result.ratio >= settings(context)["reason_above"]
        return result.is_met and (explained or over)
    return False


def _problem(item: ScoredIndicator, result: Merit) -> Problem:
    assert item.score is not None  # noqa: S101 - judged rows have a score
    score, target, actual = (v.text.strip() if v is not None else "" for v in (item.score, item.target, item.actual))
    high = (points(item.score) or 0) > result.best
    why = "已达到目标" if result.is_met else f"实际 {actual}、目标 {target}"
    return at_value(
        item.score,
        f"{why}，按分值 {shown(points(item.weight) or result.best)} 应得 {shown(result.best)} 分，写的是 {score}",
        expected=shown(result.best),
        row=label(item),
        related=tuple(related(value) for value in (item.target, item.actual, item.weight) if value is not None),
        severity=Severity.ERROR if high else Severity.WARNING,
    )


def _in_all(wrong: list[tuple[ScoredIndicator, Merit]]) -> Problem:
    scores = [item.score for item, _ in wrong if item.score is not None]
    return at_value(
        scores[0],
        f"{len(wrong)} 个指标的得分不按“完成值与指标值的比例”计算，请说明评分办法",
        expected="按比例记分",
        related=tuple(related(score) for score in scores[1:]),
        severity=Severity.WARNING,
    )
