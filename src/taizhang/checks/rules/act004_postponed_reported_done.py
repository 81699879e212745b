"""ACT004: what was put off or given up is reported as done."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import promises, short
from taizhang.core.finding import Severity


@rule("ACT004", kind="plan_actual_mismatch", severity="error", since="0.1")
def postponed_reported_done(context: Context) -> Iterator[Problem]:
    """完成情况写明延期、未完成或取消，完成率却是 100%。

    ## 为什么
    延期是单独的一种状态，原因再充分也不是完成；把它计入 100%，等于报告自己证明自己虚报。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①召开校企合作年会 | ①因场馆改造，校企合作年会延期至下一年度召开 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①召开校企合作年会 | ①因场馆改造，校企合作年会延期至下一年度召开 | 0% |

    ## 例外
    同一处写明后来已经补办、已经完成的，只作提示。没有完成率一栏的，作存疑。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”。
    """
    for promise in promises(context):
        if promise.blank or promise.postponed is None:
            continue
        point, match = promise.point, promise.postponed
        if point.rate is not None and not promise.full:
            continue
        context.judged(point.rate)
        recovered = promise.words.pattern("recovered").search(point.done.text)
        severity = Severity.INFO if recovered else None if point.rate is not None else Severity.WARNING
        rate = f"完成率却写 {point.rate.text.strip()}" if point.rate is not None else "却作为完成情况填写"
        yield at_value(
            point.done, f"完成情况写明“{match[0]}”，{rate}", *match.span(),
            expected=short(point.plan.text), row=row_name(point), related=(related(point.plan),), severity=severity,
        )  # fmt: skip
