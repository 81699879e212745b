"""Items and faults as JSON and back, so that what was shown is what is written, whatever the other system says later."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.connect.items import Fault, Item
from taizhang.core.record import Record


def packed(item: Item) -> dict[str, Any]:
    """An item as plain JSON; numbers as text, so that they stay exact."""
    told = {
        "key": item.key, "rows": list(item.rows), "indicator": item.indicator, "period": item.period, "scope": item.scope,
        "source": item.source,
        "number": None if item.number is None else str(item.number),
        "as_of": item.as_of.isoformat() if item.as_of else None, "working": item.working,
        "record": _exact(item.record.to_json()) if item.record else None,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in ("", None)}


def unpacked(told: Mapping[str, Any]) -> Item:
    """The item that was packed."""
    return Item(
        key=told["key"], rows=tuple(told["rows"]), indicator=told.get("indicator", ""), period=told.get("period", ""),
        scope=told.get("scope", ""), source=told.get("source", ""), number=Decimal(told["number"]) if "number" in told else None,
        as_of=date.fromisoformat(told["as_of"]) if "as_of" in told else None, working=told.get("working", ""),
        record=Record.from_json(told["record"]) if "record" in told else None,
    )  # fmt: skip


def packed_fault(fault: Fault) -> list[Any]:
    """A fault as plain JSON."""
    return [fault.row, fault.column, fault.sentence]


def _exact(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The same with exact numbers as text: a database's JSON would make floats of them."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _exact(each) for name, each in value.items()}
    return [_exact(each) for each in value] if isinstance(value, list) else value
