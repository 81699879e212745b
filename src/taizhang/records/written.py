"""Values of a declaration of a kind of record: each with its line, and what it may be."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

import yaml

from taizhang.core.errors import RecordError, TaizhangError
from taizhang.located import Located


@dataclass(frozen=True, slots=True)
class Written(Located):
    """A value of the file and its line. Numbers and dates stay text, as written."""

    trouble: ClassVar[type[TaizhangError]] = RecordError

    @classmethod
    def scalar(cls, node: yaml.Node) -> str | bool | None:
        """A bare `true`, `false` or nothing is what YAML says; all else is text."""
        if node.tag == "tag:yaml.org,2002:bool":
            return str(node.value).lower() in {"true", "yes", "on"}
        if node.tag == "tag:yaml.org,2002:null":
            return None
        return str(node.value)

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
