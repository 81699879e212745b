"""Differences: what a draft says otherwise than what was known before, so that taking in again duplicates nothing."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Generic, TypeVar

from taizhang.documents.alignment import bare
from taizhang.intake.plans import without_ordinal
from taizhang.intake.programme.draft import DraftIndicator, DraftPoint, DraftTask, Figure, Printed, ProgrammeDraft, When

Item = DraftTask | DraftPoint | DraftIndicator
T = TypeVar("T", DraftTask, DraftPoint, DraftIndicator)

_WHEN = {When.END: "期满", When.MID: "中期", When.YEAR: "年度"}
_ALIKE = 0.6  # of two wordings of one plan or name, digits and all


class DifferenceKind(StrEnum):
    """What happened to an item."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One task, point or indicator that is new or gone, or one field of it that changed.

    `field` is the field's name in Chinese; `before` and `after` are its texts, None where it was not there at all.
    For an item added or gone `field` is None, and `before` or `after` its wording.
    """

    change: DifferenceKind
    label: str
    field: str | None = None
    before: str | None = None
    after: str | None = None
    known: Item | None = None
    drafted: Item | None = None


def differences(draft: ProgrammeDraft, known: ProgrammeDraft) -> tuple[Difference, ...]:
    """What the draft changes of what is known.

    Blanks, full-width forms and the kind of quotation marks make no difference. What the draft does not speak of
    (a column it has not, a task, year or group it does not cover) is no difference either: only within what it
    covers is something gone.
    """
    return (
        *_programme(draft, known),
        *_told(match_tasks(draft.tasks, known.tasks), _task_fields, _task_label, _wording_of_task, _covers_tasks(draft)),
        *_told(match_points(draft.points, known.points), _point_fields, _point_label, _wording_of_point, _covers_points(draft)),
        *_told(
            match_indicators(draft.indicators, known.indicators), _indicator_fields, _indicator_label,
            lambda row: row.label.text, _covers_indicators(draft),
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """Items of a draft beside those known: pairs (drafted, known), and what is only here or only there."""

    pairs: tuple[tuple[T, T], ...]
    added: tuple[T, ...]
    gone: tuple[T, ...]


def match_tasks(drafted: Sequence[DraftTask], known: Sequence[DraftTask]) -> Matched[DraftTask]:
    """Tasks by code and name, then by name, then by code, then by wording."""
    return _matched(
        drafted, known,
        (lambda t: (t.group, t.code, bare(t.name)), lambda t: (t.group, bare(t.name)), lambda t: (t.group, t.code) if t.code else None),
        lambda t: (t.group, t.parent), lambda t: bare(t.name),
    )  # fmt: skip


def match_points(drafted: Sequence[DraftPoint], known: Sequence[DraftPoint]) -> Matched[DraftPoint]:
    """Points by place and wording, then by wording within task and year, by place, and by wording anywhere."""
    return _matched(
        drafted, known,
        (
            lambda p: (p.group, p.task, p.year, p.ordinal, _plan(p)),
            lambda p: (p.group, p.task, p.year, _plan(p)),
            lambda p: (p.group, p.task, p.year, p.ordinal) if p.ordinal else None,
            lambda p: (p.group, _plan(p)) if _plan(p) else None,
        ),
        lambda p: (p.group, p.task, p.year), _plan,
    )  # fmt: skip


def match_indicators(drafted: Sequence[DraftIndicator], known: Sequence[DraftIndicator]) -> Matched[DraftIndicator]:
    """Indicators by code and name, then by name, by code, and by wording."""
    return _matched(
        drafted, known,
        (
            lambda i: (i.group, i.code, bare(i.name), i.category, i.task),
            lambda i: (i.group, i.code, bare(i.name)),
            lambda i: (i.group, bare(i.name), i.category, i.task),
            lambda i: (i.group, bare(i.name)),
            lambda i: (i.group, i.code) if i.code else None,
        ),
        lambda i: (i.group, i.task), lambda i: bare(i.name),
    )  # fmt: skip


def _matched(
    drafted: Sequence[T], known: Sequence[T], keys: Sequence[Callable[[T], Hashable | None]],
    neighbourhood: Callable[[T], Hashable], wording: Callable[[T], str],
) -> Matched[T]:  # fmt: skip
    """Match by each key in turn, where it is one item's alone on both sides; what is left by wording, best first."""
    left, others = list(drafted), list(known)
    pairs: list[tuple[T, T]] = []
    for key in keys:
        mine, theirs = _only(left, key), _only(others, key)
        pairs.extend((mine[shared], theirs[shared]) for shared in mine if shared in theirs)
        left, others = _without(left, (one for one, _ in pairs)), _without(others, (other for _, other in pairs))
    pairs.extend(_same_twice(left, others, keys[0]))
    left, others = _without(left, (one for one, _ in pairs)), _without(others, (other for _, other in pairs))
    pairs.extend(_by_wording(left, others, neighbourhood, wording))
    left, others = _without(left, (one for one, _ in pairs)), _without(others, (other for _, other in pairs))
    place = {id(item): position for position, item in enumerate(drafted)}
    return Matched(tuple(sorted(pairs, key=lambda pair: place[id(pair[0])])), tuple(left), tuple(others))


