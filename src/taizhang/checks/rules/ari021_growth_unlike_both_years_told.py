"""ARI021: a sentence tells the values of two years and a growth that they do not make."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._growth import FALLS, STEP, TOLD, figures_of, number, of_two_years, verdict
from taizhang.checks.rules._growth_compared import compared
from taizhang.checks.rules._growth_told import (
    AFAR,
    BRACKETED,
    FORMS,
    OF_WHICH,
    THAN,
    by_amounts,
    fits_further_back,
    is_later,
    told_once_or_twice,
)
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Paragraph

_SENTENCE = re.compile(r"[。！？\n]")
_HINT = re.compile(f"{TOLD}|百分点|倍|偏差率|新增|[加长高升大低降少减][到至]")


@rule("ARI021", kind="growth_mismatch", severity="error", since="0.1")
def growth_unlike_both_years_told(context: Context) -> Iterator[Problem]:
    """同一句里写了两年的数，增长幅度（增加数、翻番）却对不上。

    ## 为什么
    基数、现数和增幅写在一句话里，一算便知；对不上，三个数里至少有一个错。

    ## 不合格
    2023 年社会培训到款 180 万元，比 2022 年的 150 万元增长 25%。

    ## 合格
    2023 年社会培训到款 180 万元，比 2022 年的 150 万元增长 20%，生均设备值从 0.8 万元增加到 1.7 万元，翻了一番。

    ## 例外
    两个数的单位不同的不判断；“比上年增加几、增长百分之几”与本句或前一句里同单位的数核对，有一个合得上就不报；舍入之内的差别不报；比率之差数值对而误写“%”的，按存疑报。到了原来的三倍而写“增长 3 倍”的，按存疑报。“由…增加到…，增长几个百分比”由 ARI009 报。

    ## 依据
    国家统计局《统计用语》：增长率是增量除以基数，翻一番是达到原来的两倍，比率之差用百分点。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            if _HINT.search(paragraph.text) or STEP.search(paragraph.text):
                yield from _problems(paragraph, context)


def _problems(paragraph: Paragraph, context: Context) -> Iterator[Problem]:
    told: set[int] = set()
    for match in by_amounts(paragraph.text):
        told.add(match.start("verb") if match["verb"] else match.start("fold"))
        yield from _by_amount(paragraph, match, context)
    for match, before, last_year, unit in of_two_years(paragraph.text):
        told.add(match.start("verb") if match["verb"] else match.start("fold"))
        yield from _judged(paragraph, match, before, last_year, unit, context)
    for form in (*FORMS, AFAR, BRACKETED):
        for match in form.finditer(paragraph.text):
            is_inner = form is BRACKETED and match["inner"] is not None
            now, of = ("inner", "of_inner") if is_inner else ("after", "last")
            first, last = (match[name].replace("％", "%") for name in ("first", of))
            start = match.start("verb") if match["verb"] else match.start("fold")
            if start in told or (first and last and first != last) or ("%" in {first, last} and first != last):
                continue
            if form not in {*FORMS[:2], AFAR, BRACKETED} and (match["of"] or "").endswith(("点", "%", "％", "倍")):
                continue  # ARI009 judges these
            if form is FORMS[1] and is_later(paragraph.text[: match.start()], match["of_year"]):
                continue
            every = told_once_or_twice(paragraph.text, match)
            for each in (one for one in every if one is match or one.start("verb") not in told):
                told.add(start if each is match else each.start("verb"))
                yield from _of_both(paragraph, match, each, match[now], first, last, context)
    for place, expected, message, severity in compared(paragraph.text):
        yield at_text(paragraph, *place, message, expected=expected, severity=severity)
    for match in THAN.finditer(paragraph.text):
        if (match.start("verb") if match["verb"] else match.start("fold")) not in told:
            yield from _of_figures_before(paragraph, match, 1, context, before=number(match["before"]))


