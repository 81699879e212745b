"""ARI060: more is spent than arrived, or what is left is not what was there, came and went."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Kind, figure, grids, is_percent, shown
from taizhang.checks.rules._prose import Figure, Sentence, clause, sentences
from taizhang.core.finding import Severity
from taizhang.documents.alignment import bare

_CAME = re.compile("到位|到账")
_SPENT = re.compile("支出|执行|使用")
_ELSE = re.compile("率|度|占|比|预算|计划|累计|年均|增|减|其中")
_EXPLAINED = re.compile("结转|结余|余额|垫付|垫支|借款|历年|往年|上年|以前年度|预付|先行|自有资金")
_OPENING = re.compile("(?:上年|年初|期初|往年)[^，。；\\d]{0,6}(?:结转|结余|余额)|结转[^，。；\\d]{0,4}$")
_INFLOW = re.compile("拨入|到位|到账|收入|下达|拨付|追加")
_LEFT = re.compile("(?:年末|期末|年底|最终|累计)?(?:结余|余额|结转)[^，。；\\d]{0,4}$")
_ROWS = tuple(
    re.compile(rf"(?:实际|全年|本年|当年|年度|累计)*(?:资金)?(?:{word})(?:资金|经费)?(?:数|额|金额|合计|总额|总计)?")
    for word in ("到位|收入|下达", "支出|执行", "(?:年末|期末)?(?:结余|余额)")
)
_UNIT = re.compile("[（(][^（()）]*[)）]$")
_CENT = Decimal("0.01")
_FLOW = 4  # figures: what there was, what came, what went, what is left


@rule("ARI060", kind="sum_mismatch", severity="error", since="0.8")
def money_spent_beyond_what_came(context: Context) -> Iterator[Problem]:
    """支出多于到位的资金；年初结转加拨入减支出不等于年末结余。

    ## 为什么
    没有到位的钱花不出去；结转、拨入、支出、结余四个数写在一起，加减一下就知道对不对。

    ## 不合格
    年初结转资金 120 万元，当年拨入 800 万元，当年支出 850 万元，年末结余 90 万元。

    | 资金来源 | 到位（万元） | 支出（万元） |
    |---|---|---|
    | 省级财政 | 300 | 360 |
    | 学校自筹 | 500 | 480 |

    ## 合格
    年初结转资金 120 万元，当年拨入 800 万元，当年支出 850 万元，年末结余 70 万元。

    | 资金来源 | 上年结转（万元） | 到位（万元） | 支出（万元） |
    |---|---|---|---|
    | 省级财政 | 80 | 300 | 360 |
    | 学校自筹 | 0 | 500 | 480 |

    ## 例外
    有上年结转、垫付、借款的不判断支出是否多于到位。支出多于到位的只作存疑：可能另有来源没有写。

    ## 依据
    财预〔2020〕10号：资金的预算数、执行数和结转结余应当衔接。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            yield from _of_table(grid, context)
            yield from _of_rows(grid, context)
        for sentence in sentences(reading, context):
            money = [f for f in sentence.figures if f.dimension == "元" and f.is_exact]
            if len(money) == _FLOW:
                yield from _of_flow(sentence, money)
            if len(money) > 1:
                yield from _of_sentence(sentence, money)


def _of_table(grid: Grid, context: Context) -> Iterator[Problem]:
    """The sources of money of which more is spent than arrived."""
    heads = [column.words for column in grid.columns]
    if any(_EXPLAINED.search(head) for head in heads) or any(_EXPLAINED.search(grid.name(row)) for row in grid.rows):
        return
    came, spent = (
        [c for c in grid.numbers if words.search(heads[c]) and not _ELSE.search(heads[c]) and not is_percent(grid, c)]
        for words in (_CAME, _SPENT)
    )
    if len(came) != 1 or len(spent) != 1 or came == spent:
        return
    for row in grid.rows:
        arrived, paid = grid.value(row, came[0]), grid.value(row, spent[0])
        first, last = figure(arrived), figure(paid)
        if row.kind is not Kind.PART or first is None or last is None or arrived.is_nothing:
            continue
        context.judged(arrived, paid)
        if last > first:
            yield at_value(
                paid, f"支出 {paid.text.strip()} 多于到位 {arrived.text.strip()}", expected=f"不多于 {arrived.text.strip()}",
                row=grid.name(row), related=(related(arrived),), severity=Severity.WARNING,
            )  # fmt: skip


def _of_rows(grid: Grid, context: Context) -> Iterator[Problem]:
    """到位, 支出 and 结余 as rows below each other."""
    names = [_UNIT.sub("", bare(grid.name(row))) for row in grid.rows]
    found = [[row for row, name in zip(grid.rows, names, strict=True) if words.fullmatch(name)] for words in _ROWS]
    if any(len(rows) != 1 for rows in found) or any(_OPENING.search(name) for name in names):
        return
    for column in grid.numbers:
        came, spent, left = (grid.value(rows[0], column) for rows in found)
        first, went, rest = figure(came), figure(spent), figure(left)
        if first is None or went is None or rest is None or left.is_nothing:
            continue
        context.judged(came, spent, left)
        if abs(first - went - rest) > _CENT:
            yield at_value(
                left, f"{came.text.strip()} - {spent.text.strip()} = {shown(first - went)}，写的是 {left.text.strip()}",
                expected=shown(first - went), row=grid.name(found[2][0]), related=(related(came), related(spent)),
            )  # fmt: skip


def _of_sentence(sentence: Sentence, money: Sequence[Figure]) -> Iterator[Problem]:
    """“到位资金 860 万元，实际支出 918 万元”, the only two sums of their kind in a sentence."""
    if _EXPLAINED.search(sentence.text, sentence.begin, sentence.end):
        return
    came, spent = (
        [f for f in money if words.search(clause(f.label)) and not _ELSE.search(clause(f.label))]
        for words in (_CAME, _SPENT)
    )
    if len(came) != 1 or len(spent) != 1 or came[0] is spent[0] or spent[0].start < came[0].start:
        return
    if spent[0].value > came[0].value:
        yield sentence.passage.problem(
            spent[0].start, spent[0].end,
            f"支出{sentence.printed(spent[0])}多于到位{sentence.printed(came[0])}",
            expected=f"不多于{sentence.printed(came[0])}", severity=Severity.WARNING,
            related=(sentence.passage.related(came[0].start, came[0].end),),
        )  # fmt: skip


def _of_flow(sentence: Sentence, money: Sequence[Figure]) -> Iterator[Problem]:
    """What there was, what came, what went and what is left, told in this order."""
    labels = [clause(f.label) for f in money]
    orders = (_OPENING, _INFLOW, _SPENT, _LEFT)
    if not all(words.search(label) for words, label in zip(orders, labels, strict=True)):
        return
    if any("其中" in label or "率" in label for label in labels):
        return
    first, came, went, left = (f.value for f in money)
    expected = first + came - went
    if expected != left and abs(expected - left) > _CENT:
        printed = money[3].quantity.value
        scale = left / printed if printed else Decimal(1)
        yield sentence.passage.problem(
            money[3].start, money[3].end,
            f"{sentence.printed(money[0])} + {sentence.printed(money[1])} - {sentence.printed(money[2])} = {shown(expected / scale)}，"
            f"写的是{sentence.printed(money[3])}",
            expected=shown(expected / scale),
            related=tuple(sentence.passage.related(f.start, f.end) for f in money[:3]),
        )  # fmt: skip
