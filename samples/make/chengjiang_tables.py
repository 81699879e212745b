"""The regular tables of 澄江职业学院: task points and indicators of an area, counts of areas."""

from collections.abc import Iterable
from decimal import Decimal

from samples.make.arithmetic import attained, number, rounded
from samples.make.book import Area, Figure, SubTask
from samples.make.content import LEFT, Across, Down, Rate, Table

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"


class Numbering:
    """The next table number of a chapter."""

    def __init__(self) -> None:
        self.last: dict[str, int] = {}

    def next(self, chapter: str) -> str:
        """The next number, “3.7”."""
        self.last[chapter] = self.last.get(chapter, 0) + 1
        return f"{chapter}.{self.last[chapter]}"


def percent(part: int | Decimal, whole: int | Decimal, places: int = 1) -> str:
    """The share in per cent, without needless zeros after the point."""
    value = rounded(Decimal(part) / Decimal(whole) * 100, places)
    return f"{value.normalize():f}%" if value == value.to_integral() else f"{value}%"


def task_table(numbering: Numbering, chapter: str, subtask: SubTask, *, cut: int | None = None) -> Table:
    """One row per task point, the ordinals beginning anew each year; two orders of columns in turn."""
    figure = numbering.next(chapter)
    rows: list[tuple[str, ...]] = []
    for year in ("22", "23"):
        for order, point in enumerate(subtask.of(year)):
            evidence = f"{subtask.code}-20{year}-{order + 1:02d}"
            rate = f"{point.rate}%"
            rows.append((f"20{year}年", CIRCLED[order], point.plan, point.done, rate, evidence))
    header: tuple[str, ...] = ("年度", "序号", "计划内容", "完成内容", "完成率", "佐证材料编号")
    widths: tuple[int, ...] = (11, 7, 27, 36, 11, 22)
    if int(figure.split(".")[1]) % 2 == 0:
        order_of = (0, 1, 2, 5, 3, 4)
        header = tuple(header[i] for i in order_of)
        rows = [tuple(row[i] for i in order_of) for row in rows]
        widths = tuple(widths[i] for i in order_of)
    label = f"表 {figure}　{subtask.code} {subtask.name}任务点落实情况"
    return Table(
        number=figure, label=label, header=(header,), rows=tuple(rows), widths=widths, merge=(0,), below=True, cut=cut
    )


def rate_of(figure: Figure, *, capped: bool, places: int = 0) -> str:
    """The attainment of 2023 as the table prints it; a range counts as met inside its bounds."""
    target, actual = number(figure.plan[1]), number(figure.done[1])
    if target is None or actual is None:
        return "100%"
    value = rounded(attained(target, actual, lower="≤" in figure.plan[1], capped=capped), places)
    return f"{value}%"


def is_met(figure: Figure) -> bool:
    """Whether 2023 reached its target."""
    target, actual = number(figure.plan[1]), number(figure.done[1])
    return target is None or actual is None or attained(target, actual, lower="≤" in figure.plan[1]) >= 100


def _lower(figures: Iterable[Figure]) -> tuple[int, ...]:
    return tuple(index for index, figure in enumerate(figures) if "≤" in figure.plan[1])


def yearly_table(
    figure: str, title: str, code: str, figures: tuple[Figure, ...], *, capped: bool, places: tuple[int, ...] = (0,)
) -> Table:
    """The targets and results of 2023; `places` are the decimals of the rates, row by row in turn."""
    rows = tuple(
        (
            f"{code}.{index + 1}",
            item.name,
            item.unit,
            item.plan[1],
            item.done[1],
            rate_of(item, capped=capped, places=places[index % len(places)]),
        )
        for index, item in enumerate(figures)
    )
    return Table(
        number=figure,
        label=f"表 {figure}　{title}",
        header=(("指标编号", "指标名称", "计量单位", "年度指标值", "实际完成值", "完成率"),),
        rows=rows,
        widths=(12, 38, 12, 14, 14, 12),
        below=True,
        laws=(Rate(3, 4, 5, capped, max(places), _lower(figures)),),
    )


def mixed_table(figure: str, title: str, code: str, groups: dict[str, tuple[Figure, ...]]) -> Table:
    """Quantity and quality in one table with a merged column of categories and other columns first; capped."""
    rows: list[tuple[str, ...]] = []
    for category, figures in groups.items():
        for item in figures:
            note = "逆向指标" if "≤" in item.plan[1] else "--"
            rate = rate_of(item, capped=True)
            rows.append(
                (category, f"{code}.{len(rows) + 1} {item.name}", item.done[1], item.plan[1], item.unit, rate, note)
            )
    every = tuple(item for figures in groups.values() for item in figures)
    return Table(
        number=figure,
        label=f"表 {figure}　{title}",
        header=(("类别", "指标名称", "实际完成值", "年度指标值", "计量单位", "完成率", "备注"),),
        rows=tuple(rows),
        widths=(12, 38, 13, 13, 11, 11, 12),
        merge=(0,),
        below=True,
        laws=(Rate(3, 2, 5, True, 0, _lower(every)),),
    )


