"""STR013: doubled or stray punctuation, a list announced and not given, quotes or brackets left open."""

import re
from collections.abc import Iterator
from functools import lru_cache

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import Text, row_names
from taizhang.checks.rules._triggers import texts_with

_DOUBLED = re.compile(r"[，、；：。,;](?:\s*[，、；。：])+|[。；](?=[，、])")
_AND_SO_ON = re.compile(r"、\s*等(?![级同距效候待额于离])")
_NOTHING_JOINED = re.compile(r"(?<=[\u4e00-\u9fff])[与和及]等(?=\s*\d|[，。；、]|\s*$)")
_AFTER_MARK = re.compile(r"(?<=[；。：])\s*、|^\s*[，、。；](?=.)")
_MAYBE = re.compile(r"[，、；：。,;]\s*[，、；：。等]")  # one look, before the closer ones
_JOINED = re.compile("[与和及]等")
_AT_EDGE = re.compile(r"^\s*[，、。；]|[：:，,、]\s*$", re.MULTILINE)
_FIRST = ("，", "、", "。", "；")
_ENDS = ("：", ":", "，", ",", "、")
_ENDING = re.compile(r"[：:，,、]\s*$")
_ITEM_NUMBER = re.compile(r"(?:^|(?<=[\s。；，、：:;,]))(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[)）]")
_PAIRS = (("“", "”", "引号"), ("《", "》", "书名号"), ("（(", "）)", "括号"), ("【", "】", "括号"))
_PAIRED = re.compile("[“”《》（()）【】]")
_CUT = "\ufffd"
_LABEL = 16  # characters: a longer cell with a colon at its end says something that is missing
_LONG = 400  # a longer text may have lost its other half to a page break


@rule("STR013", kind="label_error", severity="info", since="0.1")
def stray_marks(context: Context) -> Iterator[Problem]:
    """标点重复、多余，冒号后没有内容，“与等”之间缺了一项，引号或括号不成对。

    ## 为什么
    “等 6 门：”后面空着，是名单漏了；标点错乱、引号缺半边，说明没有校对，专家对数字也会存疑。

    ## 不合格
    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 课程建设 | 新建在线课程 6 门 | 建成《电工基础》等 6 门： |
    | 实习管理 | 编印实习材料 | 编印《岗位实习手册》、等材料 |

    ## 合格
    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 课程建设 | 新建在线课程 6 门 | 建成《电工基础》等 6 门 |
    | 实习管理 | 编印实习材料 | 编印《岗位实习手册》等材料 |

    ## 例外
    段末的冒号引出下面的表格或列表，不报；右边有内容的短标签（“年度资金总额：”）不报；“1）”“a)”之类的编号不算括号。

    ## 依据
    GB/T 15834—2011《标点符号用法》。
    """
    for reading in context.readings:
        rows: dict[tuple[int, int, int], str] | None = None
        for text in texts_with(reading, context, _JOINED, _MAYBE, _AT_EDGE, _PAIRED):
            if _CUT in text.text:
                continue
            found = list(_faults(text))
            if found and rows is None:
                rows = row_names(reading, context)
            for start, end, message in found:
                where = (text.table.index, text.row, text.column) if text.table is not None else (0, 0, 0)
                yield text.problem(start, end, message, row=(rows or {}).get(where))


def _faults(text: Text) -> Iterator[tuple[int, int, str]]:
    """Where marks are wrong: start, end and what to say."""
    words = text.text
    for match in _NOTHING_JOINED.finditer(words) if "等" in words else ():
        yield *_around(words, match), f"“{match[0][0]}”后面缺了并列的一项"
    if _MAYBE.search(words) or words.lstrip().startswith(_FIRST):
        yield from _strays(words, cell=text.block is None)
    if text.block is None and words.rstrip().endswith(_ENDS):
        ending = _ENDING.search(words)
        if ending and ending.start() > 0 and not (ending[0].strip() in "：:" and _is_label(text)):
            yield max(ending.start() - 6, 0), ending.end(), f"以“{ending[0].strip()}”结尾，后面没有内容"
    if len(words) <= _LONG and not _torn(text):
        yield from _unpaired(words)


def _is_label(text: Text) -> bool:
    """Whether a cell is the label of what stands in the next one: “年度资金总额：” before the amount."""
    if text.table is None or len(text.text) > _LABEL or re.search(r"\d", text.text):
        return False
    cells = text.table.rows[text.row]
    return any(cell.text and cell is not cells[text.column] for cell in cells[text.column + 1 :])


def _strays(words: str, *, cell: bool) -> Iterator[tuple[int, int, str]]:
    for match in _DOUBLED.finditer(words):
        if not match[0].strip().startswith(("：", ":")):
            yield *_around(words, match), f"标点“{match[0].strip()}”重复"
    for match in _AND_SO_ON.finditer(words):
        yield *_around(words, match), "“、等”多了顿号"
    for match in _AFTER_MARK.finditer(words) if cell else ():
        if not _DOUBLED.search(words[max(match.start() - 1, 0) : match.end()]):
            yield *_around(words, match), f"多余的标点“{match[0].strip()}”"


def _torn(text: Text) -> bool:
    """Whether a page break cut the cell, so that marks may have been lost in the file and not by its author."""
    return (
        text.table is not None and text.table.fragments > 1 and len(text.table.rows[text.row][text.column].pieces) > 1
    )


def _around(words: str, match: re.Match[str]) -> tuple[int, int]:
    """The marks with a few characters on each side, so that the place can be recognised."""
    return max(match.start() - 4, 0), min(match.end() + 4, len(words))


@lru_cache(maxsize=1024)
def _uneven(marks: str) -> tuple[tuple[str, str, str], ...]:
    """The pairs of which there are more of one half than of the other; the same few sequences come again and again."""
    return tuple(pair for pair in _PAIRS if sum(map(marks.count, pair[0])) != sum(map(marks.count, pair[1])))


def _unpaired(words: str) -> Iterator[tuple[int, int, str]]:
    for openers, closers, name in _uneven("".join(_PAIRED.findall(words))):
        plain = _ITEM_NUMBER.sub(lambda match: " " * len(match[0]), words) if name == "括号" else words
        opened: list[int] = []
        for place, char in enumerate(plain):
            if char in openers:
                opened.append(place)
            elif char in closers:
                if not opened:
                    yield max(place - 8, 0), place + 1, f"这个后{name}没有与它配对的前{name}"
                    break
                opened.pop()
        else:
            if opened:
                yield opened[-1], min(opened[-1] + 10, len(words)), f"这个前{name}没有与它配对的后{name}"
