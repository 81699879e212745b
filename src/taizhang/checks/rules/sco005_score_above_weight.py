"""SCO005: a score is higher than the weight of its row."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._forms import shown
from taizhang.intake.forms import points
from taizhang.intake.plans import Value


@rule("SCO005", kind="score_mismatch", severity="error", since="0.1")
def score_above_weight(context: Context) -> Iterator[Problem]:
    """得分高于该项分值。

    ## 为什么
    满分只有那么多；得分超过分值，多半是串行或漏了小数点，总分也跟着错。

    ## 不合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|
    | 培训教师（人次） | 300 | 310 | 10 | 10 |
    | 考核合格率 | ≥90% | 95% | 10 | 12 |

    ## 合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|
    | 培训教师（人次） | 300 | 310 | 10 | 10 |
    | 考核合格率 | ≥90% | 95% | 10 | 10 |

    ## 例外
    得分按百分制、另按权重折算的表（多数行得分高于权重）不报；分项已报的，总分不再报。

    ## 依据
    财预〔2020〕10号：各项得分不超过该指标所赋分值。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            if form.is_weighted:
                continue
            rows = [(item.label, item.weight, item.score) for item in form.indicators]
            rows += [(row.label, row.weight, row.score) for row in form.funds]
            found = [problem for label, weight, score in rows for problem in _problem(label, weight, score)]
            if not found and form.total is not None:
                found = list(_problem(form.total.label, form.total.weight, form.total.score))
            yield from found
        for row in reading.forms.summary:
            for score, most in row.parts:
                told = points(score)
                if most is not None and told is not None and told > most:
                    yield at_value(
                        score,
                        f"得分 {score.text.strip()} 高于满分 {shown(most)}",
                        expected=f"不超过 {shown(most)}",
                        row=row.project.text.strip(),
                    )


def _problem(label: Value, weight: Value | None, score: Value | None) -> Iterator[Problem]:
    most, told = points(weight), points(score)
    if most is None or told is None or told <= most or weight is None or score is None:
        return
    yield at_value(
        score,
        f"得分 {score.text.strip()} 高于分值 {weight.text.strip()}",
        expected=f"不超过 {shown(most)}",
        row=label.text.strip(),
        related=(related(weight),),
    )
