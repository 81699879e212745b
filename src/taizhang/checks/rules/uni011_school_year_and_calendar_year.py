"""UNI011: the same figure is told of a school year in one place and of a calendar year in another."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._links import likeness, pairs_of
from taizhang.core import period
from taizhang.core.fact import Fact
from taizhang.core.finding import Related, Severity

_CALENDAR = re.compile(
    r"20\d\d\s*[-—–－至]+\s*20\d\d\s*学年(?:度)?[（(，,：:]?[^，。；（()）]{0,4}(?P<year>20\d\d)\s*年\s*1\s*月(?:\s*1\s*日)?\s*[-—–－至到]+\s*"
    r"(?:(?P=year)\s*年\s*)?12\s*月(?:\s*31\s*日)?"
)
_LEAST = Decimal(20)
_TELLING = Decimal(100)
_LIKE = Decimal("0.7")


@rule("UNI011", kind="unit_or_period", severity="warning", since="0.2")
def school_year_and_calendar_year(context: Context) -> Iterator[Problem]:
    """同一个数，一处说是某学年的，一处说是某年的。

    ## 为什么
    学年（9 月至次年 8 月）和自然年差四个月，两个口径的数不会相同；状态数据按学年，绩效自评按自然年，最容易混用。

    ## 不合格
    2022-2023 学年开展社会培训 6450 人次。

    2023 年开展社会培训 6450 人次，完成年度任务。

    ## 合格
    2023 年开展社会培训 6450 人次。

    2023 年开展社会培训 6450 人次，完成年度任务。

    ## 例外
    小于 20 的数不比较，小于 100 的只作提示；说的不是一件事的不比较。

    ## 依据
    状态数据采集按学年，教职成〔2020〕8号绩效自评按自然年：没有写明期间的数不可比。
    """
    for reading in context.readings:
        for paragraph in reading.paragraphs:
            for match in _CALENDAR.finditer(paragraph.text) if "学年" in paragraph.text else ():
                yield at_text(
                    paragraph, *match.span(), "写的是学年，起止却是自然年（1 月至 12 月）", expected="写明按学年还是按自然年统计",
                )  # fmt: skip
        by_value: dict[tuple[Decimal, str], list[Fact]] = defaultdict(list)
        for fact in reading.facts:
            if fact.period is not None and fact.quantity.value >= _LEAST:
                by_value[fact.quantity.value, fact.quantity.unit].append(fact)
        for facts in by_value.values():
            school = [fact for fact in facts if fact.period is not None and fact.period.endswith("学年")]
            for fact in school:
                other = next((other for other in facts if _is_calendar(fact, other)), None)
                if other is not None:
                    yield _problem(fact, other)


def _is_calendar(fact: Fact, other: Fact) -> bool:
    """Whether the other fact is the same thing in a calendar year of the school year."""
    span = period.years(fact.period or "")
    if other.period is None or not (len(other.period) == 4 and other.period.isdigit()) or span is None:
        return False
    shorter, longer = sorted((pairs_of(fact.subject), pairs_of(other.subject)), key=len)
    return int(other.period) in span and likeness(shorter, longer) >= _LIKE


def _problem(fact: Fact, other: Fact) -> Problem:
    return Problem(
        source=fact.source,
        text=fact.text,
        printed=fact.period,
        expected="写明同一口径的期间",
        message=f"“{fact.text}”是 {fact.period}的数，另一处同一个数写的是 {other.period} 年，学年与自然年口径混用",
        related=(Related(source=other.source, text=other.text),),
        severity=Severity.WARNING if fact.quantity.value >= _TELLING else Severity.INFO,
    )
