"""TGT015: a stated completion or score that by the profile means a failed evaluation."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, at_value, row_name, rule
from taizhang.intake.reading import Reading

_COMPLETION = re.compile(
    r"任务(?:点)?(?:总体|整体)?完成(?:度|率)(?:已?达到?|为|是|：)?\s*(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％]"
)
_MANAGEMENT = re.compile(
    r"[“\"]?管理与执行[”\"]?(?:部分|一项|指标)?(?:自评)?(?:得分)?(?:为|是|：|得)?\s*(?P<value>\d{1,2}(?:\.\d+)?)\s*分"
)


@rule("TGT015", kind="other", severity="warning", since="0.2")
def below_the_floor(context: Context) -> Iterator[Problem]:
    """任务完成度或“管理与执行”得分低于评价的底线。

    ## 为什么
    国家双高期满评价规定，任务完成度低于 80%，或者学校、专业群层面“管理与执行”得分低于 18 分的，评价结论直接为“差”，其余得分再高也没有用。

    ## 不合格
    # 中国特色高水平高职学校和专业建设计划终结期满自评报告

    建设期内共有任务点 200 个，任务完成度为 78.5%。

    ## 合格
    # 中国特色高水平高职学校和专业建设计划终结期满自评报告

    建设期内共有任务点 200 个，任务完成度为 98.5%。

    ## 例外
    没有配置底线的口径（通用、省级双高等）不查。

    ## 参数
    口径配置 `floors.completion`（任务完成度，百分比）、`floors.management`（“管理与执行”得分）和
    `arithmetic.totals`（合计行的写法）。

    ## 局限
    正文只认直接写在“任务完成度”“管理与执行”后面的数；表格只看任务完成情况表的合计行。

    ## 依据
    教职成厅函〔2024〕1号：终结期满绩效评价直接评为“差”的情形。
    """
    floors = context.profile.sections.get("floors", {})
    completion, management = floors.get("completion"), floors.get("management")
    totals = re.compile("|".join(context.profile.sections["arithmetic"]["totals"]))
    for reading in context.readings:
        if completion is not None:
            yield from _stated(reading, _COMPLETION, Decimal(str(completion)), "任务完成度", "%")
            yield from _tallied(context, reading, totals, Decimal(str(completion)))
        if management is not None:
            yield from _stated(reading, _MANAGEMENT, Decimal(str(management)), "“管理与执行”得分", " 分")


def _stated(reading: Reading, words: re.Pattern[str], floor: Decimal, what: str, unit: str) -> Iterator[Problem]:
    for paragraph in reading.document.paragraphs:
        for match in words.finditer(paragraph.text):
            if Decimal(match["value"]) < floor:
                yield at_text(
                    paragraph,
                    match.start("value"),
                    match.end(),
                    f"{what} {match['value']}{unit}，低于 {floor}{unit}，按规定评价结论为“差”",
                    expected=f"不低于 {floor}{unit}".replace("  ", " "),
                )


def _tallied(context: Context, reading: Reading, totals: re.Pattern[str], floor: Decimal) -> Iterator[Problem]:
    for row in reading.plans.tallies:
        rate = row.rate
        if rate is None or rate.quantity is None or not totals.search(row.label.text):
            continue
        context.judged(rate)
        if rate.quantity.unit in {"%", None} and rate.quantity.value < floor:
            yield at_value(
                rate,
                f"任务完成度 {rate.text.strip()}，低于 {floor}%，按规定评价结论为“差”",
                expected=f"不低于 {floor}%",
                row=row_name(row),
            )
