"""A YAML file as values that know the line on which they were written, so that a fault in it can be pointed at.

What a value may be, and what is said of a wrong one, each kind of file says for itself: it derives from `Located`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import yaml

from taizhang.core.errors import TaizhangError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST = 200_000  # characters: the longest shipped declaration has some thirty thousand
_MOST_NODES = 20_000  # an alias may stand for a tree, and trees of aliases grow without end
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Located:
    """A value of a YAML file with its line: a text as written (`1.10` stays 1.10), a tuple of such, or a mapping to such."""

    trouble: ClassVar[type[TaizhangError]] = TaizhangError

    value: "str | bool | tuple[Self, ...] | dict[str, Self] | None"
    line: int
    file: str

    def wrong(self, sentence: str) -> TaizhangError:
        """What is wrong here, with file and line."""
        return self.trouble(f"{self.file} 第 {self.line} 行：{sentence}")

    @classmethod
    def scalar(cls, node: yaml.Node) -> str | bool | None:
        """What a word of the file is taken as: itself, for `yes` may be a name and a number has its own form."""
        return str(node.value)

    @classmethod
    def parsed(cls, text: str, file: str) -> Self:
        """The file's outermost value. Refused, with its line: what is no YAML, a key that stands twice, what has no end."""
        if len(text) > _LONGEST:
            raise cls.trouble(f"{file} 太长（超过 {_LONGEST} 字）。")
        try:
            root = _LOADER(text).get_single_node()
        except yaml.YAMLError as error:
            raise cls.trouble(f"{file} {malformed(error)}") from error
        if root is None:
            raise cls(None, 1, file).wrong("文件是空的。")
        return cls._taken(root, file, 0, iter(range(_MOST_NODES)))

    @classmethod
    def _taken(cls, node: yaml.Node, file: str, depth: int, left: Iterator[int]) -> Self:
        line = node.start_mark.line + 1
        if next(left, None) is None or depth > _DEEPEST:
            raise cls(None, line, file).wrong("内容太多或套得太深。")
        if isinstance(node, yaml.MappingNode):
            return cls(dict(cls._pairs(node, file, depth, left)), line, file)
        if isinstance(node, yaml.SequenceNode):
            return cls(tuple(cls._taken(each, file, depth + 1, left) for each in node.value), line, file)
        return cls(cls.scalar(node), line, file)

    @classmethod
    def _pairs(cls, node: yaml.MappingNode, file: str, depth: int, left: Iterator[int]) -> Iterator[tuple[str, Self]]:
        met: set[str] = set()
        for key, value in node.value:
            place = cls(None, key.start_mark.line + 1, file)
            if not isinstance(key, yaml.ScalarNode) or not key.value:
                raise place.wrong("键应是一个词。")
            if key.value in met:
                raise place.wrong(f"“{key.value}”前面已经写过，请合成一处。")
            met.add(key.value)
            yield key.value, cls._taken(value, file, depth + 1, left)


def malformed(error: yaml.YAMLError) -> str:
    """In one sentence where a file is no YAML; behind the file's name."""
    mark = getattr(error, "problem_mark", None)
    where = f"第 {mark.line + 1} 行" if mark else "某处"
    return f"{where}不合 YAML 写法，请检查缩进、冒号、括号和引号。"
