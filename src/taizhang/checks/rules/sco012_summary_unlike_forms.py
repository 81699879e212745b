"""SCO012: a summary of several forms, or the text, tells another total than the form itself."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, at_value, related, rule
from taizhang.checks.rules._forms import shown
from taizhang.documents.alignment import bare
from taizhang.intake.forms import FULL, Form, SummaryRow, points, points_of_money
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading

_SPENT = re.compile(r"(?:预算|资金)执行(?:率|情况)?(?:得分?|自评得分?|计)(?:为)?\s*(\d+(?:\.\d+)?)\s*分")
_TOLD = re.compile(
    r"(?:自评|自评价|综合|项目|最终|评价总|绩效)(?:总得分|总分|得分|评分|分数)(?:合计)?(?:为|是|：|:)?\s*(\d{1,3}(?:\.\d+)?)\s*分"
)
_CONCLUSION = re.compile("结论|总评|自评情况")
_TOLD_SHORT = re.compile(
    r"(?<![上去]年)(?<![上去]年度)自评(?:价)?(?:总)?(?:得分|总分|评分|分数|得)?(?:合计)?(?:为|是|：|:)?\s*(\d{1,3}(?:\.\d+)?)\s*分(?!以|值|制)"
)
_LEAST_NAME = 4


@rule("SCO012", kind="score_mismatch", severity="error", since="0.1")
def summary_unlike_forms(context: Context) -> Iterator[Problem]:
    """汇总表或正文里的总分、预算数、执行数与该项目自评表不一致。

    ## 为什么
    汇总表是上报的依据；与分表对不上，说明分表改过而汇总没有更新。

    ## 不合格
    项目自评得分 98 分。

    | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|---|
    | 产出指标 | 培训教师（人次） | 300 | 310 | 60 | 60 |
    | 效益指标 | 社会培训到款（万元） | 100 | 90 | 40 | 36 |
    | 总分 | | | | 100 | 96 |

    ## 合格
    项目自评得分 96 分。

    | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    |---|---|---|---|---|---|
    | 产出指标 | 培训教师（人次） | 300 | 310 | 60 | 60 |
    | 效益指标 | 社会培训到款（万元） | 100 | 90 | 40 | 36 |
    | 总分 | | | | 100 | 96 |

    ## 例外
    汇总表中的项目在文件里找不到同名自评表的不判断；正文只在全文只有一张自评表、或几张表总分相同时核对。

    ## 依据
    财预〔2020〕10号：部门和单位汇总上报的自评结果应与各项目自评表一致。
    """
    everywhere = [(reading, form) for reading in context.readings for form in reading.forms.forms]
    for reading in context.readings:
        for row in (*reading.forms.summary, *_weighted(reading)):
            form = _form_of(row, [form for _, form in everywhere])
            if form is not None:
                yield from _problems(row, form, context)
        for form in reading.forms.forms:
            yield from _concluded(form)
        mine = [form for owner, form in everywhere if owner is reading]
        totals = [form for form in mine if form.total is not None and points(form.total.score) is not None]
        if totals and (len(mine) == 1 or len({form.final for form in totals}) == 1 < len(totals) == len(mine)):
            yield from _in_text(reading, totals[-1])


def _weighted(reading: Reading) -> Iterator[SummaryRow]:
    """The rows of a table that puts the scores of several forms together by their weights."""
    for form in reading.forms.forms:
        for item in form.indicators if form.is_weighted else ():
            yield SummaryRow(item.label, item.score, None, None, None)


def _concluded(form: Form) -> Iterator[Problem]:
    """The total as the form's own conclusion tells it: “评价结论 | 项目自评 95 分……”."""
    for row, cells in enumerate(form.table.rows) if form.final is not None else ():
        if not _CONCLUSION.search(cells[0].text):
            continue
        for column, cell in enumerate(cells[1:], 1):
            told = _TOLD_SHORT.search(cell.text)
            if told is None or cell is cells[0] or Decimal(told[1]) in {form.final, _printed(form)}:
                continue
            owned = shown(form.final or Decimal(0))
            yield at_value(
                value_at(form.table, row, column),
                f"结论写 {told[1]} 分，表中总分是 {owned} 分",
                told.start(),
                told.end(),
                printed=told[1],
                expected=owned,
                row=cells[0].text.strip(),
            )


