"""CON016: the running text gives another number than the table row of the same thing."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.registry import related as related_value
from taizhang.checks.rules._cells_exchanged import exchanged_cells
from taizhang.checks.rules._echoed import echoed
from taizhang.checks.rules._named_otherwise import said_in_cells, slips_for_rows
from taizhang.checks.rules._retold import slips
from taizhang.checks.rules._sameness import at_statement, figure, is_reached, related, sameness, where
from taizhang.checks.rules._tabled import tabled
from taizhang.checks.rules._wholes import inversions
from taizhang.core.finding import Severity
from taizhang.intake.statements import Role, Statement

_WORDED = re.compile("[一-鿿]{2}")
_FIGURE = re.compile(r"\s*\d[\d,]*(?:\.\d+)?")

_RISEN = re.compile("(?:[增升降减涨扩]|提[高升]|增[加长]|[上]升|下降|减少|扩大)[到至为]")


@rule("CON016", kind="contradiction", severity="warning", since="0.6")
def text_unlike_table(context: Context) -> Iterator[Problem]:
    """正文说的数，与说同一件事的表格行（合计栏）对不上。

    ## 为什么
    表格由一处汇总，正文由另一处撰写；说的是同一件事而数字不同，多半是抄了旁边一行（合同额当到款额）、颠倒了数字，
    或表改了、文没有改。

    ## 不合格
    2023 年横向技术服务到款 506 万元。

    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 横向技术服务合同额 | 万元 | 412 | 506 |
    | 横向技术服务到款额 | 万元 | 356.5 | 431.2 |

    ## 合格
    2023 年横向技术服务到款 431.2 万元，比上年的 356.5 万元增长 21.0%。

    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 横向技术服务合同额 | 万元 | 412 | 506 |
    | 横向技术服务到款额 | 万元 | 356.5 | 431.2 |

    ## 例外
    名称换了次序（授权发明专利、发明专利授权）、用了同义词、动词不同，仍是同一件事；正文的名称更长时（“安全宣讲”对“宣讲”），
    只在数字颠倒（3210 与 3120）或正是同表另一行的数时才报。级别、年度、对象、其中项不同的，不是同一件事；
    同名的几行中有一行、有一年相符的，不报；说上年、新增、计划、人均的，约数，不报；没有写年份而表分年列的，与报告年度的数比较；
    相差五倍以上的多半是两件事，不报。

    ## 参数
    口径配置 `matching`：`synonyms` 同义词，`idle` 不说明是哪件事的词，`movable` 可前可后的词，`narrowing` 收窄范围的词。

    ## 局限
    名称用词完全不同（俗称、简称）而没有列为同义词的，认不出；百分比栏不比较。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    known = {id(each) for found in same.inside for each in (found.odd, *found.against)}
    counted: set[tuple[int | None, str, str]] = set()
    left: list[Statement] = []
    before: Statement | None = None
    for said in same.statements:
        if said.role is not Role.SAID:
            continue
        what = said.paragraph, said.subject, said.dimension
        # “3 项，其中 2 项在制订，1 项已发布”, but not “由 46 人增加到 62 人”
        is_risen = _RISEN.search(said.text) is not None
        is_share = what in counted and said.subject not in said.text and not is_risen
        counted.add(what)
        former = before if before is not None and before.former and is_risen else None
        before = said
        if not is_share and id(said) not in known and is_reached(said) and not (said.part and said.stated):
            rows = tabled(context)
            row = rows.unlike(said, same) or (rows.risen(former, said, same) if former is not None else None)
            if row is not None and not _is_part(said, row, context) and not _stands_beside(said, row):
                yield _problem(context, said, row)
            elif row is None:
                left.append(said)
    told: set[int] = set()
    for swap in exchanged_cells(left, context):
        told.add(id(swap.said))
        context.told(swap.said.source, swap.cell.at.at())
        yield at_statement(
            swap.said,
            f"正文写“{swap.said.text[:24]}”，表中“{swap.cell.name}”一行是 {swap.cell.at.text.strip()}，{swap.how}",
            printed=swap.said.text, expected=swap.cell.at.text.strip(), related=(related_value(swap.cell.at),),
            severity=swap.severity,
        )  # fmt: skip
    told.update(id(each) for pair in slips(context, same) for each in (pair.odd, pair.other))
    yield from _named_otherwise(context, [each for each in left if id(each) not in told])


def _named_otherwise(context: Context, left: list[Statement]) -> Iterator[Problem]:
    """The figures of the text and of completions that have the digits of a row named in other words."""
    same = sameness(context)
    done = [each for each in same.statements if each.role is Role.TOLD or (each.role is Role.SAID and each.former)]
    for slip in slips_for_rows([*left, *done, *said_in_cells(context, same)], context, same):
        context.told(slip.one.source, slip.row.source)
        both = frozenset((id(slip.one), id(slip.row)))
        context.memo.setdefault("told_pairs", set()).add(both)
        yield at_statement(
            slip.one,
            f"这里写“{slip.one.text[:24]}”，{where(slip.row)} 是 {figure(slip.row)}，数字颠倒了次序",
            expected=figure(slip.row), related=(related(slip.row),),
            severity=Severity.WARNING if both in echoed(context) else slip.severity,
        )  # fmt: skip


def _is_part(said: Statement, row: Statement, context: Context) -> bool:
    """Whether the one is told by CON011 as a part of the other."""
    pair = said, row
    return any(found.narrow in pair and any(each in pair for each in found.wide) for found in inversions(context))


def _stands_beside(said: Statement, row: Statement) -> bool:
    """Whether the figure stands in the same table, in a row that the sentence names by its label.

    “项目支出 1890 万元” is no slip for the total of a column 全年支出, if the row 项目支出 has it in another column.
    """
    words = said.sentence + said.text
    for cells in row.table.rows if row.table is not None else ():
        label = next((cell.text.strip() for cell in cells if _WORDED.search(cell.text)), "")
        if label and label in words and any(_is_figure(cell.text, said) for cell in cells):
            return True
    return False


def _is_figure(text: str, said: Statement) -> bool:
    printed = _FIGURE.match(text)
    return printed is not None and Decimal(printed[0].replace(",", "")) == said.quantity.value


def _problem(context: Context, said: Statement, row: Statement) -> Problem:
    context.told(said.source, row.source)
    context.memo.setdefault("told_pairs", set()).add(frozenset((id(said), id(row))))
    return at_statement(
        said,
        f"正文写“{said.subject[:24]}”{figure(said)}，{where(row)} 是 {figure(row)}",
        printed=said.text, expected=figure(row), related=(related(row),),
    )  # fmt: skip
