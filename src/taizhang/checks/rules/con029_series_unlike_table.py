"""CON029: a series told in a row (“分别为 720、960、1152 万元”) has one number other than the table row it tells."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, related, rule
from taizhang.checks.rules._prose import Figure, Sentence, sentences
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading

_NEXT = re.compile(r"[^，。；：、,;\d]{0,4}(?:[、，,]|和|以及|及)\s*")
_FEWEST = 3  # numbers of a series: of two, one that agrees proves nothing
_SMALL = 100
_NEAR = Decimal(2)  # times: what is further off is not meant to be the number


@rule("CON029", kind="contradiction", severity="warning", since="0.8")
def series_unlike_table(context: Context) -> Iterator[Problem]:
    """“分别为”后面的一串数，与表中一行（一栏）相比，只有一个不同。

    ## 为什么
    四年的数有三年与表相同，第四个不同，不是正文抄错，就是表改了而正文没有改。

    ## 不合格
    三年支出分别为 720 万元、960 万元、1125 万元。

    | 年度 | 2022 年 | 2023 年 | 2024 年 |
    |---|---|---|---|
    | 支出（万元） | 720 | 960 | 1152 |

    ## 合格
    三年支出分别为 720 万元、960 万元、1152 万元。

    | 年度 | 2022 年 | 2023 年 | 2024 年 |
    |---|---|---|---|
    | 支出（万元） | 720 | 960 | 1152 |

    ## 例外
    少于三个数的、有一处完全相同的、多于一个数不同的，都不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        told = [
            (sentence, series)
            for sentence in sentences(reading, context)
            if "分别" in sentence.text
            for series in _series(sentence)
        ]
        if not told:
            continue
        lines = list(_lines(reading))
        for sentence, series in told:
            yield from _unlike(sentence, series, lines)


def _series(sentence: Sentence) -> Iterator[Sequence[Figure]]:
    """The figures behind each 分别 that follow each other with no words of their own between them."""
    place = 0
    while place < len(sentence.figures):
        first = sentence.figures[place]
        place += 1
        if "分别" not in first.label or not first.is_exact:
            continue
        run = [first]
        while place < len(sentence.figures):
            figure = sentence.figures[place]
            if not (figure.is_exact and figure.counts_like(first) and _NEXT.fullmatch(figure.label)):
                break
            run.append(figure)
            place += 1
        if len(run) >= _FEWEST:
            yield run


def _lines(reading: Reading) -> Iterator[Sequence[Value]]:
    """The cells of each row, and of each column, that hold plain numbers one beside the other."""
    for table in reading.document.tables:
        rows = range(table.header, len(table.rows))
        columns = range(len(table.columns))
        for cells in (*(_row(table, row, columns) for row in rows), *(_column(table, rows, c) for c in columns)):
            run: list[Value] = []
            for value in cells:
                if value.quantity is not None:
                    run.append(value)
                    continue
                if len(run) >= _FEWEST:
                    yield run
                run = []
            if len(run) >= _FEWEST:
                yield run


def _row(table: Table, row: int, columns: Sequence[int]) -> list[Value]:
    return [value_at(table, row, column) for column in columns]


def _column(table: Table, rows: Sequence[int], column: int) -> list[Value]:
    return [value_at(table, row, column) for row in rows]


def _unlike(sentence: Sentence, series: Sequence[Figure], lines: Sequence[Sequence[Value]]) -> Iterator[Problem]:
    told = [figure.quantity.value for figure in series]
    found: list[tuple[Figure, Value]] = []
    for line in lines:
        for begin in range(len(line) - len(told) + 1):
            window = line[begin : begin + len(told)]
            digits = [value.quantity.value for value in window if value.quantity is not None]
            odd = [place for place, number in enumerate(told) if number != digits[place]]
            if not odd:
                return
            if len(odd) == 1 and _is_meant([n for n in told if n != told[odd[0]]], told[odd[0]], digits[odd[0]]):
                found.append((series[odd[0]], window[odd[0]]))
    if found:
        figure, value = found[0]
        yield sentence.passage.problem(
            figure.start, figure.end, f"这里写“{sentence.printed(figure)}”，其余各数都与表中一行相同，表中这一个是“{value.text.strip()}”",
            expected=value.text.strip(), related=(related(value),),
        )  # fmt: skip


def _is_meant(others: Sequence[Decimal], told: Decimal, printed: Decimal) -> bool:
    """Whether the numbers that agree are too many, or too long, to agree by accident, and the odd one is near."""
    enough = len(set(others)) >= _FEWEST or (len(set(others)) > 1 and all(number >= _SMALL for number in others))
    return enough and bool(printed) and 1 / _NEAR <= told / printed <= _NEAR
