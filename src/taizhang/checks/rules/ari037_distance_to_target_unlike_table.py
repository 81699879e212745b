"""ARI037: prose tells by how much a target was passed or missed, and the indicator table says otherwise."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._grid import shown
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Indicator, Value
from taizhang.intake.reading import Reading

_TARGET = r"(?:(?:年度|中期|期满|预期|计划|建设|绩效)?(?:目标值?|指标值|计划数?|标准值)|(?:年度|中期|期满|预期|考核)值)(?:的?要求)?"
_HINT = re.compile("目标|指标值|计划|标准值|年度值|中期值|期满值|预期值|考核值")
_BY = r"\s*(?P<by>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>个?百分点|[%％]|[一-鿿]{1,3})"
_FORMS = (
    re.compile(rf"(?:比|较){_TARGET}(?P<way>高出?|低|多|少|超出?|增加|减少)了?{_BY}"),
    re.compile(rf"(?P<way>高于|低于|超过|超出|多于|少于){_TARGET}{_BY}"),
)
_LESS = re.compile("低|少")
_NEAR = 40  # characters before the words in which the indicator is named
_SHORTEST = 4


@rule("ARI037", kind="contradiction", severity="error", since="0.2")
def distance_to_target_unlike_table(context: Context) -> Iterator[Problem]:
    """文中说比目标高（低）多少，与指标表里的目标值、实际值不符。

    ## 为什么
    指标表里没有达到目标，文中却写高于目标，结论正好相反；差额也是一减便知。

    ## 不合格
    | 三级指标 | 目标值 | 实际完成值 | 完成率 |
    |---|---|---|---|
    | 技术服务到款（万元） | 200 | 170 | 85% |
    | 培训人次（人次） | 500 | 520 | 104% |

    技术服务到款 170 万元，比目标高 30 万元。

    ## 合格
    | 三级指标 | 目标值 | 实际完成值 | 完成率 |
    |---|---|---|---|
    | 技术服务到款（万元） | 200 | 170 | 85% |
    | 培训人次（人次） | 500 | 520 | 104% |

    技术服务到款 170 万元，比目标低 30 万元。

    ## 例外
    文中没有写出指标全名的不判断；同名指标有几个不同的值的，不判断。方向对而差额不符的，按存疑报。

    ## 依据
    财预〔2020〕10号：绩效自评结果应与指标完成情况一致。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            if _HINT.search(paragraph.text):
                for form in _FORMS:
                    for match in form.finditer(paragraph.text):
                        yield from _of_match(paragraph, match, reading, context)


def _of_match(paragraph: Paragraph, match: re.Match[str], reading: Reading, context: Context) -> Iterator[Problem]:
    said = re.split("[。；;！？\n]", paragraph.text[max(0, match.start() - _NEAR) : match.start()])[-1]
    found = _named(bare(said), reading.plans.indicators)
    if found is None or not found[1].quantity or not found[2].quantity:
        return
    row, goal, actual = found
    context.compared(goal, actual)
    target, value = found[1].quantity, found[2].quantity
    unit = match["unit"].removeprefix("个").replace("％", "%")
    gap = value.value - target.value
    less, by = bool(_LESS.search(match["way"])), Decimal(match["by"].replace(",", ""))
    told_unit = (value.unit or row.unit or "").replace("％", "%")
    same = unit == told_unit or (unit == "百分点" and told_unit == "%")
    if not same or (less == (gap < 0) and abs(gap) == by):
        return
    wrong_way = gap == 0 or less != (gap < 0)
    expected = "与目标相同" if gap == 0 else f"{'低' if gap < 0 else '高'} {shown(abs(gap))} {match['unit']}"
    yield at_text(
        paragraph,
        match.start(),
        match.end(),
        f"“{row.name}”目标 {goal.text.strip()}，实际 {actual.text.strip()}，应为{expected}",
        expected=expected,
        related=(related(goal), related(actual)),
        severity=Severity.ERROR if wrong_way else Severity.WARNING,
    )


def _named(said: str, rows: Sequence[Indicator]) -> tuple[Indicator, Value, Value] | None:
    """The indicator named last and longest before the words, where all of that name have the same values."""
    best: tuple[tuple[int, int], list[tuple[Indicator, Value, Value]]] = ((-1, 0), [])
    for row in rows:
        name, goal, actual = bare(row.name), row.goal, row.actual
        if goal is None or actual is None or not (_is_plain(goal) and _is_plain(actual)) or len(name) < _SHORTEST:
            continue
        place = said.rfind(name)
        rank = (place + len(name), len(name))
        if place >= 0 and rank >= best[0]:
            best = (rank, [*(best[1] if rank == best[0] else []), (row, goal, actual)])
    values = {(goal.text.strip(), actual.text.strip()) for _, goal, actual in best[1]}
    return best[1][0] if len(values) == 1 else None


def _is_plain(value: Value) -> bool:
    bounds = {Bound.EXACT, Bound.AT_LEAST}
    return value.quantity is not None and value.quantity.bound in bounds
