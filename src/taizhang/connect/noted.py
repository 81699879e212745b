"""Values of a declared import, or of the list of systems: each with its line, and what it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from taizhang.core.errors import TaizhangError
from taizhang.located import Located


class DeclarationError(TaizhangError):
    """A declaration of an import says something that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Noted(Located):
    """A value of the file and its line. Every scalar is text as written: `1.10` stays 1.10, `yes` stays yes."""

    trouble: ClassVar[type[TaizhangError]] = DeclarationError

    def table(self, *known: str) -> "Mapping[str, Noted]":
        """As keys and values; keys that nobody would read are refused, because a misspelt one would do nothing."""
        if not isinstance(self.value, dict):
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
