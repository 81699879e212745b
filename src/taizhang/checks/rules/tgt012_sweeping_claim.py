"""TGT012: the text claims that everything is done while the tables show what is not."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._attainment import Attained, attained
from taizhang.checks.rules._wording import lower_level, told, worded_actual
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Indicator, Value
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

_CLAIM = re.compile(
    r"[^，。；;,]{0,60}(?:指标|绩效|目标)[^。；;]{0,40}?"
    r"(?:完成率|达成率|达成度|完成度)(?:均)?(?:为|达|达到)?\s*100(?:\.0+)?\s*[%％]"
    r"|[^，。；;,]{0,60}(?:指标|绩效目标|目标)[^，。；;,]{0,12}(?:全部|全面|均已?|都已?)(?:超额)?(?:完成|达成|实现|达到|超过)(?:或超过)?(?:[^，。；;,]{0,6}目标值?)?"
    r"|[^，。；;,]{0,60}目标[^，。；;,]{0,6}超额(?:完成|达成|实现)"
)
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
    只说某一任务全部完成、而没有达到的指标属于别的任务的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”。
    """
    for reading in context.readings:
        short = _not_reached(reading, context.profile)
        if not short:
            continue
        claims = [(p, m) for p in reading.document.paragraphs for m in _CLAIM.finditer(p.text) if _covers(p, short)]
        if not claims:
            continue
        paragraph, match = claims[0]
        named = [row for row in short if _under(paragraph, row)]
        names = "、".join(row.code or row.name for row in named[:_SHOWN]) + ("等" if len(named) > _SHOWN else "")
        yield at_text(
            paragraph,
            *match.span(),
            f"表中有 {len(named)} 个指标没有达到目标（{names}），不能说全部完成",
            expected="低于 100%，并说明没有达到的指标",
            related=tuple(related(_shown(row)) for row in named),
        )


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
        if value is not None and lower_level(profile.levels.named(row.name), told(value, profile).levels, profile):
            rows.append(row)
    return rows


def _under(paragraph: Paragraph, row: Indicator) -> bool:
    """Whether the claim speaks of the row: the row's table stands under the heading of the claim."""
    depth = len(paragraph.section)
    return row.table.section[:depth] == paragraph.section


def _covers(paragraph: Paragraph, short: list[Indicator]) -> bool:
    return any(_under(paragraph, row) for row in short)


def _shown(row: Indicator) -> Value:
    return row.actual or row.label