def two_year_table(figure: str, title: str, figures: tuple[Figure, ...]) -> Table:
    """Both years and their sum against the sum of the plans; not capped."""
    rows = []
    for item in figures:
        target = sum(Decimal(value) for value in item.plan)
        rate = rounded(Decimal(item.both) / target * 100, 1)
        rows.append((item.name, item.unit, str(target), *item.done, item.both, f"{rate}%"))
    return Table(
        number=figure,
        label=f"表 {figure}　{title}",
        header=(
            ("指标名称", "计量单位", "两年累计指标值", "完成情况", "完成情况", "完成情况", "累计完成率"),
            ("指标名称", "计量单位", "两年累计指标值", "2022年", "2023年", "累计", "累计完成率"),
        ),
        rows=tuple(rows),
        widths=(30, 12, 16, 12, 12, 12, 14),
        below=True,
        laws=(Across(5, (3, 4)), Rate(2, 5, 6, False, 1)),
    )


def count_table(figure: str, areas: tuple[Area, ...], split: int) -> Table:
    """Task points by area and year with a subtotal for the school, one for the groups, and the total."""

    def counts(chosen: tuple[Area, ...]) -> tuple[str, ...]:
        cells: list[str] = []
        for year in ("22", "23", None):
            plan = sum(area.count(year) for area in chosen)
            done = sum(area.complete(year) for area in chosen)
            cells += [str(plan), str(done), percent(done, plan)]
        return tuple(cells)

    school, groups = areas[:split], areas[split:]
    rows: list[tuple[str, ...]] = [(area.code, area.name, *counts((area,))) for area in school]
    rows += [("学校层面小计", LEFT, *counts(school))]
    rows += [(area.code, area.name, *counts((area,))) for area in groups]
    rows += [("专业群层面小计", LEFT, *counts(groups)), ("合计", LEFT, *counts(areas))]
    sums = (2, 3, 5, 6, 8, 9)
    end = split + 1 + len(groups)
    rates = tuple(Rate(column, column + 1, column + 2, True, 1) for column in (2, 5, 8))
    return Table(
        number=figure,
        label=f"表 {figure}　建设任务点分年度完成情况汇总",
        header=(
            ("编号", "建设任务", *["2022年"] * 3, *["2023年"] * 3, *["2022—2023年累计"] * 3),
            ("编号", "建设任务", *["任务点", "完成数", "完成率"] * 3),
        ),
        rows=tuple(rows),
        widths=(8, 32, *(10,) * 9),
        below=True,
        laws=(
            Down(split, tuple(range(split)), sums),
            Down(end, tuple(range(split + 1, end)), sums),
            Down(end + 1, (split, end), sums),
            Across(8, (2, 5)),
            Across(9, (3, 6)),
            *rates,
        ),
    )


def indicator_counts(figure: str, rows: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...]) -> Table:
    """Indicators by area: quantity and quality, how many there are and how many met."""
    lines: list[tuple[str, ...]] = [
        (name, str(q), str(qd), str(g), str(gd), str(q + g), str(qd + gd), percent(qd + gd, q + g))
        for name, (q, qd), (g, gd) in rows
    ]
    sums = [sum(int(line[column]) for line in lines) for column in range(1, 7)]
    lines.append(("合计", *(str(value) for value in sums), percent(sums[5], sums[4])))
    parts = tuple(range(len(rows)))
    return Table(
        number=figure,
        label=f"表 {figure}　学校层面产出指标达标情况统计",
        header=(
            ("建设任务", *["数量指标"] * 2, *["质量指标"] * 2, *["合计"] * 2, "达标率"),
            ("建设任务", *["指标数", "达标数"] * 3, "达标率"),
        ),
        rows=tuple(lines),
        widths=(30, *(11,) * 7),
        below=True,
        laws=(
            Down(len(rows), parts, (1, 2, 3, 4, 5, 6)),
            Across(5, (1, 3)),
            Across(6, (2, 4)),
            Rate(5, 6, 7, True, 1),
        ),
    )


def landmark_table(figure: str, title: str, items: tuple[tuple[str, str, int], ...]) -> Table:
    """Landmark results with their levels; the last row tells the totals."""
    national = sum(count for _, level, count in items if level == "国家级")
    provincial = sum(count for _, level, count in items if level == "省级")
    rows = [(str(index + 1), name, level, str(count)) for index, (name, level, count) in enumerate(items)]
    total = f"获省级及以上标志性成果 {national + provincial} 项（国家级 {national} 项、省级 {provincial} 项）"
    rows.append((total, LEFT, LEFT, LEFT))
    return Table(
        number=figure,
        label=f"表 {figure}　{title}",
        header=(("序号", "成果名称", "级别", "数量（项）"),),
        rows=tuple(rows),
        widths=(8, 56, 14, 14),
        below=True,
    )
