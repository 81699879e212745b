"""XDC003: so many years in a row, from the year named, would end after the year that the report is about."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.core import numeral

_IN_A_ROW = re.compile(
    r"(?P<since>20\d\d)\s*年(?:开始|起|以来)?[，,]?\s*(?:已)?连续\s*(?P<count>\d{1,2}|[一二三四五六七八九十]{1,3})\s*年"
)


@rule("XDC003", kind="unit_or_period", severity="warning", since="0.3")
def years_in_a_row_too_many(context: Context) -> Iterator[Problem]:
    """从某年起“连续几年”，算下来超出了报告的年度。

    ## 为什么
    2023 年的报告写“从 2017 年开始，连续 8 年”，而 2017 年到 2023 年只有 7 年：不是数错了，就是把明年的稿子用到了今年。

    ## 不合格
    # 云岭职业技术学院2023年区域服务报告

    从2017年开始，连续8年承办岭川省焊工技能大赛。

    ## 合格
    # 云岭职业技术学院2023年区域服务报告

    从2016年开始，连续8年承办岭川省焊工技能大赛。

    ## 例外
    题目和文件名看不出年份的报告不查；少于实际年数的不报，中间可能停过。

    ## 依据
    本项目的填报约定：起止年份都在内，连续年数 = 报告年度 - 起始年份 + 1。
    """
    for reading, own in zip(context.readings, context.origins.of, strict=True):
        if own.last is None:
            continue
        for paragraph in reading.document.paragraphs:
            for match in _IN_A_ROW.finditer(paragraph.text) if "连续" in paragraph.text else ():
                printed = match["count"]
                count = int(printed) if printed.isdigit() else numeral.parse(printed)
                years = own.last - int(match["since"]) + 1
                if count is not None and count > years > 0:
                    yield at_text(
                        paragraph,
                        *match.span(),
                        f"从 {match['since']} 年到 {own.last} 年是 {years} 年，写作连续 {printed} 年",
                        expected=f"连续{years}年",
                    )
