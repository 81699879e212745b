"""STR019: in a column of ordinals or codes, a value is used twice, stands out of the run, or one is left out."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._ordinals import Fault, faults_of
from taizhang.checks.rules._structure import row_names
from taizhang.intake.plans import CIRCLED, Value


@rule("STR019", kind="label_error", severity="error", since="0.5")
def ordinal_column_out_of_run(context: Context) -> Iterator[Problem]:
    """序号、编号单独成栏时，同一张表里重复、颠倒或跳号。

    ## 为什么
    任务书、自评表和佐证材料靠序号一一对应；两行用一个号，核对时就会拿这一行的材料去证明另一行。

    ## 不合格
    | 序号 | 2023年建设任务 | 2023年完成情况 | 完成率 |
    |---|---|---|---|
    | ① | 建设在线课程 3 门 | 建成在线课程 3 门 | 100% |
    | ② | 编写教材 2 部 | 编写教材 2 部 | 100% |
    | ② | 培训教师 60 人次 | 培训教师 71 人次 | 100% |
    | ④ | 申报课题 5 项 | 申报课题 6 项 | 100% |

    ## 合格
    | 序号 | 2023年建设任务 | 2023年完成情况 | 完成率 |
    |---|---|---|---|
    | ① | 建设在线课程 3 门 | 建成在线课程 3 门 | 100% |
    | ② | 编写教材 2 部 | 编写教材 2 部 | 100% |
    | ③ | 培训教师 60 人次 | 培训教师 71 人次 | 100% |
    | ④ | 申报课题 5 项 | 申报课题 6 项 | 100% |

    ## 例外
    每个任务、每个年度各自从头编号的，不报；几行同属一个号（合并的单元格，或者后面的名称也相同）的，不报。
    重复之后紧接着缺一个号的是错误，其余重复和颠倒作存疑；跳号可能是没有列出的，重复的普通序号可能是一项分了几行，
    都只作提示。

    ## 依据
    教职成〔2020〕8号《中国特色高水平高职学校和专业建设计划绩效管理暂行办法》：绩效目标逐条对应，逐条核对。
    """
    for reading in context.readings:
        names: dict[tuple[int, int, int], str] | None = None
        for table in reading.document.tables:
            faults = faults_of(reading, table)
            if faults and names is None:
                names = row_names(reading, context)
            for fault in faults:
                yield _problem(fault, names or {})


def _problem(fault: Fault, names: dict[tuple[int, int, int], str]) -> Problem:
    value, other = fault.item.value, fault.last.value
    text = value.text.strip()
    message = {
        "串号": f"其余各行依次编号，只有这一行写的是{text}，与另一行相同",
        "重复": f"序号{text}在本表重复，上一行已用过",
        "颠倒": f"序号{text}排在{other.text.strip()}之后",
        "缺号": f"序号{text}之前缺一个号",
    }[fault.what]
    return at_value(
        value,
        message,
        expected=_printed(text, fault.wanted) if fault.wanted is not None else None,
        row=_row(value, names),
        severity=fault.severity,
        related=(related(other),),
    )


def _printed(text: str, place: int) -> str:
    if text in CIRCLED:
        return CIRCLED[place - 1] if place <= len(CIRCLED) else str(place)
    return re.sub(r"\d+$", str(place), text)


def _row(value: Value, names: dict[tuple[int, int, int], str]) -> str:
    """The row's label: a task point's or an indicator's, else the text right of the number."""
    cells = range(len(value.table.columns))
    named = next((names[key] for c in cells if (key := (value.table.index, value.row, c)) in names), None)
    right = value.table.rows[value.row][value.column + 1].text.strip() if value.column + 1 in cells else ""
    return named or right
