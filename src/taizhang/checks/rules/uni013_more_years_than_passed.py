"""UNI013: “since 2015, ten years running” in a report of 2023: more years than have passed."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._period import report_year
from taizhang.core import numeral

_RUN = re.compile(
    r"(?:从|自)?\s*(?P<since>(?:19|20)\d\d)\s*年\s*(?:\d{1,2}\s*月)?\s*(?:起|开始|以来)[^。；;\d]{0,16}?连续\s*"
    r"(?P<years>\d{1,2}|[一二三四五六七八九十]{1,3})\s*年"
)


@rule("UNI013", kind="unit_or_period", severity="warning", since="0.2")
def more_years_than_passed(context: Context) -> Iterator[Problem]:
    """“自某年起连续若干年”，年数多于到报告年度为止的年数。

    ## 为什么
    连续年数一减便知；多出来的一年要么是算错，要么把报告期以后的一年也算了进来。

    ## 不合格
    # 2023年服务区域发展工作报告
    学校从2016年开始，连续9年举办社区教育节。

    ## 合格
    # 2023年服务区域发展工作报告
    学校从2016年开始，连续8年举办社区教育节。

    ## 例外
    年数少于应有的不报（可能中间计法不同）；看不出报告年度的不判断。

    ## 依据
    教职成〔2020〕8号：绩效自评按年度进行；所报信息应真实、准确。
    """
    for reading in context.readings:
        year = report_year(reading, context)
        for paragraph in reading.document.paragraphs if year is not None else ():
            for match in _RUN.finditer(paragraph.text) if "连续" in paragraph.text else ():
                told = int(match["years"]) if match["years"].isdigit() else numeral.parse(match["years"]) or 0
                passed = (year or 0) - int(match["since"]) + 1
                if 0 < passed < told:
                    yield at_text(
                        paragraph,
                        match.start(),
                        match.end(),
                        f"从 {match['since']} 年到报告年度 {year} 年共 {passed} 年，写的是连续 {match['years']} 年",
                        printed=match["years"],
                        expected=str(passed),
                    )
