"""UNI017: a date that no calendar has."""

import re
from calendar import monthrange
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import texts

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)(?P<month>\d{1,2})\s*月(?!\s*\d{1,2}\s*[日号])"
    r"|(?:(?P<of>(?:19|20)\d\d)\s*年\s*)?(?<!\d)(?P<in>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号](?!均)"
)
_LEAP = 2024  # where no year is told, February may have 29 days
_MONTHS = 12


@rule("UNI017", kind="unit_or_period", severity="error", since="0.7")
def date_that_is_none(context: Context) -> Iterator[Problem]:
    """日期不存在：13 月、31 日写在小月、平年的 2 月 29 日。

    ## 为什么
    不存在的日期必是笔误；立项、到账、验收的日期错了，就说不清事情是不是在报告期内。

    ## 不合格
    项目于 2023年13月通过验收，截至 2023年6月31日到位资金 300 万元。

    ## 合格
    项目于 2023年12月通过验收，截至 2023年6月30日到位资金 300 万元。

    ## 例外
    没有写年份的 2 月 29 日不报。

    ## 依据
    GB/T 7408.1—2023《日期和时间 信息交换表示法》。
    """
    for reading in context.readings:
        for text in texts(reading, context):
            for match in _DATE.finditer(text.text) if "月" in text.text else ():
                year = int(match["year"] or match["of"] or _LEAP)
                month, day = int(match["month"] or match["in"]), int(match["day"] or 1)
                if not 1 <= month <= _MONTHS:
                    yield text.problem(*match.span(), f"“{match[0]}”：没有 {month} 月")
                elif not 1 <= day <= monthrange(year, month)[1]:
                    last = monthrange(year, month)[1]
                    yield text.problem(
                        *match.span(), f"“{match[0]}”：{month} 月没有 {day} 日", expected=f"不超过 {month} 月 {last} 日"
                    )
