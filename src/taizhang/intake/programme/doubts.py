"""Doubts: what in a draft a person has to decide, each with its cell, its text and the reason."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from taizhang.core.quantity import Bound
from taizhang.core.source import Source
from taizhang.documents.alignment import bare
from taizhang.intake.plans import CIRCLED, Value
from taizhang.intake.programme.draft import (
    Direction,
    Doubt,
    DoubtKind,
    DraftIndicator,
    DraftPoint,
    Figure,
    Printed,
    When,
)
from taizhang.intake.programme.layout import filled
from taizhang.intake.programme.tasks import TaskTree
from taizhang.intake.programme.words import Wordlist

_WHEN = {When.END: "期满", When.MID: "中期", When.YEAR: "年度"}
_PAIRS = {"《": "》", "“": "”", "（": "）", "(": ")", "【": "】"}
_CLOSING = {close: mark for mark, close in _PAIRS.items()}


def point_doubts(points: Sequence[DraftPoint], words: Wordlist) -> Iterator[Doubt]:
    """The doubts about task points, in reading order."""
    for _, rows in groupby(points, key=lambda point: point.source.table):
        of_table = list(rows)
        yield from _of_points_table(of_table)
        for point in of_table:
            yield from _of_point(point, words, ordinals=any(each.ordinal for each in of_table))
    yield from _ordinals(points)


def _of_points_table(points: list[DraftPoint]) -> Iterator[Doubt]:
    """What holds for a table as a whole is asked once."""
    first = points[0]
    if not any(point.ordinal for point in points):
        yield _doubt(DoubtKind.ORDINAL, first, "序号", first.plan,
                     f"本表 {len(points)} 个任务点都没有序号。", ("按先后编为①②③…", "不编号"))  # fmt: skip
    if not any(point.year for point in points):
        yield _doubt(DoubtKind.YEAR, first, "年度", first.plan, f"本表 {len(points)} 个任务点都没有写明年度。")
    if not any(point.task for point in points):
        yield _doubt(
            DoubtKind.TASK,
            first,
            "建设任务",
            first.plan,
            f"本表 {len(points)} 个任务点没有写明属于哪项任务。",
        )


def _of_point(point: DraftPoint, words: Wordlist, *, ordinals: bool) -> Iterator[Doubt]:
    plan, done = point.plan, point.done
    has_plan = filled(plan.text)
    if not has_plan:
        yield _doubt(DoubtKind.PLAN, point, "计划", done, "有完成情况，没有对应的计划。", ("计划留空", "与上一条合并"))
    if done is not None and has_plan and not filled(done.text):
        yield _doubt(
            DoubtKind.DONE,
            point,
            "完成情况",
            done,
            "有计划，完成情况是空的。",
            ("完成情况留空", "从别处补上"),
            near=plan,
        )
    if ordinals and point.ordinal is None:
        yield _doubt(DoubtKind.ORDINAL, point, "序号", plan if has_plan else done,
                     "同表其他任务点有序号，这一条没有，可能是上一条拆开的后半。", ("单独成条", "接到上一条"))  # fmt: skip
    told = _mark(done)
    if point.ordinal and told and has_plan and told != point.ordinal:
        yield _doubt(DoubtKind.ORDINAL, point, "序号", done,
                     f"计划是 {point.ordinal}，完成情况写的是 {told}。", (point.ordinal, told))  # fmt: skip
    for name, part in (("计划", plan), ("完成情况", done)):
        if part is not None and (mark := unpaired(part.text)) is not None:
            yield _doubt(
                DoubtKind.TORN, point, name, part, f"“{mark}”没有成对，文字可能少了一截或串到别处。", ("原样录入",)
            )
        if part is not None and len(part.text) > words.longest.get("text", 10**6):
            yield _doubt(
                DoubtKind.LONG,
                point,
                name,
                part,
                f"有 {len(part.text)} 字，超过 {words.longest['text']} 字。",
                ("原样录入",),
            )
    yield from _rate(point.rate, lambda kind, text, reason: _doubt(kind, point, "完成率", text, reason))


def _ordinals(points: Sequence[DraftPoint]) -> Iterator[Doubt]:
    """Ordinals of one task and year that stand twice or leave one out."""
    series: dict[tuple[str | None, str | None, int | None], list[DraftPoint]] = {}
    for point in points:
        if point.ordinal is not None:
            series.setdefault((point.group, point.task, point.year), []).append(point)
    for same in series.values():
        times = Counter(point.ordinal for point in same)
        for point in (p for p in same if times[p.ordinal] > 1):
            if point is not next(p for p in same if p.ordinal == point.ordinal):
                yield _doubt(
                    DoubtKind.ORDINAL,
                    point,
                    "序号",
                    point.plan,
                    f"同一任务、同一年度的 {point.ordinal} 出现了 {times[point.ordinal]} 次。",
                )
        places = [CIRCLED.index(p.ordinal) + 1 for p in same if p.ordinal and p.ordinal in CIRCLED]
        for missing in sorted(set(range(1, max(places, default=0))) - set(places)):
            after = next(p for p in same if p.ordinal and p.ordinal in CIRCLED and CIRCLED.index(p.ordinal) >= missing)
            yield _doubt(
                DoubtKind.ORDINAL,
                after,
                "序号",
                after.plan,
                f"同一任务、同一年度缺 {CIRCLED[missing - 1]}。",
                ("原来就没有", "漏读了一条"),
            )


def _mark(printed: Printed | None) -> str | None:
    return (
        printed.text.lstrip()[:1]
        if printed is not None and printed.text.lstrip()[:1] in CIRCLED and filled(printed.text)
        else None
    )


def unpaired(text: str) -> str | None:
    """The first bracket or quotation mark of a text that has no other half."""
    waiting: list[str] = []
    for place, sign in enumerate(text):
        if sign in _PAIRS:
            waiting.append(sign)
        elif sign in _CLOSING:
            if sign in ")）" and place and re.search(r"(?:^|[；;。\s])\d{1,2}$", text[max(place - 4, 0) : place]):
                continue  # “1）” numbers an item
            if not waiting or bare(_PAIRS[waiting[-1]]) != bare(sign):
                return sign
            waiting.pop()
    return waiting[0] if waiting else None


def indicator_doubts(indicators: Sequence[DraftIndicator], words: Wordlist) -> Iterator[Doubt]:
    """The doubts about indicators, in reading order; then those about two of them."""
    coded = sum(row.code is not None for row in indicators) * 2 > len(indicators)
    for _, rows in groupby(indicators, key=lambda row: row.source.table):
        of_table = list(rows)
        first = of_table[0]
        has_targets = any(row.targets for row in of_table)
        has_codes = any(row.code for row in of_table)
        if not has_targets:
            reason = f"本表 {len(of_table)} 项指标没有目标值的栏。"
            yield _of(DoubtKind.TARGET, first, "目标值", first.label, reason, ("目标值留空",))
        if coded and not has_codes:
            reason = f"其他表的指标有编号，本表 {len(of_table)} 项没有。"
            yield _of(DoubtKind.CODE, first, "编号", first.label, reason, ("编号留空",))
        for row in of_table:
            yield from _of_indicator(row, words, has_targets=has_targets)
            if row.code is None and has_codes and coded:
                yield _of(DoubtKind.CODE, row, "编号", row.label, "同表其他指标有编号，这一项没有。", ("编号留空",))
    yield from _codes(indicators)
    yield from _categories(indicators)


def _of_indicator(row: DraftIndicator, words: Wordlist, *, has_targets: bool) -> Iterator[Doubt]:
    yield from _figures(row, has_targets=has_targets)
    numeric = any(each.printed.quantity is not None for each in row.targets)
    told = [each for each in row.actuals if filled(each.printed.text)]
    if told and all(each.printed.quantity is None for each in told):
        numeric = False  # words all over: asked about already, and a unit would not help
    if numeric and row.unit is None:
        yield _of(DoubtKind.UNIT, row, "计量单位", row.label, "没有写计量单位。")
    elif (
        row.unit is not None and numeric and words.catalogue.measure(row.unit) is None and not _several(row.unit, words)
    ):
        yield _of(
            DoubtKind.UNIT,
            row,
            "计量单位",
            row.label,
            f"不认识计量单位“{row.unit}”。",
            (row.unit, "不是单位，是名称的一部分"),
        )
    if (mark := unpaired(row.label.text)) is not None:
        yield _of(DoubtKind.TORN, row, "指标名称", row.label, f"“{mark}”没有成对，文字可能少了一截。", ("原样录入",))
    parts = [("指标名称", "name", row.name), ("计量单位", "unit", row.unit or "")]
    parts += [("目标值", "figure", each.printed.text) for each in row.targets]
    for name, limit, text in parts:
        if len(text) > words.longest.get(limit, 10**6):
            reason = f"有 {len(text)} 字，超过 {words.longest[limit]} 字。"
            yield _of(DoubtKind.LONG, row, name, row.label, reason, ("缩短后录入",))
    yield from _rate(row.rate, lambda kind, text, reason: _of(kind, row, "完成度", text, reason))


def _figures(row: DraftIndicator, *, has_targets: bool) -> Iterator[Doubt]:
    """Targets and values that are no numbers, are missing, or look as if they stood in another column."""
    given = [each for each in row.targets if filled(each.printed.text)]
    if not given and has_targets:
        cell = row.targets[0].printed if row.targets else row.label
        yield _of(DoubtKind.TARGET, row, "目标值", cell, "目标值是空的。", ("目标值留空",), near=row.label)
    words_only = [each for each in given if each.printed.quantity is None]
    spread = _spread(row, given, words_only)
    if spread is not None:
        yield spread
        return
    if words_only and len(words_only) == len(given) and not any(_digits(each) for each in given):
        yield _of(DoubtKind.WORDS, row, "目标值", given[0].printed, "目标值是文字，不是数。", ("作定性指标", "改成数"))
    else:
        for each in words_only:
            kind = DoubtKind.UNREADABLE if _digits(each) else DoubtKind.WORDS
            why = "目标值含数字，读不出一个数。" if _digits(each) else "目标值是文字，其他目标值是数。"
            yield _of(kind, row, f"{_WHEN[each.when]}目标值", each.printed, why, ("照录文字", "改成数"))
    numeric = len(given) > len(words_only)
    for each in row.actuals:
        if not filled(each.printed.text):
            if len(row.actuals) == 1:
                yield _of(
                    DoubtKind.ACTUAL, row, "实现值", each.printed, "实现值是空的。", ("实现值留空",), near=row.label
                )
        elif each.printed.quantity is None and (numeric or _digits(each)):
            kind = DoubtKind.UNREADABLE if _digits(each) else DoubtKind.WORDS
            why = "实现值含数字，读不出一个数。" if _digits(each) else "目标值是数，实现值是文字。"
            yield _of(kind, row, "实现值", each.printed, why, ("照录文字", "改成数"))
    yield from _shifted(row)


def _spread(row: DraftIndicator, given: Sequence[Figure], words_only: Sequence[Figure]) -> Doubt | None:
    """The doubt about words in the last target's cell with nothing beside them: a value in the target's place?"""
    if not (words_only and len(given) > len(words_only) and given[-1] is words_only[-1] and len(row.actuals) == 1):
        return None
    if filled(row.actuals[0].printed.text):
        return None
    reason = "目标值一栏是文字，实现值一栏是空的：像是实现值写在了目标值一栏，或一格横跨两栏。"
    choices = ("是实现值，目标值留空", "两栏都是它", "是目标值，实现值留空")
    return _of(DoubtKind.SHIFTED, row, f"{_WHEN[given[-1].when]}目标值", given[-1].printed, reason, choices)


def _shifted(row: DraftIndicator) -> Iterator[Doubt]:
    """Cells that look as if they stood in another column."""
    if row.unit is not None and "%" not in bare(row.unit):
        for each in (*row.targets, *row.actuals):
            if each.printed.quantity is not None and each.printed.quantity.unit in {"%", "％"}:
                yield _of(DoubtKind.SHIFTED, row, "目标值" if each in row.targets else "实现值", each.printed,
                          f"单位是“{row.unit}”，这一格却是百分数，可能错了栏。", ("原样录入", "是另一栏的值"))  # fmt: skip
    end, mid = row.target(When.END), row.target(When.MID)
    if end is not None and mid is not None and end.quantity is not None and mid.quantity is not None:
        plain = end.quantity.unit == mid.quantity.unit and {end.quantity.bound, mid.quantity.bound} <= {
            Bound.EXACT,
            Bound.AT_LEAST,
        }
        if plain and row.direction is not Direction.AT_MOST and end.quantity.value < mid.quantity.value:
            yield _of(
                DoubtKind.SHIFTED,
                row,
                "期满目标值",
                end,
                f"期满目标小于中期目标 {mid.text}，可能两栏写反。",
                ("原样录入", "两栏对调"),
            )


def _several(unit: str, words: Wordlist) -> bool:
    """Whether a unit names several known ones: 人/个, 人或个."""
    parts = [part for part in re.split(r"[/／、或和，,·]", re.sub(r"每年|/\s*年", "", unit)) if part.strip()]
    return bool(parts) and all(words.catalogue.measure(part.strip()) is not None for part in parts)


def _codes(indicators: Sequence[DraftIndicator]) -> Iterator[Doubt]:
    """One code for two indicators, one name under two codes."""
    by_code: dict[tuple[str | None, str], DraftIndicator] = {}
    by_name: dict[tuple[str | None, str | None, str, str | None], DraftIndicator] = {}
    for row in indicators:
        if row.code is not None:
            before = by_code.setdefault((row.group, row.code), row)
            if before is not row and bare(before.name) != bare(row.name):
                yield _of(
                    DoubtKind.NAME,
                    row,
                    "编号",
                    row.label,
                    f"编号 {row.code} 已用于“{before.name}”。",
                    (before.name, row.name),
                )
        before = by_name.setdefault((row.group, row.category, bare(row.name), row.task), row)
        if before is not row and (before.code is None or row.code is None or before.code == row.code):
            same = "，数值也相同" if _values(before) == _values(row) else "，数值不同"
            yield _of(
                DoubtKind.NAME, row, "指标名称", row.label, f"同名指标出现了两次{same}。", ("两项都录", "只录一项")
            )


def _values(row: DraftIndicator) -> list[str]:
    return [bare(each.printed.text) for each in (*row.targets, *row.actuals)]


def _categories(indicators: Sequence[DraftIndicator]) -> Iterator[Doubt]:
    """Codes that begin alike and stand under another category than most of them."""
    by_prefix: dict[tuple[str | None, str], list[DraftIndicator]] = {}
    for row in indicators:
        if row.code is not None and row.category is not None and row.code.count(".") >= 2:
            by_prefix.setdefault((row.group, ".".join(row.code.split(".")[:2])), []).append(row)
    for (_, prefix), rows in by_prefix.items():
        (usual, times), *_ = Counter(row.category for row in rows).most_common()
        for row in rows:
            if row.category != usual and usual is not None and times * 2 > len(rows):
                yield _of(
                    DoubtKind.CATEGORY,
                    row,
                    "指标类别",
                    row.label,
                    f"写的是{row.category}，编号 {prefix} 的其他指标是{usual}。",
                    (str(row.category), usual),
                )
    for row in indicators:
        if row.category is None and any(other.category for other in indicators):
            yield _of(DoubtKind.CATEGORY, row, "指标类别", row.label, "没有写明指标类别。")


def task_doubts(tree: TaskTree) -> Iterator[Doubt]:
    """Tasks under several names, and codes that follow from headings only."""
    for group, key, names in tree.unlike_names():
        shown = tuple(name for name, _ in names)
        yield Doubt(
            kind=DoubtKind.NAME, about=" ".join(filter(None, (group, key))), field="任务名称", text=names[1][0],
            reason=f"同一任务有 {len(names)} 种名称：{'；'.join(shown)}。", choices=shown, source=names[1][1],
        )  # fmt: skip
    for task in tree.tasks():
        if task.is_derived and task.code is not None:
            yield Doubt(
                kind=DoubtKind.TASK, about=f"{task.code} {task.name}", field="任务编号", text=task.name,
                reason=f"表中没有写编号，由标题推出 {task.code}。", choices=(task.code,), source=task.source,
            )  # fmt: skip


def recoded(found: Mapping[str, tuple[str, Value]]) -> Iterator[Doubt]:
    """Tasks whose label prints another code than the heading with the same name: the heading's was taken."""
    for code, (told, cell) in found.items():
        yield Doubt(
            kind=DoubtKind.CODE, about=code, field="任务编号", text=cell.text,
            reason=f"表中写的是 {told}，所在标题的次序是 {code}；暂按 {code} 录入，以免与另一项任务混在一起。",
            choices=(code, told), source=cell.at(),
        )  # fmt: skip


