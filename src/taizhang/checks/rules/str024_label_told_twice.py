"""STR024: two figures side by side bear one year or one level, so one of the two labels must be wrong."""

import re
from collections.abc import Iterator
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._prose import Figure, Sentence, plain, sentences
from taizhang.documents.blocks import Table
from taizhang.intake.plans import value_at

_YEAR = r"20\d\d\s*年度?"
_LEVEL = "(?:国家|省部?|市|县|区|校|院|厅局)级"
_WORDS = rf"[^，。；：、,;:（()）\d]{{0,12}}(?:{_YEAR}|{_LEVEL})[^，。；：、,;:（()）\d]{{0,8}}?"
_NEXT = re.compile(rf"[^，。；：、,;:（()）\d]{{0,4}}[、，,]\s*(?:和|以及)?(?P<words>{_WORDS})\s*")
_FIRST = re.compile("[，,；;：:、（(]|其中")
# “由 2023 年的 24 万元增加到 2023 年的 30 万元”
_FROM_TO = re.compile(
    r"[由从]\s*(?P<from>20\d\d)\s*年(?:度|底|末)?的?\s*[^，。；、\d]{0,8}\d[\d.,]*\s*[^，。；、\d]{0,6}"
    r"(?:增|提|上升|下降|降|减|扩|跃|发展|攀升)[^，。；、\d]{0,3}[到至为]\s*(?P<to>20\d\d)\s*年(?:度|底|末)?的?\s*[^，。；、\d]{0,8}\d"
)  # fmt: skip
# “2024 年……，比 2024 年的 1800 人增加……”
_THAN = re.compile(r"[比较]\s*(?P<than>20\d\d)\s*年(?:的\s*\d|(?:同期)?(?:增|提高|上升|下降|降低|减少|翻))")
_BLANK = re.compile(r"\s")
# A year that a sentence is about, not one that it compares with.
_ANY_YEAR = re.compile(r"(?<![\d比较是由从至到于])(?<![比较是由从至到于]\s)20\d\d(?=\s*年)")
_HEAD = re.compile(r"(?<!\d)20\d\d\s*年度?(?:[（(][^（()）]{1,6}[)）])?")
_UNDATED = re.compile(r"\d\s*年(?:底|末|初|\s*\d{1,2}\s*月|[上下]半年|[第前一二三四]+季)")


@rule("STR024", kind="label_error", severity="warning", since="0.8")
def label_told_twice(context: Context) -> Iterator[Problem]:
    """并列的两个数写的是同一个年份、同一个级别；或者拿一年与它自己比。

    ## 为什么
    “国家级 6 处、国家级 36 处”“2023 年 8 人、2023 年 9 人”，两个标签必有一个写错，多半是复制以后没有改。

    ## 不合格
    各级文物保护单位 150 处，其中国家级 6 处、国家级 36 处、市级 108 处。

    ## 合格
    各级文物保护单位 150 处，其中国家级 6 处、省级 36 处、市级 108 处。

    ## 例外
    只看紧挨着、单位相同、除数以外的字完全相同的两个数；表头只看各占一栏、没有下一层表头的年份；年初与年末、上半年与全年相比的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            if len(sentence.figures) < 2:
                continue
            for one, other in pairwise(sentence.figures):
                if _is_twice(one, other):
                    yield _problem(sentence, one, other)
            if "20" in sentence.text:
                yield from _own_year(sentence)
        for table in reading.document.tables:
            yield from _heads(table)


def _is_twice(one: Figure, other: Figure) -> bool:
    """Whether two figures that follow each other have one label, year or level and all, and are of one unit."""
    match = _NEXT.fullmatch(other.label)
    if match is None or one.unit != other.unit or one.value == other.value:
        return False
    return _FIRST.split(_BLANK.sub("", one.label))[-1].endswith(_BLANK.sub("", match["words"]))


def _problem(sentence: Sentence, one: Figure, other: Figure) -> Problem:
    label = plain(other.label)
    return sentence.passage.problem(
        sentence.text.index(label, one.end), other.end,
        f"“{label}”前面已经写过一个数：{sentence.printed(one)}，这里又是 {sentence.printed(other)}",
        related=(sentence.passage.related(one.start, one.end),),
    )  # fmt: skip


def _own_year(sentence: Sentence) -> Iterator[Problem]:
    """A year that is held against itself."""
    for match in _FROM_TO.finditer(sentence.text, sentence.begin, sentence.end):
        if match["from"] == match["to"] and not _UNDATED.search(match[0]):
            yield sentence.passage.problem(
                match.start("to"), match.end("to"), f"由 {match['from']} 年到 {match['to']} 年，前后是同一年"
            )
    for match in _THAN.finditer(sentence.text, sentence.begin, sentence.end):
        said = sentence.text[sentence.begin : match.start()]
        years = _ANY_YEAR.findall(said)
        if years and years[-1] == match["than"] and len(set(years)) == 1 and not _UNDATED.search(said):
            yield sentence.passage.problem(
                match.start("than"), match.end("than"), f"说的就是 {match['than']} 年，又与 {match['than']} 年比较"
            )


def _heads(table: Table) -> Iterator[Problem]:
    """Two columns side by side headed by one year, with no further header below that tells them apart."""
    if table.header != 1 or len(table.rows) <= 1:
        return
    head = table.rows[0]
    for column in range(1, len(head)):
        one, other = head[column - 1], head[column]
        text = _BLANK.sub("", other.text)
        if one is other or not _HEAD.fullmatch(text) or _BLANK.sub("", one.text) != text:
            continue
        if not any(row[column - 1].text.strip() != row[column].text.strip() for row in table.body):
            continue
        first, second = value_at(table, 0, column - 1), value_at(table, 0, column)
        yield at_value(second, f"两栏的表头都是“{text}”，必有一栏的年份写错", related=(related(first),))