def _only(items: Iterable[T], key: Callable[[T], Hashable | None]) -> dict[Hashable, T]:
    """The items that no other shares its key with."""
    found: dict[Hashable, list[T]] = {}
    for item in items:
        own = key(item)
        if own is not None:
            found.setdefault(own, []).append(item)
    return {own: items_[0] for own, items_ in found.items() if len(items_) == 1}


def _without(items: Sequence[T], taken: Iterable[T]) -> list[T]:
    gone = {id(item) for item in taken}
    return [item for item in items if id(item) not in gone]


def _same_twice(left: Sequence[T], others: Sequence[T], key: Callable[[T], Hashable | None]) -> Iterator[tuple[T, T]]:
    """Items that are alike to the last word stand for each other; the most alike in all else go together."""
    waiting: dict[Hashable, list[T]] = {}
    for other in sorted(others, key=_everything):
        waiting.setdefault(key(other), []).append(other)
    rest: list[T] = []
    for item in sorted(left, key=_everything):
        same = waiting.get(key(item), [])
        twin = next((other for other in same if _everything(other) == _everything(item)), None)
        if twin is None:
            rest.append(item)
        else:
            same[:] = _without(same, [twin])
            yield item, twin
    for item in rest:
        same = waiting.get(key(item), [])
        if same:
            yield item, same.pop(0)


def _by_wording(
    left: Sequence[T], others: Sequence[T], neighbourhood: Callable[[T], Hashable], wording: Callable[[T], str]
) -> Iterator[tuple[T, T]]:
    """Pairs of one neighbourhood whose wordings are alike, the most alike first, each item once."""
    near: dict[Hashable, list[T]] = {}
    for other in others:
        near.setdefault(neighbourhood(other), []).append(other)
    scored = [
        (-ratio, _everything(one), _everything(other), one, other)
        for one in left
        for other in near.get(neighbourhood(one), ())
        if (ratio := _ratio(wording(one), wording(other))) >= _ALIKE
    ]
    used: set[int] = set()
    for _, _, _, one, other in sorted(scored, key=lambda each: each[:3]):
        if id(one) not in used and id(other) not in used:
            used |= {id(one), id(other)}
            yield one, other


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _told(
    matched: Matched[T], fields: Callable[[T], dict[str, str | None]], label: Callable[[T], str],
    wording: Callable[[T], str], covers: Callable[[T], bool],
) -> Iterator[Difference]:  # fmt: skip
    for one, other in matched.pairs:
        after: dict[str, str | None] = fields(one)
        before: dict[str, str | None] = fields(other)
        for name in dict.fromkeys((*before, *after)):
            new: str | None = after.get(name)
            old: str | None = before.get(name)
            if new is not None and bare(new) != bare(old or ""):
                yield Difference(
                    change=DifferenceKind.CHANGED, label=label(one), field=name, before=old, after=new, known=other, drafted=one
                )  # fmt: skip
    for one in matched.added:
        yield Difference(change=DifferenceKind.ADDED, label=label(one), after=wording(one), drafted=one)
    for other in matched.gone:
        if covers(other):
            yield Difference(change=DifferenceKind.GONE, label=label(other), before=wording(other), known=other)


