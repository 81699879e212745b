"""Which numbered lines head a section and which only are items, and how deep a heading without a number stands."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from taizhang.documents.blocks import Fragment, Heading, Paragraph, Role
from taizhang.documents.outline import CHINESE_DIGITS, heading_level, numbering_rank, ordinal

_ITEMS = 4  # from this level on (“1.”) numbered lines may be items of a list
_ASIDE = {Role.FURNITURE, Role.FOOTNOTE}
_CONTENTS = re.compile(r"目\s*(?:录|次)")
_SECTION = re.compile(rf"第[{CHINESE_DIGITS}\d]{{1,3}}节")
_PAGE = re.compile(r"[\s.…·]*\d{1,4}$")
_AGREED = 0.8  # of the numbered headings that a file declares equal stand at one level

Block = Heading | Paragraph | Fragment


def arranged(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with items of lists and typed contents lists made paragraphs, and headings at their levels."""
    found = _without_contents(blocks)
    _lower_unnumbered(found)
    found = _without_items(found)
    _lower_below_sections(found)
    return found


def _lower_below_sections(blocks: Sequence[Block]) -> None:
    """Where a report has chapters in sections (第一节), what is numbered “一、” stands below these."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    if any(_SECTION.match(heading.text) for heading in headings):
        for heading in headings:
            heading.level += heading.level > 1 and not _SECTION.match(heading.text)


def _lower_unnumbered(blocks: Sequence[Block]) -> None:
    """Give a heading without a number the level of the numbered ones that the file declares equal to it."""
    levels: dict[int, Counter[int]] = defaultdict(Counter)
    for block in blocks:
        if isinstance(block, Heading) and block.declared is not None and numbering_rank(block.text) is not None:
            levels[block.declared][block.level] += 1
    for block in blocks:
        if isinstance(block, Heading) and block.declared in levels and numbering_rank(block.text) is None:
            level, count = levels[block.declared].most_common(1)[0]
            if count >= _AGREED * levels[block.declared].total():
                block.level = level


def _without_items(blocks: Sequence[Block]) -> list[Block]:
    """Numbered lines that follow each other with nothing to head are items, unless the file declares them headings."""
    spoken = [place for place, block in enumerate(blocks) if not _is_aside(block)]
    items: set[int] = set()
    for before, place in pairwise(spoken):
        one, other = blocks[before], blocks[place]
        if _may_be_item(one) and _may_be_item(other) and _follows(one, other):
            items |= {before, place}
    return [
        Paragraph(block.text, block.pieces) if place in items and isinstance(block, Heading) else block
        for place, block in enumerate(blocks)
    ]


def _may_be_item(block: Block) -> bool:
    return isinstance(block, Heading) and block.declared is None and block.level >= _ITEMS


def _follows(one: Block, other: Block) -> bool:
    """Whether two numbered lines are neighbours in one list: numbers of one form that count on."""
    if not isinstance(one, Heading) or not isinstance(other, Heading) or one.level != other.level:
        return False
    first, second = (re.findall(r"\d+", ordinal(block.text)) for block in (one, other))
    if not first or not second:  # ①, ②
        return ord(other.text[0]) == ord(one.text[0]) + 1
    return first[:-1] == second[:-1] and int(second[-1]) == int(first[-1]) + 1


def _is_aside(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role in _ASIDE


def _without_contents(blocks: Sequence[Block]) -> list[Block]:
    """The lines of a contents list without leaders, which only say again what the headings below say."""
    found = list(blocks)
    start = next((n for n, b in enumerate(found) if _text(b) is not None and _CONTENTS.fullmatch(_text(b) or "")), None)
    if start is None:
        return found
    seen: set[str] = set()
    for place in range(start + 1, len(found)):
        block = found[place]
        text = _text(block)
        if text is None:
            break
        if _is_aside(block) or (isinstance(block, Paragraph) and block.role is Role.CONTENTS):
            continue
        name = "".join(_PAGE.sub("", text).split())
        if heading_level(_PAGE.sub("", text)) is None or name in seen:
            break
        seen.add(name)
    else:
        return found
    if len(seen) < 2 or not seen & {"".join((_text(block) or "").split()) for block in found[place:]}:
        return found
    for earlier in range(start, place):
        block = found[earlier]
        if isinstance(block, Heading | Paragraph) and not _is_aside(block):
            found[earlier] = Paragraph(block.text, block.pieces, Role.CONTENTS)
    return found


def _text(block: Block) -> str | None:
    return None if isinstance(block, Fragment) else block.text.strip()
