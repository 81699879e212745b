"""ACT016: an actual value counts things that, by its own remark, are not had yet."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.core.finding import Severity
from taizhang.core.quantities import number, quantities
from taizhang.core.quantity import Bound
from taizhang.intake.plans import Indicator

_PART = re.compile(r"[（()），,；;、。]")
_REMARK = re.compile(r"\s*\d[\d.]*\s*[一-鿿]{0,2}\s*[（(](?P<told>[^\d（()）]{2,24})[)）]\s*")
_WAITS = re.compile("待|中$|中[，,；;]|正在|尚|拟|已(?:申报|推荐|上报|受理|公示|报)|^(?:申报|受理|公示)$")
_HAD = re.compile(
    "获|(?<!待)(?<!尚未)认定|(?<!待)授权|(?<!待)立项|通过|(?<!待)批准|(?<!待)公布|(?<!待)验收|无异议|完成"
)


@rule("ACT016", kind="plan_actual_mismatch", severity="error", since="0.5")
def pending_parts_counted(context: Context) -> Iterator[Problem]:
    """实现值里有还没有到手的：受理当授权，公示当认定，扣去以后达不到目标。

    ## 为什么
    括号里已经写明有几项只是受理、申报或公示；按规定它们不能计数，扣去以后就没有达到目标。

    ## 不合格
    | 指标名称 | 单位 | 目标值 | 实际值 | 完成率 |
    |---|---|---|---|---|
    | 发明专利授权 | 件 | 8 | 9（其中受理 3 件） | 113% |
    | 省级教材 | 部 | 4 | 4（其中 1 部正在申报） | 100% |

    ## 合格
    | 指标名称 | 单位 | 目标值 | 实际值 | 完成率 |
    |---|---|---|---|---|
    | 发明专利授权 | 件 | 8 | 9（另受理 3 件） | 113% |
    | 专利申请 | 件 | 8 | 9（其中受理 3 件） | 113% |

    ## 例外
    括号里没有写几项、说的是全部的，作存疑。扣去以后仍达到目标的，指标名称本来就写“申请”“受理”“申报”的，不报；只差公示、发文的，作存疑。

    ## 参数
    口径配置 attainment.pending_parts：说明没有到手的话。

    ## 依据
    教职成〔2020〕8号：申报、受理、公示与立项、授权、认定是不同的状态，以批准文件为准。
    """
    words = context.profile.sections["attainment"]["pending_parts"]
    sure, doubtful = re.compile(words["sure"]), re.compile(words["doubtful"])
    for reading in context.readings:
        for row in reading.plans.indicators:
            actual, rate = row.actual, printed_rate(row.rate)
            if actual is None or (rate is not None and rate < 100) or not re.search(r"其中|含|包括|[（(]", actual.text):
                continue
            for pattern, severity in ((sure, Severity.ERROR), (doubtful, Severity.WARNING)):
                problem = _counted(context, row, pattern, severity)
                if problem is not None:
                    yield problem
                    break
            else:
                yield from _all_pending(row, sure, doubtful)
                yield from _lower_level_counted(context, row)


def _counted(context: Context, row: Indicator, pending: re.Pattern[str], severity: Severity) -> Problem | None:
    actual, goal = row.actual, row.goal
    if actual is None or goal is None or goal.quantity is None or goal.quantity.bound is Bound.AT_MOST:
        return None
    if pending.search(row.name) or pending.search(goal.text):
        return None
    whole = actual.quantity or number(_PART.split(actual.text, maxsplit=1)[0])
    parts = _pending_parts(context, actual.text, pending)
    if whole is None or not parts or not goal.quantity.value:
        return None
    rest = whole.value - sum((value for _, _, value in parts), Decimal(0))
    if rest < 0 or whole.value < goal.quantity.value or rest >= goal.quantity.value:
        return None
    context.judged(actual, goal)
    start, end, _ = parts[0]
    return at_value(
        actual, f"其中有的还没有到手，扣去后只有 {rest.normalize():f}，达不到目标 {goal.text.strip()}", start, end,
        expected=f"{rest.normalize():f}", row=row_name(row), related=(related(goal),), severity=severity,
    )  # fmt: skip


def _all_pending(row: Indicator, *pending: re.Pattern[str]) -> Iterator[Problem]:
    """“1（已申报，待公布）”: a remark without a figure, that all which is counted is not had yet."""
    actual, goal = row.actual, row.goal
    remark = _REMARK.fullmatch(actual.text) if actual is not None else None
    if actual is None or goal is None or goal.quantity is None or remark is None or _HAD.search(remark["told"]):
        return
    if _HAD.search(goal.text) is None and any(words.search(row.name + goal.text) for words in pending):
        return
    if _WAITS.search(remark["told"]) and any(words.search(remark["told"]) for words in pending):
        yield at_value(
            actual, "括号里写明还没有到手，不能计数", *remark.span("told"), expected="待公布、批准后再计",
            row=row_name(row), related=(related(goal),), severity=Severity.WARNING,
        )  # fmt: skip


def _lower_level_counted(context: Context, row: Indicator) -> Iterator[Problem]:
    """“3 门（其中校级 1 门）” for an indicator of the province's level."""
    levels = context.profile.levels
    wanted = levels.named(row.name)
    if row.actual is None or not wanted:
        return
    lower = [name for name in levels.named(row.actual.text) if all(levels.falls_short(name, each) for each in wanted)]
    if lower:
        problem = _counted(context, row, re.compile("|".join(map(re.escape, lower))), Severity.ERROR)
        if problem is not None:
            yield replace(
                problem, message=f"其中{lower[0]}的不能算作{wanted[-1]}，{problem.message.partition('，')[2]}"
            )


def _pending_parts(context: Context, text: str, pending: re.Pattern[str]) -> list[tuple[int, int, Decimal]]:
    """The clauses behind the first mark that count something pending: where they stand, and how many."""
    marks = [match.start() for match in _PART.finditer(text)]
    parts = []
    for start, end in pairwise([*marks, len(text)]):
        piece = text[start + 1 : end]
        amounts = quantities(piece, context.profile.catalogue)
        if amounts and pending.search(piece) and "另" not in piece:
            lead = re.match(r"\s*(?:其中|含|包括)?\s*", piece)
            parts.append((start + 1 + (lead.end() if lead else 0), end, amounts[0].value))
    return parts
