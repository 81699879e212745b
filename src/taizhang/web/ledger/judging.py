"""Rules at entry: the checker's rules on one item, so that what a report would be told is told at the field.

The item becomes a document of one table with one row, in headers that the checker knows, and is checked as any report
is; what only the ledger knows of it (its state, its evidence, what was told before) goes along as a `LedgerItem`.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from taizhang.checks import check
from taizhang.checks.registry import rules
from taizhang.core.errors import ProfileError
from taizhang.core.ledger import PLACES, Ledger, LedgerEvidence, LedgerItem, LedgerValue
from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Document, Piece, Table
from taizhang.profiles import Profile, load
from taizhang.web.ledger.models import Basis, Direction, Entry, PeriodKind, Stage

FAMILIES = ("TGT", "ACT", "UNI", "EVD", "LED")
# Rules that speak of a table as a whole, of which one row shows nothing: an exemption file, the ledger held against a
# report, a reason column that this row's own reason stands for.
_APART = ("EVD001", "LED001", "LED002", "LED010", "LED011")
_FILE = "填报项"
_APPROVED = (Stage.DEPARTMENT, Stage.TEAM, Stage.APPROVED, Stage.LOCKED)
_log = logging.getLogger(__name__)


def warm() -> None:
    """Load the rules and the usual conventions, so that the first judging is as quick as all others."""
    rules()
    for name in ("generic", "provincial"):
        load(name)


def judged(entry: Entry) -> list[dict[str, str]]:
    """The findings on an item as it stands: code, severity, message, and the field that is meant.

    Whatever happens in here, what was typed can still be saved: a rule that fails is told like a finding.
    """
    try:
        return _judged(entry)
    except Exception as error:  # noqa: BLE001 - a rule that crashes must not cost anyone what they typed
        _log.exception("judging entry %s failed", entry.pk)
        return [_unjudged(f"{type(error).__name__}: {error}")]


def _judged(entry: Entry) -> list[dict[str, str]]:
    told = bool(entry.text.strip() or entry.number is not None)
    cells = _indicator(entry) if entry.indicator is not None else _point(entry)
    document = Document(_FILE, "text", [_table(cells)] if told else [])
    result = check(
        [document], profile=_profile(entry.round.programme.profile), select=FAMILIES, ignore=_APART,
        ledger=Ledger(items=(_item(entry),)),
    )  # fmt: skip
    fields = [field for _header, _text, field in cells]
    found = []
    for finding in result.findings:
        column = finding.source.column
        field = PLACES.get(finding.source.cell or "") or (fields[column - 1] if column else "text")
        found.append(
            {"code": finding.code, "severity": finding.severity.value, "message": finding.message, "field": field}
        )
    return found + [_unjudged(f"{code} {trouble}") for code, trouble in result.crashed]


def _unjudged(trouble: str) -> dict[str, str]:
    message = f"内容已保存，但规则没有跑完（{trouble[:120]}），请告诉管理员。"
    return {"code": "", "severity": "info", "message": message, "field": "text"}


def _profile(name: str) -> Profile:
    """The programme's conventions; the general ones where its own are gone, which must not stop anyone's work."""
    try:
        return load(name)
    except ProfileError:
        return load()


Cells = Sequence[tuple[str, str, str]]  # a column's header, what stands in it, the field that it is


def _point(entry: Entry) -> Cells:
    point = entry.point
    if point is None:
        raise TypeError(entry)
    return (
        ("任务", str(point.task), "text"),
        (f"{point.year}年度计划", point.plan, "text"),
        (f"{point.year}年度完成情况", entry.text, "text"),
        ("完成率", entry.rate, "rate"),
    )


# Which header makes a column the target of which kind of period.
_GOAL = {PeriodKind.YEAR: "年度目标值", PeriodKind.CHECKPOINT: "中期目标值", PeriodKind.END: "期满目标值"}
_ACTUAL = {PeriodKind.YEAR: "年度实现值", PeriodKind.CHECKPOINT: "中期实现值", PeriodKind.END: "期满实现值"}
_RATE = {PeriodKind.YEAR: "年度完成度", PeriodKind.CHECKPOINT: "中期完成度", PeriodKind.END: "期满完成度"}


def _indicator(entry: Entry) -> Cells:
    indicator, period = entry.indicator, entry.round.period
    if indicator is None:
        raise TypeError(entry)
    kind = PeriodKind(period.kind)
    goals = {target.period_id: target for target in indicator.targets.select_related("period")}
    goal = goals.get(period.pk)
    end = next((each for each in goals.values() if each.period.kind == PeriodKind.END and each is not goal), None)
    lower = indicator.direction == Direction.LOWER and goal is not None and goal.number is not None
    goal_text = "" if goal is None else f"≤{goal.text}" if lower and goal.text[:1].isdecimal() else goal.text
    measure = f"（{indicator.measure}）" if indicator.measure else ""
    name = indicator.name if indicator.name.endswith(("）", ")")) else f"{indicator.name}{measure}"
    return (
        ("三级指标", f"{indicator.code} {name}", "text"),
        *([("期满目标值", end.text, "text")] if end is not None else []),
        (_GOAL[kind], goal_text, "text"),
        (_ACTUAL[kind], entry.text, "text"),
        (_RATE[kind], entry.rate, "rate"),
        ("未完成原因和改进措施", entry.reason, "reason"),
    )


def _table(cells: Cells) -> Table:
    rows = [
        [Cell(text, (Piece(0, Source(_FILE, table=1, start=0)),)) for text in line]
        for line in ([header for header, _text, _field in cells], [text for _header, text, _field in cells])
    ]
    return Table(rows, 1, Source(_FILE, table=1), columns=tuple(header for header, _t, _f in cells), index=1)


def _item(entry: Entry) -> LedgerItem:
    """What the ledger knows of the item beyond its row."""
    indicator, period = entry.indicator, entry.round.period
    first, last = (entry.point.year, entry.point.year) if entry.point else (period.first_year, period.last_year)
    cumulative = indicator is not None and indicator.basis == Basis.CUMULATIVE
    cited = entry.citations.filter(withdrawn_at=None, evidence__withdrawn_at=None).select_related("evidence")
    return LedgerItem(
        label=str(entry), plan=entry.planned, text=entry.text, number=entry.number, rate=entry.rate,
        state=entry.get_state_display() if entry.state else "", reason=entry.reason, measure=entry.measure,
        is_number=entry.is_number, is_cumulative=cumulative,
        first_year=entry.round.programme.first_year if cumulative else first, last_year=last,
        due=entry.round.due_person if entry.is_editable else None, as_of=timezone.localdate(),
        evidence=tuple(LedgerEvidence(title=each.evidence.title, dated=each.evidence.dated) for each in cited) if entry.pk else (),
        earlier=_earlier(entry),
    )  # fmt: skip


def _earlier(entry: Entry) -> tuple[LedgerValue, ...]:
    """What was approved of the same indicator in earlier rounds."""
    if entry.indicator is None:
        return ()
    rows = (
        Entry.objects.filter(
            indicator=entry.indicator, number__isnull=False, stage__in=_APPROVED,
            round__opened_at__lt=entry.round.opened_at,
        )
        .select_related("round__period")
        .order_by("round__opened_at")
    )  # fmt: skip
    return tuple(
        LedgerValue(name=str(row.round), first_year=row.round.period.first_year, last_year=row.round.period.last_year,
                    number=row.number)
        for row in rows if row.number is not None
    )  # fmt: skip


def worst_of(findings: Iterable[Mapping[str, str]]) -> str:
    """The gravest severity among findings; empty where there are none."""
    order = {"error": 3, "warning": 2, "info": 1}
    return max((each["severity"] for each in findings), key=lambda severity: order.get(severity, 0), default="")
