"""ACT012: what was planned abroad is told without saying that it was abroad."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import edges, promises


@rule("ACT012", kind="plan_actual_mismatch", severity="warning", since="0.1")
def scope_word_dropped(context: Context) -> Iterator[Problem]:
    """计划限定在国（境）外，完成情况没有写国（境）外。

    ## 为什么
    境内的培训、课程数量大得多，去掉限定词去比，就成了偷换口径。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①选派 12 名教师赴国（境）外研修 | ①选派 40 名教师研修 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①选派 12 名教师赴国（境）外研修 | ①选派 13 名教师赴境外研修 | 100% |

    ## 例外
    计划没有写数量的，不报。

    ## 依据
    教职成〔2020〕8号：实现情况应当与目标同口径。
    """
    for promise in promises(context):
        if not promise.ordinary:
            continue
        point, abroad = promise.point, promise.words.pattern("overseas")
        for pair in promise.pairs:
            match = abroad.search(pair.plan.text)
            if match is None or not pair.plan.amounts or pair.best is None or abroad.search(point.done.text):
                continue
            if any(char in point.done.text for char in promise.words.words["places_abroad"]):
                continue
            best = pair.best.clause
            if not best.amounts:
                continue
            start, end = edges(point.done.text, best.start, best.end)
            yield at_value(
                point.done, f"计划限定“{match[0]}”，完成情况没有写明", start, end,
                expected=match[0], row=row_name(point), related=(related(point.plan),),
            )  # fmt: skip
            break
