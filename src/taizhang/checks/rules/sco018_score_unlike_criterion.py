"""SCO018: a score is not what the criterion printed beside it gives the result."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import places
from taizhang.checks.rules._criterion import Deserved, deserved
from taizhang.checks.rules._forms import decimals, label, merit, shown
from taizhang.core.finding import Severity
from taizhang.intake.forms import Form, ScoredIndicator, points

_OFF = re.compile(r"(?<![不应可])扣(?:减|除)?\s*(\d+(?:\.\d+)?)\s*分")
_IF = re.compile("每|若|如|否则|建议|上年|去年|不予|未扣|免")  # a rule of marking, or marks taken off elsewhere
_SCORED = re.compile("得分|评分$|[自复]评$|复核|审核")


@rule("SCO018", kind="score_mismatch", severity="error", since="0.7")
def score_unlike_criterion(context: Context) -> Iterator[Problem]:
    """得分与同一行写明的评分标准不符。

    ## 为什么
    评分标准就写在旁边：没有达到得满分的线却得了满分，该扣的没有扣，专家照着标准一算就知道。

    ## 不合格
    | 一级指标 | 三级指标 | 分值 | 评分标准 | 完成情况 | 得分 |
    |---|---|---|---|---|---|
    | 过程 | 预算完成率 | 6 | 得分＝预算完成率×6 | 93.15% | 6 |
    | 效果 | 公众满意度 | 6 | ≥90% 得满分，每低 1 个百分点扣 0.5 分 | 87% | 6 |

    ## 合格
    | 一级指标 | 三级指标 | 分值 | 评分标准 | 完成情况 | 得分 |
    |---|---|---|---|---|---|
    | 过程 | 预算完成率 | 6 | 得分＝预算完成率×6 | 93.15% | 5.59 |
    | 效果 | 公众满意度 | 6 | ≥90% 得满分，每低 1 个百分点扣 0.5 分 | 87% | 4.5 |

    ## 例外
    标准不是数值、完成情况不是数值、单位不同的不判断；不足一个百分点的部分，按比例扣、不扣、按一个百分点扣都算对；
    因此（或因四舍五入）仍得满分的，和得分低于标准的，按存疑报。表中另有目标值和实际值的，由 SCO006、SCO008 报。
    同一行写着“扣几分”而仍得满分的也报；写“每……扣”“建议扣”的、另有复核得分的不报。

    ## 依据
    财预〔2020〕10号：评分标准应当明确，得分应按评分标准计算。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            for item in form.indicators if not form.is_weighted else ():
                if (
                    item.criterion is not None
                    and item.actual is not None
                    and merit(item, context.profile.catalogue) is None
                ):
                    yield from _problem(form, item, context)
                yield from _taken_off(item, context)


def _taken_off(item: ScoredIndicator, context: Context) -> Iterator[Problem]:
    """Full marks in a row that tells how many were taken off (“附件不全，扣 2 分”), where no other score stands beside."""
    weight, score = points(item.weight), points(item.score)
    if weight is None or item.score is None or score != weight or item.weight is item.score:
        return
    if sum(_SCORED.search(head) is not None for head in item.score.table.columns) > 1:
        return
    for told in (item.reason, item.remark, item.actual):
        found = _OFF.findall(told.text) if told is not None and not _IF.search(told.text) else []
        off = Decimal(found[0]) if len(found) == 1 else None
        if told is None or off is None or not 0 < off <= weight:
            continue
        context.judged(item.weight, item.score)
        yield at_value(
            item.score,
            f"写着扣 {shown(off)} 分，分值 {shown(weight)}，应得 {shown(weight - off)} 分，写的是 {item.score.text.strip()}",
            expected=shown(weight - off),
            row=label(item),
            related=(related(told),),
        )
        return


def _problem(form: Form, item: ScoredIndicator, context: Context) -> Iterator[Problem]:
    weight, score = points(item.weight), points(item.score)
    if weight is None or score is None or score > weight or item.score is None:
        return
    assert item.criterion is not None and item.actual is not None  # noqa: S101, PT018 - asked for such rows
    result = deserved(item.criterion.text, item.actual.text, weight)
    if result is None:
        return
    context.judged(item.actual, item.weight, item.score)
    why = _why(result, score, weight, max(places(item.score.text), decimals(form)))
    if why is None:
        return
    below = [each for each in result.scores if each < weight]
    best = shown(max(below)) if below else f"低于 {shown(weight)}"
    yield at_value(
        item.score,
        f"评分标准是“{result.asked.strip('，,；;。：: ')}”，完成情况是 {item.actual.text.strip()}，应得 {best} 分，写的是 {item.score.text.strip()}",
        expected=best,
        row=label(item),
        related=(related(item.criterion), related(item.actual)),
        severity=why,
    )


def _why(result: Deserved, score: Decimal, weight: Decimal, kept: int) -> Severity | None:
    """How grave it is that a score is not what its criterion gives; None where it may be."""
    if result.is_met:
        return None
    off = max(Decimal("0.5").scaleb(-kept), Decimal("0.011"))
    fitting = any(abs(score - each) <= off for each in result.scores)
    if score == weight:  # full marks by rounding, or because less than a step is missing, are still asked about
        return Severity.WARNING if fitting else Severity.ERROR
    if fitting:
        return None
    if not result.scores:
        return None
    return Severity.ERROR if score > max(result.scores) else Severity.WARNING
