"""Figures as they are meant: digits parted in threes (“18 189 万元”) written together, marks of notes taken off.

GB/T 15835—2011 4.3.1 allows a space after each three digits; what is printed so reads as two numbers, of which the
second, far too small one would stand before the unit. The mark of a note behind a figure (“86²”, “45[1] 门”) is no
part of it; behind a ten it may be an exponent (“10⁴”) and is left. Done once, where documents are put together.
"""

import re

from taizhang.documents.blocks import Cell, Heading, Paragraph, Piece

_SPACE = "[ \u00a0\u2009\u202f]"
_FIGURE = rf"[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?"
# In running text behind a word or mark and before a unit; not behind what numbers something (表 2 100 …) or dates it.
_WITHIN = re.compile(
    rf"(?<=[\u4e00-\u9fff，、：；:,;（(≥≤＞＜><~～—-])(?<![表图第件号页条年月]){_SPACE}?({_FIGURE})(?=\s?[\u4e00-\u9fff%％])"
)
_ALONE = re.compile(rf"\s*({_FIGURE})\s*")
_WRITTEN = frozenset("0123456789.")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = str.maketrans("0123456789", _RAISED)
_NOTED = re.compile(
    rf"(?<=[0-9%])(?<![^0-9.,]10)(?<!^10)(?:[{_RAISED}]{{1,2}}(?![{_RAISED}])|\[\^?[0-9]{{1,2}}\](?![0-9(]))"
)
_SPECIAL = re.compile(rf"[0-9](?:{_SPACE}[0-9]{{3}}|%?[{_RAISED}\[])")


def raised(text: str) -> str:
    """A number of a note as raised digits; anything else as it is."""
    return text.translate(_SUPERSCRIPT) if text.isdecimal() and len(text) < 3 else text


def joined(block: Paragraph | Heading | Cell) -> None:
    """Take spaces and marks out of the figures of a block; each stretch keeps the place where it was written."""
    text = block.text
    if _SPECIAL.search(text) is None:
        return
    alone = _ALONE.fullmatch(text) if isinstance(block, Cell) else None
    figures = [alone] if alone is not None else list(_WITHIN.finditer(text))
    spaces = {place for figure in figures for place in range(*figure.span(1)) if text[place] not in _WRITTEN}
    spaces.update(place for mark in _NOTED.finditer(text) for place in range(*mark.span()))
    if spaces:
        block.pieces = tuple(_parted(block.pieces, spaces))
        block.text = "".join(character for place, character in enumerate(text) if place not in spaces)


def _parted(pieces: tuple[Piece, ...], spaces: set[int]) -> list[Piece]:
    """The pieces cut behind each space, which is counted out of all that follows."""
    cuts = sorted({*(piece.start for piece in pieces), *(place + 1 for place in spaces)})
    found: list[Piece] = []
    for cut in cuts:
        piece = next(each for each in reversed(pieces) if each.start <= cut or each is pieces[0])
        source = piece.source._replace(start=(piece.source.start or 0) + max(cut - piece.start, 0))
        found.append(Piece(cut - sum(place < cut for place in spaces), source))
    return found
