"""UNI002: the same figure of the same thing stands with two units (人 and 人日, 个 and 次)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, rule
from taizhang.checks.rules._mentions import Mention, grams, mentions
from taizhang.core.finding import Related, Severity

_TELLING = Decimal(1000)


@rule("UNI002", kind="unit_or_period", severity="warning", since="0.1")
def figure_with_two_units(context: Context) -> Iterator[Problem]:
    """同一件事的同一个数，两处用了不同的计量单位。

    ## 为什么
    人、人次、人日相差几倍到几十倍；同一个数换了单位，必有一处不实，完成率也可能因此达标。

    ## 不合格
    全年承担企业职工培训 6450 人，超额完成任务。

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 承担企业职工培训（人日） | 4000 | 6450 | 161% |

    ## 合格
    全年承担企业职工培训 6450 人日，超额完成任务。

    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|
    | 承担企业职工培训（人日） | 4000 | 6450 | 161% |

    ## 例外
    人与人次之间、个与次之间的差别只作提示；数值小于 20 的不比较；同一单位的不同写法（个、项）不报。

    ## 参数
    口径配置 `units_and_periods.exchanged`：要比较的计量种类和严重程度。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；状态数据采集以人日计培训量。
    """
    settings = context.profile.sections["units_and_periods"]
    grave = {frozenset(pair) for pair in settings["exchanged"]["warning"]}
    minor = {frozenset(pair) for pair in settings["exchanged"]["info"]}
    common = frozenset(gram for word in settings["common_words"] for gram in grams(word))
    of_kind = {dimension for pair in grave | minor for dimension in pair}
    for reading in context.readings:
        by_value: dict[Decimal, list[Mention]] = defaultdict(list)
        for mention in mentions(reading, context, of_kind):
            by_value[mention.value].append(mention)
        for alike in by_value.values():
            if len({mention.dimension for mention in alike}) > 1:
                yield from _problems(alike, grave, minor, common)


def _problems(
    mentions: Sequence[Mention], grave: set[frozenset[str]], minor: set[frozenset[str]], common: frozenset[str]
) -> Iterator[Problem]:
    """One finding for a figure: at its indicator if it has one, with the other places beside."""
    ordered = sorted(mentions, key=lambda mention: mention.cell is None)
    for place, first in enumerate(ordered):
        others = [other for other in ordered[place + 1 :] if _is_same_thing(first, other, common)]
        serious = [other for other in others if frozenset({first.dimension, other.dimension}) in grave]
        told = serious or [other for other in others if frozenset({first.dimension, other.dimension}) in minor]
        if not told:
            continue
        severity = Severity.WARNING if serious else Severity.INFO
        message = f"同一个数，此处是“{first.text}”，另一处是“{told[0].text[-24:]}”，计量单位不同"
        near = tuple(Related(source=other.source, text=other.text) for other in told)
        if first.cell is not None:
            yield at_value(first.cell, message, row=first.row, expected="统一单位", related=near, severity=severity)
        else:
            yield Problem(
                source=first.source, message=message, text=first.text, printed=first.text, expected="统一单位",
                table=first.table, row=first.row, related=near, severity=severity,
            )  # fmt: skip
        return


def _is_same_thing(one: Mention, other: Mention, common: frozenset[str]) -> bool:
    """Whether enough words are shared; a long figure needs fewer, for it is unlikely to recur by chance."""
    shared = (one.words & other.words) - common
    round_ = one.value % 100 == 0
    if _spot(one) == _spot(other):
        return False  # “听课 24 次，交记录 24 份” are two things
    return one.dimension != other.dimension and len(shared) >= (1 if one.value >= _TELLING and not round_ else 2)


def _spot(mention: Mention) -> tuple[object, ...]:
    """The row, or the paragraph, that a figure stands in."""
    source = mention.source
    if source.table is not None:
        return source.table, source.row
    return (mention.paragraph,) if mention.paragraph is not None else (source.line, source.paragraph, source.cell)
