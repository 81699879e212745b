"""ARI022: a ratio (生师比, 就业率) is not what the rows it rests on make, as it is in another year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Row, decimals, figure, fits, grids, shown
from taizhang.core.fact import Fact
from taizhang.core.finding import Related
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Value, parts_of

_OF_MONEY = re.compile("(?:执行|到位|支出)率")  # known by their names alone: a form of one column has no other year


@dataclass(frozen=True, slots=True)
class _Parts:
    """A ratio's two rows in one table, and the ratio computed for each of its number columns."""

    name: re.Pattern[str]
    over: tuple[Value, ...]
    under: tuple[Value, ...]

    def computed(self, place: int) -> Decimal | None:
        """The quotient in one column."""
        top, bottom = figure(self.over[place]), figure(self.under[place])
        return top / bottom if top and bottom else None


@rule("ARI022", kind="rate_mismatch", severity="error", since="0.2")
def ratio_row_unlike_parts(context: Context) -> Iterator[Problem]:
    """比率（生师比、就业率等）与表中分子、分母两行算出来的不一致。

    ## 为什么
    比率和它的分子、分母列在同一张表里；上年对得上、今年对不上，就是今年有一个数没有更新。

    ## 不合格
    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 毕业生人数 | 人 | 3000 | 3200 |
    | 就业人数 | 人 | 2850 | 3008 |
    | 就业率 | % | 95.0 | 96.0 |

    ## 合格
    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 毕业生人数 | 人 | 3000 | 3200 |
    | 就业人数 | 人 | 2850 | 3008 |
    | 就业率 | % | 95.0 | 94.0 |

    ## 例外
    只有当另一年（另一栏）的比率正好由这两行得出时才判断；口径不同（如折合数）因而各年都对不上的，不报。

    ## 参数
    口径配置 `ratios`：比率行、分子行、分母行的名称。

    ## 依据
    高等职业教育质量年度报告指标说明：比率由同期的分子、分母计算。
    """
    definitions = [
        (*(re.compile(words[part]) for part in ("ratio", "over", "under")), words.get("prose", True))
        for words in context.profile.sections.get("ratios", [])
    ]
    for reading in context.readings:
        for grid in grids(reading, context):
            names = [bare(parts_of(grid.name(row))[1].removeprefix("其中：")) for row in grid.rows]
            rows: dict[int, tuple[Row, list[_Parts]]] = {}
            for ratio, over, under, is_told in definitions:
                top, bottom = _row(grid, names, over), _row(grid, names, under)
                if top is None or bottom is None:
                    continue
                years = [c for c in grid.numbers if grid.columns[c].year is not None] or list(grid.numbers)
                parts = _Parts(ratio, *(tuple(grid.value(row, c) for c in years) for row in (top, bottom)))
                row = _row(grid, names, ratio)
                if row is not None:
                    rows.setdefault(row.index, (row, []))[1].append(parts)
                if is_told:
                    yield from _of_text(reading.facts, parts)
            for row, ways in rows.values():
                yield from _of_row(grid, row, ways, context)


def _row(grid: Grid, names: Sequence[str], name: re.Pattern[str]) -> Row | None:
    found = [row for row, label in zip(grid.rows, names, strict=True) if name.fullmatch(label)]
    return found[0] if len(found) == 1 else None


def _is_right(value: Value, ratio: Decimal) -> bool | None:
    printed, kept = figure(value), decimals([value])
    if not printed:
        return None
    return _fits(ratio, printed, kept)


def _fits(ratio: Decimal, printed: Decimal, kept: int) -> bool:
    return any(fits(value, printed, kept or 1) for value in (ratio, ratio * 100))


def _of_row(grid: Grid, row: Row, ways: Sequence[_Parts], context: Context) -> Iterator[Problem]:
    """The ratios of a row that no way of reckoning makes, where one way makes those of other columns."""
    years = [c for c in grid.numbers if grid.columns[c].year is not None] or list(grid.numbers)
    values = [grid.value(row, column) for column in years]
    made = [[_is_made(parts, place, value) for place, value in enumerate(values)] for parts in ways]
    best = max(range(len(ways)), key=lambda way: made[way].count(True))
    parts = ways[best]
    if True not in made[best] and not (len(years) == len(ways) == 1 and _OF_MONEY.search(grid.name(row))):
        return
    for place, value in enumerate(values):
        ratio = parts.computed(place)
        if ratio is None or made[best][place] is None:
            continue
        context.judged(value, parts.over[place], parts.under[place])
        if not any(way[place] for way in made):
            expected = _shown(ratio, figure(value) or Decimal(1), decimals([value]))
            # A column of per cents has no mark in its cells; the division has, or it would not be true.
            mark = "%" if _is_in_percent(ratio, figure(value) or Decimal(1)) else ""
            yield at_value(
                value,
                f"{parts.over[place].text.strip()} ÷ {parts.under[place].text.strip()} = {expected}{mark}，写的是 {value.text.strip()}",
                expected=expected,
                row=grid.name(row),
                related=(related(parts.over[place]), related(parts.under[place])),
            )


def _is_made(parts: _Parts, place: int, value: Value) -> bool | None:
    """Whether the parts make the ratio of a column; None where it cannot be told."""
    ratio = parts.computed(place)
    return _is_right(value, ratio) if ratio is not None else None


def _of_text(facts: Sequence[Fact], parts: _Parts) -> Iterator[Problem]:
    """Rates in prose, where one of them is that of a column and another is that of none."""
    rates = [ratio for place in range(len(parts.over)) if (ratio := parts.computed(place)) is not None]
    told = [fact for fact in facts if fact.quantity.unit == "%" and parts.name.fullmatch(bare(fact.subject))]
    kept = {id(fact): len(str(fact.quantity.value).partition(".")[2]) for fact in told}
    wrong = [fact for fact in told if not any(_fits(rate, fact.quantity.value, kept[id(fact)]) for rate in rates)]
    for fact in wrong if len(wrong) < len(told) else ():
        expected = _shown(rates[-1], fact.quantity.value, kept[id(fact)])
        yield Problem(
            source=fact.source,
            text=fact.text,
            printed=f"{fact.quantity.value}%",
            expected=f"{expected}%",
            message=f"表中 {parts.over[-1].text.strip()} ÷ {parts.under[-1].text.strip()} = {expected}%，写的是 {fact.quantity.value}%",
            related=tuple(Related(source=value.at(), text=value.text) for value in (parts.over[-1], parts.under[-1])),
        )


def _shown(ratio: Decimal, printed: Decimal, kept: int) -> str:
    """The ratio as printed: a quotient, or in per cent, whichever is nearer."""
    return shown(round(ratio * 100 if _is_in_percent(ratio, printed) else ratio, max(kept, 1)))


def _is_in_percent(ratio: Decimal, printed: Decimal) -> bool:
    return abs(ratio * 100 - printed) < abs(ratio - printed)
