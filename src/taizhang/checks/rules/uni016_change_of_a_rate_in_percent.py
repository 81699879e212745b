"""UNI016: the change of a rate is told in per cent where percentage points are meant."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Paragraph

_CHANGE = re.compile(
    r"(?P<name>[一-鿿]{0,10}(?:率|比例|占比|比重|满意度))\s*(?:已|均)?(?:为|达到?|是|稳定在|保持在)?\s*(?P<rate>\d{1,3}(?:\.\d+)?)\s*[%％]\s*"
    r"[，,（(]\s*(?:[一-鿿]{1,6}率)?(?:同比|(?:比|较)\s*(?:上年|去年|上届|上一年|上一届|往年|20\d\d\s*[年届])(?:度|同期)?)(?:又)?"
    r"(?P<told>(?:提高|提升|上升|增加|增长|下降|降低|减少|回落)(?:了|约)?\s*(?P<change>\d{1,2}(?:\.\d+)?)\s*[%％])"
)
# “满意度 94 个百分点”: a rate itself is no number of points; and “到账 2016 万元，比上年增长 20 个百分点”.
_LEVEL = re.compile(
    r"(?:(?P<name>[一-鿿]{1,8}(?:率|满意度|占比|比重))(?:均?(?:为|达到?|是))?|(?P<share>占(?:比)?[^，。；、,;\d]{0,12}?))\s*"
    r"(?P<told>(?:100|[2-9]\d)(?:\.\d+)?\s*个百分点)(?!的|之)"
)
_GROWN = re.compile(
    r"\d\s*[万亿]?(?:元|人次)[，,]\s*(?:同比|(?:比|较)\s*(?:上年|去年|上一年|20\d\d\s*年)(?:度|同期)?(?:的\s*[\d.,]+\s*[万亿]?(?:元|人次))?)\s*"
    r"(?:增长|增加)(?:了)?\s*(?P<told>\d{1,3}(?:\.\d+)?\s*个百分点)"
)
_CLAUSE = re.compile("[，。；、,;：:（(]")
_SHARE = re.compile("占比|比重|增长率|增幅|升学率|升本率|提取率|上线率|上岗率|超额|下达")
_CHANGED = re.compile("[高低超落领比较提降升增减差距上下回扩缩]")
_MOST = 10  # per cent: a larger change may well be told of the rate itself


@rule("UNI016", kind="unit_or_period", severity="warning", since="0.6")
def change_of_a_rate_in_percent(context: Context) -> Iterator[Problem]:
    """比率的增减写成“%”，应写“个百分点”；或者反过来。

    ## 为什么
    就业率由 96% 到 97%，是提高 1 个百分点；写成“提高 1%”，读的人会按 96%×1.01 去算。

    ## 不合格
    毕业去向落实率 96.9%，比上届提高 0.7%。学生满意度 94 个百分点。

    ## 合格
    毕业去向落实率 96.9%，比上届提高 0.7 个百分点。到账经费 612 万元，比上年增长 5%。

    ## 例外
    增减 10% 以上的可能真是增长率，不判断；同处写了上年比率的由 ARI021 核对。“个百分点”前面有高、低、提、降等比较的话的，不报。

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
            if "个百分点" in paragraph.text:
                yield from _points_for_percent(paragraph)


def _points_for_percent(paragraph: Paragraph) -> Iterator[Problem]:
    """A rate, a share, or the growth of an amount that is told in points."""
    for pattern in (_LEVEL, _GROWN):
        for match in pattern.finditer(paragraph.text):
            clause = _CLAUSE.split(paragraph.text[: match.start("told")])[-1]
            if pattern is _LEVEL and _CHANGED.search(_SHARE.sub("", clause)):
                continue
            what = "增长的是数额" if pattern is _GROWN else "写的是比率本身，没有与别的比率相减"
            yield at_text(
                paragraph, *match.span("told"), f"{what}，应以“%”计，写的是“{match['told']}”",
                expected=match["told"].replace("个百分点", "%").replace(" ", ""), severity=Severity.WARNING,
            )  # fmt: skip
