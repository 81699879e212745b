"""Belonging: the task that each row of a table of task points belongs to."""

from taizhang.core.source import Source
from taizhang.documents.blocks import Heading
from taizhang.intake.plans import Value, value_at
from taizhang.intake.programme.layout import Layout, filled, is_scheme
from taizhang.intake.programme.tasks import Frame, TaskTree, alike, coded, name_of_caption, parent_code, unmarked
from taizhang.intake.programme.words import Wordlist


class Belonging:
    """Finds the tasks of one table's rows, and notes them in the tree.

    `recoded` are tasks whose label prints another code than the heading of the same name: by the heading's code, the
    printed one and its cell.
    """

    def __init__(
        self, layout: Layout, frame: Frame, tree: TaskTree, words: Wordlist, labels: tuple[int, ...]
    ) -> None:  # fmt: skip
        self.table, self.frame, self.tree, self.labels = layout.table, frame, tree, labels
        self.numbered = frame.numbered()
        self.caption_ends = words.caption_ends
        self.nameless = words["not_tasks"]
        self.recoded: dict[str, tuple[str, Value]] = {}
        self._banner: str | None = None
        self._home: str | None = None

    def begin(self, row: int, column: int) -> None:
        """A banner: its task holds for the rows below."""
        text = self.table.rows[row][column].text.strip()
        code, name = coded(text)
        if code is None:
            name = unmarked(text)
        self._banner = self._add(code, name, self.table.at(row, column))

    def of(self, row: int, code: str | None) -> tuple[str | None, set[int]]:
        """The task of a row, and the label columns that name it.

        By its label cells; where there are none by its code, the banner above, the headings or the caption.
        """
        path: list[tuple[str | None, str, int]] = []
        for column in self.labels:
            text = self.table.rows[row][column].text.strip()
            if filled(text) and not is_scheme(text) and (not path or path[-1][1] != coded(text)[1]):
                path.append((*coded(text), column))
        if not path:
            return self._without_labels(code), set()
        code = self._code_of_heading(row, path[-1]) or path[-1][0] or code
        columns = {column for _, _, column in path}
        if (
            len(path) == 1
            and path[0][0] is None
            and code is None
            and (own := self._named_above(row, path[0])) is not None
        ):
            return own, columns
        return self._down(row, path, code), columns

    def _add(self, code: str | None, name: str, place: Source, parent: str | None = None) -> str:
        above = parent if parent != code else None
        return self.tree.add(code, name, above or (parent_code(code) if code else None), self.frame.group, place)

    def _down(self, row: int, path: list[tuple[str | None, str, int]], code: str | None) -> str:
        """The last task of a path of labels, each noted under the one before."""
        parent = ""
        for place, (own, name, column) in enumerate(path):
            rest = path[place + 1 :]
            given = own if rest else code
            if given is None and rest:
                below = code or next((each for each, _, _ in rest if each), None)
                given = parent_code(below) if below else None
            above = parent or (parent_code(given) if given else None)
            if above:
                self._name_from_headings(above)
            parent = self._add(given, name, self.table.at(row, column), above)
            self._name_from_headings(parent)
        return parent

    def _named_above(self, row: int, label: tuple[str | None, str, int]) -> str | None:
        """The task of the heading just above, where the only label names the task of the heading above that."""
        _, name, column = label
        if not self.numbered or not alike(name, self.numbered[0][1]):
            return None
        upper = self._add(self.numbered[0][0], name, self.table.at(row, column))
        self._name_from_headings(upper)
        if len(self.numbered) < 2 or parent_code(self.numbered[-1][0]) != upper:
            return upper
        return self._add_heading(*self.numbered[-1])

    def _code_of_heading(self, row: int, last: tuple[str | None, str, int]) -> str | None:
        """The code that the heading above gives a task whose label prints another code beside the same name."""
        told, name, column = last
        if told is None or not self.numbered or "-" not in self.numbered[-1][0]:
            return None
        code, heading_name, _ = self.numbered[-1]
        if code == told or not alike(name, heading_name):
            return None
        self.recoded.setdefault(code, (told, value_at(self.table, row, column)))
        return code

    def _name_from_headings(self, code: str) -> None:
        """A heading with the same code gives a task its other name."""
        for number, name, heading in self.numbered:
            if number == code:
                self._add_heading(number, name, heading, is_label=False)

    def _add_heading(self, code: str, name: str, heading: Heading, *, is_label: bool = True) -> str:
        """A task of a heading; its code is derived where the heading only prints “(2)” for 1-2."""
        is_derived = "-" in code and "-" not in heading.text
        group = self.frame.group
        return self.tree.add(
            code, name, parent_code(code), group, heading.at(), is_label=is_label, is_derived=is_derived
        )  # fmt: skip

    def _without_labels(self, code: str | None) -> str | None:
        if self._banner is not None:
            return self._banner
        if self._home is None or code not in {None, self._home}:
            self._home = self._of_headings() if code is None else None
            self._home = self._home or self._of_caption(code)
        return self._home

    def _of_headings(self) -> str | None:
        """The task whose code the headings print."""
        key: str | None = None
        if self.numbered and "-" in self.numbered[-1][0]:
            for code, name, heading in self.numbered:
                key = self._add_heading(code, name, heading)
        return key

    def _of_caption(self, code: str | None) -> str | None:
        """The task that the caption is about, else the heading above, without the words that end captions."""
        group = self.frame.group
        told = [(self.frame.caption, self.table.label.at() if self.table.label is not None else self.table.source)]
        told += [(heading.text, heading.at()) for heading in self.frame.headings[-1:]]
        for text, place in told:
            name = name_of_caption(unmarked(text), self.caption_ends)
            if group is not None and name.startswith(group):
                name = name.removeprefix(group) or group
            if name and not self.nameless.fullmatch(name):
                own, plain = coded(name) if code is None else (code, name)
                return self._add(own, plain, place)
        return self._add(code, "", self.table.source) if code is not None else None
