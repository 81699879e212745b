"""Fragments become the tables their author meant; captions, units and sections are given to them."""

import re
from collections.abc import Iterator, Sequence

from taizhang.documents import digits
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Block, Cell, Document, Draft, Fragment, Heading, Leftover, Paragraph, Role, Table
from taizhang.documents.headings import arranged
from taizhang.documents.joining import OpenTable, repeats_header
from taizhang.documents.limits import MOST_ALIKE, refuse_beyond, refuse_endless
from taizhang.documents.logical import logical_table
from taizhang.documents.outline import Label, caption_label, heading_level, nameless_caption, unit_note
from taizhang.documents.trimming import trimmed

_SIGHT = 2  # unit notes and the like that may stand between a caption and its table
_MOST_ASIDE = 100  # running heads, page numbers and footnotes, likewise: two for each page that a table takes
_ASIDE = {Role.FURNITURE, Role.FOOTNOTE}

Group = Heading | Paragraph | list[Fragment]


def assemble(draft: Draft) -> Document:
    """The Document that a reader's draft means; UnreadableDocumentError where it is larger than any report."""
    texts = [text for block in draft.blocks for text in _texts(block)]
    refuse_beyond(draft.file, characters=_characters(texts))
    for text in texts:
        digits.joined(text)
    parts = draft.blocks if draft.format == "xlsx" else [part for block in draft.blocks for part in trimmed(block)]
    blocks = arranged([_as_heading(block) for block in parts])
    labels = _labels(blocks)
    groups = list(_joined(blocks, labels, joining=draft.format != "xlsx"))
    owners = _owners(groups, labels)
    units = _units(groups, owners)
    lexicon = _lexicon(blocks)
    document = Document(draft.file, draft.format, [], draft.leftovers, draft.bound, draft.unbound)
    path: list[Heading] = []
    count = cells = 0
    for position, group in enumerate(groups):
        if isinstance(group, list):
            # Rows are brought to the length of the longest, so a hostile table can be larger than its file.
            width = max((len(row) for part in group for row in part.grid), default=0)
            cells += width * sum(len(part.grid) for part in group)
            refuse_beyond(draft.file, cells=cells)
            table = _table(group, lexicon, document.leftovers)
            if table is None:
                continue
            table.index = count = count + 1
            _name(table, owners.get(position, ()), labels)
            if table.unit is None and position in units:
                table.unit = unit_note(units[position].text)
                units[position].role = Role.CAPTION
            table.section = tuple(heading.text.strip() for heading in path)
            document.blocks.append(table)
            continue
        if isinstance(group, Heading):
            path = [heading for heading in path if heading.level < group.level]
        group.section = tuple(heading.text.strip() for heading in path)
        if isinstance(group, Heading):
            path.append(group)
        document.blocks.append(group)
    document.leftovers += _without_table(groups, labels, owners)
    return document


def _without_table(
    groups: Sequence[Group], labels: dict[int, Label], owners: dict[int, list[Paragraph]]
) -> Iterator[Leftover]:
    """The numbered captions that no table was found at, so that a table that was not seen is not missing in silence."""
    owned = {id(note) for notes in owners.values() for note in notes}
    for group in groups:
        label = labels.get(id(group))
        if not isinstance(group, Paragraph) or id(group) in owned or group.role not in {Role.BODY, Role.CAPTION}:
            continue
        if label is not None and label.number and label.text and not label.continued and "，" not in label.text:
            yield Leftover(group.text, "这个表题旁没有读到表格：表可能没有框线，或者是图片。", group.at())


def _texts(block: Heading | Paragraph | Fragment) -> Sequence[Heading | Paragraph | Cell]:
    return [c for row in block.grid for c in row if c is not None] if isinstance(block, Fragment) else [block]


def _characters(texts: Sequence[Heading | Paragraph | Cell]) -> int:
    """How many characters texts have together, none of them being endless."""
    lengths = [len(text.text) for text in texts]
    if max(lengths, default=0) > MOST_ALIKE:
        for text in texts:
            if len(text.text) > MOST_ALIKE:
                refuse_endless(text.text, text.at())
    return sum(lengths)


def _as_heading(block: Heading | Paragraph | Fragment) -> Heading | Paragraph | Fragment:
    """A numbered line is a heading whatever its style; a declared heading takes its level from its number."""
    if isinstance(block, Heading):
        block.declared = block.declared or block.level
        block.level = heading_level(block.text) or block.level
        return block
    if isinstance(block, Paragraph) and block.role is Role.BODY:
        level = heading_level(block.text)
        if level is not None:
            return Heading(block.text, block.pieces, level)
    return block


def _labels(blocks: Sequence[object]) -> dict[int, Label]:
    """The paragraphs that are captions, by identity."""
    labels: dict[int, Label] = {}
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role not in {Role.BODY, Role.CAPTION, Role.TEXTBOX}:
            continue
        label = caption_label(block.text)
        if block.role is Role.TEXTBOX and (label is None or label.number is None):
            continue
        if label is None and (block.role is Role.CAPTION or nameless_caption(block.text)):
            after = blocks[position + 1 : position + 3]
            if any(isinstance(other, Fragment) for other in after):
                label = Label(None, block.text.strip(), 0, continued=False)
        if label is not None:
            labels[id(block)] = label
    return labels


