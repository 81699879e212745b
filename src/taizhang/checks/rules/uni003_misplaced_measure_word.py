"""UNI003: a measure word torn from its noun (“参赛人 960 次”), one that does not fit it, or two scales in one row."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._parts import Passage
from taizhang.core.finding import Severity
from taizhang.core.quantity import Quantity
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Indicator, value_at
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

_TORN = re.compile(
    r"(?<![每人单个同本])(?<!受益)(?:人|人员)\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[余多]?次)(?![数会序])"
)


@rule("UNI003", kind="unit_or_period", severity="info", since="0.1")
def misplaced_measure_word(context: Context) -> Iterator[Problem]:
    """量词错位、量词与事物不配，或者目标值与实现值的单位不同。

    ## 为什么
    “参训人 480 次”读不出是人次还是次数；目标用万元、实现值用元，完成率就差一万倍。

    ## 不合格
    全年组织专题讲座 12 场，参训人 480 次。

    ## 合格
    全年组织专题讲座 12 场，参训 480 人次。

    ## 例外
    “每人 2 次”是正常说法，不报。量词与事物不配的，整份报告合并为一条提示。

    ## 参数
    口径配置 `units_and_periods.measure_words`：事物和不能与它相配的量词。

    ## 依据
    GB/T 3100《国际单位制及其应用》；现代汉语量词用法。
    """
    odd = {
        noun: re.compile(
            rf"{noun}\s*(?:\d[\d,]*)\s*(?:{'|'.join(words)})(?![一-鿿]*课程)|\d[\d,]*\s*(?:{'|'.join(words)}){noun}"
        )
        for noun, words in context.profile.sections["units_and_periods"]["measure_words"].items()
    }
    for reading in context.readings:
        found: dict[str, list[tuple[Passage, re.Match[str]]]] = {}
        for passage, row in _passages(reading):
            if "次" in passage.text and "人" in passage.text:
                for match in _TORN.finditer(passage.text):
                    fixed = f"{match['number']} 人次"
                    yield passage.problem(
                        *match.span(), f"量词错位，应写作“{fixed}”", expected=fixed, row=row, severity=Severity.INFO
                    )
            for noun, pattern in odd.items():
                if noun in passage.text:
                    found.setdefault(noun, []).extend((passage, match) for match in pattern.finditer(passage.text))
        for noun, places in found.items():
            if places:
                yield _odd_words(noun, places)
        for indicator in reading.plans.indicators:
            yield from _two_scales(indicator, context.profile)


def _passages(reading: Reading) -> Iterator[tuple[Passage, str | None]]:
    """The paragraphs, what is told of task points, and the cells of tables that hold neither points nor indicators."""
    for paragraph in reading.document.paragraphs:
        yield Passage(paragraph.text, paragraph), None
    for point in reading.plans.points:
        yield Passage(point.done.text, point.done), point.name
    typed = {point.table.index for point in reading.plans.points}
    typed |= {indicator.table.index for indicator in reading.plans.indicators}
    for table in reading.document.tables:
        if table.index not in typed:
            yield from _cells(table)


def _cells(table: Table) -> Iterator[tuple[Passage, str | None]]:
    for row in range(table.header, len(table.rows)):
        for column, cell in enumerate(table.rows[row]):
            if len(cell.text) > 5:
                yield Passage(cell.text, value_at(table, row, column)), None


def _odd_words(noun: str, places: list[tuple[Passage, re.Match[str]]]) -> Problem:
    passage, match = places[0]
    return passage.problem(
        *match.span(),
        f"“{match[0]}”的量词与“{noun}”不相配，报告中共 {len(places)} 处",
        expected="改用相配的量词",
        related=tuple(other.related(*found.span()) for other, found in places[1:]),
    )


def _two_scales(indicator: Indicator, profile: Profile) -> Iterator[Problem]:
    """A target and an actual that print different units, so that their quotient means nothing."""
    goal, actual = indicator.goal, indicator.actual
    if goal is None or actual is None or goal.quantity is None or actual.quantity is None:
        return
    one, other = (
        _measured(value.quantity, indicator, profile) for value in (goal, actual) if value.quantity is not None
    )
    if one is None or other is None or one == other:
        return
    printed = [quantity.unit for quantity in (goal.quantity, actual.quantity)]
    if not all(printed) and ("%" in "".join(printed) or not indicator.unit):
        return  # a bare number counts what the other one counts
    yield at_value(
        actual,
        f"目标值的单位是“{goal.quantity.unit or indicator.unit}”，实现值的单位是“{actual.quantity.unit or indicator.unit}”，不能直接相比",
        expected=f"以“{goal.quantity.unit or indicator.unit}”计",
        row=row_name(indicator),
        related=(related(goal),),
        severity=Severity.WARNING,
    )


def _measured(quantity: Quantity, indicator: Indicator, profile: Profile) -> tuple[str, Decimal] | None:
    """What the printed unit measures, and its scale; the row's own unit where the cell prints none."""
    measure = profile.catalogue.measure(quantity.unit or (indicator.unit or "").replace("％", "%"))
    return (measure.dimension.partition("/")[0], measure.scale) if measure is not None else None
