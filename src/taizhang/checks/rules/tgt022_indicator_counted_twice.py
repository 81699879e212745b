"""TGT022: the same indicator with the same value stands in two tables, and is counted twice."""

from collections import Counter
from collections.abc import Hashable, Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import at_statement, figure, named, related, sameness
from taizhang.core.saying import few
from taizhang.intake.statements import Role, Statement

_LEAST = 3  # pairs of characters of a name
_HALF = 2


@rule("TGT022", kind="other", severity="info", since="0.8")
def indicator_counted_twice(context: Context) -> Iterator[Problem]:
    """同名、同值的指标列在两张指标表里。

    ## 为什么
    “技术服务中小企业 216 家”既是数量指标，又是社会效益指标：一项成果计了两个指标，指标总数和完成数都虚增。

    ## 不合格
    # 一、产出

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 服务沿海中小企业（家） | 400 | 200 | 216 | 108% |
    | 1.1.2 校外实训基地（个） | 60 | 30 | 31 | 103% |
    | 1.1.3 活页教材（本） | 40 | 20 | 22 | 110% |

    # 二、效益

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 2.1.1 服务沿海中小企业（家） | 400 | 200 | 216 | 108% |
    | 2.1.2 渔民技能培训（人次） | 800 | 400 | 452 | 113% |
    | 2.1.3 航海文化讲座（场） | 80 | 40 | 46 | 115% |

    ## 合格
    # 一、产出

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 服务沿海中小企业（家） | 400 | 200 | 216 | 108% |
    | 1.1.2 校外实训基地（个） | 60 | 30 | 31 | 103% |
    | 1.1.3 活页教材（本） | 40 | 20 | 22 | 110% |

    # 二、效益

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 2.1.1 沿海企业新增产值（万元） | 4000 | 2000 | 2160 | 108% |
    | 2.1.2 渔民技能培训（人次） | 800 | 400 | 452 | 113% |
    | 2.1.3 航海文化讲座（场） | 80 | 40 | 46 | 115% |

    ## 例外
    整份报告合并为一条。一张表的指标有一半以上在另一张表里又列了一遍的，是同一套指标的汇总，不报；不同专业群各自的指标不报。

    ## 依据
    财预〔2020〕10号：绩效指标应突出重点、不重复。
    """
    same = sameness(context)
    actuals = [each for each in same.statements if each.role is Role.ACTUAL and each.table is not None]
    sizes = Counter(_table(each) for each in actuals)
    groups: dict[Hashable, list[Statement]] = {}
    for each in actuals:
        if len(each.wording.free) >= _LEAST and each.value:
            name = each.wording.free, each.wording.levels, each.wording.narrowed, each.dimension, each.value
            groups.setdefault((each.document, same.areas.group(each), *name), []).append(each)
    pairs = [
        (found[0], found[1]) for found in groups.values() if len(found) > 1 and len({_table(x) for x in found}) > 1
    ]
    shared = Counter(frozenset((_table(one), _table(other))) for one, other in pairs)
    twice = [
        (one, other) for one, other in pairs
        if shared[frozenset((_table(one), _table(other)))] * _HALF < min(sizes[_table(one)], sizes[_table(other)])
        and _table(one) != _table(other)
    ]  # fmt: skip
    if twice:
        names = few((f"{named(other)} {figure(other)}" for _, other in twice), 4)
        odd = twice[0][1]
        context.told(odd.source)
        yield at_statement(
            odd, f"{len(twice)} 个指标在两张指标表里各列一次（{names}），计算指标总数时重复",
            printed=odd.row or odd.subject, expected="只计一次，或写明区别",
            related=tuple(related(each) for pair in twice for each in pair if each is not odd)[:12],
        )  # fmt: skip


def _table(statement: Statement) -> tuple[int, int]:
    assert statement.table is not None  # noqa: S101 - only rows of tables are held against each other
    return statement.document, statement.table.index
