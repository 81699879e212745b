"""The bookmarks of an outline's headings and tables, and what refers to them prints before Word counts itself."""

from taizhang.documents.docx.styles import counted
from taizhang.reports.outline import Heading, Outline, Table, numbered
from taizhang.reports.word.appearance import Appearance

Marked = Heading | Table


class Marks:
    """Of each heading and table: its bookmark, its number as printed, and the words of a reference to it."""

    def __init__(self, outline: Outline, look: Appearance) -> None:
        self.labels = _labels(outline, look)
        self.numbers = {id(table): (series, number) for table, series, number in numbered(outline)}
        self._names: dict[int, str] = {}
        self._keys: dict[str, Marked] = {}
        for position, block in enumerate(outline.blocks):
            if isinstance(block, Marked):
                # Names that begin with an underscore are hidden: the list of bookmarks stays the user's own.
                self._names[id(block)] = f"_Tz{position:06d}"
                if block.key:
                    self._keys[block.key] = block

    def name(self, block: Marked) -> str:
        """Its bookmark."""
        return self._names[id(block)]

    def number(self, block: Marked) -> str:
        """Its number as printed: “一、”, “表2-46”."""
        if isinstance(block, Heading):
            return self.labels[id(block)]
        series, number = self.numbers[id(block)]
        return f"{series}{number}"

    def target(self, key: str) -> tuple[str, str]:
        """The bookmark that a reference leads to, and its words."""
        block = self._keys[key]
        return self.name(block), block.text if isinstance(block, Heading) else self.number(block)


def _labels(outline: Outline, look: Appearance) -> dict[int, str]:
    """The numbers of the headings; a heading begins the count of those below it anew."""
    counts = [0] * len(look.counting)
    labels: dict[int, str] = {}
    for block in outline.blocks:
        if not isinstance(block, Heading):
            continue
        if not block.numbered:
            labels[id(block)] = ""
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (len(counts) - block.level)
        told = look.counting[block.level - 1]
        labels[id(block)] = told["写法"].replace(f"%{block.level}", counted(counts[block.level - 1], told["格式"]))
    return labels
