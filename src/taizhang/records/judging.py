"""What is wrong with a record by its kind: the four hard rules, units, levels, states, days, evidence.

An error is wrong on its face; a warning is what an assessor would ask. Nothing is inferred and nothing is changed.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from taizhang.core.finding import Severity
from taizhang.core.record import BASES, QUALIFIERS, FieldValue, Record, RecordMeasure
from taizhang.core.span import span_of, understood
from taizhang.profiles import load
from taizhang.records.kind import Field, FieldType, Kind, Measure, Phase, State
from taizhang.records.units import are_apart, measured

ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Flaw(NamedTuple):
    """记录疑点. `field` is what a form marks: a key of the record, `fields.KEY`, or `measures.N` (the n-th, from 0).

    `code` says which law and never changes; `message` is one Chinese sentence.
    """

    field: str
    code: str
    severity: Severity
    message: str


def judge(record: Record, kind: Kind, earlier: Record | None = None, as_of: date | None = None) -> tuple[Flaw, ...]:
    """All that is wrong with a record, the gravest first.

    `earlier` is the record as it stood before a change: its state must lead to the new one. With `as_of` what counts
    as done may not lie in the future. The fields of another kind are not judged: `kind` must be the record's own.
    """
    if record.kind != kind.key:
        return (Flaw("kind", "kind", ERROR, f"这条记录是“{record.kind}”，不是“{kind.name}”。"),)
    found = [
        *_titled(record),
        *_states(record, kind, earlier),
        *_unfinished(record, kind),
        *_mixed(record, kind),
        *_levels(record, kind),
        *_measures(record, kind),
        *_fields(record, kind),
        *_days(record, kind, as_of),
        *_evidence(record, kind),
        *_partners(record),
    ]
    return tuple(sorted(found, key=lambda flaw: flaw.severity.rank))


def move_refused(kind: Kind, before: str | None, after: str) -> str:
    """Why a record may not go from one state into another, in one Chinese sentence; empty where it may.

    A record without a state may begin in any: a ledger takes in what has happened already.
    """
    target, source = kind.state(after), kind.state(before)
    if target is None:
        return f"“{kind.name}”没有“{after}”这种状态；可写的有：{_named(kind.states)}。"
    if before is None or source is None or before == after or kind.follows(before, after):
        return ""
    ways = [state for state in kind.states if state.key in source.to]
    allowed = f"可以到：{_named(ways)}" if ways else "已是最后的状态"
    return f"不能从“{source.name}”到“{target.name}”；“{source.name}”{allowed}。"


def _named(states: tuple[State, ...] | list[State]) -> str:
    return "、".join(state.name for state in states)


def _titled(record: Record) -> Iterator[Flaw]:
    if not record.title.strip():
        yield Flaw("title", "title", ERROR, "标题没有填。")


def _states(record: Record, kind: Kind, earlier: Record | None) -> Iterator[Flaw]:
    if record.state is None:
        yield Flaw("state", "state_missing", WARNING, "没有写状态，不能计入完成。")
    elif kind.state(record.state) is None:
        yield Flaw("state", "state_unknown", ERROR, move_refused(kind, None, record.state))
    elif earlier is not None:
        refused = move_refused(kind, earlier.state, record.state)
        if refused:
            yield Flaw("state", "move", ERROR, refused)
    before: str | None = None
    last: date | None = None
    for move in record.moves:
        refused = move_refused(kind, before, move.state)
        if refused:
            yield Flaw("moves", "move", ERROR, f"状态变更：{refused}")
        if move.on is not None and last is not None and move.on < last:
            yield Flaw("moves", "move_order", ERROR, f"状态变更的日期倒了：{move.on} 在 {last} 之后。")
        before, last = move.state, move.on or last
    if record.moves and before != record.state:
        yield Flaw("state", "move_last", ERROR, "状态与最后一次状态变更不一致。")


_CLAIMS = re.compile("完成率|完成度|完成比例|达成度|达成率")


def _unfinished(record: Record, kind: Kind) -> Iterator[Flaw]:
    """Hard rules: what is applied for, approved or postponed is not done and never 100 %; 延期 needs a document."""
    state = kind.state(record.state)
    if state is None or state.counts:
        return
    for place, measure in enumerate(record.measures):
        if measure.unit == "%" and measure.value >= 100 and _CLAIMS.search(measure.name):
            message = f"状态是“{state.name}”，“{measure.name}”不能写 {measure.value.normalize():f}%。"
            yield Flaw(f"measures.{place}", "unfinished", ERROR, message)
    if state.phase is Phase.POSTPONED:
        documents = [move.document for move in record.moves if move.state == state.key and move.document]
        if not documents and not record.evidence:
            yield Flaw("state", "postponed", WARNING, "延期须附批文，这条还没有写依据文件，也没有佐证。")


# Words that say of a number that it is not yet what the record says is done, by the phase that they mean.
_NOT_YET = {
    Phase.BEFORE: ("意向", "拟建", "拟引进", "计划数"),
    Phase.APPLIED: ("申报", "申请", "受理", "推荐", "举荐"),
    Phase.APPROVED: ("立项",),
}
_ENDINGS = re.compile("(意向|申报|推荐|举荐|立项|筹备|延期)$")


def _mixed(record: Record, kind: Kind) -> Iterator[Flaw]:
    """Hard rules: 立项 is not 建成, 推荐 is not 入选, 意向 is not 签约: in one record they would be counted as one."""
    state = kind.state(record.state)
    if state is None or not state.counts:
        return
    own = {word for words in _NOT_YET.values() for word in words if word in state.name}
    for place, measure in enumerate(record.measures):
        for words in _NOT_YET.values():
            told = next((word for word in words if word in measure.name and word not in own), None)
            if told:
                message = f"“{measure.name}”说的是{told}，状态却是“{state.name}”，请另记一条，两者不能相加。"
                yield Flaw(f"measures.{place}", "mixed", WARNING, message)
    ending = _ENDINGS.search(record.title)
    if ending and ending[0] not in state.name:
        yield Flaw("state", "title_state", WARNING, f"标题说的是{ending[0]}，状态却是“{state.name}”，请核对。")


def _levels(record: Record, kind: Kind) -> Iterator[Flaw]:
    if not record.level:
        return
    parts = re.split(r"[/／、]", record.level)
    for part in parts:
        if part in kind.levels:
            continue
        meant = [name for name in load("generic").levels.named(part) if name in kind.levels]
        if len(meant) == 1:
            yield Flaw("level", "level_word", WARNING, f"级别“{part}”请写成“{meant[0]}”，否则不会按级别计入。")
            continue
        ways = f"可写的有：{'、'.join(kind.levels)}" if kind.levels else "这种记录不分级别"
        yield Flaw("level", "level", ERROR, f"“{kind.name}”没有“{part}”这个级别；{ways}。")
    if len(parts) > 1:
        message = f"“{record.level}”合在一起没有分开，计数时不知各有多少，请按级别拆成几条。"
        yield Flaw("level", "level_combined", WARNING, message)


_PEOPLE = ("人次", "人日", "人天", "人时", "人数")
_OF_PEOPLE = ("人", "人次", "人日", "人时")
_PARTS = ("满意", "就业率", "对口率", "占比", "获取率", "合格率", "覆盖率")  # a part of a whole is never above it


def _measures(record: Record, kind: Kind) -> Iterator[Flaw]:
    told: set[tuple[str, str, str]] = set()
    for place, measure in enumerate(record.measures):
        flaws = [*_unit(measure, kind), *_value(measure, kind.measure(measure.name, measure.unit))]
        key = (measure.name, measure.unit, measure.base_period)
        if key in told:
            flaws.append((WARNING, "measure_twice", f"“{measure.name}”写了两遍，请合成一个。"))
        told.add(key)
        yield from (Flaw(f"measures.{place}", code, severity, message) for severity, code, message in flaws)


_Told = tuple[Severity, str, str]


def _unit(measure: RecordMeasure, kind: Kind) -> Iterator[_Told]:
    declared = kind.measure(measure.name, measure.unit)
    said = next((word for word in _PEOPLE if word in measure.name), None)
    if not measure.unit:
        yield ERROR, "unit", f"“{measure.name}”没有写单位。"
    elif declared is not None and measure.unit not in declared.units:
        apart = are_apart(declared.unit, measure.unit)
        why = f"“{measure.unit}”与“{declared.unit}”计的不是一回事，不能换算" if apart else "不能换算"
        ways = "、".join(declared.units)
        yield ERROR, "unit", f"“{measure.name}”的单位应是 {ways}，写的是“{measure.unit}”；{why}。"
    elif said and (unit := measured(measure.unit)) is not None and unit.dimension in _OF_PEOPLE:
        wanted = measured("人" if said == "人数" else said)
        if wanted is not None and wanted.dimension != unit.dimension:
            yield ERROR, "unit", f"名称写的是“{said}”，单位却是“{measure.unit}”，两者口径不同。"
    elif measure.unit not in kind.units:
        ways = "、".join(sorted(kind.units))
        yield (
            WARNING,
            "unit_unknown",
            f"“{kind.name}”没有用“{measure.unit}”的计量，不会计入汇总；可用的单位有：{ways}。",
        )
    if measure.qualifier and measure.qualifier not in QUALIFIERS:
        yield (
            WARNING,
            "qualifier",
            f"“{measure.name}”的限定“{measure.qualifier}”不认识；可写的有：{'、'.join(QUALIFIERS)}。",
        )


def _value(measure: RecordMeasure, declared: Measure | None) -> Iterator[_Told]:
    unit = measured(measure.unit)
    value, name = measure.value, measure.name
    if unit is None or declared is None:
        return
    if value < 0 and unit.dimension in {"件", "人", "人次", "人日", "人时", "次", "%"}:
        yield ERROR, "negative", f"“{name}”是 {value.normalize():f}，不会小于 0。"
    elif unit.dimension in {"件", "人", "人次", "行政区"} and value * unit.scale % 1 != 0:
        yield WARNING, "not_whole", f"“{name}”是 {value.normalize():f} {measure.unit}，应是整数。"
    if measure.unit == "%" and value > Decimal(100) and any(word in name for word in _PARTS):
        yield ERROR, "above_whole", f"“{name}”是 {value.normalize():f}%，不会超过 100%；分子若是人次，请写明。"
    if unit.dimension == "番" and not measure.base_period:
        yield WARNING, "base_period", f"“{name}”是翻番，请写明基期。"


def _fields(record: Record, kind: Kind) -> Iterator[Flaw]:
    for key in record.fields:
        if kind.field(key) is None:
            yield Flaw(f"fields.{key}", "field_unknown", ERROR, f"“{kind.name}”没有“{key}”这个字段。")
    for field in kind.fields:
        value = record.fields.get(field.key)
        if value is None or value in {"", ()}:
            if field.required:
                yield Flaw(f"fields.{field.key}", "required", ERROR, f"“{field.name}”没有填。")
            continue
        wanted = _wanted(field, value)
        if wanted:
            yield Flaw(f"fields.{field.key}", "field", ERROR, f"“{field.name}”应填{wanted}。")


def _wanted(field: Field, value: FieldValue) -> str:
    """What should have been told of a field; empty where the value is right."""
    several = value if isinstance(value, tuple) else (value,)
    if field.type is FieldType.NUMBER:
        return "" if isinstance(value, Decimal) else "数"
    if field.type is FieldType.TRUTH:
        return "" if isinstance(value, bool) else "是或否"
    if not all(isinstance(each, str) for each in several) or (len(several) > 1 and not field.type.is_several):
        return "文字"
    if field.choices and any(each not in field.choices for each in several):
        return f"下列之一：{'、'.join(field.choices)}"
    if field.type is FieldType.DATE and not _is_day(value):
        return "日期，如 2023-11-20"
    if field.type is FieldType.LINK and not re.fullmatch(r"https?://\S+", str(value)):
        return "以 http:// 或 https:// 开头的网址"
    return ""


def _is_day(value: FieldValue) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _days(record: Record, kind: Kind, as_of: date | None) -> Iterator[Flaw]:
    if record.start and record.end and record.end < record.start:
        yield Flaw("end", "days", ERROR, f"结束日期 {record.end} 早于开始日期 {record.start}。")
    if record.start and record.as_of and record.as_of < record.start:
        yield Flaw("as_of", "days", ERROR, f"统计截止日 {record.as_of} 早于开始日期 {record.start}。")
    if record.period_basis not in BASES:
        yield Flaw("period_basis", "period_basis", ERROR, f"时间的依据“{record.period_basis}”不认识。")
    elif record.period_basis == "stated" and not record.period and record.start is None and record.as_of is None:
        yield Flaw("period", "period_missing", WARNING, "写了“原文写明”，却没有时间。")
    told, days = understood(record.period or "", record.as_of), span_of(record, record.as_of)
    if told is not None and days is not None and not told.every_year and not told.overlaps(days):
        yield Flaw("start", "period_days", WARNING, f"日期与时间“{record.period}”对不上。")
    if as_of is not None and kind.counts(record.state) and days is not None and days.start and days.start > as_of:
        yield Flaw("start", "future", WARNING, f"开始日期 {days.start} 还没有到，状态却已计入完成。")


def _evidence(record: Record, kind: Kind) -> Iterator[Flaw]:
    if record.evidence:
        return
    state = kind.state(record.state)
    claims = [f"级别“{record.level}”"] if record.level else []
    claims += [f"状态“{state.name}”"] if state is not None and state.counts else []
    if claims:
        yield Flaw("evidence", "evidence", WARNING, f"{'和'.join(claims)}至少要有一件佐证。")


def _partners(record: Record) -> Iterator[Flaw]:
    names = [partner.name for partner in record.partners]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield Flaw("partners", "partner_twice", WARNING, f"合作方“{name}”写了两遍。")
