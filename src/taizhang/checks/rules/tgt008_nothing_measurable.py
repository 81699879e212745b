"""TGT008: target and actual are both words, so that a rate of 100 % cannot be checked."""

import re
from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.core.saying import few
from taizhang.intake.plans import Indicator

_SHARE = re.compile(r"[×xX*＊]\s*(?:[（(]?1\s*[+＋]\s*)?\d+(?:\.\d+)?\s*[%％][）)]?")
_NUMBER = re.compile(r"\d")


@rule("TGT008", kind="qualitative_for_quantitative", severity="info", since="0.1")
def nothing_measurable(context: Context) -> Iterator[Problem]:
    """目标和实现值都是定性描述，完成率写 100% 而没有可核对的依据。

    ## 为什么
    定性指标也要说明达到了什么程度、凭什么材料判断；只写“显著提高”，100% 无从核对。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 学校影响力 | 明显提升 | 明显提升 | 明显提升 | 100% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 就业满意度（%） | 95 | 90 | 93 | 100% |

    ## 例外
    只作提示，每张表合并为一条；目标写成“上年收入×110%”而没有写基数的，逐行提示。表中另有佐证材料一栏且已填写的，不报。

    ## 依据
    财预〔2020〕10号：定性指标按达成、部分达成、未达成三档计分，应有评判依据。
    """
    for reading in context.readings:
        for table, indicators in reading.indicator_tables:
            evidence = [c.index for c in reading.plans.columns[table.index] if c.role == "evidence"]
            yield from _unfounded(indicators)
            vague = [
                row
                for row in indicators
                if _is_vague(row) and not any(table.rows[row.label.row][c].text.strip() for c in evidence)
            ]
            if not vague:
                continue
            first = vague[0].actual
            assert first is not None  # noqa: S101 - vague rows have an actual value
            names = few((row.code or row.name for row in vague), 8)
            yield at_value(
                first,
                f"{len(vague)} 个指标（{names}）的目标和实现值都是定性描述，完成率写 100%，没有可核对的依据",
                expected="可核对的数值或评判依据",
                related=tuple(related(row.actual) for row in vague[1:] if row.actual is not None),
            )


def _unfounded(indicators: Sequence[Indicator]) -> Iterator[Problem]:
    """Targets that are so many per cent of something whose number no one tells."""
    for row in indicators:
        goal, actual = row.goal, row.actual
        if goal is None or goal.is_nothing:
            goal = row.end
        if goal is None or actual is None or goal.quantity is not None or actual.quantity is None:
            continue
        shares = _SHARE.findall(goal.text)
        if shares and not _NUMBER.search(_SHARE.sub(" ", goal.text)) and (printed_rate(row.rate) or 0) >= 100:
            yield at_value(
                goal, f"目标值“{goal.text.strip()}”没有写基数，实现值 {actual.text.strip()} 是否达到无从核对",
                expected="写明基数和算出的目标值", row=row.label.text.strip(), related=(related(actual),),
            )  # fmt: skip


def _is_vague(row: Indicator) -> bool:
    goal, actual, end = row.goal, row.actual, row.end
    if goal is None or actual is None or goal.is_nothing or actual.is_nothing:
        return False
    numeric = any(value is not None and value.quantity is not None for value in (goal, actual, end))
    done = (printed_rate(row.rate) or 0) >= 100
    return done and not numeric and not any(char.isdigit() for char in goal.text)
