"""STR006: a sub-task's code (2-5) is used for two names, stands out of the run, or carries another task's number."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import Text, agreement, label_cells
from taizhang.core.finding import Severity
from taizhang.documents.alignment import bare
from taizhang.intake.reading import Reading

_CODE = re.compile(r"\s*(\d{1,2})\s*[-－—–.．]\s*(\d{1,2})(?![\d.．%％\-－])\s*[、.．]?\s*(?=[\u4e00-\u9fff“《])")
_ALIKE = 0.5  # names that share this part are one name, perhaps shortened
_SLIPS, _HABIT = 2, 0.2  # more than these are a way of numbering that is not ours to judge
_FEW = 4  # codes in a document before one of them can stand out


class Coded(NamedTuple):
    """A label with its code taken apart."""

    area: int
    place: int
    name: str
    text: Text
    end: int

    @property
    def code(self) -> str:
        """The code as printed."""
        return self.text.text[: self.end].strip().rstrip("、.．")


@rule("STR006", kind="label_error", severity="error", since="0.1")
def task_code_out_of_run(context: Context) -> Iterator[Problem]:
    """子任务编号重复、串号或跳号。

    ## 为什么
    佐证材料、任务点和经费都按编号归口；两个子任务用同一个编号，材料就会混在一起。

    ## 不合格
    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 1-1 课程资源建设 | 新建课程 5 门 | 新建课程 5 门 |
    | 1-2 教材改革 | 出版教材 3 本 | 出版教材 3 本 |
    | 1-2 实训基地升级 | 改造实训室 3 间 | 改造实训室 3 间 |
    | 2-1 师资引育 | 引进博士 2 名 | 引进博士 2 名 |

    ## 合格
    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 1-1 课程资源建设 | 新建课程 5 门 | 新建课程 5 门 |
    | 1-2 教材改革 | 出版教材 3 本 | 出版教材 3 本 |
    | 1-3 实训基地升级 | 改造实训室 3 间 | 改造实训室 3 间 |
    | 2-1 师资引育 | 引进博士 2 名 | 引进博士 2 名 |

    ## 例外
    编号从某一项的第 1 个子任务重新开始，是另一个专业群或另一年的表，不报；跳号只作提示。

    ## 依据
    建设任务书以“任务—子任务”编号，编号与名称一一对应。
    """
    for reading in context.readings:
        coded = list(_coded(reading))
        if len(coded) < _FEW:
            continue
        problems = list(_run(coded))
        if len(problems) <= max(_SLIPS, len(coded) * _HABIT):
            yield from problems


def _coded(reading: Reading) -> Iterator[Coded]:
    with_plans = {point.table.index for point in reading.plans.points}
    for table in reading.document.tables:
        if table.index not in with_plans:
            continue
        for cell in label_cells(reading, table):
            match = _CODE.match(cell.text)
            if match:
                name = bare(cell.text[match.end() :])
                yield Coded(int(match[1]), int(match[2]), name, cell, len(match[0].rstrip()))


def _run(coded: Sequence[Coded]) -> Iterator[Problem]:
    seen: dict[tuple[int, int], Coded] = {}
    area, place = 0, 0
    for number, item in enumerate(coded):
        here = (item.area, item.place)
        first = seen.get(here)
        if first is not None and _one_name(first, item):
            continue
        begins = item.place == 1 and item.area <= area and here != (area, place)
        if begins:
            seen, first = {}, None
        following = coded[number + 1] if number + 1 < len(coded) else None
        strays = (
            seen and not begins and item.area != area and item.place == place + 1 and _goes_on(following, area, item)
        )
        if strays and here != (area + 1, 1):
            message = f"编号 {item.code} 与前后不符：前一个子任务是 {area}-{place}"
            yield _problem(item, message, (area, place + 1), Severity.WARNING, ())
            place += 1
            continue
        if first is not None:
            yield _problem(
                item, f"编号 {item.code} 已用于“{first.text.text.strip()}”", (area, place + 1), None, (first,)
            )
            place += 1
        elif begins or not seen or here in {(area, place + 1), (area + 1, 1)}:
            area, place = here
        else:
            message = f"编号 {item.code} 与前一个子任务 {area}-{place} 不相连"
            yield _problem(item, message, (area, place + 1), Severity.INFO, ())
            area, place = here
        seen.setdefault(here, item)


def _one_name(first: Coded, item: Coded) -> bool:
    shorter, longer = sorted((first.name, item.name), key=len)
    return longer.startswith(shorter) or agreement(shorter, longer) >= _ALIKE


def _goes_on(following: Coded | None, area: int, item: Coded) -> bool:
    """Whether what comes next belongs to the task in hand, not to that of the strange code."""
    return following is None or following.area == area or (following.place == 1 and following.area != item.area)


def _problem(
    item: Coded, message: str, wanted: tuple[int, int], severity: Severity | None, others: Sequence[Coded]
) -> Problem:
    text = item.text.text
    start = len(text) - len(text.lstrip())
    return item.text.problem(
        start,
        max(item.end, start + 1),
        message,
        expected=f"{wanted[0]}-{wanted[1]}",
        row=text.strip(),
        severity=severity,
        related=tuple(other.text.related() for other in others),
    )
