"""CON035: two tables tell the same things, and differ in one of them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._areas import Areas
from taizhang.checks.rules._lines import Figure, Line, lines_of
from taizhang.checks.rules._sameness import Sameness, place, sameness
from taizhang.intake.matching import significant

_END = 4  # the place of the end among them, which a year tells as well
_CROWD = 40  # lines that hold a name: what so many hold tells nothing
_SLIGHT = 2  # digits that agree
_MOST_TIMES = 5  # figures further apart are of two things
_WHOSE = re.compile(
    r"(?![^，。]{0,3}[各全两])[一-鿿]{2,10}(?:专业群|学院|专业|校区|分校|医院|分局|[乡镇县区市村])|专业群层面|[一二三四上下](?:季度|半年|学期|期)|第[一二三四五]批"
)


class Odd(NamedTuple):
    """Two figures of one name that differ, in two tables that otherwise agree."""

    one: Figure
    other: Figure


@rule("CON035", kind="contradiction", severity="warning", since="0.9")
def two_tables_apart_in_one_row(context: Context) -> Iterator[Problem]:
    """两张表说的是同样几件事，别的数都相同，有一个不同。

    ## 为什么
    成效一览、指标表、资金表、分专业群的表常由不同的人填写；同一件事在两张表里多数相同、只有一处不同，
    不是抄错，就是一张表改了、另一张没有改。目标值也是一样：同一指标的目标不能因表而异。

    ## 不合格
    表1 建设成效一览

    | 项目 | 数量 |
    |---|---|
    | 校企合作开发教材 | 22 部 |
    | 发明专利授权 | 13 件 |

    表2 绩效指标完成情况

    | 绩效指标 | 目标值 | 实现值 |
    |---|---|---|
    | 授权发明专利（件） | 30 | 31 |
    | 校企合作开发教材（部） | 20 | 22 |

    ## 合格
    表1 建设成效一览

    | 项目 | 数量 |
    |---|---|
    | 校企合作开发教材 | 22 部 |
    | 发明专利授权 | 31 件 |

    表2 绩效指标完成情况

    | 绩效指标 | 目标值 | 实现值 |
    |---|---|---|
    | 授权发明专利（件） | 30 | 31 |
    | 校企合作开发教材（部） | 20 | 22 |

    ## 例外
    行与列对调、单位不同（万元与元）、名称次序不同的，换算后比较。年度、阶段（目标、预算、到位、支出、中期、期满、累计、新增）、
    级别、对象、所说的专业群或学院不同的，不比较；没有一个数相同的，不同的多于相同的，相差五倍以上的，多半是两件事，不报；
    合计、其中、增减、得分、权重和任务完成个数的统计不比较。

    ## 局限
    两张表里名称用词不同的认不出；两张表只有一行相同的不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    known = {place(each) for found in same.inside for each in (found.odd, *found.against)}
    for odd in _odd_ones(context, same):
        here, there = odd.other.at, odd.one.at
        if {
            (0, each.at().line, each.at().page, each.at().paragraph, each.table.index, each.row)
            for each in (here, there)
        } <= known:
            continue
        context.told(here.at(), there.at())
        yield at_value(
            here, f"“{odd.other.name}”这里是 {here.text.strip()}，“{odd.one.name}”在另一张表中是 {there.text.strip()}",
            expected=there.text.strip(), related=(related(there),), row=odd.other.row,
        )  # fmt: skip


def _odd_ones(context: Context, same: Sameness) -> Iterator[Odd]:
    """Where two tables agree in what they have in common, but for the lesser part of it."""
    for reading in context.readings:
        if len(reading.document.tables) < 2:
            continue
        lines = lines_of(reading, context, same.words)
        areas = same.areas
        by_name: dict[object, list[int]] = {}
        for number, line in enumerate(lines):
            for name in line.cells:
                by_name.setdefault(name, []).append(number)
        common = {pair for places in by_name.values() if 1 < len(places) <= _CROWD for pair in combinations(places, 2)}
        of_tables: dict[tuple[int, int], list[tuple[Line, Line]]] = {}
        for here, there in sorted(common):
            one, other = lines[here], lines[there]
            if one.table is not other.table and _is_of_one(one, other, areas):
                of_tables.setdefault((one.table.index, other.table.index), []).append((one, other))
        for pairs in of_tables.values():
            yield from _apart(pairs)


def _place(figure: Figure) -> tuple[object, ...]:
    at = figure.at.at()
    return 0, at.line, at.page, at.paragraph, at.table, at.row


def _is_of_one(one: Line, other: Line, areas: Areas) -> bool:
    """Whether two lines may tell the same: of one year and one thing, of one part of the whole."""
    if one.year and other.year and one.year != other.year:
        return False
    if one.thing and other.thing and not (one.thing <= other.thing or other.thing <= one.thing):
        return False
    here, there = (_whose(f"{each.table.caption or ''} {each.head}") for each in (one, other))
    return here == there and areas.named(0, one.table) == areas.named(0, other.table)


@lru_cache(maxsize=4096)
def _whose(words: str) -> frozenset[str]:
    """The parts and stretches of time that a caption and a head name."""
    return frozenset(_WHOSE.findall(words))


def _apart(pairs: Sequence[tuple[Line, Line]]) -> Iterator[Odd]:
    """The figures apart in the lines of two tables, where they are the fewer and the others are no accident."""
    alike: dict[object, int] = {}
    apart: dict[object, Odd] = {}
    for one, other in pairs:
        for name, mine in one.cells.items():
            theirs = other.cells.get(name)
            if theirs is None or not _is_at_one_stage(mine, theirs, one.year) or not _is_in_one_unit(mine, theirs):
                continue
            if isinstance(name, str) and not (one.thing and one.thing == other.thing):
                continue  # years alone: of what, the lines say
            if _agree(mine, theirs):
                alike[name, mine.stages] = max(significant(mine.value), alike.get((name, mine.stages), 0))
            elif max(mine.value, theirs.value) <= _MOST_TIMES * min(mine.value, theirs.value) or not mine.dimension:
                apart[name, mine.stages] = Odd(mine, theirs)
    odd = [each for key, each in apart.items() if key not in alike]
    if not odd or len(odd) > len(alike):
        return
    if sum(alike.values()) >= _SLIGHT or len(odd) == 1:
        yield from odd


def _is_at_one_stage(mine: Figure, theirs: Figure, year: int | None) -> bool:
    return mine.stages == theirs.stages or (year is not None and mine.stages ^ theirs.stages == {_END})


def _is_in_one_unit(mine: Figure, theirs: Figure) -> bool:
    return mine.dimension == theirs.dimension or "" in {mine.dimension, theirs.dimension}


def _agree(mine: Figure, theirs: Figure) -> bool:
    both = mine.dimension and theirs.dimension
    values = (mine.value, theirs.value) if both else tuple(_printed(each) for each in (mine, theirs))
    if values[0] == values[1]:
        return True
    steps = [_step(each) * (each.value / _printed(each) if both and _printed(each) else 1) for each in (mine, theirs)]
    return abs(values[0] - values[1]) <= max(steps) / 2


def _printed(figure: Figure) -> Decimal:
    quantity = figure.at.quantity
    return quantity.value if quantity is not None else Decimal(0)


def _step(figure: Figure) -> Decimal:
    exponent = _printed(figure).as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
