"""Doubts about task points: parts that are missing, ordinals out of order, text that looks torn."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from taizhang.intake.plans import CIRCLED
from taizhang.intake.programme.doubts import AS_IT_IS, unpaired
from taizhang.intake.programme.draft import Doubt, DoubtKind, DraftPoint, Printed
from taizhang.intake.programme.layout import filled
from taizhang.intake.programme.words import Wordlist


def point_doubts(points: Sequence[DraftPoint], words: Wordlist) -> Iterator[Doubt]:
    """The doubts about task points, in reading order; then those about several."""
    for _, rows in groupby(points, key=lambda point: point.source.table):
        of_table = list(rows)
        yield from _of_table(of_table)
        for point in of_table:
            yield from _of_point(point, words, ordinals=any(each.ordinal for each in of_table))
    yield from _ordinals(points)
    yield from _merged(points)


def dated(points: Sequence[DraftPoint]) -> Doubt:
    """The year of a table that follows from the report's title only."""
    year = points[0].year
    reason = f"本表 {len(points)} 个任务点没有写明年度，取题名里的 {year} 年。"
    return _doubt(DoubtKind.YEAR, points[0], "年度", points[0].plan, reason, (f"{year} 年",), is_of_table=True)


def schemed(points: Sequence[DraftPoint]) -> Doubt:
    """The numbers of tables that were read as task and ordinal: asked once."""
    first = points[0]
    reason = f"{len(points)} 个任务点编号的末一段读作任务点序号（第一条是任务 {first.task} 的 {first.ordinal}）。"
    return _doubt(DoubtKind.ORDINAL, first, "序号", first.plan, reason, ("对", "编号是任务编号"), is_of_table=True)


def _of_table(points: list[DraftPoint]) -> Iterator[Doubt]:
    """What holds for a table as a whole is asked once."""
    first, those = points[0], f"本表 {len(points)} 个任务点"
    if not any(point.ordinal for point in points):
        choices = ("按先后编为①②③…", "不编号")
        reason = f"{those}都没有序号。"
        yield _doubt(DoubtKind.ORDINAL, first, "序号", first.plan, reason, choices, is_of_table=True)
    if not any(point.year for point in points):
        yield _doubt(DoubtKind.YEAR, first, "年度", first.plan, f"{those}都没有写明年度。", is_of_table=True)
    if not any(point.task for point in points):
        reason = f"{those}没有写明属于哪项任务。"
        yield _doubt(DoubtKind.TASK, first, "建设任务", first.plan, reason, is_of_table=True)


def _of_point(point: DraftPoint, words: Wordlist, *, ordinals: bool) -> Iterator[Doubt]:
    plan, done = point.plan, point.done
    has_plan = filled(plan.text)
    if not has_plan and done is not None:
        yield _doubt(DoubtKind.PLAN, point, "计划", done, "有完成情况，没有对应的计划。", ("计划留空", "与上一条合并"))
    if has_plan and done is not None and not filled(done.text):
        yield _doubt(
            DoubtKind.DONE, point, "完成情况", done, "有计划，完成情况是空的。", ("完成情况留空", "从别处补上")
        )
    if ordinals and point.ordinal is None:
        reason = "同表其他任务点有序号，这一条没有，可能是上一条拆开的后半。"
        cell = plan if has_plan or done is None else done
        yield _doubt(DoubtKind.ORDINAL, point, "序号", cell, reason, ("单独成条", "接到上一条"))
    told = done.text.lstrip()[:1] if done is not None else ""
    if has_plan and point.ordinal and told and told in CIRCLED and told != point.ordinal:
        reason = f"计划是 {point.ordinal}，完成情况写的是 {told}。"
        yield _doubt(DoubtKind.ORDINAL, point, "序号", done or plan, reason, (point.ordinal, told))
    for name, part in (("计划", plan), ("完成情况", done)):
        if part is not None:
            yield from _of_text(point, name, part, words)
    if point.rate is not None and point.rate.quantity is None and any(map(str.isdecimal, point.rate.text)):
        yield _doubt(DoubtKind.UNREADABLE, point, "完成率", point.rate, "完成率含数字，读不出一个数。", ("照录文字",))


def _of_text(point: DraftPoint, name: str, part: Printed, words: Wordlist) -> Iterator[Doubt]:
    mark, limit = unpaired(part.text), words.longest.get("text", 0)
    if mark is not None:
        reason = f"“{mark}”没有成对，文字可能少了一截或串到别处。"
        yield _doubt(DoubtKind.TORN, point, name, part, reason, AS_IT_IS)
    if limit and len(part.text) > limit:
        yield _doubt(DoubtKind.LONG, point, name, part, f"有 {len(part.text)} 字，超过 {limit} 字。", AS_IT_IS)


def _ordinals(points: Sequence[DraftPoint]) -> Iterator[Doubt]:
    """Ordinals of one task and year that stand twice or leave one out, unless they run on through a table's tasks."""
    series: dict[tuple[str | None, str | None, int | None], list[DraftPoint]] = {}
    running: dict[tuple[int | None, int | None], set[int]] = {}
    for point in points:
        if point.position is not None:
            series.setdefault((point.group, point.task, point.year), []).append(point)
            running.setdefault((point.source.table, point.year), set()).add(point.position)
    for same in series.values():
        yield from _twice(same)
        places = {point.position or 0 for point in same}
        for missing in sorted(set(range(1, max(places))) - places - running[same[0].source.table, same[0].year]):
            after = next(point for point in same if (point.position or 0) > missing)
            sign = CIRCLED[missing - 1] if missing <= len(CIRCLED) else f"({missing})"
            reason = f"同一任务、同一年度缺 {sign}。"
            yield _doubt(DoubtKind.ORDINAL, after, "序号", after.plan, reason, ("原来就没有", "漏读了一条"))


def _twice(same: Sequence[DraftPoint]) -> Iterator[Doubt]:
    times = Counter(point.ordinal for point in same)
    seen: set[str | None] = set()
    for point in same:
        if point.ordinal in seen:
            reason = f"同一任务、同一年度的 {point.ordinal} 出现了 {times[point.ordinal]} 次。"
            yield _doubt(DoubtKind.ORDINAL, point, "序号", point.plan, reason, ("改序号", "与前一条合并"))
        seen.add(point.ordinal)


def _merged(points: Sequence[DraftPoint]) -> Iterator[Doubt]:
    """Neighbouring points whose plan is one merged cell, and whose completions are two."""
    for before, point in pairwise(points):
        one, two = before.plan.source, point.plan.source
        if not filled(point.plan.text) or one._replace(row=None) != two._replace(row=None) or one.row == two.row:
            continue
        if before.done is not None and point.done is not None and before.done.text != point.done.text:
            reason = "计划一格合并了几行，各行的完成情况不同。"
            yield _doubt(DoubtKind.MERGED, point, "计划", point.plan, reason, ("分成几条", "合为一条"))


def _doubt(
    kind: DoubtKind, point: DraftPoint, field: str, cell: Printed, reason: str, choices: tuple[str, ...] = (),
    *, is_of_table: bool = False,
) -> Doubt:  # fmt: skip
    return Doubt(
        kind=kind, about=point.label, field=field, text=cell.text, reason=reason, choices=choices,
        source=cell.source, is_of_table=is_of_table,
    )  # fmt: skip
