"""ARI006: a completion rate is not done over total, or more is done than there is."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, at_value, related, rule
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import Count, counts, figure, fits, grids, rated
from taizhang.documents.blocks import Paragraph

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_DONE = re.compile(
    rf"(?<!未)(?<!未能)(?<!没有)(?:完成|达标|达成)(?:任务点?|指标|了)?\s*{_NUMBER}\s*(?P<unit>[个项条件])(?:任务点?|指标|任务)?[^，。；]{{0,6}}[，,]\s*"
    rf"[^，。；\d]{{0,8}}(?:完成率|达标率|达成率|完成度)(?:均?为|达到?)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％]"
)
_COUNT = re.compile(rf"{_NUMBER}\s*[个项条件]")


@rule("ARI006", kind="rate_mismatch", severity="error", since="0.1")
def completion_unlike_counts(context: Context) -> Iterator[Problem]:
    """完成率与完成数、总数算出来的不一致，或者完成数大于总数。

    ## 为什么
    完成率就是完成数除以总数；同一行里三个数对不上，总有一个是错的。

    ## 不合格
    | 建设任务 | 任务数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 党建引领 | 12 | 11 | 100% |
    | 人才培养 | 20 | 20 | 100% |

    ## 合格
    | 建设任务 | 任务数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 党建引领 | 12 | 11 | 91.7% |
    | 人才培养 | 20 | 20 | 100% |

    ## 例外
    四舍五入之内的差别不报。

    ## 依据
    教职成厅函〔2024〕1号：任务完成度按完成数与总数计算。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            for count in counts(grid):
                context.judged(count.total, count.done, count.rate)
                yield from _of_row(count)
        for paragraph in reading.document.paragraphs:
            if "完成" in paragraph.text or "达" in paragraph.text:
                yield from _of_text(paragraph)


def _of_row(count: Count) -> Iterator[Problem]:
    total, done = figure(count.total), figure(count.done)
    if not total or done is None or count.done.is_nothing:
        return
    name = count.grid.name(count.row)
    if done > total:
        yield at_value(
            count.done,
            f"完成数 {count.done.text.strip()} 大于总数 {count.total.text.strip()}",
            expected=f"不大于 {count.total.text.strip()}",
            row=name,
            related=(related(count.total),),
        )
        return
    rate = rated(count.rate) if count.rate is not None else None
    if rate is None or count.rate is None or fits(done / total * 100, *rate):
        return
    expected = percent(done / total * 100, rate[1])
    yield at_value(
        count.rate,
        f"{count.done.text.strip()} ÷ {count.total.text.strip()} = {expected}，写的是 {count.rate.text.strip()}",
        expected=expected,
        row=name,
        related=(related(count.total), related(count.done)),
    )


def _of_text(paragraph: Paragraph) -> Iterator[Problem]:
    for match in _DONE.finditer(paragraph.text):
        begin = max(paragraph.text.rfind(stop, 0, match.start()) for stop in "。\n") + 1
        done, rate = _number(match[1]), _number(match["rate"])
        totals = [_number(other[1]) for other in _COUNT.finditer(paragraph.text, begin, match.start())]
        places = len(match["rate"].partition(".")[2])
        if not totals or any(total and fits(done / total * 100, rate, places) for total in totals):
            continue
        total = max(totals)
        if not total:
            continue
        expected = percent(done / total * 100, places) if done <= total else f"不大于 {total}"
        message = f"共 {total} 个，完成 {match[1]} 个"
        message += f"，完成率应为 {expected}，写的是 {match['rate']}%" if done <= total else "，完成的多于总数"
        yield at_text(paragraph, match.start(), match.end(), message, expected=expected)


def _number(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))
