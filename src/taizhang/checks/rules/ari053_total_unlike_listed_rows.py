"""ARI053: a total in running text is not what the rows of the table add up to that it refers to for the details."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, related, rule
from taizhang.checks.rules._grid import Grid, Kind, figure, grids, is_percent, shown
from taizhang.checks.rules._sameness import Sameness, at_statement, sameness
from taizhang.checks.rules._sameness import figure as printed
from taizhang.core.quantity import Bound, Quantity
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Value
from taizhang.intake.statements import Role, Statement

_REFERS = re.compile(r"(?:见|如|列于|列入|列在)\s*附?表\s*(?P<number>\d+(?:\s*[-—–.．]\s*\d+)*)")
_SOME = re.compile("主要|部分|典型|重点|代表|前[一二三五十\\d]|示例|节选|新增|先进|优秀")
_IN_ALL = re.compile("共(?!建|同|享|育|商|筑|性|创|党)|合计|总计|总数")
_SORT = re.compile("项目|类别|名称|类型|内容|种类|序号")
_UNIT = re.compile(r"[（(](?P<unit>[^（()）]{1,6})[)）]")
_TAIL = re.compile("(?:总?数量?|人数|总?额|金额)$")
_COUNTED = frozenset({"人", "件", "人次", "元"})
_NEAR = Decimal("0.15")  # of the sum: a total further off is that of something else
_FEWEST = 3  # rows


@rule("ARI053", kind="sum_mismatch", severity="warning", since="0.8")
def total_unlike_listed_rows(context: Context) -> Iterator[Problem]:
    """正文写的总数，不等于“见表几”的那张表（或写明“共”“合计”、与表头说的是同一事物的表）各行之和。

    ## 为什么
    “选派特派员 68 名，分布见表4”，表4 各镇加起来是 66 名：表里没有合计行，没有人加过。

    ## 不合格
    选派科技特派员 38 名，分布见表4。

    表4 科技特派员派驻情况

    | 派驻乡镇 | 特派员人数（名） |
    |---|---|
    | 沙埠镇 | 14 |
    | 云浦镇 | 12 |
    | 鹿角镇 | 11 |

    ## 合格
    与企业共建实训室 26 间，分布见表6。

    表6 共建实训室分布情况

    | 二级学院 | 实训室数量（间） |
    |---|---|
    | 智能制造学院 | 11 |
    | 财经商贸学院 | 9 |
    | 健康护理学院 | 6 |

    ## 例外
    表里有合计行的由别的规则核对；题名或引用处写“主要”“部分”“重点”的表不算列全；表头与正文说的不是同一事物、约数、“其中”的，不比；
    同一段里有一个数与各行之和相符的，不报；相差一成半以上的多半是另一件事，也不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    same = sameness(context)
    for reading in context.readings:
        referred: set[int] = set()
        by_number = {grid.table.number: grid for grid in grids(reading, context) if grid.table.number}
        said_in: dict[int | None, list[Statement]] = defaultdict(list)
        for each in same.statements if by_number else ():
            if each.role is Role.SAID:
                said_in[each.paragraph].append(each)
        for number, paragraph in enumerate(reading.paragraphs if by_number else ()):
            for match in _REFERS.finditer(paragraph.text) if "表" in paragraph.text else ():
                grid = by_number.get(re.sub(r"\s", "", match["number"]))
                begin = max(paragraph.text.rfind(mark, 0, match.start()) for mark in "。；;") + 1
                if grid is None or _SOME.search(paragraph.text, begin, match.end()):
                    continue
                if _SOME.search(grid.table.caption or "") is None:
                    referred.add(grid.table.index)
                    said = [e for e in said_in[number] if e.text and paragraph.text.find(e.text, begin) >= 0]
                    yield from _problem(grid, said, same, context)
        in_all = [e for e in same.statements if e.role is Role.SAID and _IN_ALL.search(e.text) and not e.former]
        in_all = [e for e in in_all if not _SOME.search(e.sentence + e.text)]
        for grid in grids(reading, context) if in_all else ():
            if grid.table.index not in referred and not _SOME.search(f"{grid.table.caption or ''}{grid.table.section}"):
                yield from _problem(grid, in_all, same, context)


def _problem(grid: Grid, said: list[Statement], same: Sameness, context: Context) -> Iterator[Problem]:
    """The figures of a sentence against the sums of the columns that are named alike."""
    rows = [row for row in grid.rows if row.kind is Kind.PART]
    if len(rows) != len(grid.rows) or len(rows) < _FEWEST:
        return
    for column in grid.numbers:
        head = grid.columns[column].words.rpartition("/")[2]
        cells = [grid.value(row, column) for row in rows]
        added = _sum(cells, head, grid.columns[column].unit or grid.table.unit or "", context)
        if added is None or is_percent(grid, column):
            continue
        total, dimension = added
        plain = _TAIL.sub("", _UNIT.sub("", bare(head)))
        if not plain:  # 人数: of what, the column of the names says
            plain = _SORT.sub("", bare(grid.columns[grid.labels[-1]].words.rpartition("/")[2]))
        name = same.words.wording(plain)
        alike = [e for e in said if e.dimension == dimension and e.quantity.bound is Bound.EXACT and not e.part]
        alike = [e for e in alike if name.free and name.free <= e.wording.free and name.tail == e.wording.tail]
        alike = [e for e in alike if abs(e.value - total) <= _NEAR * total]
        if len({e.value for e in alike}) != 1 or any(e.value == total for e in said):
            continue
        odd = alike[0]
        expected = f"{shown(total / (odd.value / odd.quantity.value))}{odd.quantity.unit}"
        context.told(odd.source)
        yield at_statement(
            odd, f"{f'表 {grid.table.number} ' if grid.table.number else '表中'}各行之和是 {expected}，写的是 {printed(odd)}",
            printed=printed(odd), expected=expected, related=tuple(related(cell) for cell in cells)[:8],
        )  # fmt: skip


def _sum(cells: list[Value], head: str, unit: str, context: Context) -> tuple[Decimal, str] | None:
    """What the cells of a column add up to, in the base unit of what they count."""
    numbers = [figure(cell) for cell in cells]
    marked = _UNIT.search(head)
    added = sum((number for number in numbers if number is not None), Decimal(0))
    unit = marked["unit"] if marked else unit or ("人" if head.endswith("人数") else "")
    total, dimension = context.profile.catalogue.normal(Quantity(added, unit))
    return (total, dimension) if None not in numbers and total and dimension in _COUNTED else None
