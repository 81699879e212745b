"""TGT011: figures of one column are printed with needless zeros in some rows only."""

import re
from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.core.saying import few
from taizhang.intake.plans import Indicator, Value

_NEEDLESS = re.compile(r"\d+\.\d*0\s*%?")
_DECIMALS = re.compile(r"\d+\.(\d+)\s*%?")


@rule("TGT011", kind="over_precision", severity="info", since="0.1")
def needless_zeros(context: Context) -> Iterator[Problem]:
    """同一栏的数字，有的多写了小数末尾的 0。

    ## 为什么
    “15.0”与“25”同在一栏，读者会以为精度不同；写法应当一致。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 校级名师（人） | 30 | 15.0 | 18 | 120% |
    | 校级课程（门） | 50 | 25 | 26 | 104% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 校级名师（人） | 30 | 15 | 18 | 120% |
    | 校级课程（门） | 50 | 25 | 26 | 104% |

    ## 例外
    全栏小数位数一致（如金额都保留两位）不报。只作提示，每张表合并为一条。

    ## 依据
    GB/T 8170《数值修约规则与极限数值的表示和判定》；本项目的填报约定。
    """
    for reading in context.readings:
        for _, indicators in reading.indicator_tables:
            zeros = [value for column in _columns(indicators) for value in _odd(column)]
            if zeros:
                shown = few((value.text.strip() for value in zeros), 6)
                yield at_value(
                    zeros[0],
                    f"本表数字小数位数不一致，{shown} 末尾的 0 是多余的",
                    expected=_trimmed(zeros[0].text),
                    related=tuple(related(value) for value in zeros[1:]),
                )


def _columns(indicators: Sequence[Indicator]) -> Iterator[list[Value]]:
    for pick in ("end", "mid", "year", "actual", "rate"):
        values = [getattr(indicator, pick) for indicator in indicators]
        yield [value for value in values if value is not None and value.quantity is not None]


def _odd(column: Sequence[Value]) -> list[Value]:
    decimals = {len(match[1]) if (match := _DECIMALS.fullmatch(value.text.strip())) else 0 for value in column}
    if len(decimals) == 1 and len(column) > 1:
        return []
    return [value for value in column if _NEEDLESS.fullmatch(value.text.strip())]


def _trimmed(text: str) -> str:
    return re.sub(r"(\.\d*?)0+(?=\s*%?$)", r"\1", text.strip()).replace(".%", "%").rstrip(".")
