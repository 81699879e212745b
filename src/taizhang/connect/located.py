"""A YAML file as it was written: each value with its line, so that a fault in a declaration can point."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from taizhang.core.errors import TaizhangError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DeclarationError(TaizhangError):
    """A declaration of an import says something that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A value of the file and its line. Every scalar is text as written: `1.10` stays 1.10, `yes` stays yes."""

    file: str
    line: int
    value: "str | tuple[Noted, ...] | Mapping[str, Noted]"

    def wrong(self, sentence: str) -> DeclarationError:
        """The trouble, with its place."""
        return DeclarationError(f"{self.file} 第 {self.line} 行：{sentence}")

    def table(self, *known: str) -> Mapping[str, "Noted"]:
        """As keys and values; keys that nobody would read are refused, because a misspelt one would do nothing."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("这里应是“键: 值”。")
        for key, part in self.value.items():
            if known and key not in known:
                raise part.wrong(f"不认识“{key}”，这里可以写：{'、'.join(known)}。")
        return self.value

    def text(self) -> str:
        """As one text."""
        if not isinstance(self.value, str):
            raise self.wrong("这里应是一段文字。")
        return self.value.strip()

    def texts(self) -> tuple[str, ...]:
        """As several texts; one by itself is a list of one."""
        return tuple(each.text() for each in self.parts())

    def parts(self) -> "tuple[Noted, ...]":
        """As a list; one value by itself is a list of one."""
        return self.value if isinstance(self.value, tuple) else (self,)

    def truth(self) -> bool:
        """As yes or no."""
        told = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
        if self.text().lower() not in told:
            raise self.wrong("这里应是 yes 或 no。")
        return told[self.text().lower()]

    def whole(self, least: int, most: int) -> int:
        """As a whole number between two bounds."""
        text = self.text()
        if not text.isdecimal() or not least <= int(text) <= most:
            raise self.wrong(f"这里应是 {least} 到 {most} 的整数。")
        return int(text)

    def one_of(self, *choices: str) -> str:
        """As one of a few words."""
        if self.text() not in choices:
            raise self.wrong(f"这里应是 {'、'.join(choices)} 之一，写的是“{self.text()}”。")
        return self.text()


def parsed(text: str, file: str) -> Noted:
    """The whole file; refused where it is no YAML, or a key stands twice."""
    try:
        node = _LOADER(text).get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "某处"
        raise DeclarationError(f"{file} {where}不合 YAML 写法，请检查缩进、冒号和引号。") from error
    if node is None:
        raise DeclarationError(f"{file} 是空的。")
    return _part(node, file, 0)


_DEEPEST = 12


def _part(node: yaml.Node, file: str, depth: int) -> Noted:
    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        raise DeclarationError(f"{file} 第 {line} 行：嵌套太深。")
    if isinstance(node, yaml.MappingNode):
        return Noted(file, line, dict(_pairs(node, file, depth)))
    if isinstance(node, yaml.SequenceNode):
        return Noted(file, line, tuple(_part(each, file, depth + 1) for each in node.value))
    return Noted(file, line, str(node.value))


def _pairs(node: yaml.MappingNode, file: str, depth: int) -> Iterator[tuple[str, Noted]]:
    met: set[str] = set()
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not name or name in met:
            line = key.start_mark.line + 1
            raise DeclarationError(f"{file} 第 {line} 行：“{name}”前面已经写过，或者不是一个词。")
        met.add(name)
        yield name, _part(value, file, depth + 1)
