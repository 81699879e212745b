"""UNI019: the opening of a report says that it reports on another year than its title."""

import re
from collections.abc import Iterator
from itertools import islice

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._period import report_year
from taizhang.documents.blocks import Heading, Paragraph
from taizhang.intake.reading import Reading

_OPENING = re.compile(
    r"现(?:将|就|对)[^。；\d]{0,24}(?P<year>20\d\d)\s*年度?(?![^。；]{0,4}[至—-])[^。；]{0,40}?(?:报告|汇报|总结|说明|公布|公示)(?:如下|于后)"
)
_YEAR = re.compile(r"20\d\d(?!\s*年\s*\d{1,2}\s*月)")  # a month dates the report
_FIRST = 15  # paragraphs in which a report introduces itself
_TITLE = 4  # blocks that a title may have


@rule("UNI019", kind="unit_or_period", severity="warning", since="0.7")
def report_names_another_year(context: Context) -> Iterator[Problem]:
    """开头说“现将某年度情况报告如下”，与报告题名的年度不同。

    ## 为什么
    开头一段常从上年的报告抄来，年份没有改；读的人会疑心后面的数也是上年的。

    ## 不合格
    # 2024年度整体支出绩效自评报告

    根据通知要求，现将 2023 年度整体支出绩效自评情况报告如下。

    ## 合格
    # 2024年度整体支出绩效自评报告

    根据通知要求，现将 2024 年度整体支出绩效自评情况报告如下。

    ## 例外
    题名里看不出年度、或写了不止一个年度的，不判断。

    ## 依据
    教职成〔2020〕8号：绩效自评按年度进行。
    """
    for reading in context.readings:
        titled = set(_YEAR.findall(" ".join(_titles(reading))))
        year = report_year(reading, context)
        if year is None or titled != {str(year)}:
            continue
        for paragraph in islice(reading.document.paragraphs, _FIRST):
            match = _OPENING.search(paragraph.text) if "现" in paragraph.text else None
            if match is not None and int(match["year"]) != year:
                start = match.start("year")
                yield at_text(
                    paragraph, start, start + 4, f"题名的年度是 {year} 年，这里写的是 {match['year']} 年", expected=f"{year} 年"
                )  # fmt: skip


def _titles(reading: Reading) -> Iterator[str]:
    """The lines that a report begins with, up to its first sentence."""
    for block in reading.document.blocks[:_TITLE]:
        if not isinstance(block, Heading | Paragraph) or "。" in block.text:
            return
        yield block.text
