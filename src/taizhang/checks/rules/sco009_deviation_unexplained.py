"""SCO009: a result far over its target, or short of it, has no reason in the column for reasons."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._forms import falls_short, label, ratio_of, settings, shown
from taizhang.intake.forms import Form, ScoredIndicator, points

_OFF = re.compile("[扣失丢减]分")
_EXECUTION = re.compile("(?:预算|资金|经费).{0,4}(?:执行|支出|支付|使用)")
_TOLD = re.compile(r"[未没不欠缺超低]|\d")  # what tells by itself why marks were taken off


@rule("SCO009", kind="missing_reason", severity="warning", since="0.1")
def deviation_unexplained(context: Context) -> Iterator[Problem]:
    """评分表中实际值与指标值偏差较大，“偏差原因”一栏空着。

    ## 为什么
    没有完成的要写原因和改进措施；超过 130% 的多半是目标定低了，也要说明，否则扣分。

    ## 不合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
    |---|---|---|---|---|---|
    | 引进博士（人） | ≥10 | 6 | 10 | 6 |  |

    ## 合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
    |---|---|---|---|---|---|
    | 引进博士（人） | ≥10 | 6 | 10 | 6 | 编制核定推迟，明年补足 |

    ## 例外
    表中没有原因一栏的不报（其他没有达到的指标都在说明、备注栏写了原因而这一项空着的，报）；没有数值可比而扣了分的，只看写着“扣分原因”“扣分说明”的栏，完成情况里已说明的不报；逆向和定性指标的超额不报；预算执行率在 90% 以上的不报（以下的见 SCO003）；普通指标表的超额由 TGT013 报。

    ## 参数
    口径配置 `scoring.reason_above`（默认 130）、`scoring.reason_above_zero`（目标为 0 时，默认 30）、`scoring.explain_rate_below`（预算执行率低于它才要说明，默认 90）。

    ## 依据
    财预〔2020〕10号自评表“偏差原因分析及改进措施”栏；多地按 130% 执行。
    """
    words = settings(context)
    above, from_zero = Decimal(str(words["reason_above"])), Decimal(str(words["reason_above_zero"]))
    enough = Decimal(str(words["explain_rate_below"]))
    for reading in context.readings:
        told = {
            row.table.index for row in reading.plans.indicators
            if row.reason is not None and row.actual is not None and row.actual.quantity is not None
        }  # fmt: skip
        for form in reading.forms.forms:
            yield from _left_blank(form, context)
            for item in form.indicators:
                if item.reason is None or not item.reason.is_nothing or _is_spent(item, enough, context):
                    continue
                if item.actual is None or not falls_short(item, context.profile.catalogue):
                    yield from _lost(item)
                if item.actual is None:
                    continue
                why = _deviation(item, above, from_zero, context, form.table.index in told)
                if why:
                    yield at_value(
                        item.actual,
                        f"{why}，没有填写偏差原因",
                        expected="填写偏差原因",
                        row=label(item),
                        related=(related(item.target),) if item.target is not None else (),
                    )


def _left_blank(form: Form, context: Context) -> Iterator[Problem]:
    """Rows short of their targets without a remark, where the form has no other column and other such rows have one."""
    short = [
        item for item in form.indicators
        if item.reason is None and item.remark is not None and falls_short(item, context.profile.catalogue)
    ]  # fmt: skip
    blank = [item for item in short if item.remark is not None and item.remark.is_nothing]
    if len(blank) == len(short):
        return
    for item in blank:
        if item.actual is not None and item.target is not None and item.remark is not None:
            head = form.table.columns[item.remark.column] if item.remark.table is form.table else ""
            yield at_value(
                item.actual,
                f"没有达到指标值，“{head.rpartition('/')[2].strip() or '说明'}”一栏是空的，其他没有达到的指标写了原因",
                expected="填写偏差原因",
                row=label(item),
                related=(related(item.target),),
            )


def _is_spent(item: ScoredIndicator, enough: Decimal, context: Context) -> bool:
    """Whether a row tells of spending that needs no reason: what is left of a budget is explained below a line only."""
    pair = ratio_of(item, context.profile.catalogue) if _EXECUTION.search(item.name) else None
    return pair is not None and bool(pair[0]) and enough <= pair[1] / pair[0] * 100 <= 100


def _lost(item: ScoredIndicator) -> Iterator[Problem]:
    """Marks taken off without a reason, where the table has a column for just that and nothing else tells one."""
    weight, score = points(item.weight), points(item.score)
    assert item.reason is not None  # noqa: S101 - asked for such rows
    head = item.label.table.columns[item.reason.column]
    told = [cell.text for cell in (item.actual, item.remark) if cell is not None and cell.quantity is None]
    if weight is None or score is None or item.score is None or weight <= score or not _OFF.search(head):
        return
    if not any(_TOLD.search(text) for text in told):
        yield at_value(
            item.score,
            f"分值 {shown(weight)}、得分 {shown(score)}，扣了 {shown(weight - score)} 分，“{head.rpartition('/')[2]}”一栏是空的",
            expected="写明扣分原因",
            row=label(item),
        )


def _deviation(item: ScoredIndicator, above: Decimal, from_zero: Decimal, context: Context, is_told: bool) -> str:
    """What must be explained, in words; empty where nothing must. `is_told`: TGT013 tells what is far over."""
    if falls_short(item, context.profile.catalogue):
        return "没有达到指标值"
    pair = ratio_of(item, context.profile.catalogue)
    if pair is None:
        return ""
    goal, reached = pair
    if not goal:
        return f"指标值为 0，实际完成 {reached}" if reached >= from_zero else ""
    ratio = reached / goal * 100
    return f"实际完成值是指标值的 {percent(ratio)}" if ratio >= above and not is_told else ""
