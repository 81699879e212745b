"""Hard-wrapped lines healed into the paragraphs their author wrote.

Converters break a paragraph at each printed line, often with a blank line between, and at each page end. Two
habits are told apart by the lines themselves: *wrapped* text, whose lines fill a common width, and *whole* text,
where a line is a paragraph except at page ends.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.core.source import Source
from taizhang.documents.blocks import Heading, Paragraph, Piece, Role
from taizhang.documents.outline import caption_label, heading_level, starts_section, unit_note

_SENTENCE_END = ("。", "！", "？", "；", "…", "!", "?", "。”", "。）", "）。", "：", ":")
_REMARK = re.compile(r"(?:注|备注|说明|数据来源|资料来源)\s*\d?\s*[：:]")  # below a table
_COMMON_SHARE = 0.5  # of the lines fill the width: the text is wrapped
_NARROWEST, _WIDEST = 15, 70  # printed lines of Chinese text on A4 have 20–50 characters
_SLACK = 3  # characters by which a full line may fall short (a word or a mark that did not fit)
_NEARLY_FULL = 0.8  # of the width: a line this long without an end mark is no title
_MIN_RUNNING = 20  # a shorter line without a comma is a title, not the beginning of a sentence


@dataclass(slots=True)
class Line:
    """One line of text without the white space around it; `start` is the column of its first character.

    `marks` are places where markup was taken out: (offset in text, column in the file).
    """

    text: str
    number: int
    start: int
    level: int | None = None
    role: Role = Role.BODY
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def width(self) -> float:
        """The printed width in Chinese characters: Latin letters and digits are half as wide."""
        return sum(0.5 if char.isascii() else 1 for char in self.text)

    def pieces(self, file: str, offset: int) -> list[Piece]:
        """This line's stretches as pieces of a text in which the line begins at `offset`."""
        starts = {0: self.start} | dict(self.marks)  # of two at one place, the later mark is where the characters stand
        return [Piece(offset + at, Source(file, self.number, start=column)) for at, column in starts.items()]


def width_of(lines: Sequence[Line]) -> float | None:
    """The common width of wrapped text in characters, or None where lines are whole paragraphs."""
    prose = [line for line in lines if line.role is Role.BODY and line.level is None]
    lengths = sorted(line.width for line in prose)
    if len(lengths) < 8:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = [line for line in prose if line.width >= width - _SLACK - 1]
    running = sum(1 for line in full if not line.text.endswith(_SENTENCE_END))
    return width if len(full) >= _COMMON_SHARE * len(prose) and running * 2 >= len(full) else None


def runs_on(before: Line, after: Line, width: float | None, *, in_body: bool, begins: bool = True) -> bool:
    """Whether the sentence of one line goes on in the next; `in_body` once a whole sentence has been read.

    `begins` tells that the first line begins a paragraph: what goes on another line is no heading.
    """
    if before.level is not None or after.level is not None or before.role is not after.role:
        return False
    if caption_label(before.text) or caption_label(after.text) or starts_section(after.text):
        return False
    if unit_note(before.text) or unit_note(after.text) or _REMARK.match(after.text):
        return False
    ended = before.text.endswith(_SENTENCE_END)
    heading = begins and heading_level(before.text) is not None
    if width is None:
        running = in_body or len(before.text) >= _MIN_RUNNING or bool(re.search("[，。；]", before.text))
        return not ended and not heading and running
    full = before.width >= width - _SLACK
    if heading:
        return full and not ended and after.width < width - _SLACK and not after.text.endswith("。")
    return full or (not ended and before.width > width * (0.5 if in_body else _NEARLY_FULL))


def join(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Texts joined into one, with where each begins. A space is put only between two Latin letters."""
    whole, starts = "", []
    for text in texts:
        if whole and text and whole[-1].isascii() and text[0].isascii() and whole[-1].isalpha() and text[0].isalpha():
            whole += " "
        starts.append(len(whole))
        whole += text
    return whole, starts


def paragraph(lines: Sequence[Line], file: str) -> Paragraph | Heading:
    """One paragraph or declared heading out of the lines that belong to it."""
    text, starts = join([line.text for line in lines])
    pieces = tuple(piece for line, start in zip(lines, starts, strict=True) for piece in line.pieces(file, start))
    declared = lines[0].level
    if declared is not None:
        return Heading(text, pieces, heading_level(text) or declared, declared=declared)
    return Paragraph(text, pieces, lines[0].role)


def reflow(lines: Sequence[Line], file: str, width: float | None) -> list[Paragraph | Heading]:
    """The paragraphs and headings that a run of lines makes up. Blank lines are left out before.

    A footnote or page furniture between two halves of a sentence is put after the sentence.
    """
    done: list[Paragraph | Heading] = []
    open_lines: list[Line] = []
    in_body = False
    aside: list[Paragraph | Heading] = []
    for line in lines:
        if line.role in {Role.FOOTNOTE, Role.FURNITURE, Role.CONTENTS}:
            aside.append(paragraph([line], file))
            continue
        if open_lines and runs_on(open_lines[-1], line, width, in_body=in_body, begins=len(open_lines) == 1):
            open_lines.append(line)
            continue
        if open_lines:
            done.append(paragraph(open_lines, file))
        done.extend(aside)
        in_body = in_body or "。" in line.text
        aside, open_lines = [], [line]
    if open_lines:
        done.append(paragraph(open_lines, file))
    return done + aside