def schemed(points: Sequence[DraftPoint]) -> Doubt:
    """The numbers of a table that were read as task and ordinal: asked once."""
    first = points[0]
    return _doubt(DoubtKind.ORDINAL, first, "序号", first.plan,
                  f"本表编号的末一段读作任务点序号（第一条是任务 {first.task} 的 {first.ordinal}）。", ("对", "编号是任务编号"))  # fmt: skip


def merged(rows: Iterable[tuple[str, str, Source]]) -> Iterator[Doubt]:
    """Cells that stand over several rows whose other cells differ: label, text, place."""
    for about, text, source in rows:
        yield Doubt(
            kind=DoubtKind.MERGED, about=about, field="计划", text=text, reason="计划一格合并了几行，各行的完成情况不同。",
            choices=("分成几条", "合为一条"), source=source,
        )  # fmt: skip


def merged_plans(points: Sequence[DraftPoint]) -> Iterator[Doubt]:
    """Neighbouring points whose plan is one merged cell, and whose completions are two."""
    for before, point in pairwise(points):
        if not filled(point.plan.text):
            continue
        one, two = before.plan.source, point.plan.source
        if one._replace(row=None) == two._replace(row=None) and one.row != two.row and before.done != point.done:
            yield from merged([(point.label, point.plan.text, two)])


