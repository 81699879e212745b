"""Sentence patterns: prose that agrees with its counts in number, unit and scope, and claims no more than they do."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from taizhang.reports.counts import Count
from taizhang.reports.outline import Figure, Manner, Mention, Paragraph, Run, Runs
from taizhang.reports.snapshot import Indicator, Point, Task
from taizhang.reports.wording import said


def paragraph(*parts: Run | Runs | None, manner: Manner = Manner.BODY) -> Paragraph:
    """A paragraph of parts, those that are nothing left out, ended by a full stop."""
    runs: list[Run] = []
    for part in parts:
        if isinstance(part, tuple):
            runs.extend(part)
        elif part is not None:
            runs.append(part)
    last = runs[-1] if runs else ""
    text = last.text if isinstance(last, Figure) else last
    if not (isinstance(text, str) and text.endswith(("。", "：", "；"))):
        runs.append("。")
    return Paragraph(tuple(runs), manner)


def of(count: Count, part: str, measure: str = "个") -> Runs:
    """“38 个”."""
    return count.figure(part), f" {measure}"


def listed(parts: Sequence[Runs], between: str = "、") -> Runs:
    """Parts with “、” between them."""
    runs: list[Run] = []
    for place, part in enumerate(parts):
        runs.extend((between, *part) if place else part)
    return tuple(runs)


def outcome(count: Count, verb: str = "完成", measure: str = "个") -> Runs:
    """“完成 36 个，未完成 2 个，完成率 94.74%”, or the same of 达标; what is missing is named only where something is."""
    short: Runs = (f"，未{verb} ", *of(count, "short", measure)) if count.short else ()
    return (f"{verb} ", *of(count, "done", measure), *short, f"，{verb}率 ", count.figure("rate"))


def by_year(years: Iterable[tuple[int, Count]]) -> Runs:
    """“，其中 2022 年 5 个、2023 年 6 个”; nothing for a single year, or for years that have none."""
    told = [(year, count) for year, count in years if count.total]
    if len(told) < 2:
        return ()
    return ("，其中 ", *listed([(f"{year} 年 ", *of(count, "total")) for year, count in told]))


def by_layer(school: Count, groups: Count) -> Runs:
    """“，其中学校层面 289 个、专业群层面 472 个”; nothing where there is only one layer."""
    if not school.total or not groups.total:
        return ()
    return ("，其中学校层面 ", *of(school, "total"), "、专业群层面 ", *of(groups, "total"))


def see(keys: Sequence[str]) -> Runs:
    """“详见表 2-1、表 2-2”: references that Word keeps right."""
    return ("。详见", *listed([(Mention(key),) for key in keys])) if keys else ()


def short_point(point: Point, task: Task | None) -> Runs:
    """What became of a point that is not done, plainly: state and reason as the ledger has them."""
    code = f"任务 {task.code} " if task is not None and task.code else ""
    said: list[Run] = [f"{code}{point.year} 年{ordinal(point.ordinal)}“", _within(told(point, "plan")), "”"]
    if point.state:
        said += ["，目前状态为", told(point, "state")]
    if point.done:
        said += ["，完成情况：", _within(told(point, "done"))]
    else:
        said.append("，尚未填报完成情况")
    if point.rate and not point.rate.startswith("100"):
        said += ["，完成率 ", told(point, "rate")]
    if point.reason:
        said += ["；原因和措施：", _within(told(point, "reason"))]
    return tuple(said)


def short_indicator(row: Indicator, word: str) -> Runs:
    """What became of an indicator that fell short: target, value, attainment and reason, as the ledger has them."""
    unit = _spaced(row.unit) if row.number is not None else ""
    code = f"指标 {row.code} " if row.code else ""
    said: list[Run] = [f"{code}“{row.name}”"]
    if row.goal:
        said += [f"{word}目标值 ", shown(row, "goal"), unit]
    comma = "，" if row.goal else ""
    if row.actual:
        said += [f"{comma}{word}实现值 ", _within(shown(row, "actual")), unit]
    else:
        said.append(f"{comma}尚未填报实现值")
    if row.rate:
        said += [f"，{word}完成率 ", shown(row, "rate")]
    if row.reason:
        said += ["；原因和措施：", _within(shown(row, "reason"))]
    return tuple(run for run in said if run != "")


def _spaced(unit: str) -> str:
    """A unit as it stands behind a number: apart from it, but for signs."""
    return f" {unit}" if unit and unit[0].isalnum() else unit


def reached(row: Indicator, word: str) -> Runs:
    """What became of an indicator that met its target."""
    if row.number is None or not row.goal:
        return said("indicator.told", name=row.name, actual=_within(shown(row, "actual")))
    units = {part: "" if row.unit in getattr(row, part) else _spaced(row.unit) for part in ("goal", "actual")}
    return said(
        "indicator.met", name=row.name, word=word, actual=_within(shown(row, "actual")), unit=units["actual"],
        goal=shown(row, "goal"), goal_unit=units["goal"],
    )  # fmt: skip


_POINT = {"plan": "计划", "done": "完成情况", "rate": "完成率", "state": "状态", "reason": "原因"}
_INDICATOR = {"end": "期满目标值", "goal": "目标值", "actual": "实现值", "rate": "完成率", "reason": "原因"}


def told(point: Point, part: str) -> Figure:
    """A part of a point as a figure bound to it."""
    return Figure(f"{point.ref}:{part}", getattr(point, part), f"{name_of(point)} {_POINT[part]}")


def shown(row: Indicator, part: str) -> Figure:
    """A part of an indicator as a figure bound to it."""
    return Figure(f"{row.ref}:{part}", getattr(row, part), f"{row.code or row.name} {_INDICATOR[part]}".strip())


def _within(figure: Figure) -> Figure:
    """A figure as it stands within a sentence: without the stop at its end."""
    bare = figure.text.rstrip("。；;")
    return figure if bare == figure.text else replace(figure, text=bare, form="prose")


def name_of(point: Point) -> str:
    """“1-2 2023③”."""
    return f"{point.task} {point.year}{ordinal(point.ordinal)}".strip()


def ordinal(position: int) -> str:
    """③ for 3; (21) above 20, where there is no circled figure in every font."""
    return chr(0x2460 + position - 1) if 1 <= position <= 20 else f"({position})"


def quoted(text: str) -> str:
    """A text within quotation marks: those that it has itself become the inner ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
