"""Records as JSON text, and back: what comes in goes out equal, numbers exact."""

import json
from collections.abc import Iterable
from decimal import Decimal

from taizhang.core.errors import RecordError
from taizhang.core.record import Record


def read(text: str) -> tuple[Record, ...]:
    """The records of a JSON array; RecordError says what is no JSON, or which key of which record is wrong."""
    try:
        told = json.loads(text, parse_float=Decimal, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise RecordError(f"第 {error.lineno} 行不合 JSON 写法，请检查引号、逗号和括号。") from error
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise RecordError("记录的 JSON 最外层应是列表，每条记录是一个“键: 值”。")
    return tuple(Record.from_json(each) for each in told)


def written(records: Iterable[Record]) -> str:
    """The records as a JSON array, in their canonical shape, one record a line."""
    lines = (json.dumps(each.to_json(), ensure_ascii=False, default=_number) for each in records)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _refused(constant: str) -> Decimal:
    raise RecordError(f"JSON 里的“{constant}”不是数。")


def _number(value: object) -> float | str:
    """A Decimal as a JSON number where that says it exactly; as text, which is read again, where it does not."""
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)