def _rate(rate: Printed | None, make: object) -> Iterator[Doubt]:
    if (
        rate is not None
        and filled(rate.text)
        and rate.quantity is None
        and callable(make)
        and re.search(r"\d", rate.text)
    ):
        yield make(DoubtKind.UNREADABLE, rate, "完成率读不出一个数。")


def _digits(figure: Figure) -> bool:
    return re.search(r"\d", figure.printed.text) is not None


def _doubt(
    kind: DoubtKind, point: DraftPoint, field: str, cell: Printed | None, reason: str,
    choices: tuple[str, ...] = (), near: Printed | None = None,
) -> Doubt:  # fmt: skip
    text = cell.text if cell is not None else ""
    source = cell.source if cell is not None else point.source
    return Doubt(kind=kind, about=point.label, field=field, text=text, reason=reason, choices=choices,
                 source=near.source if near is not None and not text else source)  # fmt: skip


def _of(
    kind: DoubtKind, row: DraftIndicator, field: str, cell: Printed, reason: str,
    choices: tuple[str, ...] = (), near: Printed | None = None,
) -> Doubt:  # fmt: skip
    source = near.source if near is not None and not cell.text else cell.source
    return Doubt(
        kind=kind, about=row.label.text, field=field, text=cell.text, reason=reason, choices=choices, source=source
    )
