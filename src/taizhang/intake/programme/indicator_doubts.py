"""Doubts about indicators: values that are no numbers, units, codes, categories, cells in another's place."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from taizhang.core.quantity import Bound
from taizhang.documents.alignment import bare
from taizhang.intake.programme.doubts import AS_IT_IS, NUMBERED_BY_LEDGER, unpaired
from taizhang.intake.programme.draft import Direction, Doubt, DoubtKind, DraftIndicator, Figure, Printed, When
from taizhang.intake.programme.layout import filled
from taizhang.intake.programme.words import Wordlist

_WHEN = {When.END: "期满", When.MID: "中期", When.YEAR: "年度"}
_FEW = 5  # one in so many without code is an exception; more, and the document numbers them now and then
_CATEGORIES = ("数量", "质量", "时效", "成本", "社会效益", "可持续影响", "满意度")
_WORDS_OR_NUMBER = ("照录文字", "改成数")


def indicator_doubts(indicators: Sequence[DraftIndicator], words: Wordlist) -> Iterator[Doubt]:
    """The doubts about indicators, in reading order; then those about two of them."""
    uncoded = [row for row in indicators if row.code is None]
    are_few = len(uncoded) * _FEW <= len(indicators)
    if uncoded and not are_few:
        reason = f"{len(indicators)} 项指标中有 {len(uncoded)} 项没有编号。"
        yield _doubt(DoubtKind.CODE, uncoded[0], "编号", uncoded[0].label, reason, NUMBERED_BY_LEDGER, is_of_table=True)
    for _, rows in groupby(indicators, key=lambda row: row.source.table):
        of_table = list(rows)
        yield from _of_table(of_table, uncoded_are_few=are_few)
        for row in of_table:
            yield from _of_indicator(row, words, has_targets=any(each.targets for each in of_table))
    yield from _codes(indicators)
    yield from _categories(indicators)


def _of_table(rows: Sequence[DraftIndicator], *, uncoded_are_few: bool) -> Iterator[Doubt]:
    """What holds for a table as a whole is asked once."""
    first, those = rows[0], f"本表 {len(rows)} 项"
    if not any(row.targets for row in rows):
        reason = f"{those}指标没有目标值的栏。"
        yield _doubt(DoubtKind.TARGET, first, "目标值", first.label, reason, ("目标值留空",), is_of_table=True)
    if any(each.when is When.YEAR and each.year is None for row in rows for each in row.targets):
        reason = f"{those}指标没有写明是哪一年（或中期、期满）的目标值。"
        choices = ("年度", "中期", "期满")
        yield _doubt(DoubtKind.YEAR, first, "目标值", first.targets[0].printed, reason, choices, is_of_table=True)
    if uncoded_are_few and not any(row.code for row in rows):
        reason = f"其他表的指标有编号，{those}没有。"
        yield _doubt(DoubtKind.CODE, first, "编号", first.label, reason, NUMBERED_BY_LEDGER, is_of_table=True)
    elif uncoded_are_few:
        for row in rows:
            if row.code is None:
                reason = "同表其他指标有编号，这一项没有。"
                yield _doubt(DoubtKind.CODE, row, "编号", row.label, reason, NUMBERED_BY_LEDGER)


def _of_indicator(row: DraftIndicator, words: Wordlist, *, has_targets: bool) -> Iterator[Doubt]:
    yield from _figures(row, has_targets=has_targets)
    yield from _shifted(row)
    yield from _unit(row, words)
    if (mark := unpaired(row.label.text)) is not None:
        yield _doubt(DoubtKind.TORN, row, "指标名称", row.label, f"“{mark}”没有成对，文字可能少了一截。", AS_IT_IS)
    parts = [("指标名称", "name", row.name, row.label), ("计量单位", "unit", row.unit or "", row.label)]
    parts += [("目标值", "figure", each.printed.text, each.printed) for each in row.targets]
    for name, limit, text, cell in parts:
        if len(text) > words.longest.get(limit, len(text)):
            reason = f"有 {len(text)} 字，超过 {words.longest[limit]} 字。"
            yield _doubt(DoubtKind.LONG, row, name, cell, reason, ("缩短后录入",))
    if row.rate is not None and row.rate.quantity is None and _has_digits(row.rate):
        yield _doubt(DoubtKind.UNREADABLE, row, "完成度", row.rate, "完成度含数字，读不出一个数。", ("照录文字",))


def _figures(row: DraftIndicator, *, has_targets: bool) -> Iterator[Doubt]:
    """Targets and values that are no numbers or are missing."""
    given = [each for each in row.targets if filled(each.printed.text)]
    if not given and has_targets:
        cell = row.targets[0].printed if row.targets else row.label
        yield _doubt(DoubtKind.TARGET, row, "目标值", cell, "目标值是空的。", ("目标值留空",))
    in_words = [each for each in given if each.printed.quantity is None]
    spread = _spread(row, given, in_words)
    if spread is not None:
        yield spread
        return
    if in_words and len(in_words) == len(given) and not any(_has_digits(each.printed) for each in given):
        choices = ("作定性指标", "改成数")
        yield _doubt(DoubtKind.WORDS, row, "目标值", given[0].printed, "目标值是文字，不是数。", choices)
    else:
        yield from (_no_number(row, f"{_WHEN[each.when]}目标值", each, "其他目标值是数") for each in in_words)
    is_numeric = len(given) > len(in_words)
    for each in row.actuals:
        if not filled(each.printed.text):
            if len(row.actuals) == 1:
                yield _doubt(DoubtKind.ACTUAL, row, "实现值", each.printed, "实现值是空的。", ("实现值留空",))
        elif each.printed.quantity is None and (is_numeric or (not given and _has_digits(each.printed))):
            yield _no_number(row, "实现值", each, "目标值是数")


def _no_number(row: DraftIndicator, field: str, figure: Figure, against: str) -> Doubt:
    kind = DoubtKind.UNREADABLE if _has_digits(figure.printed) else DoubtKind.WORDS
    reason = f"{field}含数字，读不出一个数。" if kind is DoubtKind.UNREADABLE else f"{field}是文字，{against}。"
    return _doubt(kind, row, field, figure.printed, reason, _WORDS_OR_NUMBER)


def _spread(row: DraftIndicator, given: Sequence[Figure], in_words: Sequence[Figure]) -> Doubt | None:
    """The doubt about words in the last target's cell with nothing beside them: a value in the target's place?"""
    if not (in_words and len(given) > len(in_words) and given[-1] is in_words[-1] and len(row.actuals) == 1):
        return None
    if filled(row.actuals[0].printed.text):
        return None
    reason = "目标值一栏是文字，实现值一栏是空的：像是实现值写在了目标值一栏，或一格横跨两栏。"
    choices = ("是实现值，目标值留空", "两栏都是它", "是目标值，实现值留空")
    return _doubt(DoubtKind.SHIFTED, row, f"{_WHEN[given[-1].when]}目标值", given[-1].printed, reason, choices)


def _shifted(row: DraftIndicator) -> Iterator[Doubt]:
    """Cells that look as if they stood in another column."""
    if row.unit is not None and "%" not in bare(row.unit):
        for name, figures in (("目标值", row.targets), ("实现值", row.actuals)):
            for each in figures:
                if each.printed.quantity is not None and bare(each.printed.quantity.unit) == "%":
                    reason = f"单位是“{row.unit}”，这一格却是百分数，可能错了栏。"
                    choices = (*AS_IT_IS, "是另一栏的值")
                    yield _doubt(DoubtKind.SHIFTED, row, name, each.printed, reason, choices)
    end, mid = row.target(When.END), row.target(When.MID)
    if end is None or mid is None or end.quantity is None or mid.quantity is None:
        return
    comparable = end.quantity.unit == mid.quantity.unit and {end.quantity.bound, mid.quantity.bound} <= {
        Bound.EXACT, Bound.AT_LEAST,
    }  # fmt: skip
    if comparable and row.direction is not Direction.AT_MOST and end.quantity.value < mid.quantity.value:
        reason = f"期满目标小于中期目标 {mid.text}，可能两栏写反。"
        yield _doubt(DoubtKind.SHIFTED, row, "期满目标值", end, reason, (*AS_IT_IS, "两栏对调"))


def _unit(row: DraftIndicator, words: Wordlist) -> Iterator[Doubt]:
    """No unit for numbers, or one in brackets behind the name that is none; words are asked about otherwise."""
    told = [each for each in row.actuals if filled(each.printed.text)]
    sides = [figures for figures in (row.targets, told) if figures]
    if not all(any(each.printed.quantity is not None for each in figures) for figures in sides):
        return
    if row.unit is None:
        yield _doubt(DoubtKind.UNIT, row, "计量单位", row.label, "没有写计量单位。", ("不用单位",))
    elif row.unit in row.label.text and not _is_known(row.unit, words):
        reason = f"不认识计量单位“{row.unit}”。"
        yield _doubt(DoubtKind.UNIT, row, "计量单位", row.label, reason, (row.unit, "不是单位，是名称的一部分"))


def _is_known(unit: str, words: Wordlist) -> bool:
    """Whether a unit is in the catalogue, or names several that are: 人/个, 人或个."""
    if words.catalogue.measure(unit) is not None:
        return True
    parts = [part.strip() for part in re.split(r"[/／、或和，,·]", re.sub(r"每年|/\s*年", "", unit)) if part.strip()]
    return bool(parts) and all(words.catalogue.measure(part) is not None for part in parts)


def _codes(indicators: Sequence[DraftIndicator]) -> Iterator[Doubt]:
    """One code for two indicators; one name twice."""
    by_code: dict[tuple[str | None, str], DraftIndicator] = {}
    by_name: dict[tuple[str | None, str | None, str, str | None], DraftIndicator] = {}
    for row in indicators:
        before = by_code.setdefault((row.group, row.code), row) if row.code is not None else row
        if before is not row and bare(before.name) != bare(row.name):
            reason = f"编号 {row.code} 已用于“{before.name}”。"
            yield _doubt(DoubtKind.NAME, row, "编号", row.label, reason, ("改编号", "与前一项是同一指标"))
        before = by_name.setdefault((row.group, row.category, bare(row.name), row.task), row)
        if before is not row and (before.code is None or row.code is None or before.code == row.code):
            reason = f"同名指标出现了两次，{_sameness(before, row)}。"
            yield _doubt(DoubtKind.NAME, row, "指标名称", row.label, reason, ("合为一项", "两项都录", "只录一项"))


def _sameness(one: DraftIndicator, other: DraftIndicator) -> str:
    times = [{(each.when, each.year) for each in row.targets} for row in (one, other)]
    if not times[0] & times[1]:
        return "是不同时期的目标值"
    texts = [[bare(each.printed.text) for each in (*row.targets, *row.actuals)] for row in (one, other)]
    return "数值也相同" if texts[0] == texts[1] else "数值不同"


def _categories(indicators: Sequence[DraftIndicator]) -> Iterator[Doubt]:
    """Codes that begin alike and stand under another category than most of them; none at all."""
    by_prefix: dict[tuple[str | None, str], list[DraftIndicator]] = {}
    for row in indicators:
        if row.code is not None and row.category is not None and row.code.count(".") >= 2:
            by_prefix.setdefault((row.group, ".".join(row.code.split(".")[:2])), []).append(row)
    for (_, prefix), rows in by_prefix.items():
        usual, times = Counter(row.category or "" for row in rows).most_common(1)[0]
        for row in rows:
            if row.category != usual and times * 2 > len(rows):
                reason = f"写的是{row.category}，编号 {prefix} 的其他指标是{usual}。"
                yield _doubt(DoubtKind.CATEGORY, row, "指标类别", row.label, reason, (row.category or "", usual))
    if not any(row.category for row in indicators):
        return
    for _, of_table in groupby(indicators, key=lambda row: row.source.table):
        without = [row for row in of_table if row.category is None]
        if without:
            reason = f"本表 {len(without)} 项指标没有写明类别。"
            yield _doubt(
                DoubtKind.CATEGORY, without[0], "指标类别", without[0].label, reason, _CATEGORIES, is_of_table=True
            )


def _has_digits(cell: Printed) -> bool:
    return re.search(r"\d", cell.text) is not None


def _doubt(
    kind: DoubtKind, row: DraftIndicator, field: str, cell: Printed, reason: str, choices: tuple[str, ...] = (),
    *, is_of_table: bool = False,
) -> Doubt:  # fmt: skip
    return Doubt(
        kind=kind, about=row.label.text, field=field, text=cell.text, reason=reason, choices=choices,
        source=cell.source, is_of_table=is_of_table,
    )  # fmt: skip
