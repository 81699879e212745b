"""ARI036: a row that is by definition the sum of other rows of its table is not their sum."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Row, decimals, figure, grids, is_percent, shown
from taizhang.checks.rules._triggers import paragraphs_with
from taizhang.core.finding import Severity
from taizhang.documents.alignment import bare
from taizhang.intake.plans import parts_of

_DEFINED = re.compile(
    r"(?P<whole>[一-鿿]{2,16}?)(?:等于|为|是|由|[＝=])\s*(?P<parts>[一-鿿]{2,20}(?:、[一-鿿]{2,20})*(?:和|与|及|以及|加|[＋+])[一-鿿]{2,20}?)"
    r"(?:三项|四项|两项|各项)?(?:之和|的和|合计|相加|构成|组成)"
)
_TOGETHER = re.compile("之和|的和|合计|相加|构成|组成")  # what each of them holds
_LISTED = re.compile("、|和|与|以及|及|加|[＋+]")
_SHORTEST = 3  # characters of a name that may be short for a row's


@rule("ARI036", kind="sum_mismatch", severity="error", since="0.2")
def composed_row_unlike_its_rows(context: Context) -> Iterator[Problem]:
    """按指标定义应为另几行之和的一行，与那几行加起来不等。

    ## 为什么
    科研社会服务经费按定义是横向、纵向到款额与技术交易到款额之和，几行都在同一张表里，一加便知。

    ## 不合格
    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 横向技术服务到款额 | 万元 | 300 | 420 |
    | 纵向科研经费到款额 | 万元 | 80 | 90 |
    | 技术交易到款额 | 万元 | 20 | 30 |
    | 科研社会服务经费 | 万元 | 400 | 504 |

    ## 合格
    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 横向技术服务到款额 | 万元 | 300 | 420 |
    | 纵向科研经费到款额 | 万元 | 80 | 90 |
    | 技术交易到款额 | 万元 | 20 | 30 |
    | 科研社会服务经费 | 万元 | 400 | 540 |

    ## 例外
    表注写明“甲为乙、丙与丁之和”的，按表注核对。缺其中一行的不判断；各栏没有一栏加得上的，可能口径不同，按存疑报。四舍五入之内的差别不报。

    ## 参数
    口径配置 `arithmetic.composed`：总行（whole）和各分行（parts）的名称。

    ## 依据
    高等职业教育质量年度报告指标说明（服务贡献表）。
    """
    known = [
        (re.compile(words["whole"]), [re.compile(part) for part in words["parts"]])
        for words in context.profile.sections["arithmetic"]["composed"]
    ]
    for reading in context.readings:
        defined = [
            (p.section, match)
            for p in paragraphs_with(reading, context, _TOGETHER)
            if "和" in p.text
            for match in _DEFINED.finditer(p.text)
        ]
        for grid in grids(reading, context):
            names = [bare(parts_of(grid.name(row))[1]).removeprefix("其中：") for row in grid.rows]
            here = [match for section, match in defined if section == grid.table.section]
            for sum_row, summed in _defined(grid, names, here):
                yield from _problems(grid, sum_row, summed, context)
            for whole, parts in known:
                row = _row(grid, names, whole)
                rows = [found for part in parts if (found := _row(grid, names, part)) is not None]
                if row is not None and len(rows) == len(parts):
                    yield from _problems(grid, row, rows, context)


def _defined(grid: Grid, names: Sequence[str], remarks: Sequence[re.Match[str]]) -> Iterator[tuple[Row, list[Row]]]:
    """The sums that remarks at the table define: “总收入为横向到款、纵向到款与转化收入之和”."""
    for match in remarks:
        whole = _called(grid, names, bare(match["whole"]))
        parts = [_called(grid, names, bare(part)) for part in _LISTED.split(match["parts"])]
        rows = [part for part in parts if part is not None]
        if whole is not None and len(rows) == len(parts) > 1 and whole not in rows and len(set(rows)) == len(rows):
            yield whole, rows


def _called(grid: Grid, names: Sequence[str], said: str) -> Row | None:
    """The one row that a remark speaks of, maybe shortened: 横向到款 for 横向技术服务到款额."""
    exact = [row for row, label in zip(grid.rows, names, strict=True) if label == said]
    if len(said) < _SHORTEST:
        return exact[0] if len(exact) == 1 else None
    near = [row for row, label in zip(grid.rows, names, strict=True) if _within(said, label)]
    found = exact or near
    return found[0] if len(found) == 1 else None


def _within(said: str, label: str) -> bool:
    """Whether the characters of the short name stand in the label in their order."""
    rest = iter(label)
    return all(char in rest for char in said)


def _row(grid: Grid, names: Sequence[str], name: re.Pattern[str]) -> Row | None:
    found = [row for row, label in zip(grid.rows, names, strict=True) if name.fullmatch(label)]
    return found[0] if len(found) == 1 else None


def _problems(grid: Grid, whole: Row, parts: Sequence[Row], context: Context) -> Iterator[Problem]:
    wrong, right = [], 0
    for column in grid.numbers:
        value, values = grid.value(whole, column), [grid.value(part, column) for part in parts]
        printed, numbers = figure(value), [figure(part) for part in values]
        known = [number for number in numbers if number is not None]
        if is_percent(grid, column) or not printed or len(known) < len(numbers):
            continue
        context.judged(value, *values)
        added, places = sum(known, Decimal(0)), decimals([value])
        slack = Decimal("0.51").scaleb(-places)
        if abs(added - printed) > slack:
            wrong.append((value, values, added))
        else:
            right += 1
    for value, values, added in wrong:
        terms = " + ".join(part.text.strip() for part in values)
        yield at_value(
            value,
            f"{terms} = {shown(added)}，“{grid.name(whole)}”写的是 {value.text.strip()}",
            expected=shown(added),
            row=grid.name(whole),
            related=tuple(related(part) for part in values),
            severity=None if right else Severity.WARNING,
        )
