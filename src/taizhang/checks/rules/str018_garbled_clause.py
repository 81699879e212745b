"""STR018: a clause is garbled: a verb at both its ends, a word doubled, a number torn from its classifier."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import Text, row_names
from taizhang.checks.rules._triggers import texts_with

_MARKS = "，。；：！？、,;:\n《》①-⑳"
_SLIPS = "的的|了了|和和|与与|及及|已已|将将|在在"
_TORN = re.compile(r"(\d{1,3})\s+([\u4e00-\u9fff]{3,6}?)个(?![人性别体案税中月位数股区多])([\u4e00-\u9fff]{2,4})")
_APART = re.compile(r"\d\s")
_NO_COUNT = set("0123456789.-—~～至第年月+＋/")  # before a number: it dates, ranks or is part of a code
_COUNT = re.compile(r"\d\d*\s*[个项门支名家间所]")
_ECHOED = re.compile(r"(?<=[\u4e00-\u9fff\s])\d+\s*[个项门支名家间所][\u4e00-\u9fff]{3}")
_BEFORE = re.compile(r"([\u4e00-\u9fff]{3,6})\s*$")
_BEHIND = re.compile("[\u4e00-\u9fff]{0,14}")
_SERIES = "一二三四五六七八九十"
_MARK = re.compile(r"(?:(?<=[。；！？：\s”）])|^)([一二三四五六七八九十])是(?![一不否])")
_LOST = re.compile(
    r"(?<=[。；])([二三四五六七八九])(?=[\u4e00-\u9fff]{3})(?!是|要|则|来|级|期|次|等|类|年|月|个|项|位|所|门|大|方|者|批|轮|届)"
)
_AND = re.compile("[和与及或并]")
_CLAUSE = 100  # characters: no clause is longer
_SHORTEST = 6  # characters: none so short has a verb, words of its own, and the verb again
_SHARED = 3  # characters before and behind a count that make an echo


@rule("STR018", kind="label_error", severity="info", since="0.1")
def garbled_clause(context: Context) -> Iterator[Problem]:
    """语句串杂：词语重复、数词与量词拆开、“一是二是”缺字。

    ## 为什么
    病句多出自拼接和误删，往往连数字也动过；专家读不通，就不会采信。

    ## 不合格
    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 教材建设 | 组织编写活页教材开发组织 | 出版“数控编程”等 5 活页式本教材，立项 4 校本教材个课题 |

    ## 合格
    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 教材建设 | 组织编写活页教材 | 出版“数控编程”等 5 本活页式教材，立项 4 个校本教材课题 |

    ## 例外
    并列结构（“课程建设和教材建设”）里的重复不报。

    ## 参数
    口径配置 structure.clause_verbs：首尾重复时提示的动词。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：文字表达应准确、通顺。
    """
    verbs = _Verbs(context.profile.sections["structure"]["clause_verbs"])
    for reading in context.readings:
        rows: dict[tuple[int, int, int], str] | None = None
        for text in texts_with(reading, context, verbs.doubled, verbs.again, _ECHOED, _TORN, "一是"):
            words = text.text
            found = list(_twice(words, verbs))
            found += [*_echo(words), *_torn(context, words)]
            if "一是" in words:
                found += _series(text)
            if found and rows is None:
                rows = row_names(reading, context)
            for start, end, message, expected in found:
                where = (text.table.index, text.row, text.column) if text.table is not None else (0, 0, 0)
                yield text.problem(start, end, message, expected=expected, row=(rows or {}).get(where))


Fault = tuple[int, int, str, str | None]


class _Verbs:
    """The verbs of a profile: at both ends of a clause, doubled, and `again` within a clause, as those at both ends are."""

    def __init__(self, verbs: Sequence[str]) -> None:
        either = "|".join(verbs)
        self.both_ends = re.compile(
            rf"(?:^|[{_MARKS}])\s*([^{_MARKS}]{{0,2}}?({either})[^{_MARKS}]{{3,30}}\2)(?=[{_MARKS}]|$)"
        )
        self.doubled = re.compile("|".join((*(verb + verb for verb in verbs), _SLIPS)))
        self.again = re.compile(rf"({either})[^{_MARKS}]{{3,30}}\1")


def _twice(words: str, verbs: _Verbs) -> Iterator[Fault]:
    for match in verbs.both_ends.finditer(words) if len(words) > _SHORTEST else ():
        if not _AND.search(match[1]):
            yield *match.span(1), f"一个短句里“{match[2]}”出现在首尾，疑多一处", None
    for match in verbs.doubled.finditer(words):
        word = match[0][: len(match[0]) // 2]
        yield *match.span(), f"“{word}”重复", word


def _echo(words: str) -> Iterator[Fault]:
    """“创新团队 3 个校级创新团队”: the thing counted stands before the number and again behind it."""
    for count in _COUNT.finditer(words):
        behind = _BEHIND.match(words, count.end())
        if behind is None or len(behind[0]) < _SHARED:
            continue
        before = _BEFORE.search(words, max(count.start() - 8, 0), count.start())
        if before is None:
            continue
        name = next((before[1][n:] for n in range(len(before[1]) - _SHARED + 1) if before[1][n:] in behind[0]), None)
        if name is None:
            continue
        clause = re.split(r"[，。；：]", words[max(count.start() - _CLAUSE, 0) : count.start()])[-1]
        if not _AND.search(clause) and "、" not in clause:  # “甲专业群、乙专业群 2 个专业群” sums up
            start = before.end(1) - len(name)
            stop = count.end() + behind[0].index(name) + len(name)
            yield start, stop, f"“{name}”在数量前后各出现一次，语句串杂", None


def _torn(context: Context, words: str) -> Iterator[Fault]:
    """“4 课时改革个案例”: the classifier has slipped behind the first noun."""
    for match in _TORN.finditer(words) if "个" in words and _APART.search(words) else ():
        if words[max(match.start() - 1, 0) : match.start()] in _NO_COUNT:
            continue
        unit = context.profile.catalogue.unit_at(words, match.start(2))
        if unit is None or len(unit.name) > 1:  # “4 课时改革个案例”: a longer unit may begin a name
            right = f"{match[1]} 个{match[2]}{match[3]}"
            yield match.start(), match.end(), f"数词与量词拆开，疑为“{right}”", right


def _series(text: Text) -> Iterator[Fault]:
    """“一是…二…三是”: one of the series lacks its 是, or is missing."""
    if text.block is None:
        return
    marks = [(match.start(1), _SERIES.index(match[1])) for match in _MARK.finditer(text.text)]
    for (start, number), (after, following) in pairwise([*marks, (len(text.text), -1)]):
        if following not in {number + 2, -1} or number + 1 >= len(_SERIES):
            continue
        word = _SERIES[number + 1]
        lost = next((match for match in _LOST.finditer(text.text, start, after) if match[1] == word), None)
        if lost:
            yield lost.start(), min(lost.start() + 8, len(text.text)), f"“{word}是”漏“是”字", f"{word}是"
        elif following > 0:
            yield after, after + 2, f"“{_SERIES[number]}是”之后缺“{word}是”", f"{word}是"
