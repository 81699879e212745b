"""云岭职业技术学院: what was planned and what was done, sub-task by sub-task, faults included."""

import re

from samples.make.content import Table
from samples.make.stored import stored

HEADER = (
    ("建设任务", "建设任务", "2022年度计划", "2022年度完成情况", "2023年度计划", "2023年度完成情况", "中期完成率"),
)
WIDTHS = (7, 13, 22, 25, 22, 26, 10)
CIRCLED = "①②③④⑤⑥⑦"


def _row(index: int, line: str, area: str, name: str) -> tuple[str, ...]:
    """A line “plan 2022|done 2022|plan 2023|done 2023|rate”; `--` is a year without a point.

    A cell that already has an ordinal keeps it: that is how a wrong one is planted.
    """
    *cells, rate = line.split("|")
    marked = [cell if cell == "--" or cell[0] in CIRCLED else CIRCLED[index] + cell for cell in cells]
    return (area, name, *marked, rate)


def _table(text: str) -> Table:
    head, *lines = text.strip().splitlines()
    number, label, area, name = head.split("|")
    return Table(
        number=number,
        label=label,
        header=HEADER,
        rows=tuple(_row(index, line, area, name) for index, line in enumerate(lines)),
        widths=WIDTHS,
        merge=(0, 1),
    )


TASK_TABLES = tuple(
    _table(part) for part in re.split(r"^# ", stored("yunling_tasks.txt"), flags=re.MULTILINE) if part.strip()
)