def _printed(form: Form) -> Decimal | None:
    return points(form.total.score) if form.total is not None else None


def _form_of(row: SummaryRow, forms: Sequence[Form]) -> Form | None:
    """The only form whose project (or sheet) has the row's name."""
    name = bare(row.project.text)
    exact, near = [], []
    for form in forms:
        titles = [*form.table.section[-1:], form.table.caption or ""]
        names = {bare(form.project.text)} if form.project is not None else {bare(title) for title in titles if title}
        if name in names:
            exact.append(form)
        elif any(len(min(name, other, key=len)) >= _LEAST_NAME and _is_short_for(name, other) for other in names):
            near.append(form)
    found = exact or near
    return found[0] if len(found) == 1 and found[0].table is not row.project.table else None


def _is_short_for(name: str, other: str) -> bool:
    """Whether one name stands in the other; that of a group of specialties may leave out words of it."""
    short, long = sorted((name, other), key=len)
    rest = iter(long)
    return short in long or (short.endswith("专业群") and all(character in rest for character in short))


def _problems(row: SummaryRow, form: Form, context: Context) -> Iterator[Problem]:
    fund = form.fund_total
    if form.final is not None and row.score is not None and points(row.score) != form.final:
        yield _of_score(row.score, row, form)
    pairs: list[tuple[str, Value | None, Value | None]] = []
    if fund is not None:
        pairs += [("全年预算数", row.adjusted, fund.adjusted), ("执行数", row.executed, fund.executed)]
    for what, told, owned in pairs:
        here, there = points_of_money(told), points_of_money(owned)
        if told is None or owned is None or here is None or there is None:
            continue
        context.compared(told, owned)
        if _same(here, there):
            continue
        yield at_value(
            told,
            f"{what}在汇总表中是 {told.text.strip()}，在该项目自评表中是 {owned.text.strip()}",
            expected=owned.text.strip(),
            row=row.project.text.strip(),
            related=(related(owned),),
        )


def _of_score(told: Value, row: SummaryRow, form: Form) -> Problem:
    owned = shown(form.final or Decimal(0))
    return at_value(
        told,
        f"总分在汇总表中是 {told.text.strip()}，在该项目自评表中是 {owned}",
        expected=owned,
        row=row.project.text.strip(),
        related=(related(form.total.score),) if form.total is not None and form.total.score is not None else (),
    )


def _same(here: Decimal, there: Decimal) -> bool:
    """Whether two figures agree; sums may stand in 元 here and in 万元 there."""
    return here == there or (bool(there) and here in {there * 10000, there / 10000})


def _in_text(reading: Reading, form: Form) -> Iterator[Problem]:
    assert form.total is not None and form.total.score is not None  # noqa: S101, PT018 - chosen so
    total, score = form.total.score, points(form.total.score) or Decimal(0)
    weight = points(form.total.weight)
    is_whole = form.final is not None and form.final != score  # 预算执行 is scored above, and no guess
    rest = FULL - weight if weight is not None and weight < FULL and not is_whole else Decimal(0)  # scored elsewhere
    for paragraph in reading.document.paragraphs:
        spent = _SPENT.search(paragraph.text) if rest else None
        for match in _TOLD.finditer(paragraph.text):
            told = Decimal(match[1])
            if told in {score, form.final} or (spent is None and score < told <= score + rest):
                continue
            if spent is not None and told == score + Decimal(spent[1]):
                continue
            owned = shown(form.final or score) if spent is None else shown(score + Decimal(spent[1]))
            added = f"自评表 {total.text.strip()} 分加预算执行 {spent[1]} 分是 {owned} 分" if spent is not None else ""
            yield at_text(
                paragraph, match.start(), match.end(), f"正文写 {match[1]} 分，{added or f'自评表总分是 {owned} 分'}",
                printed=match[1], expected=owned, related=(related(total),),
            )  # fmt: skip