def _joined(
    blocks: Sequence[Heading | Paragraph | Fragment], labels: dict[int, Label], *, joining: bool
) -> Iterator[Group]:
    """The blocks in order, with the fragments of one table gathered at the place of the first."""
    table: OpenTable | None = None
    waiting: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Fragment):
            if table and joining and table.continues(block):
                table.add(block)
                continue
            if table:
                yield table.fragments
            yield from waiting
            table, waiting = OpenTable(block), []
            continue
        if table and isinstance(block, Paragraph):
            label = labels.get(id(block))
            if block.role in _ASIDE or (label is not None and label.continued):
                if label is not None:
                    block.role = Role.CAPTION
                waiting.append(block)
                continue
        if table:
            yield table.fragments
        yield from waiting
        table, waiting = None, []
        yield block
    if table:
        yield table.fragments
    yield from waiting


def _owners(groups: Sequence[Group], labels: dict[int, Label]) -> dict[int, list[Paragraph]]:
    """For each table (by its position among the groups) the caption and unit note that belong to it.

    Captions stand above their tables, or in some houses below; the document's unambiguous ones tell which.
    """
    above = [
        p for p, g in enumerate(groups) if _is_caption(g, labels) and _table_near(groups, labels, p, 1) is not None
    ]
    below = [
        p for p, g in enumerate(groups) if _is_caption(g, labels) and _table_near(groups, labels, p, -1) is not None
    ]
    only_above, only_below = len(set(above) - set(below)), len(set(below) - set(above))
    step = -1 if only_below > only_above else 1
    owned: dict[int, list[Paragraph]] = {}
    taken: set[int] = set()
    for sense in (step, -step):
        for position in above if sense == 1 else below:
            group = groups[position]
            target = _table_near(groups, labels, position, sense)
            if target is None or target in owned or id(group) in taken or not isinstance(group, Paragraph):
                continue
            between = groups[min(position, target) + 1 : max(position, target)]
            owned[target] = [group, *(note for note in between if isinstance(note, Paragraph) and unit_note(note.text))]
            taken.update(map(id, owned[target]))
    return owned


def _units(groups: Sequence[Group], owners: dict[int, list[Paragraph]]) -> dict[int, Paragraph]:
    """The unit note right above each table that no caption brought one: those without, or with one below."""
    taken = {id(note): position for position, notes in owners.items() for note in notes}
    found: dict[int, Paragraph] = {}
    for position, group in enumerate(groups[:-1], 1):
        below = groups[position]
        if id(group) in taken and isinstance(below, Paragraph) and unit_note(below.text) and id(below) not in taken:
            found[taken[id(group)]] = below
    above: Paragraph | None = None
    for position, group in enumerate(groups):
        if isinstance(group, list) and above is not None:
            found.setdefault(position, above)
        if isinstance(group, Paragraph) and group.role in _ASIDE:
            continue
        is_unit = isinstance(group, Paragraph) and id(group) not in taken and unit_note(group.text)
        above = group if is_unit and isinstance(group, Paragraph) else None
    return found


def _is_caption(group: Group, labels: dict[int, Label]) -> bool:
    label = labels.get(id(group))
    return label is not None and not label.continued


def _table_near(groups: Sequence[Group], labels: dict[int, Label], position: int, step: int) -> int | None:
    """The position of the table that stands next to a caption, across unit notes and page furniture."""
    notes = 0
    for place in range(position + step, position + step * (_SIGHT + _MOST_ASIDE + 1), step):
        if not 0 <= place < len(groups) or notes > _SIGHT:
            return None
        group = groups[place]
        if isinstance(group, list):
            return place
        label = labels.get(id(group))
        if isinstance(group, Paragraph) and group.role in _ASIDE:
            continue
        if not (label.continued if label is not None else isinstance(group, Paragraph) and unit_note(group.text)):
            return None
        notes += 1
    return None


def _name(table: Table, notes: Sequence[Paragraph], labels: dict[int, Label]) -> None:
    if not notes:
        return
    paragraph = notes[0]
    label = labels[id(paragraph)]
    paragraph.role = Role.CAPTION
    text = re.sub(r"^[\s:：.、—-]+", "", label.text)
    inline = re.search(r"[（(]\s*(?:金额|计量)?单位\s*[:：]\s*([^()（）]{1,8})[)）]\s*$", text)
    table.number, table.caption, table.label = label.number, text or None, paragraph
    table.unit = next((unit_note(note.text) for note in notes[1:]), inline[1] if inline else None)
    for note in notes[1:]:
        note.role = Role.CAPTION


def _lexicon(blocks: Sequence[Heading | Paragraph | Fragment]) -> str:
    """All running text and labels of the document without white space: what a torn label is looked up in."""
    words = []
    for block in blocks:
        if isinstance(block, Fragment):
            words += [cell.text for row in block.grid for cell in row[:3] if cell is not None]
        else:
            words.append(block.text)
    return "\n".join(bare(word) for word in words)


def _table(fragments: list[Fragment], lexicon: str, doubts: list[Leftover]) -> Table | None:
    first = fragments[0]
    if not any(cell and cell.text for row in first.grid for cell in row) and len(fragments) == 1:
        return None
    return logical_table(fragments, lexicon, doubts)


__all__ = ["Block", "assemble", "repeats_header"]
