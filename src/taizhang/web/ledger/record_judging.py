"""What a kind says of a record as it stands (records.judging), as findings beside the controls of its form."""

from taizhang.core import record as core
from taizhang.records import Shelf, judge


def judged(record: core.Record, shelf: Shelf) -> list[dict[str, str]]:
    """The findings: code, severity, message, and the field that is meant (`fields.theme`, `measures.0`)."""
    kind = shelf.get(record.kind)
    if kind is None:
        message = f"没有“{record.kind}”这个记录类型。"
        return [{"code": "kind", "severity": "error", "message": message, "field": "kind"}]
    return [
        {"code": flaw.code, "severity": flaw.severity.value, "message": flaw.message, "field": flaw.field}
        for flaw in judge(record, kind)
    ]
