"""A YAML text as values that know the line on which they were written, so that a fault can name it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from taizhang.core.errors import RecordError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST = 200_000  # characters: the longest shipped declaration has some thousands
_MOST_NODES = 20_000  # an alias may stand for a tree, and trees of aliases grow without end
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Written:
    """A value of a YAML file: a text, a truth value, None, a tuple of these or a mapping to these; with its line."""

    value: "str | bool | tuple[Written, ...] | dict[str, Written] | None"
    line: int
    file: str

    def wrong(self, sentence: str) -> RecordError:
        """What is wrong here, with file and line."""
        return RecordError(f"记录类型文件 {self.file} 第 {self.line} 行：{sentence}")

    def mapping(self, name: str) -> "dict[str, Written]":
        """The pairs, or what should have stood here."""
        if not isinstance(self.value, dict):
            raise self.wrong(f"“{name}”应写成“键: 值”。")
        return self.value

    def items(self, name: str) -> "tuple[Written, ...]":
        """The members of a list."""
        if not isinstance(self.value, tuple):
            raise self.wrong(f"“{name}”应写成列表。")
        return self.value

    def text(self, name: str) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong(f"“{name}”应是一段文字。")
        return self.value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, none of them twice."""
        found = tuple(each.text(name) for each in self.items(name))
        for place, each in zip(self.items(name), found, strict=True):
            if found.count(each) > 1:
                raise place.wrong(f"“{name}”里的“{each}”写了两遍。")
        return found

    def truth(self, name: str) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong(f"“{name}”应是 true 或 false。")
        return self.value

    def number(self, name: str) -> Decimal:
        """A number, exact as written."""
        try:
            found = Decimal(self.value) if isinstance(self.value, str) else Decimal("NaN")
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite():
            raise self.wrong(f"“{name}”应是数。")
        return found

    def plain(self) -> Any:  # noqa: ANN401 - what YAML holds
        """The value without its lines."""
        if isinstance(self.value, dict):
            return {key: each.plain() for key, each in self.value.items()}
        if isinstance(self.value, tuple):
            return [each.plain() for each in self.value]
        return self.value


def parsed(file: str, text: str) -> Written:
    """The file's outermost value; RecordError names the line that is no YAML, or a key that stands twice."""
    if len(text) > _LONGEST:
        raise RecordError(f"记录类型文件 {file} 太长（超过 {_LONGEST} 字），不像是记录类型。")
    try:
        root = _LOADER(text).get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "某处"
        raise RecordError(f"记录类型文件 {file} {where}：不合 YAML 写法，请检查缩进、冒号和括号。") from error
    if root is None:
        raise RecordError(f"记录类型文件 {file} 第 1 行：文件是空的。")
    return _Taken(file).written(root, 1)


class _Taken:
    """Turns YAML nodes into values, and stops at what has no end."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.left = _MOST_NODES

    def written(self, node: yaml.Node, depth: int) -> Written:
        line = node.start_mark.line + 1
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            raise Written(None, line, self.file).wrong("内容太多或套得太深，不像是记录类型。")
        if isinstance(node, yaml.MappingNode):
            return Written(dict(self.pairs(node, depth)), line, self.file)
        if isinstance(node, yaml.SequenceNode):
            return Written(tuple(self.written(each, depth + 1) for each in node.value), line, self.file)
        return Written(_scalar(node), line, self.file)

    def pairs(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[str, Written]]:
        met: set[str] = set()
        for key, value in node.value:
            place = Written(None, key.start_mark.line + 1, self.file)
            if not isinstance(key, yaml.ScalarNode):
                raise place.wrong("键应是一个词。")
            if key.value in met:
                raise place.wrong(f"“{key.value}”前面已经写过，请合成一处。")
            met.add(key.value)
            yield key.value, self.written(value, depth + 1)


def _scalar(node: yaml.Node) -> str | bool | None:
    """Numbers and dates stay text, as written; a bare `true`, `false` or nothing is what YAML says."""
    if node.tag == "tag:yaml.org,2002:bool":
        return str(node.value).lower() in {"true", "yes", "on"}
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value)
