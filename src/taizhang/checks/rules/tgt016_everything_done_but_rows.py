"""TGT016: the text says that all tasks are done while rows of the task tables are not."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._promise import promises
from taizhang.checks.rules._sweeping import Claim, claims_on_tasks, speaks_for
from taizhang.checks.rules.act001_fewer_than_planned import shortfalls
from taizhang.core.finding import Kind, Related, Severity
from taizhang.core.saying import few
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Point, Value
from taizhang.intake.reading import Reading

_SHOWN = 6
_YEAR = re.compile(r"20\d\d")


class Undone(NamedTuple):
    """A row that is not done: its table, label and year, where it shows, and whether it says so itself."""

    table: Table
    name: str
    year: str | None
    place: Related
    owned: bool


@rule("TGT016", kind="below_target_claimed_done", severity="error", since="0.5")
def everything_done_but_rows(context: Context) -> Iterator[Problem]:
    """正文说任务全部完成、问题全部整改，任务表里却有没有完成的行。

    ## 为什么
    正文的结论和表里的状态是同一份报告里的两种说法；专家翻到表里“未完成”的一行，整段结论就不可信了。

    ## 不合格
    上学期列入整改的 2 个问题，全部整改到位。

    | 序号 | 问题 | 整改目标 | 整改结果 | 状态 |
    |---|---|---|---|---|
    | 1 | 耗材管理松散 | 修订耗材管理办法 | 办法已修订印发 | 已完成 |
    | 2 | 实习巡查偏少 | 每学期巡查 3 次 | 因疫病流行只巡查 1 次 | 未完成 |

    ## 合格
    上学期列入整改的 2 个问题，1 个已整改，实习巡查一项没有完成。

    | 序号 | 问题 | 整改目标 | 整改结果 | 状态 |
    |---|---|---|---|---|
    | 1 | 耗材管理松散 | 修订耗材管理办法 | 办法已修订印发 | 已完成 |
    | 2 | 实习巡查偏少 | 每学期巡查 3 次 | 因疫病流行只巡查 1 次 | 未完成 |

    ## 例外
    只说某一任务、某一年度，而没有完成的行不属于它的，不报；“除……外”“其余”的话不报。
    表里没有承认、只是数量比计划少的（另由 ACT001 报），只作存疑。

    ## 参数
    口径配置 attainment.undone_words：表示没有完成的状态。

    ## 依据
    教职成〔2020〕8号：自评结论应当与任务完成情况一致。
    """
    short: list[Problem] | None = None
    for reading in context.readings:
        claims = list(claims_on_tasks(reading, context))
        if not claims:
            continue
        if short is None:
            short = [problem for problem in shortfalls(context) if problem.severity is None]
        undone = _undone(reading, context, short)
        holding = {point.table.index for point in reading.plans.points}
        told: set[Kind] = set()
        for claim in claims:
            rows = [row for row in undone if speaks_for(claim, row.table, reading, context.profile, holding)]
            rows = [row for row in rows if _of_its_year(claim, row)]
            owned = [row for row in rows if row.owned]
            kind = Kind.CONTRADICTION if owned else Kind.BELOW_TARGET_CLAIMED_DONE
            if not rows or kind in told:
                continue
            told.add(kind)
            named = few(dict.fromkeys(row.name for row in owned or rows), _SHOWN)
            state = "的状态是没有完成" if owned else "没有做够计划的数"
            yield at_text(
                claim.paragraph,
                claim.start,
                claim.end,
                f"表中 {len(owned or rows)} 行（{named}）{state}，不能说全部完成",
                expected="部分未完成，并说明是哪些",
                related=tuple(row.place for row in owned or rows),
                kind=kind,
                severity=None if owned else Severity.WARNING,
            )


def _undone(reading: Reading, context: Context, short: Sequence[Problem]) -> list[Undone]:
    words = frozenset(context.profile.sections["attainment"]["undone_words"])
    rows = [
        Undone(point.table, point.name, point.year, related(point.rate), owned=True)
        for point in reading.plans.points
        if point.rate is not None and _says_undone(point.rate, words)
    ]
    rows += [
        Undone(promise.point.table, promise.point.name, promise.point.year, related(promise.point.done), owned=True)
        for promise in promises(context)
        if promise.postponed and not promise.full and promise.point.rate is None and _of(reading, promise.point)
    ]
    rows += [
        Undone(
            problem.table,
            problem.row or "",
            _year(problem),
            Related(source=problem.source, text=problem.text),
            owned=False,
        )
        for problem in short
        if problem.table is not None and any(problem.table is table for table in reading.document.tables)
    ]
    return rows


def _says_undone(rate: Value, words: frozenset[str]) -> bool:
    if rate.quantity is not None:
        return rate.quantity.unit in {"", "%"} and rate.quantity.value < 100 and "%" in rate.text
    return rate.text.strip().rstrip("。") in words


def _of(reading: Reading, point: Point) -> bool:
    return any(point.table is table for table in reading.document.tables)


def _year(problem: Problem) -> str | None:
    match = _YEAR.match(problem.row or "")
    return match[0] if match else None


def _of_its_year(claim: Claim, row: Undone) -> bool:
    """Whether a row's year is among those that the sentence names up to the claim, if any."""
    said = claim.paragraph.text[claim.start : claim.end]
    years = set(_YEAR.findall(claim.sentence[: claim.sentence.find(said) + len(said)]))
    return not years or row.year is None or row.year in years
