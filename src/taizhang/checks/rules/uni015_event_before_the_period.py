"""UNI015: a report counts, among the things of its year, what happened in the year before."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._period import report_year
from taizhang.checks.rules._prose import Sentence, earlier, sentences
from taizhang.core.finding import Severity

_PART = re.compile(
    r"(?:其中|含|包括)[^，。；;\d]{0,4}(?P<year>20\d\d)\s*年\s*(?P<month>1[0-2]|0?[1-9])\s*月(?!以来|至|到|起|[—–~～-])"
)
_SPAN = re.compile(r"累计|[两三四五]年|年来|以来|截至|现有|建设期|周期|学年|历年|共有|拥有|上年|去年|建有|总数|存量")
_CARRIED = re.compile(r"立项|入学|启动|开工|签订|获批|招生|聘任|入库")
_NEAR = 60  # characters between a whole and the part told of it


@rule("UNI015", kind="unit_or_period", severity="warning", since="0.6")
def event_before_the_period(context: Context) -> Iterator[Problem]:
    """上一年的事，算进了报告年度的数。

    ## 为什么
    年度报告的数只能是当年的；把上年 12 月办的活动算进来，上年的报告里已经报过一次，就成了重复计数。

    ## 不合格
    # 2024年度绩效自评报告
    举办读者活动 642 场，其中 2023 年 12 月举办的阅读季活动 26 场。

    ## 合格
    # 2024年度绩效自评报告
    举办读者活动 616 场，其中 2024 年 12 月举办的阅读季活动 26 场。现有实训基地 12 个，其中 2023 年 12 月建成 3 个。

    ## 例外
    现有数、累计数和跨年的数不报；只写年份、不写月份的不判断；上年立项、开工、签订而本年完成的不报；看不出报告年度的不判断。

    ## 依据
    教职成〔2020〕8号：绩效自评按年度进行；统计期间以外的成果不应计入。
    """
    for reading in context.readings:
        year = report_year(reading, context)
        if year is None:
            continue
        for sentence in sentences(reading, context):
            for match in _PART.finditer(sentence.text, sentence.begin, sentence.end):
                if int(match["year"]) == year - 1:
                    yield from _problem(sentence, match, year)


def _problem(sentence: Sentence, match: re.Match[str], year: int) -> Iterator[Problem]:
    told = earlier(sentence, match.start())
    part = next((figure for figure in sentence.figures if figure.start > match.end()), None)
    if not told or part is None or match.start() - told[-1].end > _NEAR:
        return
    between = sentence.text[match.end() : part.start]
    if not told[-1].counts_like(part) or re.search("[，。；;]", between) or _CARRIED.search(between):
        return
    if _SPAN.search(sentence.text, sentence.begin, told[-1].end) or part.value >= told[-1].value:
        return
    yield sentence.passage.problem(
        match.start(),
        part.end,
        f"报告年度是 {year} 年，其中的 {sentence.printed(part)} 是 {match['year']} 年 {match['month']} 月的，不应计入",
        expected=f"只计 {year} 年的",
        severity=Severity.WARNING,
        related=(sentence.passage.related(told[-1].start, told[-1].end),),
    )
