"""ARI010: in a table of funds, questionnaires and the like, a rate is not the quotient of the columns it rests on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, fits, grids, is_percent, pairs, rated, shown
from taizhang.checks.rules._sums import readings_of

_LEAST_ROWS = 2
_ONLY_PAIR = 2  # columns of amounts, which the words of the rate name: one row that follows is proof enough
_MOST = Decimal("0.6")
_OTHER_KIND = re.compile("占|增|同比|环比|降|目标|满意")
_EACH = re.compile("[站校场班户亩村镇县队]均(?:[（(]|$)")  # 站均（万人次）: one column over another, in no per cent
_HUNDRED, _HALF = Decimal(100), Decimal("0.5")
_SHARE_OF = re.compile("([一-鿿]{2,6}?)(?:教师|人员|人数)?(?:所?占比例?|占比)$")  # 双师占比 is 双师型教师 over 专任教师


@dataclass(frozen=True, slots=True)
class _Quotient:
    """How a rate column is computed: which column over which, and the rows that fit and that do not."""

    over: int
    under: int
    fitting: tuple[Row, ...]
    others: tuple[Row, ...]


@rule("ARI010", kind="rate_mismatch", severity="error", since="0.1")
def rate_unlike_columns(context: Context) -> Iterator[Problem]:
    """到位率、执行率等比率与同一行的数额算出来的不一致。

    ## 为什么
    资金到位率、预算执行率直接计分；有的行按实际算，有的行写 100%，审计一算就能发现。

    ## 不合格
    | 资金来源 | 预算数 | 到位数 | 到位率 |
    |---|---|---|---|
    | 省级财政 | 800 | 800 | 100% |
    | 行业企业 | 300 | 282 | 100% |
    | 学校自筹 | 500 | 490 | 98% |
    | 合计 | 1600 | 1572 | 98.3% |

    ## 合格
    | 资金来源 | 预算数 | 到位数 | 到位率 |
    |---|---|---|---|
    | 省级财政 | 800 | 800 | 100% |
    | 行业企业 | 300 | 282 | 94% |
    | 学校自筹 | 500 | 490 | 98% |
    | 合计 | 1600 | 1572 | 98.3% |

    ## 例外
    由多数行看出这一栏是哪两栏相除；看不出的不判断。“双师占比”这样的栏，同表只有一栏数的是双师的，也照此判断。全栏不写超过 100% 的，超过的按封顶理解。

    ## 参数
    口径配置 `arithmetic.quotients`：各种比率的分子、分母栏的用词，多种算法都合时依此选定。

    ## 依据
    财预〔2020〕10号：预算执行率 = 执行数 ÷ 预算数。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            if any(column.role == "count_done" for column in grid.columns):
                continue
            # Where rates are held against targets, other rules judge the rates of completion, but not what was reached.
            is_plan = bool(reading.plans.of_table(grid.table))
            for column in grid.columns if not is_plan else [c for c in grid.columns if c.role == "actual"]:
                head = column.words.rpartition("/")[2]
                if column.index not in grid.numbers:
                    continue
                is_rate = re.search("率|比例|比$|进度$|程度$", head) and not _OTHER_KIND.search(head)
                share = _SHARE_OF.match(head)
                if is_rate or _EACH.search(head) or (share and _is_counted(grid, share[1], column.index)):
                    yield from _problems(grid, column.index, context)


def _is_counted(grid: Grid, noun: str, share: int) -> bool:
    """Whether just one other column of amounts counts what a share is named by, so that each row has its own."""
    return sum(noun in grid.columns[c].words for c in grid.numbers if c != share) == 1 and len(grid.rows) > _LEAST_ROWS


def _problems(grid: Grid, rate: int, context: Context) -> Iterator[Problem]:
    found = _quotient(grid, rate, context.profile.sections["arithmetic"]["quotients"])
    if found is None:
        return
    for row in (*found.fitting, *found.others):
        context.judged(grid.value(row, found.over), grid.value(row, found.under), grid.value(row, rate))
    times = _HUNDRED if not _EACH.search(grid.columns[rate].words) else Decimal(1)
    for row in found.others:
        over, under, value = grid.value(row, found.over), grid.value(row, found.under), grid.value(row, rate)
        printed, top, bottom = rated(value), figure(over), figure(under)
        assert printed is not None and top is not None and bottom  # noqa: S101, PT018 - such rows were chosen
        made = top / bottom * times
        expected = percent(made, printed[1]) if times == _HUNDRED else shown(round(made, printed[1]))
        yield at_value(
            value,
            f"{grid.columns[rate].words} = {over.text.strip()} ÷ {under.text.strip()} = {expected}，写的是 {value.text.strip()}",
            expected=expected,
            row=grid.name(row),
            related=(related(over), related(under)),
        )


def _quotient(grid: Grid, rate: int, hints: list[dict[str, str]]) -> _Quotient | None:
    """The pair of columns that most rows of the rate follow; where several do alike, the one its words name."""
    head = grid.columns[rate].words
    capped = all((printed := rated(grid.value(row, rate))) is None or printed[0] <= 100 for row in grid.rows)
    times = _HUNDRED if not _EACH.search(grid.columns[rate].words) else Decimal(1)
    best: tuple[tuple[int, int, int], _Quotient] | None = None
    amounts = [column for column in grid.numbers if column != rate and not is_percent(grid, column)]
    for over, under in pairs(amounts):
        fitting: list[Row] = []
        others: list[Row] = []
        exact = 0  # rows that fit, and not merely because they are capped
        for row in grid.rows:
            printed, top, bottom = (
                rated(grid.value(row, rate)),
                figure(grid.value(row, over)),
                figure(grid.value(row, under)),
            )
            if printed is None or top is None or not bottom or grid.value(row, over).is_nothing:
                continue
            ratio = top / bottom * times
            right = fits(ratio, *printed) if times == _HUNDRED or printed[1] else ratio == printed[0]
            exact += right
            right = right or (capped and printed[0] == 100 and ratio > 100)
            right = right or (row.kind in {Kind.TOTAL, Kind.SUBTOTAL} and _fits_sums(grid, row, (over, under), printed))
            (fitting if right else others).append(row)
        named = any(
            re.search(hint["rate"], head)
            and re.search(hint["over"], grid.columns[over].words)
            and re.search(hint["under"], grid.columns[under].words)
            for hint in hints
        )
        if not named and exact < _LEAST_ROWS:
            continue
        share = len(fitting) / Decimal(max(len(fitting) + len(others), 1))
        least = 1 if named and len(amounts) == _ONLY_PAIR else _LEAST_ROWS + (times != _HUNDRED)
        if len(fitting) < least or share < (_HALF if named else _MOST):
            continue
        rank = (int(named), len(fitting), -abs(over - rate))
        if best is None or rank > best[0]:
            best = rank, _Quotient(over, under, tuple(fitting), tuple(others))
    return best[1] if best else None


def _fits_sums(grid: Grid, row: Row, columns: tuple[int, int], printed: tuple[Decimal, int]) -> bool:
    """Whether a rate of totals fits what the parts add up to: then a total is wrong, which ARI001 tells."""
    for parts in readings_of(grid, row):
        top, bottom = (sum((figure(grid.value(part, c)) or Decimal(0) for part in parts), Decimal(0)) for c in columns)
        if bottom and fits(top / bottom * 100, *printed):
            return True
    return False
