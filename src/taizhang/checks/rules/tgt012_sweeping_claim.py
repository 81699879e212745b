"""TGT012: the text claims that everything is done while the tables show what is not."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._attainment import attained
from taizhang.checks.rules._links import CATEGORIES, category
from taizhang.checks.rules._sweeping import Claim, claims_on_indicators, is_on_its_own_part, speaks_for
from taizhang.checks.rules._wording import falls_short, told, worded_actual
from taizhang.core.attainment import Attained
from taizhang.core.saying import few
from taizhang.intake.plans import Indicator, Value
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

_SHOWN = 8


@rule("TGT012", kind="below_target_claimed_done", severity="error", since="0.1")
def sweeping_claim(context: Context) -> Iterator[Problem]:
    """正文称指标全部完成，表中却有没有达到目标的指标。

    ## 为什么
    “全部完成”是整份报告的结论；只要有一项没有达到，结论就不成立，责任由签字人承担。

    ## 不合格
    学校绩效指标共 2 个，全部完成，绩效指标完成率为 100%。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 省级课题（项） | 40 | 20 | 22 | 110% |
    | 技术服务（项） | 60 | 30 | 21 | 100% |

    ## 合格
    学校绩效指标共 2 个，完成 1 个，技术服务一项尚未达到目标。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 省级课题（项） | 40 | 20 | 22 | 110% |
    | 技术服务（项） | 60 | 30 | 21 | 70% |

    ## 例外
    只说某一任务、某一类指标全部完成，而没有达到的指标属于别的任务、别的类的，不报。整份报告的话说了几遍的，每段报一次；
    “本任务”的话只报第一处，其余由汇总表的完成数去说（ARI007）。写在“总体情况”一类标题之下的，看整份报告。

    ## 参数
    口径配置 attainment.general_headings：这样的标题。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”。
    """
    for reading in context.readings:
        short = _not_reached(reading, context.profile)
        if not short:
            continue
        holding = {row.table.index for row in reading.plans.indicators}
        told: list[Claim] = []
        for claim in claims_on_indicators(reading, context):
            if told and (is_on_its_own_part(claim) or any(claim.paragraph is each.paragraph for each in told)):
                continue  # what is short of it is told at the table that sums the part up
            named = [row for row in short if speaks_for(claim, row.table, reading, context.profile, holding)]
            named = [row for row in named if _of_its_category(claim, row)]
            if not named:
                continue
            told.append(claim)
            names = few((row.code or row.name for row in named), _SHOWN)
            yield at_text(
                claim.paragraph,
                claim.start,
                claim.end,
                f"表中有 {len(named)} 个指标没有达到目标（{names}），不能说全部完成",
                expected="低于 100%，并说明没有达到的指标",
                related=tuple(related(_shown(row)) for row in named),
            )


def _of_its_category(claim: Claim, row: Indicator) -> bool:
    """Whether a claim does not speak of another category of indicators (“时效指标全部完成”)."""
    said = claim.paragraph.text[claim.start : claim.end]
    own = category(row.table.caption or "")
    return own is None or own in said or not any(word in said for word in CATEGORIES)


def _not_reached(reading: Reading, profile: Profile) -> list[Indicator]:
    """The indicators that by their own values do not reach their target."""
    rows = []
    for row in reading.plans.indicators:
        result = attained(row)
        if result is not None:
            if result.state is Attained.SHORT:
                rows.append(row)
            continue
        value = worded_actual(row, profile)
        if value is not None and falls_short(row, told(value, profile), profile) is not None:
            rows.append(row)
    return rows


def _shown(row: Indicator) -> Value:
    return row.actual or row.label
