"""Canonical JSON of frozen values: equal values give equal bytes, and the bytes give the values back."""

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from taizhang.core.errors import SnapshotError
from taizhang.core.record import Record

T = TypeVar("T")


def text_of(value: object) -> str:
    """The value as JSON: keys in order, no blanks, Chinese as it is, numbers as texts."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def value_of(text: str, kind: type[T]) -> T:
    """The value that `text_of` wrote; SnapshotError where the text is none of that kind."""
    try:
        made = _made(json.loads(text), kind)
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise SnapshotError("快照文件读不懂：可能已损坏，或不是台账的快照，请重新生成一份。") from error
    if not isinstance(made, kind):
        raise SnapshotError("快照文件读不懂：可能已损坏，或不是台账的快照，请重新生成一份。")
    return made


def _plain(value: Any) -> Any:  # noqa: ANN401 - any of the values below
    if isinstance(value, Record):
        return _plain(value.to_json())
    if is_dataclass(value) and not isinstance(value, type):
        own = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: _plain(part) for each, part in own if part != each.default}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(value: Any, kind: Any) -> Any:  # noqa: ANN401 - one line a type that a snapshot is made of
    if kind is Record:
        return Record.from_json(value)
    if get_origin(kind) in {Union, types.UnionType}:
        rest = [each for each in get_args(kind) if each is not type(None)]
        return None if value is None else _made(value, rest[0])
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_made(part, inner[0]) for part in value)
        return tuple(_made(part, own) for part, own in zip(value, inner, strict=True))
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]  # a dataclass is a type
        return kind(**{name: _made(part, hints[name]) for name, part in value.items()})  # type: ignore[operator]
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal or issubclass(kind, Enum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind}")
    return value
