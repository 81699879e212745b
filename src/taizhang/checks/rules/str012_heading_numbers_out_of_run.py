"""STR012: heading numbers are repeated or skipped; headings of one rank are declared at different levels."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._structure import cut_number
from taizhang.core import numeral
from taizhang.core.finding import Related, Severity
from taizhang.documents.blocks import Heading, Table
from taizhang.documents.outline import numbering_rank
from taizhang.intake.reading import Reading

_DEEPEST = 5  # below （1） numbers are list items as often as headings
_CERTAIN = 3  # （一） and above; numbers below it also count items that are no headings
_CHINESE = re.compile("[一二三四五六七八九十]+")
_DIGITS = re.compile(r"\d{1,2}")
_SIMPLE = re.compile(r"[（(]?第?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:部分|章|篇)?[)）.．、]{0,2}")


@rule("STR012", kind="label_error", severity="warning", since="0.1")
def heading_numbers_out_of_run(context: Context) -> Iterator[Problem]:
    """标题编号重复、跳号，或同级标题设成了不同的级别。

    ## 为什么
    标题编号是报告的骨架，跳号会让人疑心漏了一节；级别设错，目录和导航窗格就乱。

    ## 不合格
    ## 一、总体情况

    ### （一）任务完成情况

    ### （二）资金执行情况

    ### （二）存在问题

    ### （四）改进措施

    ## 合格
    ## 一、总体情况

    ### （一）任务完成情况

    ### （二）资金执行情况

    ### （三）存在问题

    ### （四）改进措施

    ## 例外
    缺的编号在正文段落开头出现的，不报；编号从 1 重新开始的是另一组。级别不一只作提示。

    ## 依据
    GB/T 9704—2012《党政机关公文格式》7.3.3：结构层次序数依次为“一、”“（一）”“1.”“（1）”。
    """
    for reading in context.readings:
        yield from _numbers(reading)
        yield from _levels(reading.headings)


def _number(text: str) -> int | None:
    """The number of a simply numbered heading; None for “2.3” and the like."""
    mark = cut_number(text)[0]
    if not _SIMPLE.fullmatch(mark):
        return None
    digits = _DIGITS.search(mark)
    if digits:
        return int(digits[0])
    word = _CHINESE.search(mark)
    return numeral.parse(word[0]) if word else None


def _numbers(reading: Reading) -> Iterator[Problem]:
    groups: dict[tuple[tuple[str, ...], int], list[tuple[Heading, int]]] = {}
    for heading in reading.headings:
        rank, number = numbering_rank(heading.text), _number(heading.text)
        if rank is not None and rank <= _DEEPEST and number is not None:
            groups.setdefault((heading.section, rank), []).append((heading, number))
    for (_, rank), group in groups.items():
        form = Severity.INFO if rank > _CERTAIN else None
        for (before, last), (heading, number) in pairwise(group):
            if number == last + 1 or number == 1 or heading.text == before.text:
                continue
            if number == last:
                message, severity = f"标题编号重复：前一个标题“{before.text}”也是这个编号", form
            elif number > last + 1 and not _elsewhere(reading, before, heading, last + 1):
                message, severity = f"标题编号从 {last} 跳到 {number}", form if number == last + 2 else Severity.INFO
            else:
                continue
            mark = cut_number(heading.text)[0]
            start = heading.text.find(mark)
            yield at_text(
                heading, start, start + len(mark), message,
                severity=severity, related=(Related(source=before.at(), text=before.text),),
            )  # fmt: skip


def _elsewhere(reading: Reading, before: Heading, after: Heading, missing: int) -> bool:
    """Whether a block between two headings begins with the number that their run lacks."""
    blocks = reading.document.blocks
    places = {id(block): place for place, block in enumerate(blocks)}
    between = blocks[places[id(before)] + 1 : places[id(after)]]
    mark = cut_number(before.text)[0]
    said = {_CHINESE.sub(numeral.write(missing), mark), _DIGITS.sub(str(missing), mark)} - {mark}
    return any(
        _number(block.text) == missing or any(form in block.text for form in said)
        for block in between
        if not isinstance(block, Table)
    )


def _levels(headings: Sequence[Heading]) -> Iterator[Problem]:
    """One note for each numbering rank whose headings the file declares at several levels."""
    ranks: dict[int, list[Heading]] = {}
    for heading in headings:
        rank = numbering_rank(heading.text)
        if rank is not None and heading.declared is not None and rank <= _DEEPEST:
            ranks.setdefault(rank, []).append(heading)
    for group in ranks.values():
        levels = Counter(heading.declared for heading in group)
        if len(levels) < 2:
            continue
        usual = levels.most_common(1)[0][0]
        odd = [heading for heading in group if heading.declared != usual]
        first = odd[0]
        mark = cut_number(first.text)[0]
        told = "、".join(f"{level} 级 {times} 个" for level, times in levels.most_common())
        yield at_text(
            first,
            0,
            len(first.text),
            f"与“{mark}”同一写法的标题设成了不同级别：{told}",
            printed=f"{first.declared} 级",
            expected=f"{usual} 级",
            severity=Severity.INFO,
            related=tuple(Related(source=heading.at(), text=heading.text) for heading in (*odd[1:13], *group[:3])),
        )
