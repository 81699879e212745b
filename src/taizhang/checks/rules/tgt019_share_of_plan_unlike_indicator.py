"""TGT019: the text tells a value and at what rate it meets the plan; the target in the table makes another rate."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._attainment import attained, percent
from taizhang.checks.rules._grid import fits
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Indicator
from taizhang.intake.reading import Reading

_TOLD = re.compile(
    r"(?P<actual>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s，。；、,;（()）]{0,5})[，,（(]\s*(?:完成|达到|实现|为|占|是|达)了?(?:年度|全年|年初|当年|期满|中期)?"
    r"(?:计划|目标|任务|指标|预期)(?:任务|目标)?[数值量]?的\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
_STOP = re.compile(r"[。；;，,！？\n]")


@rule("TGT019", kind="rate_mismatch", severity="error", since="0.7")
def share_of_plan_unlike_indicator(context: Context) -> Iterator[Problem]:
    """正文写“完成计划的百分之几”，与指标表的目标值算出来的不一致。

    ## 为什么
    目标值和实际值都在表里，一除便知；正文多写几个百分点，就是多报完成情况。

    ## 不合格
    维修机耕路 43.2 公里，完成计划的 92%。

    | 三级指标 | 指标值 | 完成值 |
    |---|---|---|
    | 维修机耕路（公里） | 48 | 43.2 |
    | 疏浚沟渠（公里） | 60 | 66 |

    ## 合格
    维修机耕路 43.2 公里，完成计划的 90%。

    | 三级指标 | 指标值 | 完成值 |
    |---|---|---|
    | 维修机耕路（公里） | 48 | 43.2 |
    | 疏浚沟渠（公里） | 60 | 66 |

    ## 例外
    正文要写出指标的名称和表中的实际值；名称相同的指标有几个的不判断；“以上”“左右”不判断。

    ## 依据
    财预〔2020〕10号：绩效自评结果应与指标完成情况一致。
    """
    for reading in context.readings:
        if not reading.plans.indicators:
            continue
        for paragraph in reading.document.paragraphs:
            for match in _TOLD.finditer(paragraph.text) if "%" in paragraph.text.replace("％", "%") else ():
                yield from _problem(paragraph, match, reading, context)


def _problem(paragraph: Paragraph, match: re.Match[str], reading: Reading, context: Context) -> Iterator[Problem]:
    begin = max((stop.end() for stop in _STOP.finditer(paragraph.text, 0, match.start())), default=0)
    said = bare(paragraph.text[begin : match.start()])
    row = _meant(said, Decimal(match["actual"].replace(",", "")), reading)
    result = attained(row) if row is not None else None
    if row is None or result is None or row.goal is None or row.actual is None:
        return
    context.compared(row.goal, row.actual)
    told, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
    if fits(result.ratio, told, places):
        return
    expected = percent(result.ratio, places)
    yield at_text(
        paragraph, match.start("rate"), match.end(),
        f"表中“{row.name}”目标 {row.goal.text.strip()}、实际 {row.actual.text.strip()}，应为 {expected}，写的是 {match['rate']}%",
        expected=expected, related=(related(row.goal), related(row.actual)),
    )  # fmt: skip


def _meant(said: str, told: Decimal, reading: Reading) -> Indicator | None:
    """The one indicator that the words name and whose value they tell."""
    found = [
        row
        for row in reading.plans.indicators
        if len(name := bare(row.name)) > 1
        and (said.endswith(name) or (name.endswith(said[-4:]) and len(said) >= 4))
        and row.actual is not None
        and row.actual.quantity is not None
        and row.actual.quantity.value == told
    ]
    return found[0] if len(found) == 1 else None
