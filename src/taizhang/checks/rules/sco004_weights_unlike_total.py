"""SCO004: the weights of the indicators do not make the weight of their level, or of the form."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._forms import settings, shown
from taizhang.core.finding import Severity
from taizhang.intake.forms import Form, Level, ScoredIndicator, points


@rule("SCO004", kind="score_mismatch", severity="error", since="0.1")
def weights_unlike_total(context: Context) -> Iterator[Problem]:
    """各项分值（权重）之和不等于上一级或全表的分值。

    ## 为什么
    三级指标的分值应加成二级、二级加成一级、一级加成 100 分；加不上，总分就没有意义，系统也不让保存。

    ## 不合格
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|---|---|
    | 产出指标（50分） | 数量指标 | 培训教师（人次） | 300 | 310 | 25 | 25 |
    | 产出指标（50分） | 质量指标 | 考核合格率 | ≥90% | 95% | 20 | 20 |

    ## 合格
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|---|---|
    | 产出指标（50分） | 数量指标 | 培训教师（人次） | 300 | 310 | 30 | 30 |
    | 产出指标（50分） | 质量指标 | 考核合格率 | ≥90% | 95% | 20 | 20 |

    ## 例外
    没有写明上级分值的不判断；没有总分行的，只在有资金块或几个一级指标的整表上按 100 分（不含执行率为 90 分）核对，按存疑报。

    ## 参数
    口径配置 `scoring.totals`：全表各指标分值之和可以是多少。

    ## 依据
    财预〔2020〕10号：单位自评指标的权重由各单位确定，原则上预算执行率 10、产出 50、效益 30、满意度 10，共 100 分。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            wrong = list(_of_levels(form))
            yield from wrong
            yield from _of_form(form, context, bool(wrong))
            context.judged(*(item.weight for item in form.indicators))


def _of_levels(form: Form) -> Iterator[Problem]:
    for depth in (1, 0):
        for level, items in _groups(form.indicators, depth):
            if level.weight is None:
                continue
            below = _groups(items, 1) if depth == 0 else []
            weights = [known for child, _ in below if (known := child.weight) is not None]
            whole = depth == 0 and bool(below) and len(weights) == len(below)
            added = sum(weights, Decimal(0)) if whole else _sum(items)
            if added is None or added == level.weight:
                continue
            yield at_value(
                level.label,
                f"“{level.label.text.strip()}”应为 {shown(level.weight)} 分，下级各项分值之和为 {shown(added)} 分",
                printed=shown(level.weight),
                expected=shown(added),
                row=level.label.text.strip(),
                related=tuple(related(item.weight) for item in items if item.weight is not None),
            )


def _groups(items: Sequence[ScoredIndicator], depth: int) -> list[tuple[Level, list[ScoredIndicator]]]:
    """The indicators under each level of this depth, in order."""
    found: list[tuple[Level, list[ScoredIndicator]]] = []
    for item in items:
        level = item.levels[depth]
        if level is None:
            continue
        if found and found[-1][0] is level:
            found[-1][1].append(item)
        else:
            found.append((level, [item]))
    return found


def _of_whole(form: Form, total: Decimal, context: Context) -> Iterator[Problem]:
    """A form of which the total is what its rows make, but not 100: wrong in the part that is not as usual."""
    usual = {name: Decimal(str(weight)) for name, weight in settings(context).get("parts", {}).items()}
    allowed = {Decimal(str(value)) for value in settings(context)["totals"]}
    tops = _groups(form.indicators, 0)
    if form.is_weighted or total in allowed or len(tops) < 2 or not max(allowed) / 2 < total < max(allowed) * 2:
        return
    odd = [
        (level, items, added, usual[name])
        for level, items in tops
        for name in usual
        if name in level.label.text and (added := _sum(items)) is not None and added != usual[name]
    ]
    if len(odd) == 1 and total - odd[0][2] + odd[0][3] in allowed:
        level, items, added, wanted = odd[0]
        yield at_value(
            level.label,
            f"“{level.label.text.strip()}”各项分值之和为 {shown(added)} 分，应为 {shown(wanted)} 分，全表因此是 {shown(total)} 分",
            printed=shown(added),
            expected=shown(wanted),
            row=level.label.text.strip(),
            related=tuple(related(item.weight) for item in items if item.weight is not None),
        )


def _sum(items: Sequence[ScoredIndicator]) -> Decimal | None:
    """What the weights add up to; None where a row has none of its own."""
    weights = [points(item.weight) for item in items if not (item.shared and item.weight is None)]
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)) if len(known) == len(weights) else None


def _of_form(form: Form, context: Context, is_told: bool) -> Iterator[Problem]:
    added = _sum(form.indicators)
    if added is None or len(form.indicators) < 2:
        return
    fund = points(form.fund_total.weight) if form.fund_total is not None else None
    total = points(form.total.weight) if form.total is not None else None
    values = {added, added + (fund or 0)}
    if is_told:
        tops = [level.weight for level, _ in _groups(form.indicators, 0)]
        known = [weight for weight in tops if weight is not None]
        values |= {sum(known, Decimal(0)), sum(known, fund or Decimal(0))}
    if total is not None and form.total is not None and form.total.weight is not None:
        if total in values:
            yield from _of_whole(form, total, context)
            return
        told = total
        right = min(added, added + (fund or 0), key=lambda value: abs(value - told))
        yield at_value(
            form.total.weight,
            f"各项分值之和为 {shown(right)} 分，总分行写的是 {shown(total)} 分",
            expected=shown(right),
            row=form.total.label.text.strip(),
        )
        return
    tops_named = len(_groups(form.indicators, 0))
    allowed = {Decimal(str(value)) for value in settings(context)["totals"]}
    if form.total is None and (tops_named > 1 or fund is not None) and not values & allowed and not is_told:
        last = form.indicators[-1].weight or form.indicators[0].label
        yield at_value(
            last,
            f"全表各项分值之和为 {shown(added + (fund or 0))} 分，应为 100 分",
            printed=shown(added + (fund or 0)),
            expected="100",
            severity=Severity.WARNING,
        )
