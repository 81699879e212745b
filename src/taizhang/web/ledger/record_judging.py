"""What a kind says of a record as it stands, as findings beside its fields."""

from collections.abc import Iterable, Iterator, Mapping

from taizhang.core import record as core
from taizhang.records import Kind, Shelf


def judged(record: core.Record, shelf: Shelf) -> list[dict[str, str]]:
    """The findings: severity, message, and the field that is meant."""
    kind = shelf.get(record.kind)
    if kind is None:
        return [_finding("error", f"没有“{record.kind}”这个记录类型。", "kind")]
    return list(_judged(record, kind))


def _judged(record: core.Record, kind: Kind) -> Iterator[dict[str, str]]:
    for state in {record.state, *(move.state for move in record.moves)} - {None}:
        if kind.state(state) is None:
            yield _finding("error", f"“{kind.name}”没有“{state}”这种状态。", "state")
    if record.level and record.level not in kind.levels:
        yield _finding(
            "error", f"“{kind.name}”没有“{record.level}”这一级；可写的有：{'、'.join(kind.levels)}。", "level"
        )
    for field in kind.fields:
        if field.required and record.fields.get(field.key) in (None, "", ()):
            yield _finding("error", f"“{field.name}”必填。", f"field-{field.key}")
    for each in record.measures:
        measure = kind.measure(each.name, each.unit)
        if measure is not None and each.unit not in measure.units:
            yield _finding(
                "error", f"“{each.name}”不能用“{each.unit}”计；可用的有：{'、'.join(measure.units)}。", "measures"
            )


def _finding(severity: str, message: str, field: str) -> dict[str, str]:
    return {"code": "", "severity": severity, "message": message, "field": field}


def worst_of(findings: Iterable[Mapping[str, str]]) -> str:
    """The gravest severity among findings; empty where there are none."""
    order = {"error": 3, "warning": 2, "info": 1}
    return max((each["severity"] for each in findings), key=lambda severity: order.get(severity, 0), default="")
