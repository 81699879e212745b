"""What a person decided about the doubtful cells of a draft, put into the draft."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from taizhang.core.errors import TaizhangError
from taizhang.core.quantities import number
from taizhang.core.source import Source
from taizhang.intake.plans import CIRCLED
from taizhang.intake.programme.draft import (
    Doubt,
    DoubtKind,
    DraftIndicator,
    DraftPoint,
    DraftTask,
    Figure,
    Printed,
    ProgrammeDraft,
    When,
)

# What a value of a field looks like, so that “由台账按先后编号” is never taken for a number.
_VALUES = {
    "任务名称": re.compile(r".+", re.DOTALL),
    "任务编号": re.compile(r"[0-9A-Za-z]+(?:[-.．—][0-9A-Za-z]+)*"),
    "编号": re.compile(r"[0-9A-Za-z]+(?:[-.．—][0-9A-Za-z]+)*"),
    "序号": re.compile(f"[{CIRCLED}]"),
    "年度": re.compile(r"20[0-9]{2}"),
    "指标类别": re.compile(r"数量|质量|时效|成本|社会效益|经济效益|生态效益|效益|可持续影响|满意度"),
}
_TIMES = {"年度": When.YEAR, "中期": When.MID, "期满": When.END}
_A_TIME = re.compile(r"中期|期满|20[0-9]{2}")
Row = TypeVar("Row", DraftTask, DraftPoint, DraftIndicator)


class Step(StrEnum):
    """What is done about a doubtful cell."""

    KEEP = "keep"  # 照原文收下
    CHANGE = "change"  # 改为
    LEAVE = "leave"  # 这一行不收


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision; `text` is what the cell is to say, for a change."""

    step: Step
    text: str = ""


class UnsettledError(TaizhangError):
    """A decision changes nothing of the draft: better told than taken for done."""


def undecided(draft: ProgrammeDraft, decisions: Mapping[int, Decision]) -> tuple[int, ...]:
    """The numbers of the doubts that nobody decided yet, in the order of the draft."""
    return tuple(number for number in range(len(draft.doubts)) if number not in decisions)


def settled(draft: ProgrammeDraft, decisions: Mapping[int, Decision]) -> ProgrammeDraft:
    """The draft as decided: cells changed, rows left out; what was kept stands as printed."""
    for place, doubt in enumerate(draft.doubts):
        decision = decisions.get(place)
        if decision is None or decision.step is Step.KEEP:
            continue
        changed = _settled(draft, doubt, decision) if may_change(doubt) else draft
        if changed == draft and not (decision.step is Step.CHANGE and decision.text == doubt.text):
            raise UnsettledError(
                f"“{doubt.about}”的{doubt.field}不能这样处理，请改选“照原文收下”，收下后再在方案里修改。"
            )
        draft = changed
    return draft


def may_change(doubt: Doubt) -> bool:
    """Whether one answer can do: a number, a code or a target of each row of a table is not one answer."""
    return not doubt.is_of_table or doubt.kind in {DoubtKind.YEAR, DoubtKind.TASK, DoubtKind.CATEGORY}


def _settled(draft: ProgrammeDraft, doubt: Doubt, decision: Decision) -> ProgrammeDraft:
    leaves, text = decision.step is Step.LEAVE, decision.text
    return replace(
        draft,
        tasks=_rows(draft.tasks, leaves, lambda row: _task(row, doubt, text), lambda row: _names_task(row, doubt)),
        points=_rows(draft.points, leaves, lambda row: _point(row, doubt, text), _points_meant(draft.points, doubt)),
        indicators=_rows(
            draft.indicators,
            leaves,
            lambda row: _indicator(row, doubt, text),
            _indicators_meant(draft.indicators, doubt),
        ),
    )


def _rows(
    rows: Sequence[Row], leaves: bool, change: Callable[[Row], Row], is_meant: Callable[[Row], bool]
) -> tuple[Row, ...]:
    """The rows with those that the doubt is about changed, or gone."""
    kept = (row for row in rows if not (leaves and is_meant(row)))
    return tuple(change(row) if is_meant(row) else row for row in kept)


def _names_task(row: DraftTask, doubt: Doubt) -> bool:
    if doubt.field not in {"任务名称", "任务编号"}:
        return False
    return doubt.about in {row.key, f"{row.code} {row.name}", " ".join(filter(None, (row.group, row.key)))}


def _points_meant(rows: Sequence[DraftPoint], doubt: Doubt) -> Callable[[DraftPoint], bool]:
    """Known by the cell of the doubt, for two points may have one label; for a table, all that say what this one says."""

    def stands_in(row: DraftPoint) -> bool:
        parts = (row.plan, row.done, row.rate)
        return any(part is not None and part.source == doubt.source for part in parts)

    first = next(filter(stands_in, rows), None)
    if first is None or not doubt.is_of_table:
        return stands_in

    def said(row: DraftPoint) -> tuple[object, ...]:
        return row.source.table, row.year if doubt.kind is DoubtKind.YEAR else row.task

    return lambda row: said(row) == said(first)


