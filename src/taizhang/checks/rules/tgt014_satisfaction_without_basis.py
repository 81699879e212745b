"""TGT014: satisfaction figures without target, sample or method."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading

_SAMPLE = re.compile(r"样本|问卷|有效|抽样|回收|\d\s*份|调查.{0,12}\d+\s*[人名]|\d+\s*[人名].{0,12}调查")
_SURVEY = re.compile(rf"{_SAMPLE.pattern}|测评|调查|访谈|第三方")
_NUMERIC = re.compile(r"\d+(?:\.\d+)?\s*[%％]?")


@rule("TGT014", kind="other", severity="warning", since="0.1")
def satisfaction_without_basis(context: Context) -> Iterator[Problem]:
    """满意度只有结果，没有目标值，也没有样本量和调查方法。

    ## 为什么
    满意度是一级指标；没有目标值就谈不上完成率，没有样本和方法，数字无从核对。

    ## 不合格
    表1 满意度调查表

    | 序号 | 类别 | 满意度 |
    |---|---|---|
    | 1 | 在校生 | 96.2% |
    | 2 | 用人单位 | 97.1% |

    ## 合格
    表1 满意度调查表（共回收有效问卷 1260 份）

    | 序号 | 类别 | 满意度 |
    |---|---|---|
    | 1 | 在校生 | 96.2% |
    | 2 | 用人单位 | 97.1% |

    ## 例外
    表中有样本量，或者同一节正文说明了样本和方法的，不报。表中有目标值、全文却没有一处说到调查样本和方法的，只提示一次。

    ## 依据
    教职成〔2020〕8号绩效目标含满意度指标；财预〔2020〕10号：满意度应有调查依据。
    """
    for reading in context.readings:
        for table in reading.document.tables:
            column = next((c for c, words in enumerate(table.columns) if "满意" in words and "指标" not in words), None)
            if column is None or len(table.columns) > 4 or _explained(reading, table):
                continue
            values = [value_at(table, row, column) for row in range(table.header, len(table.rows))]
            figures: list[Value] = [value for value in values if _NUMERIC.fullmatch(value.text.strip())]
            if figures:
                context.judged(*figures)
                yield at_value(
                    figures[0],
                    f"{len(figures)} 项满意度只有结果，没有目标值和完成率，也看不到样本量和调查方法",
                    expected="目标值、样本量、调查时间和方法",
                    related=tuple(related(value) for value in figures[1:]),
                )

        yield from _nowhere_explained(reading)


def _nowhere_explained(reading: Reading) -> Iterator[Problem]:
    """The satisfaction indicators of a report that says nowhere how satisfaction was found out; told once."""
    rows = [row for row in reading.plans.indicators if "满意" in row.name and row.actual and row.actual.quantity]
    if not rows or _surveyed(reading):
        return
    values = [row.actual for row in rows if row.actual is not None]
    yield at_value(
        values[0],
        f"{len(rows)} 项满意度指标，全文没有说到调查的时间、样本和方法",
        expected="调查时间、样本量和方法",
        row=row_name(rows[0]),
        severity=Severity.INFO,
        related=tuple(related(value) for value in values[1:]),
    )


def _surveyed(reading: Reading) -> bool:
    texts = [block.text for block in reading.document.paragraphs]
    texts += [cell.text for table in reading.document.tables for row in table.rows for cell in row]
    return any(_SURVEY.search(text) for text in texts)


def _explained(reading: Reading, table: Table) -> bool:
    """Whether a target stands in the table, or a sample in its caption or the text of its section."""
    if any(word in header for header in table.columns for word in ("目标", "样本", "份数", "指标值")):
        return True
    texts = [table.caption or "", *(cell.text for row in table.body for cell in row)]
    texts += [p.text for p in reading.document.paragraphs if p.section == table.section]
    return any(_SAMPLE.search(text) for text in texts)
