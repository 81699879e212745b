"""UNI010: the same amount stands once in 元 and once in 万元, a factor of ten thousand apart."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import attained, is_of_another_scale
from taizhang.checks.rules._grid import Grid, Kind, Row, grids
from taizhang.checks.rules._links import likeness, pairs_of
from taizhang.core.finding import Related, Severity
from taizhang.core.quantity import Bound, Catalogue, Quantity
from taizhang.core.source import Source
from taizhang.intake.plans import parts_of
from taizhang.intake.reading import Reading

_SCALED = frozenset({"元", "人次", "人日", "人", "人时"})
_FACTOR = Decimal(10000)
_LIKE = Decimal("0.7")
_SURE_DIGITS = 3
_TINY = Decimal(1000)  # 元: no worth, fund or income of a project is so small
_SUM = re.compile("折价|价值|经费|资金|投入|到账|到款|收入|金额|捐赠|支出|采购|合同额|产值|增收|结转|结余")
_EACH = re.compile("每|均|单价|/|标准|亩|斤|补贴")


@dataclass(frozen=True, slots=True)
class _Mention:
    """An amount in base units, with what it is of."""

    value: Decimal
    dimension: str
    subject: frozenset[str]
    year: str | None
    text: str
    source: Source


@rule("UNI010", kind="unit_or_period", severity="error", since="0.2")
def amount_in_another_scale(context: Context) -> Iterator[Problem]:
    """同一个数额，一处以万（元）计，一处以元计，相差一万倍。

    ## 为什么
    漏写或多写一个“万”字，数额差一万倍；审计核对凭证时必然发现。目标值以万计、实现值却是它一万倍左右的，也是漏换了单位。

    ## 不合格
    全年非学历培训到账经费 688 元。

    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 非学历培训到账经费 | 万元 | 612 | 688 |
    | 横向技术服务到款额 | 万元 | 1180 | 1342 |

    ## 合格
    全年非学历培训到账经费 688 万元。

    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 非学历培训到账经费 | 万元 | 612 | 688 |
    | 横向技术服务到款额 | 万元 | 1180 | 1342 |

    ## 例外
    说的不是一件事的、年份不同的不比较；有效数字不足三位的，按存疑报。

    ## 局限
    表里没有写单位的数不比较。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        mentions = [*_of_text(reading, context.profile.catalogue), *_of_tables(reading, context)]
        mentions += _of_values(reading, context.profile.catalogue)
        by_digits: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
        for mention in mentions:
            by_digits[mention.dimension, _digits(mention.value)].append(mention)
        for alike in by_digits.values():
            values = {mention.value for mention in alike}
            for mention in alike if len(values) > 1 else ():
                other = _counterpart(mention, alike)
                if other is not None:
                    yield _problem(mention, other)
        yield from _of_indicators(reading)


def _of_indicators(reading: Reading) -> Iterator[Problem]:
    """The actual values told without the 万 of their target."""
    for row in reading.plans.indicators:
        result = attained(row)
        if result is not None and row.actual is not None and row.goal is not None and is_of_another_scale(row, result):
            yield at_value(
                row.actual,
                f"目标值是 {row.goal.text.strip()}，以万计，这里写 {row.actual.text.strip()}，约为一万倍，请核对单位",
                expected="与目标值用同一单位", row=row_name(row), related=(related(row.goal),),
            )  # fmt: skip


def _digits(value: Decimal) -> str:
    return "".join(map(str, value.normalize().as_tuple().digits))


def _of_text(reading: Reading, catalogue: Catalogue) -> Iterator[_Mention]:
    for fact in reading.facts:
        if fact.quantity.bound is Bound.EXACT:
            pairs, value, dimension = pairs_of(fact.subject), *catalogue.normal(fact.quantity)
            if _is_told(fact.quantity, value, dimension, pairs):
                yield _Mention(value, dimension, pairs, fact.period, fact.text.strip(), fact.source)


def _of_values(reading: Reading, catalogue: Catalogue) -> Iterator[_Mention]:
    """The actual values of indicators, whose tables are no grids of amounts."""
    for row in reading.plans.indicators:
        told = row.actual.quantity if row.actual is not None else None
        if row.actual is None or told is None or told.bound is not Bound.EXACT:
            continue
        quantity = told._replace(unit=told.unit or row.unit or "")
        (value, dimension), pairs = catalogue.normal(quantity), pairs_of(row.name)
        if _is_told(quantity, value, dimension, pairs):
            text = f"{row.name} {row.actual.text.strip()}{'' if told.unit else quantity.unit}"
            yield _Mention(value, dimension, pairs, None, text, row.actual.at())


def _of_tables(reading: Reading, context: Context) -> Iterator[_Mention]:
    for grid in grids(reading, context):
        unit_column = next((column.index for column in grid.columns if column.role == "unit"), None)
        for row in grid.rows:
            yield from _of_row(grid, row, unit_column, context.profile.catalogue)


def _of_row(grid: Grid, row: Row, unit_column: int | None, catalogue: Catalogue) -> Iterator[_Mention]:
    _, name, unit = parts_of(grid.name(row))
    pairs = pairs_of(name)
    column_unit = grid.value(row, unit_column).text.strip() if unit_column is not None else ""
    for column in grid.numbers:
        value = grid.value(row, column)
        quantity = value.quantity
        if quantity is None or quantity.bound is not Bound.EXACT:
            continue
        known = quantity.unit or column_unit or grid.columns[column].unit or unit or grid.table.unit or ""
        if row.kind is Kind.TOTAL:  # what the column is of, for the row of all
            name = parts_of(grid.columns[column].words.rpartition("/")[2])[1]
            pairs = pairs_of(name)
        told = Quantity(quantity.value, known)
        amount, dimension = catalogue.normal(told)
        if _is_told(told, amount, dimension, pairs):
            text = f"{name} {value.text.strip()}{known}".strip()
            yield _Mention(amount, dimension, pairs, grid.columns[column].year, text, value.at())


def _is_told(quantity: Quantity, value: Decimal, dimension: str, pairs: frozenset[str]) -> bool:
    """Whether a figure is of a thing that is named, and of a kind that is told in more than one scale."""
    return bool(dimension in _SCALED and value and quantity.unit and (len(pairs) > 1 or (pairs and dimension == "元")))


def _counterpart(small: _Mention, alike: Sequence[_Mention]) -> _Mention | None:
    """The mention of the same thing with ten thousand times the amount."""
    for other in alike:
        if other.value != small.value * _FACTOR or (small.year and other.year and small.year != other.year):
            continue
        shorter, longer = sorted((small.subject, other.subject), key=len)
        if likeness(shorter, longer) >= _LIKE and len(longer) <= 2 * len(shorter) + 1:
            return other
        if small.value < _TINY and small.dimension == "元" and shorter & longer and _is_sum(small.text):
            return other
    return None


def _is_sum(text: str) -> bool:
    """Whether words tell a sum of money, and not the price of one."""
    return bool(_SUM.search(text)) and not _EACH.search(text)


def _problem(small: _Mention, other: _Mention) -> Problem:
    return Problem(
        source=small.source,
        text=small.text,
        printed=small.text,
        expected=other.text,
        message=f"此处是“{small.text}”，另一处是“{other.text}”，相差一万倍，请核对单位",
        related=(Related(source=other.source, text=other.text),),
        severity=Severity.ERROR if len(_digits(small.value)) >= _SURE_DIGITS else Severity.WARNING,
    )
