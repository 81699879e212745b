"""ARI043: the text counts the results of each level, and the list under it has other numbers of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._grid import figure
from taizhang.core.finding import Related
from taizhang.documents.blocks import Block, Paragraph, Role, Table
from taizhang.intake.plans import value_at
from taizhang.profiles import Profile

_HEAD = re.compile("(?:级别|层次|层级)$")
_AMOUNT = re.compile("数量|项数|个数|件数|人数|金额|经费")
_LIST = re.compile("清单|一览|名单|名录|明细|汇总|目录")
_SOME = re.compile("主要|部分|典型|代表|摘录|节选|有关|前十")
_LEVEL = re.compile(r"(?P<level>国家级|省部?级|市厅?级|县级|校级)\s*(?P<count>\d+)\s*[项个门部篇支人家所]")
_NUMBER = re.compile(r"(?:成果)?(?:数量|项数|个数|件数)(?:[（(][^（()）]{1,4}[)）])?")
_WHOLE = re.compile(r"(?P<count>\d+)\s*[项个门部篇支人家所][，,]\s*其中\s*$")
_BACK = 3  # blocks before a table in which its text may stand
_FEW = 3  # rows of a list
_NEAR = Decimal("0.2")


@rule("ARI043", kind="count_mismatch", severity="error", since="0.7")
def levels_unlike_list(context: Context) -> Iterator[Problem]:
    """文中按级别说了各有几项，后面的清单逐项列出，各级的项数却不同。

    ## 为什么
    清单就在下面，专家会逐项去数；多说一项国家级，就是虚报。

    ## 不合格
    三年来取得成果 4 项，其中国家级 2 项、省级 2 项，清单如下。

    表1 成果清单

    | 序号 | 成果名称 | 级别 | 年份 |
    |---|---|---|---|
    | 1 | 焊接技术教学团队 | 国家级 | 2022 |
    | 2 | 电机与拖动课程 | 省级 | 2022 |
    | 3 | 钳工工艺教材 | 省级 | 2023 |
    | 4 | 公共实训基地 | 省级 | 2023 |

    ## 合格
    三年来取得成果 4 项，其中国家级 1 项、省级 3 项，清单如下。

    表1 成果清单

    | 序号 | 成果名称 | 级别 | 年份 |
    |---|---|---|---|
    | 1 | 焊接技术教学团队 | 国家级 | 2022 |
    | 2 | 电机与拖动课程 | 省级 | 2022 |
    | 3 | 钳工工艺教材 | 省级 | 2023 |
    | 4 | 公共实训基地 | 省级 | 2023 |

    ## 例外
    只与紧跟着的、每行写明一个级别的清单比较；一行不止一项（另有数量栏）的，只与正文里写明表号的那一段比；写明只列主要的、总数与行数相差较大的，不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        blocks = [block for block in reading.document.blocks if not _is_aside(block)]
        for place, block in enumerate(blocks):
            if isinstance(block, Table):
                listed = _listed(block, context.profile)
                if listed:
                    yield from _problems(_told_before(blocks, place), block, listed)
                if added := _added(block, context.profile):
                    yield from _problems(_naming(blocks, block), block, added, named=True)


def _is_aside(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role in {Role.CAPTION, Role.FURNITURE, Role.CONTENTS}


def _told_before(blocks: Sequence[Block], place: int) -> Iterator[Paragraph]:
    """The paragraphs right before a table, of its own section, that may tell of it."""
    for block in reversed(blocks[max(place - _BACK, 0) : place]):
        if not isinstance(block, Paragraph):
            return
        yield block


def _listed(table: Table, profile: Profile) -> Counter[str]:
    """How many rows of a list are of each level; nothing where it is no list of single things."""
    heads = [index for index, words in enumerate(table.columns) if _HEAD.search(words)]
    caption = table.caption or ""
    if len(heads) != 1 or len(table.body) < _FEW or _SOME.search(caption):
        return Counter()
    if any(_AMOUNT.search(words) for words in table.columns):
        return Counter()
    names = [profile.levels.name(row[heads[0]].text.strip()) for row in table.body]
    known = [name for name in names if name is not None]
    return Counter(known) if len(known) == len(names) else Counter()


def _added(table: Table, profile: Profile) -> Counter[str]:
    """What a table with a level and a number in each row adds up to, level by level; nothing where it is no such table."""
    heads = [index for index, words in enumerate(table.columns) if _HEAD.search(words)]
    amounts = [index for index, words in enumerate(table.columns) if _NUMBER.fullmatch(words.strip())]
    added: Counter[str] = Counter()
    if len(heads) != 1 or len(amounts) != 1 or _SOME.search(table.caption or ""):
        return added
    for row in range(table.header, len(table.rows)):
        told, value = table.rows[row][heads[0]].text.strip(), value_at(table, row, amounts[0])
        name, count = profile.levels.name(told), figure(value)
        if not told and row == len(table.rows) - 1:
            continue  # the row of the total
        if name is None or count is None or value.is_nothing or count != int(count):
            return Counter()
        added[name] += int(count)
    return added


def _naming(blocks: Sequence[Block], table: Table) -> Iterator[Paragraph]:
    """The paragraphs that name a table by its number."""
    if not table.number:
        return
    names = re.compile(rf"表\s*{re.escape(table.number)}(?![\d\-－—–.．])")
    for block in blocks:
        if isinstance(block, Paragraph) and names.search(block.text):
            yield block


def _problems(
    paragraphs: Iterator[Paragraph], table: Table, listed: Counter[str], *, named: bool = False
) -> Iterator[Problem]:
    rows = listed.total()
    for paragraph in paragraphs:
        refers = named or _LIST.search(paragraph.text) or _LIST.search(table.caption or "") or "如下" in paragraph.text
        told = [] if _SOME.search(paragraph.text) or not refers else [*_LEVEL.finditer(paragraph.text)]
        counts = {match["level"].replace("部", "").replace("厅", ""): match for match in told}
        if len(counts) < 2 or len(counts) != len(told):
            continue
        whole = sum(int(match["count"]) for match in told)
        if abs(whole - rows) > max(Decimal(1), rows * _NEAR):
            continue
        before = _WHOLE.search(paragraph.text, 0, told[0].start())
        if named and rows not in {whole, int(before["count"]) if before is not None else whole}:
            continue
        wrong = [level for level, match in counts.items() if int(match["count"]) != listed[level]]
        for level, match in counts.items():
            if level in wrong:
                yield at_text(
                    paragraph, *match.span(), f"写的是 {match[0]}，清单中{level}的有 {listed[level]} 项",
                    expected=f"{level} {listed[level]} 项", related=_label(table),
                )  # fmt: skip
        if named and not wrong and before is not None and int(before["count"]) != rows == whole:
            yield at_text(
                paragraph, *before.span("count"), f"写的是 {before['count']}，表中各级相加是 {rows}",
                expected=str(rows), related=_label(table),
            )  # fmt: skip
        return


def _label(table: Table) -> tuple[Related, ...]:
    return (Related(source=table.label.at(), text=table.label.text),) if table.label is not None else ()
