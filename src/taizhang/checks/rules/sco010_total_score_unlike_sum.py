"""SCO010: the total score is not the sum of the scores."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import places
from taizhang.checks.rules._forms import shown
from taizhang.intake.forms import FULL, Form, Level, ScoredIndicator, SummaryRow, points
from taizhang.intake.plans import Value

_CENT = Decimal("0.011")


@rule("SCO010", kind="score_mismatch", severity="error", since="0.1")
def total_score_unlike_sum(context: Context) -> Iterator[Problem]:
    """总分（或一级、二级指标的得分）不等于各项得分之和。

    ## 为什么
    总分决定等级；加不上，不是漏了执行率得分，就是改了分项没有改总分。

    ## 不合格
    | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|---|
    | 产出指标 | 培训教师（人次） | 300 | 310 | 60 | 60 |
    | 效益指标 | 社会培训到款（万元） | 100 | 90 | 40 | 36 |
    | 总分 | | | | 100 | 98 |

    ## 合格
    | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|---|
    | 产出指标 | 培训教师（人次） | 300 | 310 | 60 | 60 |
    | 效益指标 | 社会培训到款（万元） | 100 | 90 | 40 | 36 |
    | 总分 | | | | 100 | 96 |

    ## 例外
    有一行得分不是数字的，不判断；总分比分项少写一位小数的，按四舍五入核对；总分含不含执行率得分，由分值看出，看不出的两种都算对。

    ## 依据
    财预〔2020〕10号自评表：总分为预算执行率和各项指标得分之和。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            if not form.is_weighted:
                yield from _of_levels(form)
                yield from _of_form(form, context)
        for row in reading.forms.summary:
            yield from _of_project(row)


def _of_project(row: SummaryRow) -> Iterator[Problem]:
    """A project's total in a table with a column for each part of it; the parts give a hundred, so none is missing."""
    scores = [points(score) for score, _ in row.parts]
    known = [score for score in scores if score is not None]
    full = sum((most for _, most in row.parts if most is not None), Decimal(0))
    added = sum(known, Decimal(0))
    if full != FULL or len(known) < len(scores) or row.score is None or _agrees(row.score, added):
        return
    yield at_value(
        row.score,
        f"各部分得分之和为 {shown(added)}，总分写的是 {row.score.text.strip()}",
        expected=shown(added),
        row=row.project.text.strip(),
        related=tuple(related(score) for score, _ in row.parts),
    )


def _of_levels(form: Form) -> Iterator[Problem]:
    groups: dict[int, tuple[Level, list[ScoredIndicator]]] = {}
    for item in form.indicators:
        for level in item.levels:
            if level is not None and points(level.score) is not None:
                groups.setdefault(id(level), (level, []))[1].append(item)
    for level, items in groups.values():
        added = _sum(items)
        if level.score is None or added is None or _agrees(level.score, added):
            continue
        yield at_value(
            level.score,
            f"“{level.label.text.strip()}”各项得分之和为 {shown(added)}，写的是 {level.score.text.strip()}",
            expected=shown(added),
            row=level.label.text.strip(),
            related=tuple(related(item.score) for item in items if item.score is not None),
        )


def _of_form(form: Form, context: Context) -> Iterator[Problem]:
    total = form.total.score if form.total is not None else None
    added = _sum(form.indicators)
    if form.total is None or total is None or added is None or len(form.indicators) < 2:
        return
    context.judged(total, *(item.score for item in form.indicators))
    values = _readings(form, added)
    if any(_agrees(total, value) for value in values):
        return
    told = points(total) or added
    expected = min(values, key=lambda value: abs(value - told))
    yield at_value(
        total,
        f"各项得分之和为 {shown(expected)}，总分写的是 {total.text.strip()}",
        expected=shown(expected),
        row=form.total.label.text.strip(),
        related=tuple(related(item.score) for item in form.indicators if item.score is not None),
    )


def _readings(form: Form, added: Decimal) -> list[Decimal]:
    """What the total may be: with the score of budget execution, and without it where the weights leave that open."""
    fund = form.fund_total
    score = points(fund.score) if fund is not None else None
    if score is None:
        return [added]
    weights = [points(item.weight) for item in form.indicators]
    whole = sum((weight for weight in weights if weight is not None), Decimal(0))
    total = points(form.total.weight) if form.total is not None else None
    weight = points(fund.weight) if fund is not None else None
    if total is not None and whole == total:
        return [added]
    if total is not None and whole + (weight or 0) == total:
        return [added + score]
    return [added, added + score]


def _sum(items: list[ScoredIndicator] | tuple[ScoredIndicator, ...]) -> Decimal | None:
    """What the scores add up to; None where a row has none."""
    scores = [points(item.score) for item in items if not (item.shared and item.score is None)]
    known = [score for score in scores if score is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(scores) else None


def _agrees(printed: Value, added: Decimal) -> bool:
    told = points(printed)
    kept = places(printed.text)
    exponent = added.normalize().as_tuple().exponent
    rounded = isinstance(exponent, int) and -exponent > kept
    return told is None or abs(told - added) <= (Decimal("0.5").scaleb(-kept) if rounded else _CENT)
