"""ARI048: what is left of the money is not what arrived less what was spent, as told in other places."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, grids, shown
from taizhang.checks.rules._sameness import Sameness, at_statement, related, sameness
from taizhang.checks.rules._sameness import figure as printed
from taizhang.checks.rules._years_together import rounding
from taizhang.core.finding import Related, Severity
from taizhang.core.quantity import Bound, Quantity
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Value
from taizhang.intake.reading import Reading
from taizhang.intake.statements import Role, Statement

_LEFT = re.compile(
    r"(?P<name>[^，。；\d]*?)(?:共|合计|仍|尚|还有|有)*(?:结[余转存](?:结余)?|余额|剩余)(?:资金|经费)?(?:为|有|是|共|计)*$"
)
_WHOLE_NAME = re.compile(
    r"^(?:年度?|年末|年底|期末|全年|全校|学校|本年度?|年度|全部|总|建设|专项|项目|财政|资金|经费|预算|双高|实际|已|为|达|总额|的|共|累计|合计)*$"
)
_OF_ROW = re.compile("(?:建设|方向|项目|任务|资金|经费|类|方面|部分)+$")
_OPENING = re.compile("上年(?:度)?结|年初结|期初结|往年结|历年结|以前年度结|结转(?:资金|经费)?[^，。；]{0,4}安排")
_CAME = re.compile("到位|到账|到款|收入|预算|下达|安排|投入|拨付")
_SPENT = re.compile("支出|执行|使用")
_ELSE = re.compile("率|度|占|其中")
_YEAR = re.compile(r"20\d\d\s*年度?")
_NEAR = Decimal("0.2")  # of the money: a rest further off is that of something else


@rule("ARI048", kind="sum_mismatch", severity="error", since="0.8")
def balance_unlike_funds_elsewhere(context: Context) -> Iterator[Problem]:
    """结余不等于别处写的到位（预算）减支出。

    ## 为什么
    到位和支出写在前面或表里，结余写在另一段：三个数分开看都没有错，减一减就对不上。

    ## 不合格
    2024 年建设资金到位 9640 万元。全年支出 9158 万元。

    各项支出均按进度拨付。

    年末结余 428 万元。

    ## 合格
    2024 年建设资金到位 9640 万元。全年支出 9158 万元。

    各项支出均按进度拨付。

    年末结余 482 万元。

    ## 例外
    表里有同名一行（“信息化建设方向结余”）的，按这一行的到位（预算）和支出算；没有写哪一项的，按全文的到位和支出算，与其中任何一对相符即可，
    全文只有一个到位数、一个支出数时才报。有上年结转的、约数、另有所指的（食堂、村集体）不报。

    ## 依据
    财预〔2020〕10号：资金的预算数、执行数和结转结余应当衔接。
    """
    same = sameness(context)
    left = [
        (each, match["name"])
        for each in same.statements
        if each.role is Role.SAID and each.dimension == "元" and each.quantity.bound is Bound.EXACT and not each.former
        if (match := _LEFT.search(_before_figure(each)))
    ]
    for reading in context.readings if left else ():
        if any(_OPENING.search(paragraph.text) for paragraph in reading.document.paragraphs):
            return
        for each, name in left:
            yield from _of_row(each, name, reading, context)
            if _WHOLE_NAME.fullmatch(name) and not each.part:
                yield from _of_all(each, same, context)


def _before_figure(statement: Statement) -> str:
    """The words of a figure's own clause before it."""
    return re.sub(r"\s", "", re.split(r"\d", _YEAR.sub("年", statement.text), maxsplit=1)[0])


def _of_row(rest: Statement, name: str, reading: Reading, context: Context) -> Iterator[Problem]:
    name = _OF_ROW.sub("", bare(name))
    for grid in grids(reading, context) if len(name) > 1 else ():
        came, spent = ([c.index for c in grid.columns if c.index in grid.numbers and words.search(c.words)
                        and not _ELSE.search(c.words)] for words in (_CAME, _SPENT))  # fmt: skip
        rows = [r for r in grid.rows if r.kind is Kind.PART and _OF_ROW.sub("", bare(grid.name(r))) == name]
        if len(came) == len(spent) == len(rows) == 1 and came != spent:
            first, last = _money(grid, rows[0], came[0], context), _money(grid, rows[0], spent[0], context)
            if first is not None and last is not None and first - last != rest.value:
                cells = [grid.value(rows[0], column) for column in (came[0], spent[0])]
                context.told(rest.source)
                places = tuple(Related(source=cell.at(), text=cell.text.strip()) for cell in cells)
                yield _problem(rest, first, last, places)


def _money(grid: Grid, row: Row, column: int, context: Context) -> Decimal | None:
    """The sum of money in a cell."""
    value: Value = grid.value(row, column)
    number = figure(value)
    unit = grid.columns[column].unit or grid.table.unit or ""
    if number is None or value.is_nothing:
        return None
    money, dimension = context.profile.catalogue.normal(Quantity(number, unit))
    return money if dimension == "元" else None


def _of_all(rest: Statement, same: Sameness, context: Context) -> Iterator[Problem]:
    told = [
        each
        for each in same.statements
        if each.dimension == "元" and each.role is Role.SAID and not each.part and not each.former
    ]
    came, spent = (_told(told, words, others) for words, others in ((_CAME, _SPENT), (_SPENT, _CAME)))
    values = [(one, other) for one in came for other in spent if one.value >= other.value]
    if not values or len({one.value for one in came}) != 1 or len({other.value for other in spent}) != 1:
        return
    one, other = values[0]
    years = {same.year(each) for each in (one, other, rest)} - {None}
    if len(years) > 1 or rest.running or _is_said_together(rest, one, other):
        return
    off = abs(one.value - other.value - rest.value)
    if rounding([one, other, rest]) < off <= _NEAR * one.value:
        context.told(rest.source, one.source, other.source)
        yield _problem(rest, one.value, other.value, (related(one), related(other)))


def _told(told: Sequence[Statement], words: re.Pattern[str], others: re.Pattern[str]) -> list[Statement]:
    """What is told of the money of all by one of two words."""
    found = [(each, _before_figure(each)) for each in told]
    return [
        each
        for each, said in found
        if words.search(said) and not others.search(said) and _LEFT.search(said) is None and not _ELSE.search(said)
        if _WHOLE_NAME.fullmatch(words.sub("", said))
    ]


def _is_said_together(*some: Statement) -> bool:
    """Whether all three stand in one sentence, where ARI031 holds them against each other."""
    return all(each.paragraph == some[0].paragraph and some[0].sentence.startswith(each.sentence) for each in some)


def _problem(rest: Statement, came: Decimal, spent: Decimal, places: tuple[Related, ...]) -> Problem:
    scale = rest.value / rest.quantity.value if rest.quantity.value else Decimal(1)
    expected = f"{shown((came - spent) / scale)}{rest.quantity.unit}"
    return at_statement(
        rest,
        f"{shown(came / scale)} - {shown(spent / scale)} = {expected}，写的是 {printed(rest)}",
        printed=printed(rest), expected=expected, related=places, severity=Severity.ERROR,
    )  # fmt: skip
