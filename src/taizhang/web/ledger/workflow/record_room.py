"""Whether the ledger has room for a record; whether what it says is right, the rules of its kind say."""

from taizhang.core import record as core
from taizhang.records import Shelf
from taizhang.web.ledger.workflow.trouble import RefusedError

_LONGEST = {
    "title": ("标题", 300), "id": ("编号", 60), "org": ("学校", 120), "department": ("部门", 120), "owner": ("责任人", 60),
    "period": ("时间", 60), "place": ("地点", 120), "level": ("级别", 30), "state": ("状态", 40),
}  # fmt: skip
# A database keeps 15 digits of a number exactly, of them 6 behind the point.
_DIGITS, _PLACES, _NAME, _UNIT, _TAG, _ROLE = 15, 6, 120, 20, 60, 40


def refuse_unfit(record: core.Record, shelf: Shelf) -> None:
    """Raise RefusedError with what the ledger cannot hold of the record."""
    if record.kind not in shelf:
        raise RefusedError(f"没有“{record.kind}”这个记录类型。")
    if not record.title.strip():
        raise RefusedError("请写标题。")
    for key, (name, most) in _LONGEST.items():
        if len(getattr(record, key) or "") > most:
            raise RefusedError(f"{name}太长（{len(getattr(record, key))} 字），最多 {most} 字。")
    if record.period_basis not in core.BASES:
        raise RefusedError(f"没有“{record.period_basis}”这种时间依据。")
    if record.start and record.end and record.end < record.start:
        raise RefusedError("结束日期早于开始日期。")
    for each in record.measures:
        _refuse_measure(each)
    if any(not tag.strip() or len(tag) > _TAG for tag in record.tags) or len(set(record.tags)) != len(record.tags):
        raise RefusedError(f"标签不能是空的、重复的或超过 {_TAG} 字。")
    if any(len(each.role) > _ROLE for each in record.partners):
        raise RefusedError(f"合作单位的角色最多 {_ROLE} 字。")


def _refuse_measure(each: core.RecordMeasure) -> None:
    exponent = int(each.value.as_tuple().exponent)
    if len(each.value.as_tuple().digits) + max(exponent, 0) > _DIGITS or -exponent > _PLACES:
        raise RefusedError(f"“{each.name}”的数 {each.value} 超出范围：最多 {_DIGITS} 位数字，{_PLACES} 位小数。")
    if len(each.name) > _NAME or len(each.unit) > _UNIT:
        raise RefusedError(f"计量“{each.name[:20]}”的名称或单位太长。")
    if each.qualifier and each.qualifier not in core.QUALIFIERS:
        raise RefusedError(f"没有“{each.qualifier}”这种限定；可写的有：{'、'.join(core.QUALIFIERS)}。")
