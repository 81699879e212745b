"""自评报告: the self-evaluation of a year, of the mid-term or of the end, with all its tables, from a snapshot."""

from taizhang.reports.outline import Contents, Outline, PageBreak, TableList
from taizhang.reports.selfevaluation.indicators import indicator_blocks
from taizhang.reports.selfevaluation.money import money_blocks
from taizhang.reports.selfevaluation.points import point_blocks
from taizhang.reports.selfevaluation.summary import overview, shortfalls
from taizhang.reports.selfevaluation.work import work_blocks
from taizhang.reports.snapshot import PeriodKind, Snapshot

NAMES = {
    PeriodKind.YEAR: "年度绩效自评报告",
    PeriodKind.CHECKPOINT: "中期绩效自评报告",
    PeriodKind.END: "期满绩效自评报告",
}


def title_of(snapshot: Snapshot) -> str:
    """What its cover says: college, programme and kind."""
    period = snapshot.period
    year = f"{period.last_year} " if period.kind is PeriodKind.YEAR else ""
    return f"{snapshot.college}{snapshot.programme}{year}{NAMES[period.kind]}"


def selfevaluation(snapshot: Snapshot) -> Outline:
    """The whole report. What the snapshot does not hold has no section: nothing is left to be filled in."""
    blocks = (
        Contents(),
        TableList(),
        PageBreak(),
        *overview(snapshot),
        *point_blocks(snapshot),
        *indicator_blocks(snapshot),
        *work_blocks(snapshot),
        *money_blocks(snapshot),
        *shortfalls(snapshot),
    )
    lines = tuple(filter(None, (snapshot.college, f"{snapshot.taken_on.year} 年 {snapshot.taken_on.month} 月")))
    return Outline(title=title_of(snapshot), blocks=blocks, lines=lines, snapshot=snapshot.sha256)