def _indicators_meant(rows: Sequence[DraftIndicator], doubt: Doubt) -> Callable[[DraftIndicator], bool]:
    """As for points: known by the cell, and for a table all rows without category, or with figures of no time."""

    def stands_in(row: DraftIndicator) -> bool:
        figures = (each.printed for each in (*row.targets, *row.actuals))
        parts = (row.label, row.rate, *figures)
        return any(part is not None and part.source == doubt.source for part in parts)

    first = next(filter(stands_in, rows), None)
    if first is None or not doubt.is_of_table:
        return stands_in
    is_timeless = doubt.kind is DoubtKind.YEAR
    return lambda row: row.source.table == first.source.table and (is_timeless or row.category == first.category)


def _task(row: DraftTask, doubt: Doubt, text: str) -> DraftTask:
    return replace(row, name=text) if doubt.field == "任务名称" else replace(row, code=text or None)


def _point(row: DraftPoint, doubt: Doubt, text: str) -> DraftPoint:
    if doubt.field == "序号":
        return replace(row, ordinal=ordinal(text) or row.ordinal)
    if doubt.field == "年度":
        return replace(row, year=int(text) if text.isdecimal() else row.year)
    if doubt.field in {"任务", "任务编号", "建设任务"}:
        return replace(row, task=text or row.task)
    if doubt.field == "计划":
        return replace(row, plan=_printed(row.plan, text))
    if doubt.field in {"完成情况", "完成"}:
        return replace(row, done=_printed(row.done or row.plan, text))
    if row.rate is not None and row.rate.source == doubt.source:
        return replace(row, rate=_printed(row.rate, text))
    return row


def _indicator(row: DraftIndicator, doubt: Doubt, text: str) -> DraftIndicator:
    if doubt.kind is DoubtKind.YEAR:
        return _dated(row, doubt, text)
    if doubt.field == "编号":
        return replace(row, code=text or None)
    if doubt.field == "指标名称":
        return replace(row, name=text or row.name)
    if doubt.field == "指标类别":
        category = text.strip().removesuffix("指标")
        return replace(row, category=category) if _VALUES["指标类别"].fullmatch(category) else row
    if doubt.field == "计量单位":
        return replace(row, unit=text or None)
    return replace(
        row,
        targets=tuple(_figure(figure, doubt.source, text) for figure in row.targets),
        actuals=tuple(_figure(figure, doubt.source, text) for figure in row.actuals),
        rate=_printed(row.rate, text) if row.rate is not None and row.rate.source == doubt.source else row.rate,
    )


def _dated(row: DraftIndicator, doubt: Doubt, text: str) -> DraftIndicator:
    """The figures of a row that say no time, put to the one that was chosen: a period by name, or a year."""
    when, year = _TIMES.get(text), int(text) if text.isdecimal() else None
    if when is None and year is None:
        return row

    def put(figure: Figure) -> Figure:
        is_meant = figure.when is When.YEAR and figure.year is None
        return replace(figure, when=when or When.YEAR, year=year) if is_meant else figure

    if doubt.field == "实现值":
        return replace(row, actuals=tuple(map(put, row.actuals)))
    return replace(row, targets=tuple(map(put, row.targets)))


def _figure(figure: Figure, source: Source, text: str) -> Figure:
    return replace(figure, printed=_printed(figure.printed, text)) if figure.printed.source == source else figure


def _printed(cell: Printed, text: str) -> Printed:
    return replace(cell, text=text, quantity=number(text))


def ordinal(text: str) -> str | None:
    """① for “①”, “1” or “第1项”; None for what names no ordinal from 1 to 20."""
    digits = "".join(character for character in text if character.isdecimal())
    if text.strip()[:1] in CIRCLED and text.strip():
        return text.strip()[0]
    return CIRCLED[int(digits) - 1] if digits and 1 <= int(digits) <= len(CIRCLED) else None


def offered(doubt: Doubt) -> tuple[str, ...]:
    """The choices of a doubt that are values to put into the cell; the others say in words what a person may do."""
    fits = _A_TIME if doubt.kind is DoubtKind.YEAR else _VALUES.get(doubt.field)
    return tuple(choice for choice in doubt.choices if fits and fits.fullmatch(choice))


def as_printed(draft: ProgrammeDraft, numbers: Iterable[int]) -> dict[int, Decision]:
    """The decision to keep each of these doubts as printed."""
    return {place: Decision(step=Step.KEEP) for place in numbers if place < len(draft.doubts)}
