"""SCO003: a low execution rate is not explained."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, rule
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._forms import settings
from taizhang.core.scoring import execution_rate
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Form, FundRow, points_of_money
from taizhang.intake.reading import Reading

_EXECUTION = re.compile("执行|支出|支付|资金|预算|经费|款|质保金|结算")
_LEAST_WORDS = 4
_LONGEST_LABEL = 14


@rule("SCO003", kind="missing_reason", severity="warning", since="0.1")
def low_execution_unexplained(context: Context) -> Iterator[Problem]:
    """预算执行率偏低，没有说明原因。

    ## 为什么
    执行率低于 90% 的，财政部门要求说明原因和改进措施；不写就要退回补充。

    ## 不合格
    | 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    |---|---|---|---|---|---|---|
    | 年度资金总额 | 400 | 500 | 400 | 10 | 80% | 8 |

    ## 合格
    | 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    |---|---|---|---|---|---|---|
    | 年度资金总额 | 400 | 500 | 400 | 10 | 80% | 8 |

    资金执行率偏低，主要是设备质保金尚未到支付期。

    ## 例外
    同一张表或正文里说明了原因的不报；几张自评表的，正文要与该表同节或写到该项目；只看资金总额一行。

    ## 参数
    口径配置 `scoring.explain_rate_below`（默认 90）、`scoring.explains`（说明原因的话）。

    ## 依据
    财预〔2020〕10号自评表填报说明；各地按 90% 执行。
    """
    limit = Decimal(str(settings(context)["explain_rate_below"]))
    explains = re.compile("|".join(settings(context)["explains"]))
    for reading in context.readings:
        for form in reading.forms.forms:
            row = form.fund_total
            rate = _rate(row) if row is not None else None
            if row is None or rate is None or rate >= limit or _is_explained(reading, form, row, explains):
                continue
            value = row.rate if row.rate is not None and not row.rate.is_nothing else row.executed
            assert value is not None  # noqa: S101 - the rate was computed from it
            yield at_value(
                value,
                f"预算执行率 {percent(rate, 1)}，低于 {limit}%，没有说明原因",
                expected="说明原因和改进措施",
                row=row.label.text.strip(),
            )


def _rate(row: FundRow) -> Decimal | None:
    executed = points_of_money(row.executed)
    budget = points_of_money(row.adjusted) or points_of_money(row.budget)
    return execution_rate(executed, budget) if executed is not None and budget is not None else None


def _is_explained(reading: Reading, form: Form, row: FundRow, explains: re.Pattern[str]) -> bool:
    if row.reason is not None and len(row.reason.text.strip()) >= _LEAST_WORDS:
        return True
    cells = [cell.text for line in form.table.rows for cell in line if len(cell.text) > _LONGEST_LABEL]
    cells += [item.reason.text for item in form.indicators if item.reason is not None]
    several = len(reading.forms.forms) > 1
    texts = (*cells, *(p.text for p in reading.document.paragraphs if not several or _is_of(p, form)))
    return any(_EXECUTION.search(text) and explains.search(text) and not _is_head(text) for text in texts)


def _is_of(paragraph: Paragraph, form: Form) -> bool:
    """Whether a paragraph speaks for one of several forms: it stands by it, or names its project."""
    titles = (*form.table.section[-1:], form.project.text if form.project is not None else "")
    return paragraph.section == form.table.section or any(
        len(bare(title)) >= _LEAST_WORDS and bare(title) in bare(paragraph.text) for title in titles
    )


def _is_head(text: str) -> bool:
    """Whether a text is the header of a column for reasons, which explains nothing."""
    return len(text) <= 14 and "原因" in text