def _of_both(
    paragraph: Paragraph,
    match: re.Match[str],
    told: re.Match[str],
    printed: str,
    first: str,
    last: str,
    context: Context,
) -> Iterator[Problem]:
    """The growth told of two values; behind “其中” it may be that of the whole as well as that of the last part."""
    before, after, unit = number(match["before"]), number(printed), last or first
    start = max((stop.end() for stop in _SENTENCE.finditer(paragraph.text, 0, match.start())), default=0)
    parts = OF_WHICH.search(paragraph.text, start, match.start())
    if parts is None:
        yield from _judged(paragraph, told, before, after, unit, context)
        return
    wholes = figures_of(paragraph.text[start : parts.start()], unit) if unit else []
    values = [*wholes[-1:], *([] if first and not last and wholes else [after])]
    results = [verdict(told, before, value, unit) for value in values]
    if any(result is not None and result.is_right for result in results):
        _note(paragraph, context, match, told)
    if not any(result is None or result.is_right for result in results):
        severity = Severity.ERROR if len(values) == 1 else Severity.WARNING
        yield from _judged(paragraph, told, before, values[0], unit, context, severity)


def _by_amount(paragraph: Paragraph, match: re.Match[str], context: Context) -> Iterator[Problem]:
    """The growth by an amount of a figure told in this sentence or the one before."""
    by = number(match["by"]) * (1 if match["way"] in FALLS else -1)
    yield from _of_figures_before(paragraph, match, 2, context, by=by)


def _of_figures_before(
    paragraph: Paragraph,
    match: re.Match[str],
    sentences: int,
    context: Context,
    by: Decimal = Decimal(0),
    before: Decimal | None = None,
) -> Iterator[Problem]:
    """The growth of one of the figures told before in the same unit; right if it is that of any of them.

    It grew from `before`, or by `by`, which is told the other way round. At most so many `sentences` back.
    """
    stops = [0, *(stop.end() for stop in _SENTENCE.finditer(paragraph.text, 0, match.start()))]
    text = paragraph.text[stops[-sentences] if len(stops) >= sentences else 0 : match.start()]
    values = figures_of(text, "%" if match["unit"].endswith("百分点") else match["unit"])
    unit = match["unit"].removesuffix("个百分点")
    pairs = [(earlier, after) for after in values if (earlier := after + by if before is None else before) > 0]
    results = [verdict(match, *pair, unit, by_amount=before is None) for pair in pairs]
    if any(result and result.is_right for result in results):
        _note(paragraph, context, match)
    elif before is None and fits_further_back(paragraph.text[: match.start()], match, by):
        return
    if pairs and not any(result is None or result.is_right for result in results):
        severity = Severity.ERROR if len(set(values)) == 1 else Severity.WARNING
        yield from _judged(paragraph, match, *pairs[-1], unit, context, severity)


_FIGURES = ("before", "after", "inner", "by", "told")


def _note(paragraph: Paragraph, context: Context, *matches: re.Match[str]) -> None:
    """Note the figures of these matches as judged."""
    for match in matches:
        told = [name for name in _FIGURES if name in match.re.groupindex and match[name]]
        context.judged_in(paragraph, *map(match.start, told))


def _judged(
    paragraph: Paragraph, match: re.Match[str], before: Decimal, after: Decimal, unit: str,
    context: Context, most: Severity = Severity.ERROR,
) -> Iterator[Problem]:  # fmt: skip
    unit = unit.replace("％", "%")
    result = verdict(match, before, after, unit)
    if result is not None:
        _note(paragraph, context, match)
    if result is None or result.is_right:
        return
    start = match.start("verb") if match["verb"] else match.start("fold")
    yield at_text(
        paragraph,
        start,
        match.end(),
        f"由 {shown(before)}{unit} 到 {shown(after)}{unit}，应为 {result.expected}，写的是“{paragraph.text[start : match.end()]}”",
        expected=result.expected,
        severity=max(most, result.severity, key=lambda severity: severity.rank),
    )
