"""STR007: an indicator's code is used twice in its table, stands out of the run, or has another table's prefix."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.core.finding import Severity
from taizhang.intake.plans import Indicator

_FEW = 4  # coded rows in a table before one of them can stand out


class Coded(NamedTuple):
    """An indicator with its code taken apart: 1.1.2.3 is the third under 1.1.2."""

    indicator: Indicator
    prefix: tuple[int, ...]
    place: int


@rule("STR007", kind="label_error", severity="warning", since="0.1")
def indicator_code_out_of_run(context: Context) -> Iterator[Problem]:
    """指标编号在表内重复、颠倒，或与同表的前缀不同。

    ## 为什么
    指标按编号与任务书、绩效目标表逐条核对；编号错了，就会拿这一条的完成值去对另一条的目标值。

    ## 不合格
    | 三级指标 | 目标值 | 实现值 | 完成率 |
    |---|---|---|---|
    | 1.1.1 省级课程（门） | 10 | 12 | 120% |
    | 1.1.2 省级教材（本） | 10 | 11 | 110% |
    | 1.1.2 省级教改项目（项） | 10 | 10 | 100% |
    | 1.1.4 省级基地（个） | 10 | 10 | 100% |

    ## 合格
    | 三级指标 | 目标值 | 实现值 | 完成率 |
    |---|---|---|---|
    | 1.1.1 省级课程（门） | 10 | 12 | 120% |
    | 1.1.2 省级教材（本） | 10 | 11 | 110% |
    | 1.1.3 省级教改项目（项） | 10 | 10 | 100% |
    | 1.1.4 省级基地（个） | 10 | 10 | 100% |

    ## 例外
    一张表按几个前缀分组的不报；跳号可能是没有列出的指标，只作提示。

    ## 依据
    教职成〔2020〕8号《中国特色高水平高职学校和专业建设计划绩效管理暂行办法》：绩效目标逐级分解到三级指标，逐条对应。
    """
    for reading in context.readings:
        for _, indicators in reading.indicator_tables:
            coded = [item for item in map(_coded, indicators) if item is not None]
            if len(coded) >= _FEW:
                yield from _run(coded)


def _coded(indicator: Indicator) -> Coded | None:
    if indicator.code is None:
        return None
    parts = [int(part) for part in indicator.code.replace("．", ".").split(".")]
    return Coded(indicator, tuple(parts[:-1]), parts[-1])


def _run(coded: Sequence[Coded]) -> Iterator[Problem]:
    prefixes = Counter(item.prefix for item in coded)
    common, times = prefixes.most_common(1)[0]
    lone = len(prefixes) == 2 and times == len(coded) - 1
    seen: dict[tuple[tuple[int, ...], int], Coded] = {}
    last: Coded | None = None
    for item in coded:
        here = (item.prefix, item.place)
        first = seen.get(here)
        if first is not None and (first.indicator.name == item.indicator.name or not _in_label(item)):
            last = item._replace(place=item.place + 1)
            continue
        if lone and item.prefix != common:
            fits = last is not None and item.place == last.place + 1
            if fits and last is not None:
                yield _problem(
                    item, f"编号 {item.indicator.code} 的前缀与同表其他指标不同", (common, last.place + 1), None, last
                )
                last = item._replace(prefix=common)
            continue
        if first is not None:
            yield _problem(item, f"编号 {item.indicator.code} 在本表重复", (item.prefix, item.place + 1), None, first)
        elif last is not None and item.prefix == last.prefix and item.place < last.place:
            yield _problem(item, f"编号 {item.indicator.code} 排在 {last.indicator.code} 之后", None, None, last)
        elif last is not None and item.prefix == last.prefix and item.place > last.place + 1:
            missing = (item.prefix, last.place + 1)
            yield _problem(item, f"编号 {item.indicator.code} 之前缺 {_code(*missing)}", missing, Severity.INFO, last)
        seen.setdefault(here, item)
        last = item if first is None else item._replace(place=item.place + 1)


def _in_label(item: Coded) -> bool:
    """Whether the code stands in the label itself; one of its own column may be merged over several rows."""
    return item.indicator.label.text.lstrip().startswith(item.indicator.code or "")


def _code(prefix: tuple[int, ...], place: int) -> str:
    return ".".join(map(str, (*prefix, place)))


def _problem(
    item: Coded, message: str, wanted: tuple[tuple[int, ...], int] | None, severity: Severity | None, other: Coded
) -> Problem:
    code = item.indicator.code or ""
    start = item.indicator.label.text.find(code)
    start, end = (start, start + len(code)) if start >= 0 else (0, len(item.indicator.label.text))
    return at_value(
        item.indicator.label,
        message,
        start,
        end,
        expected=_code(*wanted) if wanted is not None else None,
        row=row_name(item.indicator),
        severity=severity,
        related=(related(other.indicator.label),),
    )
