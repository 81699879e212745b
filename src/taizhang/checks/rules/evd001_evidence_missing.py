"""EVD001: a row claims full completion and its evidence column is empty or says that the evidence is still to come."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.checks.rules._structure import row_names
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading

_COMING = re.compile(
    r"[（(【]?(?:待(?:补充?|定|提供|上传|收集|完善|整理|交)|后补|暂缺|暂无|缺|未提供|未提交|补充中|整理中)[^，。；]{0,6}"
)
_NOTHING = re.compile(r"(?:无|没有|[-—–/\s]*)")
_USUAL = 0.5  # of the rows that claim completion carry evidence: then one without is asked about


@rule("EVD001", kind="evidence", severity="warning", since="0.5")
def evidence_missing(context: Context) -> Iterator[Problem]:
    """完成率写 100%，佐证材料一栏却写“待补”或者空着。

    ## 为什么
    没有佐证的完成不能认定；专家按材料编号抽查，一查就是空的。

    ## 不合格
    | 编号 | 任务点 | 完成情况 | 进度 | 佐证材料 |
    |---|---|---|---|---|
    | 1-1 | 开设选修课 2 门 | 开设剪纸选修课、皮影选修课 2 门 | 100% | ZC-1-1 |
    | 1-2 | 志愿服务 500 小时 | 志愿服务 620 小时 | 100% | 待补 |
    | 1-3 | 实践活动 9 场 | 开展活动 9 场 | 100% | ZC-1-3 |

    ## 合格
    | 编号 | 任务点 | 完成情况 | 进度 | 佐证材料 |
    |---|---|---|---|---|
    | 1-1 | 开设选修课 2 门 | 开设剪纸选修课、皮影选修课 2 门 | 100% | ZC-1-1 |
    | 1-2 | 志愿服务 500 小时 | 志愿服务 620 小时 | 100% | ZC-1-2 |
    | 1-3 | 数据库 1 个 | 尚未启动 | 0% |  |

    ## 例外
    没有写 100% 的行，佐证可以空着。整栏没有几行填了佐证的，是另行归档，只报写“待补”的。

    ## 依据
    教职成〔2020〕8号：自评应当以事实和佐证材料为依据。
    """
    for reading in context.readings:
        names: dict[tuple[int, int, int], str] | None = None
        for table in reading.document.tables:
            column = next((c for c in reading.plans.columns.get(table.index, []) if c.role == "evidence"), None)
            if column is None:
                continue
            names = names if names is not None else row_names(reading, context)
            yield from _missing(reading, table, column, names)


def _missing(
    reading: Reading, table: Table, column: Column, names: dict[tuple[int, int, int], str]
) -> Iterator[Problem]:
    claimed = _claimed(reading, table)
    cells = {row: value_at(table, row, column.index) for row in claimed}
    filled = sum(1 for value in cells.values() if not _is_empty(value) and not _COMING.match(value.text.strip()))
    usual = filled > _USUAL * len(cells)
    for row, value in cells.items():
        coming = _COMING.match(value.text.strip())
        if not filled or not (coming or (usual and _is_empty(value))):
            continue
        rate = claimed[row]
        said = f"写“{value.text.strip()}”" if value.text.strip() else "空着"
        yield at_value(
            value if value.text.strip() else rate,
            f"完成率写 {rate.text.strip()}，佐证材料一栏{said}",
            printed=value.text.strip(),
            expected="佐证材料名称或编号",
            row=next((names[key] for c in range(len(table.columns)) if (key := (table.index, row, c)) in names), None),
            severity=Severity.WARNING if coming else Severity.INFO,
            related=(related(rate),),
        )


def _is_empty(value: Value) -> bool:
    return bool(_NOTHING.fullmatch(value.text.strip()))


def _claimed(reading: Reading, table: Table) -> dict[int, Value]:
    """The rows of a table that claim full completion, each with the cell that says so."""
    rates = [point.rate for point in reading.plans.points if point.table is table]
    rates += [indicator.rate for indicator in reading.plans.of_table(table)]
    return {rate.row: rate for rate in rates if rate is not None and (printed := printed_rate(rate)) and printed >= 100}
