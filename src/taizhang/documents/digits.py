"""Figures as they are meant: digits parted in threes (“18 189 万元”) written together, marks of notes taken off.

GB/T 15835—2011 4.3.1 allows a space after each three digits; what is printed so reads as two numbers, of which the
second, far too small one would stand before the unit. The mark of a note behind a figure (“86²”, “45[1] 门”) is no
part of it; behind a ten it may be an exponent (“10⁴”) and is left. Characters without width (soft hyphens, marks of
direction) part no figure. Done once, where documents are put together; readers only tell what is printed raised.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from taizhang.documents.blocks import Cell, Heading, Paragraph, Piece

_SPACE = "[ \u00a0\u2009\u202f]"
_FIGURE = rf"[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?"
# In running text behind a word or mark and before a unit; not behind what numbers something (表 2 100 …) or dates it.
_WITHIN = re.compile(
    rf"(?<=[\u4e00-\u9fff，、：；:,;（(≥≤＞＜><~～—-])(?<![表图第件号页条年月]){_SPACE}?({_FIGURE})(?=\s?[\u4e00-\u9fff%％])"
)
_ALONE = re.compile(rf"\s*({_FIGURE})\s*(?:[%％‰]|[\u4e00-\u9fff]{{1,4}})?\s*")
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # no width: soft hyphens, marks of direction
_WIDTHLESS = re.compile(f"[{_UNSEEN}]+")
_WRITTEN = frozenset("0123456789.")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = "⁾"  # a character of a raised mark that is no digit; no exponent holds one
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_OTHER = f"()（）[]［］〔〕,，、*＊#※†注{_CIRCLED}"
_SUPERSCRIPT = str.maketrans("0123456789-−", f"{_RAISED}⁻⁻") | dict.fromkeys(map(ord, _OTHER), _MARK)
_REFERENCE = re.compile(
    rf"[(（\[［〔]?(?:注?[0-9]{{1,2}}|[{_CIRCLED}])(?:[,，、-][0-9]{{1,2}})*[)）\]］〕]?"
    r"|[-−][0-9]{1,2}|[*＊#※†]{1,3}|[注()（）\[\]［］〔〕,，、]"
)
_NUMBERED = rf"[{_RAISED}]{{1,2}}(?:⁻[{_RAISED}]{{1,2}})?(?![{_RAISED}⁻])"
_NOTED = re.compile(
    rf"[{_RAISED}]*{_MARK}[{_RAISED}⁻{_MARK}]*"
    rf"|(?<=[0-9%％])(?<![^0-9.,]10)(?<!^10)(?:{_NUMBERED}|\[\^?[0-9]{{1,2}}\](?![0-9(]))"
)
_SPECIAL = re.compile(rf"[0-9]{_SPACE}[0-9]{{3}}|[0-9%％]\[|[{_RAISED}{_MARK}{_UNSEEN}]")
_TOUCHED = frozenset(f"0123456789%％米{_RAISED}⁻{_MARK}")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def raised(text: str) -> str:
    """The mark of a note or an exponent in raised characters, one for one; anything else as it is."""
    return text if _REFERENCE.fullmatch(text) is None else text.translate(_SUPERSCRIPT)


def apart(parts: Sequence[tuple[str, bool]]) -> list[str]:
    """The stretches of a text, with those that are printed raised (True) told apart from the figure that they touch,
    which would be another with them; one character for one. Behind a Latin letter (“m2”) they are no mark.
    """
    found: list[str] = []
    before = ""
    for place, (text, is_raised) in enumerate(parts):
        after = parts[place + 1][0][:1] if place + 1 < len(parts) else ""
        if is_raised and before not in _LETTERS and (before in _TOUCHED or after.isdecimal()):
            found.append(raised(text))
        else:
            found.append(text)
        before = found[-1][-1:] or before
    return found


def joined(block: Paragraph | Heading | Cell) -> None:
    """Take spaces, marks and what has no width out of a block's figures; each stretch keeps the place where it stood."""
    text = block.text
    if _SPECIAL.search(text) is None:
        return
    alone = _ALONE.fullmatch(text) if isinstance(block, Cell) else None
    figures = [alone] if alone is not None else list(_WITHIN.finditer(text))
    left_out = {place for figure in figures for place in range(*figure.span(1)) if text[place] not in _WRITTEN}
    left_out.update(place for mark in _NOTED.finditer(text) for place in range(*mark.span()))
    left_out.update(place for sign in _WIDTHLESS.finditer(text) for place in range(*sign.span()))
    if left_out:
        block.pieces = tuple(_parted(block.pieces, sorted(left_out)))
        block.text = "".join(character for place, character in enumerate(text) if place not in left_out)


def _parted(pieces: tuple[Piece, ...], left_out: Sequence[int]) -> list[Piece]:
    """The pieces cut behind each character that is left out, which is counted out of all that follows."""
    starts = [piece.start for piece in pieces]
    found: list[Piece] = []
    for cut in sorted({*starts, *(place + 1 for place in left_out)}):
        piece = pieces[max(bisect_right(starts, cut) - 1, 0)]
        source = piece.source._replace(start=(piece.source.start or 0) + max(cut - piece.start, 0))
        found.append(Piece(cut - bisect_left(left_out, cut), source))
    return found
