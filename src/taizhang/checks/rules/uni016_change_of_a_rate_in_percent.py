"""UNI016: the change of a rate is told in per cent where percentage points are meant."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.core.finding import Severity

_CHANGE = re.compile(
    r"(?P<name>[一-鿿]{0,10}(?:率|比例|占比|比重|满意度))\s*(?:已|均)?(?:为|达到?|是|稳定在|保持在)?\s*(?P<rate>\d{1,3}(?:\.\d+)?)\s*[%％]\s*"
    r"[，,（(]\s*(?:同比|(?:比|较)(?:上年|去年|上届|上一年|上一届|往年|20\d\d\s*[年届])(?:度|同期)?)(?:又)?"
    r"(?P<told>(?:提高|提升|上升|增加|增长|下降|降低|减少|回落)(?:了|约)?\s*(?P<change>\d{1,2}(?:\.\d+)?)\s*[%％])"
)
_MOST = 10  # per cent: a larger change may well be told of the rate itself


@rule("UNI016", kind="unit_or_period", severity="warning", since="0.6")
def change_of_a_rate_in_percent(context: Context) -> Iterator[Problem]:
    """比率的增减写成“%”，应写“个百分点”。

    ## 为什么
    就业率由 96% 到 97%，是提高 1 个百分点；写成“提高 1%”，读的人会按 96%×1.01 去算。

    ## 不合格
    毕业去向落实率 96.9%，比上届提高 0.7%。

    ## 合格
    毕业去向落实率 96.9%，比上届提高 0.7 个百分点。到账经费 612 万元，比上年增长 5%。

    ## 例外
    增减 10% 以上的可能真是增长率，不判断；同处写了上年比率的由 ARI021 核对。

    ## 依据
    国家统计局《统计用语》：两个比率之差用百分点。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            if "率" not in paragraph.text and "比" not in paragraph.text and "度" not in paragraph.text:
                continue
            for match in _CHANGE.finditer(paragraph.text):
                if float(match["change"]) < _MOST:
                    points = f"{match['change']} 个百分点"
                    yield at_text(
                        paragraph,
                        *match.span("told"),
                        f"“{match['name']}”是比率，增减应以百分点计，写的是“{match['told']}”",
                        expected=points,
                        severity=Severity.WARNING,
                    )
