"""ACT014: money that was signed for is told where arrived money was planned."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import promises, short


@rule("ACT014", kind="plan_actual_mismatch", severity="error", since="0.1")
def signed_money_for_arrived(context: Context) -> Iterator[Problem]:
    """计划是到账的钱，完成情况写的是签约的钱。

    ## 为什么
    合同额不是到账额，签下的钱可能一分没到；服务贡献和双高绩效都只认到账。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①横向技术服务到账 200 万元 | ①签订横向技术服务合同 230 万元 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①横向技术服务到账 200 万元 | ①签订横向技术服务合同 330 万元，到账 215 万元 | 100% |

    ## 例外
    完成情况既没有写到账也没有写签约的，不报。

    ## 依据
    高等职业教育质量年度报告“服务贡献表”：技术服务到款额以实际到账为准。
    """
    for promise in promises(context):
        if not promise.ordinary:
            continue
        arrived, done = promise.words.pattern("arrived"), promise.point.done
        signed = promise.words.pattern("signed").search(done.text)
        if signed is None or arrived.search(done.text):
            continue
        for clause in promise.plan:
            money = [amount for amount in clause.amounts if amount.dimension == "元"]
            told = [a for c in promise.done if c.end > signed.start() for a in c.amounts if a.dimension == "元"]
            if money and told and arrived.search(clause.text):
                start, end = signed.start(), max(signed.end(), told[0].quantity.end)
                yield at_value(
                    done, f"计划“{short(clause.text)}”，完成情况写的是“{signed[0]}”", start, end,
                    expected=short(clause.text), row=row_name(promise.point), related=(related(promise.point.plan),),
                )  # fmt: skip
                break
