"""CON016: the running text gives another number than the table row of the very same name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, related, rule
from taizhang.checks.rules._entries import Entry, entries_of
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._period import report_year
from taizhang.checks.rules._prose import Figure, Sentence, sentences, slack

_LINK = re.compile("(?:数量?|额|金额|总额|总数)?(?:已?(?:达到?|为|共计?|合计|累计|有))?")
_NOUN = re.compile("[一-鿿]{0,3}")
_YEAR = re.compile(r"(20\d\d)\s*年")
_OPENING = re.compile(
    r"(?:^|[^一-鿿]|[年度月的共内中与和]|学校|全校|学院|全年|当年|本年|其中|完成|实现|开展|承担|合计|累计|校企)$"
)
_OTHER = re.compile(
    "[由从]|[两二三四五六]年|上年|去年|上一年|同期|新增|增加|比|每|平均|人均|超过|计划|目标|预计|将|力争|拟|不少于|至少"
)
_FAR = 16  # characters before a figure in which its name stands
_MOST_TIMES = 5


@rule("CON016", kind="contradiction", severity="warning", since="0.6")
def text_unlike_table(context: Context) -> Iterator[Problem]:
    """正文说的数，与同名的表格行（合计栏）对不上。

    ## 为什么
    表格由一处汇总，正文由另一处撰写；名称一字不差而数字不同，多半是抄了旁边一行（合同额当到款额），或表改了、文没有改。

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
    名称须一字不差，数紧跟在名称之后；同名的几行中有一行、有一年相符的，不报；说上年、新增、计划、人均的，不报；
    没有写年份而表分年列的，与报告年度的数比较。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for reading in context.readings:
        entries = entries_of(reading, context)
        if not entries:
            continue
        by_start: dict[str, list[str]] = {}
        for name in entries:
            by_start.setdefault(name[:2], []).append(name)
        last = report_year(reading, context)
        for sentence in sentences(reading, context):
            for place in sentence.figures:
                named = _name_of(sentence, place, by_start, entries)
                if named is not None:
                    yield from _compared(sentence, place, named, entries[named], last)


def _name_of(
    sentence: Sentence, place: Figure, by_start: Mapping[str, Sequence[str]], entries: Mapping[str, Sequence[Entry]]
) -> str | None:
    """The name in a table that stands right before a figure, and begins where a name may."""
    begin = max(place.start - _FAR, sentence.begin, place.start - len(place.label))
    words = sentence.text[begin : place.start].rstrip()
    for start in range(len(words) - 3):
        for name in by_start.get(words[start : start + 2], ()):
            if not words.startswith(name, start):
                continue
            rest = words[start + len(name) :]
            of_row = any(entry.of_row for entry in entries[name])
            if (_LINK if of_row else _NOUN).fullmatch(rest) and _OPENING.search(
                sentence.text[max(begin + start - 2, 0) : begin + start]
            ):
                return name
    return None


def _compared(
    sentence: Sentence, place: Figure, name: str, entries: Sequence[Entry], last: int | None
) -> Iterator[Problem]:
    clause = max(sentence.text.rfind(mark, sentence.begin, place.start) for mark in "，；。") + 1
    same = [entry for entry in entries if entry.dimension == place.dimension]
    if not same or not place.is_exact or _OTHER.search(sentence.text[max(clause, sentence.begin) : place.start]):
        return
    off = slack([place])
    if any(abs(entry.value - place.value) <= off for entry in entries):
        return
    years = _YEAR.findall(sentence.text[sentence.begin : place.start])
    year = int(years[-1]) if years else last
    of_year = [entry for entry in same if entry.year == year] if any(entry.year for entry in same) else same
    if len({entry.value for entry in of_year}) != 1 or (years and not any(e.year for e in same) and year != last):
        return
    entry = of_year[0]
    if (
        not place.value
        or not 1 <= max(entry.value, place.value) / max(min(entry.value, place.value), Decimal("0.01")) <= _MOST_TIMES
    ):
        return
    scale = place.value / place.quantity.value
    expected = f"{shown(entry.value / scale)}{place.unit}"
    yield sentence.passage.problem(
        place.start, place.end, f"正文写“{name}”{sentence.printed(place)}，{_table(entry)}同名的数是 {expected}",
        expected=expected, related=(related(entry.cell),),
    )  # fmt: skip


def _table(entry: Entry) -> str:
    table = entry.cell.table
    return f"表 {table.number} " if table.number else "表中"
