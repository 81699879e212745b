"""Whether the ledger has room for a record; whether what it says is right, the rules of its kind say."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from taizhang.core import record as core
from taizhang.records import Shelf
from taizhang.web.ledger.workflow.trouble import RefusedError

_LONGEST = {
    "title": (lazy("标题"), 300), "id": (lazy("编号"), 60), "org": (lazy("学校"), 120), "department": (lazy("部门"), 120), "owner": (lazy("责任人"), 60),
    "period": (lazy("时间"), 60), "place": (lazy("地点"), 120), "level": (lazy("级别"), 30), "state": (lazy("状态"), 40),
}  # fmt: skip
# A database keeps 15 digits of a number exactly, of them 6 behind the point.
_DIGITS, _PLACES, _NAME, _UNIT, _TAG, _ROLE = 15, 6, 120, 20, 60, 40


def refuse_unfit(record: core.Record, shelf: Shelf) -> None:
    """Raise RefusedError with what the ledger cannot hold of the record."""
    if record.kind not in shelf:
        raise RefusedError(_("没有“%(kind)s”这个记录类型。") % {"kind": record.kind})
    if not record.title.strip():
        raise RefusedError(_("请写标题。"))
    for key, (name, most) in _LONGEST.items():
        if len(getattr(record, key) or "") > most:
            raise RefusedError(
                _("%(name)s太长（%(count)s 字），最多 %(most)s 字。")
                % {"name": name, "count": len(getattr(record, key)), "most": most}
            )
    if record.period_basis not in core.BASES:
        raise RefusedError(_("没有“%(period_basis)s”这种时间依据。") % {"period_basis": record.period_basis})
    if record.start and record.end and record.end < record.start:
        raise RefusedError(_("结束日期早于开始日期。"))
    for each in record.measures:
        _refuse_measure(each)
    if any(not tag.strip() or len(tag) > _TAG for tag in record.tags) or len(set(record.tags)) != len(record.tags):
        raise RefusedError(_("标签不能是空的、重复的或超过 %(tag)s 字。") % {"tag": _TAG})
    if any(len(each.role) > _ROLE for each in record.partners):
        raise RefusedError(_("合作单位的角色最多 %(role)s 字。") % {"role": _ROLE})


def _refuse_measure(each: core.RecordMeasure) -> None:
    exponent = int(each.value.as_tuple().exponent)
    if len(each.value.as_tuple().digits) + max(exponent, 0) > _DIGITS or -exponent > _PLACES:
        raise RefusedError(
            _("“%(name)s”的数 %(value)s 超出范围：最多 %(digits)s 位数字，%(places)s 位小数。")
            % {"name": each.name, "value": each.value, "digits": _DIGITS, "places": _PLACES}
        )
    if len(each.name) > _NAME or len(each.unit) > _UNIT:
        raise RefusedError(_("计量“%(name)s”的名称或单位太长。") % {"name": each.name[:20]})
    if each.qualifier and each.qualifier not in core.QUALIFIERS:
        raise RefusedError(
            _("没有“%(qualifier)s”这种限定；可写的有：%(names)s。")
            % {"qualifier": each.qualifier, "names": "、".join(core.QUALIFIERS)}
        )
