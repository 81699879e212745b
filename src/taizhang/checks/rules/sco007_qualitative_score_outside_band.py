"""SCO007: the score of a qualitative indicator is outside the band of its degree of attainment."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._forms import label, settings, shown
from taizhang.core.finding import Severity
from taizhang.core.scoring import Band, band_of
from taizhang.documents.alignment import bare
from taizhang.intake.forms import ScoredIndicator, points


@rule("SCO007", kind="score_mismatch", severity="error", since="0.1")
def qualitative_score_outside_band(context: Context) -> Iterator[Problem]:
    """定性指标的得分不在“达成、部分达成、未达成”的分值区间内。

    ## 为什么
    定性指标分三档记分：达成 80%～100%，部分达成 60%～80%，未达成 60% 以下；写“部分达成”而给满分，自相矛盾。

    ## 不合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|
    | 教师教学能力 | 明显提升 | 部分达成年度指标并具有一定效果 | 10 | 10 |

    ## 合格
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|
    | 教师教学能力 | 明显提升 | 部分达成年度指标并具有一定效果 | 10 | 7 |

    ## 例外
    实际完成值不是三档用语的不判断；正好在分界上的不报；低于区间的、写“基本建立”等而得满分的，按存疑报。

    ## 参数
    口径配置 `scoring.bands`：三档的写法和区间。

    ## 依据
    财预〔2020〕10号：定性指标按达成、部分达成、未达成三档，分别按分值的 100%～80%（含）、80%～60%（含）、60%～0% 记分。
    """
    bands = [Band.of(band) for band in settings(context)["bands"]]
    for reading in context.readings:
        for form in reading.forms.forms:
            for item in form.indicators if not form.is_weighted else ():
                yield from _problem(item, bands, context)


def _problem(item: ScoredIndicator, bands: list[Band], context: Context) -> Iterator[Problem]:
    weight, score = points(item.weight), points(item.score)
    if weight is None or not weight or score is None or item.score is None or item.actual is None or item.shared:
        return
    band = band_of(bare(item.actual.text), bands)
    if band is None or score > weight:
        return
    context.judged(item.weight, item.score)
    share = score / weight * 100
    if band.low <= share <= band.high:
        return
    least, most = shown(weight * band.low / 100), shown(weight * band.high / 100)
    expected = f"低于 {shown(weight)}" if band.is_doubtful else f"{least}～{most}"
    yield at_value(
        item.score,
        f"实际完成值写“{item.actual.text.strip()}”，应得 {expected} 分，写的是 {item.score.text.strip()}",
        expected=expected,
        row=label(item),
        related=(related(item.actual),),
        severity=Severity.ERROR if share > band.high and not band.is_doubtful else Severity.WARNING,
    )
