"""STR011: the contents list differs from the headings in words, or lists what the text does not have."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._structure import variant
from taizhang.core.finding import Related
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Heading, Paragraph, Role
from taizhang.documents.outline import numbering_rank

_PAGE = re.compile(r"[\s.．·…]*(?:\d{1,4}\s*)?$")
_FEW = 3  # entries before a list is taken for contents
_LEAST = 4  # characters that the two forms of a title must share


class Entry(NamedTuple):
    """A line of the contents list without its dots and page number."""

    paragraph: Paragraph
    title: str

    @property
    def plain(self) -> str:
        """The title for comparing."""
        return bare(self.title)


@rule("STR011", kind="label_error", severity="info", since="0.1")
def contents_unlike_headings(context: Context) -> Iterator[Problem]:
    """目录与正文标题不一致。

    ## 为什么
    改了标题没有更新目录，专家按目录翻不到，也说明定稿前没有通读。

    ## 不合格
    一、加强党的建设 ........ 1

    二、推进产教科融合 ........ 5

    三、提升治理水平 ........ 9

    ## 一、加强党的建设

    ## 二、推进产教融合

    ## 三、提升治理水平

    ## 合格
    一、加强党的建设 ........ 1

    二、推进产教融合 ........ 5

    三、提升治理水平 ........ 9

    ## 一、加强党的建设

    ## 二、推进产教融合

    ## 三、提升治理水平

    ## 例外
    标点和引号的差别不报；目录只列到某一级，更低一级的标题不要求在目录里。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：目录应与正文章节的编号、标题一致。
    """
    for reading in context.readings:
        entries = [
            Entry(block, _PAGE.sub("", block.text))
            for block in reading.document.blocks
            if isinstance(block, Paragraph) and block.role is Role.CONTENTS
        ]
        if len(entries) >= _FEW and reading.headings:
            yield from _compare(entries, reading.headings)


def _compare(entries: Sequence[Entry], headings: Sequence[Heading]) -> Iterator[Problem]:
    titles = {bare(heading.text): heading for heading in headings}
    unmatched = [entry for entry in entries if entry.plain and entry.plain not in titles]
    listed = {entry.plain for entry in entries}
    free = [heading for title, heading in titles.items() if title not in listed]
    taken: set[int] = set()
    for entry in unmatched:
        heading = _likest(entry, free)
        if heading is not None:
            taken.add(id(heading))
            yield at_text(
                entry.paragraph,
                0,
                len(entry.title),
                f"目录作“{entry.title.strip()}”，正文标题作“{heading.text.strip()}”",
                expected=heading.text.strip(),
                related=(Related(source=heading.at(), text=heading.text),),
            )
        elif numbering_rank(entry.title) is not None and len(unmatched) <= len(entries) / 2:
            yield at_text(entry.paragraph, 0, len(entry.title), f"目录列有“{entry.title.strip()}”，正文没有这个标题")
    ranks = {rank for entry in entries if (rank := numbering_rank(entry.title)) is not None}
    missing = [h for h in free if id(h) not in taken and numbering_rank(h.text) in ranks]
    if ranks and missing and len(missing) <= len(entries) / 3:
        first, *rest = missing
        yield at_text(
            first,
            0,
            len(first.text),
            f"正文标题“{first.text.strip()}”不在目录里" + (f"，共 {len(missing)} 个" if rest else ""),
            related=tuple(Related(source=heading.at(), text=heading.text) for heading in rest[:12]),
        )


def _likest(entry: Entry, headings: Sequence[Heading]) -> Heading | None:
    """The heading of the same number that differs by a few characters."""
    rank = numbering_rank(entry.title)
    alike = (heading for heading in headings if numbering_rank(heading.text) == rank)
    return next((heading for heading in alike if variant(entry.plain, bare(heading.text), least=_LEAST)), None)
