"""UNI013: the plan counts people one way (人次), and what is told of it counts them another (人日)."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._clauses import Amount
from taizhang.checks.rules._promise import Promise, promises, short
from taizhang.core.finding import Severity

_LEAST = 2  # a single person is no amount that could be exchanged
_MOST_TIMES = 20  # times: what is further apart is no answer to the figure planned


@rule("UNI013", kind="unit_or_period", severity="warning", since="0.6")
def people_counted_otherwise(context: Context) -> Iterator[Problem]:
    """计划按人次、完成情况按人日（人）计，不能说明做到了。

    ## 为什么
    一次培训三天，1 人是 1 人次、3 人日；计划 600 人日，写成 648 人次，看上去超额，其实两个数不能相比。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 3-1 | ①教师企业实践 600 人日 | ①教师企业实践 648 人次，涉及教师 54 人 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 3-1 | ①教师企业实践 600 人日 | ①教师企业实践 54 人次，合计 648 人日 | 100% |

    ## 例外
    完成情况另有一个数与计划的单位相同的，不报；计划的人次数已被写出的人数达到的（人数不会多于人次），只作提示；
    两个数相差二十倍以上、写明折算的，不报。

    ## 参数
    口径配置 `units_and_periods.counted_people`：算作数人的几种单位；`converted`：说明折算的话（正则）。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；状态数据采集以人日计培训量。
    """
    settings = context.profile.sections["units_and_periods"]
    people = frozenset(settings["counted_people"])
    converted = tuple(settings["converted"])
    for promise in promises(context):
        done = promise.point.done.text
        if promise.ordinary and "人" in done and not any(word in done for word in converted):
            yield from _exchanged(promise, people)


def _exchanged(promise: Promise, people: frozenset[str]) -> Iterator[Problem]:
    planned = [(clause, amount) for clause in promise.plan for amount in _of_people(clause.amounts, people)]
    told = [(clause, amount) for clause in promise.done for amount in _of_people(clause.amounts, people)]
    dimensions = {amount.dimension for _, amount in told}
    for clause, wanted in planned:
        if wanted.dimension in dimensions or wanted.lower < _LEAST:
            continue
        near = [
            (abs(amount.upper / wanted.lower - 1), amount.quantity.start, amount) for done, amount in told
            if wanted.lower <= amount.upper * _MOST_TIMES and amount.upper <= wanted.lower * _MOST_TIMES
            and (len(planned) == 1 or done.grams & clause.grams)
        ]  # fmt: skip
        if not near:
            continue
        found = min(near)[2]
        proved = (wanted.dimension, found.dimension) == ("人次", "人") and found.upper >= wanted.lower
        done_value, start, end = promise.point.done, found.quantity.start, found.quantity.end
        yield at_value(
            done_value,
            f"计划“{short(clause.text)}”以{wanted.dimension}计，完成情况以{found.dimension}计，不能直接相比",
            start, end, expected=f"以{wanted.dimension}计", row=row_name(promise.point),
            related=(related(promise.point.plan),), severity=Severity.INFO if proved else None,
        )  # fmt: skip
        return


def _of_people(amounts: tuple[Amount, ...], people: frozenset[str]) -> list[Amount]:
    return [amount for amount in amounts if amount.dimension in people]
