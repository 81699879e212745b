"""CON016: the running text gives another number than the table row of the same thing."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import (
    Sameness,
    Span,
    at_statement,
    figure,
    is_exchanged,
    is_reached,
    related,
    sameness,
    where,
)
from taizhang.checks.rules._tabled import Rows, tabled
from taizhang.core.finding import Severity
from taizhang.intake.matching import agree, significant
from taizhang.intake.statements import Role, Statement

_MOST_TIMES = 5
_TELLING = 3  # digits, from which an exchange of them is no chance


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
    for said in same.statements:
        if said.role is not Role.SAID:
            continue
        what = said.paragraph, said.subject, said.dimension
        is_share = what in counted and said.subject not in said.text  # “3 项，其中 2 项在制订，1 项已发布”
        counted.add(what)
        if not is_share and id(said) not in known and is_reached(said) and not (said.part and said.stated):
            found = _unlike(said, tabled(context), same)
            if found is not None:
                yield _problem(context, said, *found)


def _unlike(said: Statement, rows: Rows, same: Sameness) -> tuple[Statement, Severity | None] | None:
    """The row of the same thing that cannot be true with a figure of the running text, and how sure that is."""
    own = same.words.wording(said.subject).free or said.wording.free
    named = rows.naming(said, own, own | same.words.wording(said.sentence + said.text).free)
    if named is None or any(agree(said, row) for row in named.rows) or _adds_up(said, named.rows):
        return None
    whole = said._replace(part=False)  # “其中规模以上” is a column of its own in a table
    near = [row for row in named.rows if same.near(said, row)]
    against = [row for row in near if same.conflict(whole, row) or _is_of_one_year(said, row, same)]
    against = [row for row in against if row.year == said.year] or against
    against = against or [row for row in near if _is_of_its_time(said, row, same) and _is_slip(said, row, rows)]
    if not against or len({row.value for row in against}) > 1:
        return None
    row = against[0]
    ratio = max(row.value, said.value) / max(min(row.value, said.value), Decimal("0.01"))
    if ratio > _MOST_TIMES or not (named.is_exact or _is_slip(said, row, rows)):
        return None
    return row, None


def _is_of_one_year(said: Statement, row: Statement, same: Sameness) -> bool:
    """Whether both stand in a report on one year and name no other time."""
    return same.span(said) is same.span(row) is Span.OPEN and max(said.value, row.value) <= 2 * min(
        said.value, row.value
    )


def _adds_up(said: Statement, rows: Sequence[Statement]) -> bool:
    """Whether a figure is that of the last years together."""
    years = sorted({row.year: row.value for row in rows if row.year is not None}.items())
    values = [value for _, value in years]
    return any(sum(values[start:], Decimal(0)) == said.value for start in range(len(values)))


def _is_of_its_time(said: Statement, row: Statement, same: Sameness) -> bool:
    """Whether a row is of the stretch of time of a figure, as far as both tell it."""
    return same.span(said) is same.span(row) and same.year(said) in {None, same.year(row)}


def _is_slip(said: Statement, row: Statement, rows: Rows) -> bool:
    """Whether a figure can only be a slip for that of the row."""
    return is_exchanged(said, row) or _is_neighbours(said, row, rows)


def _is_neighbours(said: Statement, row: Statement, rows: Rows) -> bool:
    """Whether the figure is that of another row of the same table."""
    return any(
        other.table is row.table and other.value == said.value and other.dimension == said.dimension
        for other in rows.rows
        if significant(other.value) >= _TELLING
    )


def _problem(context: Context, said: Statement, row: Statement, severity: Severity | None) -> Problem:
    context.told(said.source, row.source)
    return at_statement(
        said,
        f"正文写“{said.subject[:24]}”{figure(said)}，{where(row)} 是 {figure(row)}",
        printed=said.text, expected=figure(row), related=(related(row),), severity=severity,
    )  # fmt: skip