def _programme(draft: ProgrammeDraft, known: ProgrammeDraft) -> Iterator[Difference]:
    for name, new, old in (
        ("学校名称", draft.college, known.college),
        ("建设期", _span(draft.period), _span(known.period)),
    ):
        if new is not None and bare(new) != bare(old or ""):
            yield Difference(change=DifferenceKind.CHANGED, label="建设项目", field=name, before=old, after=new)


def _span(period: tuple[int, int] | None) -> str | None:
    return f"{period[0]}-{period[1]}" if period else None


def _plan(point: DraftPoint) -> str:
    return bare(without_ordinal(point.plan.text)[0])


def _text(printed: Printed | None) -> str | None:
    return None if printed is None else printed.text


def _task_label(task: DraftTask) -> str:
    return " ".join(filter(None, (task.group if task.group != task.name else None, task.code, task.name)))


def _wording_of_task(task: DraftTask) -> str:
    return task.name


def _point_label(point: DraftPoint) -> str:
    return " ".join(filter(None, (point.group, point.label)))


def _wording_of_point(point: DraftPoint) -> str:
    return point.plan.text or _text(point.done) or ""


def _indicator_label(row: DraftIndicator) -> str:
    return " ".join(filter(None, (row.group, row.code, row.name)))


def _task_fields(task: DraftTask) -> dict[str, str | None]:
    return {"编号": task.code, "名称": task.name, "上级任务": task.parent, "专业群": task.group}


def _point_fields(point: DraftPoint) -> dict[str, str | None]:
    return {
        "专业群": point.group, "建设任务": point.task, "年度": str(point.year) if point.year else None, "序号": point.ordinal,
        "计划": without_ordinal(point.plan.text)[0],
        "完成情况": without_ordinal(point.done.text)[0] if point.done is not None else None,
        "完成率": _text(point.rate), "责任部门": _text(point.responsible), "结论": _text(point.verdict),
    }  # fmt: skip


def _indicator_fields(row: DraftIndicator) -> dict[str, str | None]:
    fields: dict[str, str | None] = {
        "专业群": row.group, "编号": row.code, "名称": row.name, "类别": row.category, "计量单位": row.unit,
        "方向": row.direction.value if row.direction else None, "建设任务": row.task,
        "每年": "是" if row.is_per_year else "", "累计": "是" if row.is_cumulative else "",
    }  # fmt: skip
    for word, figures in (("目标值", row.targets), ("实现值", row.actuals)):
        fields |= {_figure_name(each, word): each.printed.text for each in figures}
    return fields | {
        "完成度": _text(row.rate),
        "结论": _text(row.verdict),
        "原因": _text(row.reason),
        "责任部门": _text(row.responsible),
    }


def _figure_name(figure: Figure, word: str) -> str:
    return f"{figure.year} 年{word}" if figure.year and figure.when is When.YEAR else f"{_WHEN[figure.when]}{word}"


def _everything(item: Item) -> tuple[str, ...]:
    """All that is compared of an item, for an order that does not hang on where it stands."""
    if isinstance(item, DraftTask):
        fields = _task_fields(item)
    else:
        fields = _point_fields(item) if isinstance(item, DraftPoint) else _indicator_fields(item)
    return tuple(f"{name}={bare(value or '')}" for name, value in fields.items())


def _covers_tasks(draft: ProgrammeDraft) -> Callable[[DraftTask], bool]:
    groups = {task.group for task in draft.tasks}
    return lambda task: task.group in groups


def _covers_points(draft: ProgrammeDraft) -> Callable[[DraftPoint], bool]:
    covered = {(point.group, point.task, point.year) for point in draft.points}
    return lambda point: (point.group, point.task, point.year) in covered


def _covers_indicators(draft: ProgrammeDraft) -> Callable[[DraftIndicator], bool]:
    groups = {row.group for row in draft.indicators}
    return lambda row: row.group in groups
