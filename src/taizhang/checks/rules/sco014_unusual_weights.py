"""SCO014: the parts of a score form do not weigh what the rules on self-evaluation give them."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, rule
from taizhang.checks.rules._forms import settings, shown
from taizhang.intake.forms import Form, points
from taizhang.intake.plans import Value


@rule("SCO014", kind="score_mismatch", severity="info", since="0.2")
def unusual_weights(context: Context) -> Iterator[Problem]:
    """自评表各部分的分值与通行的权重不同。

    ## 为什么
    财政部门的自评表原则上预算执行率 10 分、产出 50 分、效益 30 分、满意度 10 分；改了权重要有主管部门的规定，否则会被退回。

    ## 不合格
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|---|---|
    | 产出指标 | 数量指标 | 培训教师（人次） | 300 | 310 | 40 | 40 |
    | 效益指标 | 社会效益指标 | 服务企业（家） | 20 | 21 | 40 | 40 |
    | 满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥90% | 95% | 10 | 10 |

    项目支出绩效自评表按年初目标填报。

    ## 合格
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|---|---|
    | 产出指标 | 数量指标 | 培训教师（人次） | 300 | 310 | 50 | 50 |
    | 效益指标 | 社会效益指标 | 服务企业（家） | 20 | 21 | 30 | 30 |
    | 满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥90% | 95% | 10 | 10 |

    项目支出绩效自评表按年初目标填报。

    ## 例外
    单列的成本指标并入产出；缺产出、效益、满意度中任何一部分的表和分值加不成总分的表不查；口径里没有写 `scoring.parts` 的不查。

    ## 参数
    口径配置 `scoring.parts`：各部分的名称和分值；`scoring.totals`：全表的总分。

    ## 局限
    不知道主管部门是否另有规定，所以只作提示；三级指标没有逐行写分值的表不查。

    ## 依据
    财预〔2020〕10号：权重由各单位确定，原则上预算执行率 10、产出 50、效益 30、满意度 10。
    """
    usual = {name: Decimal(str(weight)) for name, weight in settings(context).get("parts", {}).items()}
    totals = {Decimal(str(total)) for total in settings(context).get("totals", [])}
    for reading in context.readings if usual else ():
        for form in reading.forms.forms:
            parts = _parts(form, list(usual))
            odd = [name for name, (weight, _) in parts.items() if weight != usual[name]]
            if odd and _is_whole(parts, totals):
                first = parts[odd[0]][1]
                told = "、".join(f"{name} {shown(parts[name][0])}" for name in odd)
                wanted = "、".join(f"{name} {shown(usual[name])}" for name in odd)
                yield at_value(
                    first,
                    f"各部分的分值为{told}，通行的是{wanted}；另有规定的请写明依据",
                    expected=wanted,
                    row=first.text.strip(),
                )


def _is_whole(parts: dict[str, tuple[Decimal, Value]], totals: set[Decimal]) -> bool:
    """Whether no part is missing and they make a whole; where they do not, SCO004 tells it."""
    return {"产出", "效益", "满意度"} <= parts.keys() and sum(weight for weight, _ in parts.values()) in totals


def _parts(form: Form, names: list[str]) -> dict[str, tuple[Decimal, Value]]:
    """What each part of a form weighs, with the label of its first row; empty where a row has no weight."""
    found: dict[str, tuple[Decimal, Value]] = {}
    total = form.fund_total
    executed = points(total.weight) if total is not None else None
    if total is not None and executed is not None and names:
        found[names[0]] = (executed, total.label)
    for item in form.indicators:
        level, weight = item.levels[0], points(item.weight)
        if level is None or weight is None:
            return {}
        label = level.label.text
        name = next((name for name in reversed(names) if name in label), "产出" if "成本" in label else None)
        if name is not None:
            before = found.get(name)
            found[name] = (weight + (before[0] if before else 0), before[1] if before else level.label)
    return found
