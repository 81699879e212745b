"""A report says the same whatever it is written as: as Word, and as text with tabs, wrapped lines, or without spaces."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from taizhang.checks import check_files
from taizhang.documents import read
from taizhang.documents.blocks import Document, Heading, Paragraph, Table

CORPUS = Path(__file__).parent.parent / "corpus"
WIDTH = 76  # columns of a line: a Chinese character takes two of them
# How headings are numbered and marked is a matter of the format.
OF_FORMAT = ("STR",)


def as_tabs(table: Table) -> str:
    """A cell that was merged stands once, as tabs leave it."""
    lines = []
    for number, row in enumerate(table.rows):
        above = table.rows[number - 1] if number else ()
        cells = [
            "" if (column and row[column - 1] is cell) or (column < len(above) and above[column] is cell) else cell.text
            for column, cell in enumerate(row)
        ]
        lines.append("\t".join(text.replace("\n", " ") for text in cells))
    return "\n".join(lines)


def as_text(document: Document, *, wrapped: bool) -> str:
    parts = []
    for block in document.blocks:
        if isinstance(block, Heading):
            parts.append("#" * min(block.level + 1, 5) + " " + block.text)
        elif isinstance(block, Table):
            parts.append(as_tabs(block))
        elif isinstance(block, Paragraph):
            lines = folded(block.text)
            # A line that begins as a heading or an item does is one.
            is_plain = not any(re.match(r"\s*([（(]?[一二三四五六七八九十0-9]+[）)、.]|[①-⑳])", line) for line in lines)
            parts.append("\n".join(lines) if wrapped and is_plain else block.text)
    return "\n\n".join(parts)


def folded(text: str) -> list[str]:
    """A paragraph in lines as wide as what is printed has them."""
    lines, room = [""], WIDTH
    for letter in text:
        width = 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
        if width > room:
            lines.append("")
            room = WIDTH
        lines[-1] += letter
        room -= width
    return lines


def squeezed(text: str) -> str:
    """Without the spaces between figures and Chinese words."""
    text = re.sub(r"(?<=[0-9%])[ \u3000]+(?=[\u4e00-\u9fff（(])", "", text)
    return re.sub(r"(?<=[\u4e00-\u9fff）)])[ \u3000]+(?=[0-9])", "", text)


def found(path: Path) -> Counter[tuple[str, str, str | None, str, str]]:
    return Counter(
        (each.code, each.severity.value, each.table, squash(each.row), squash(each.text))
        for each in check_files([path]).findings
        if not each.code.startswith(OF_FORMAT)
    )


def squash(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


@pytest.mark.parametrize("report", sorted(CORPUS.glob("*.docx")), ids=lambda path: path.stem)
def test_word_and_text_are_told_the_same(report: Path, tmp_path: Path) -> None:
    document, expected = read(report), found(report)
    for name, text in (
        ("折行", as_text(document, wrapped=True)),
        ("无空格", squeezed(as_text(document, wrapped=False))),
    ):
        path = tmp_path / f"{report.stem}-{name}.txt"
        path.write_text(text, encoding="utf-8")
        told = found(path)
        assert (told - expected, expected - told) == (Counter(), Counter()), name
