"""Changes of the history as people read them: verbs, things and fields by their Chinese names, values in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from taizhang.web.ledger.models import Change

# What each verb of the workflow is called; tests/web/pages/test_changes.py finds those that are missing.
VERBS: dict[str, Any] = {
    "save": lazy("填写"), "submit": lazy("提交"), "approve": lazy("审核通过"), "return": lazy("退回"),
    "withdraw": lazy("撤回"), "lock": lazy("锁定"), "correct": lazy("审后改动"), "see": lazy("确认改动"),
    "found": lazy("建档"), "change": lazy("修改"), "drop": lazy("取消"), "restore": lazy("恢复"),
    "target": lazy("定目标值"), "untarget": lazy("删目标值"), "version": lazy("留存版本"), "upload": lazy("上传"),
    "describe": lazy("修改说明"), "number": lazy("编号"), "cite": lazy("引用"), "uncite": lazy("取消引用"),
    "add": lazy("新增"), "rename": lazy("改名"), "move": lazy("调整隶属"), "close": lazy("关闭"),
    "reopen": lazy("重新开放"), "open": lazy("开启"), "extend": lazy("补充填报项"), "put_off": lazy("调整截止日期"),
    "begin_taking": lazy("开始导入"), "take_in": lazy("导入"), "give": lazy("授予角色"), "take": lazy("收回角色"), "lend": lazy("委托"),
    "revoke": lazy("收回委托"), "invite": lazy("发激活链接"), "activate": lazy("激活"),
    "password": lazy("改密码"), "expel": lazy("退出全部登录"), "import": lazy("导入"),
    "assign": lazy("安排专家"), "end": lazy("收回安排"), "judge": lazy("评审"), "inquire": lazy("要材料"),
    "answer": lazy("答复"), "draw": lazy("抽查"), "check": lazy("检查"), "exempt": lazy("豁免"),
    "entrust": lazy("分派整改"), "mend": lazy("整改"), "unsettle": lazy("恢复待处理"), "hand_in": lazy("标为报送稿"),
    "keep_formula": lazy("定取值方式"), "advance": lazy("变更状态"), "warn": lazy("报警"), "rise": lazy("升级"), "handle": lazy("处置"), "pull": lazy("取数"), "settle": lazy("处理取数"), "merge": lazy("合并"), "part": lazy("拆开"), "declare": lazy("声明类型"),
    "freeze": lazy("冻结快照"), "order": lazy("要求生成"), "build": lazy("生成"), "bundle": lazy("下载材料包"), "refresh": lazy("更新数字"),
    "remark": lazy("提意见"), "circulate": lazy("征求意见"), "call_back": lazy("收回为草稿"),
}  # fmt: skip
THINGS: dict[str, Any] = {
    "entry": lazy("填报项"), "point": lazy("任务点"), "indicator": lazy("绩效指标"), "task": lazy("建设任务"),
    "target": lazy("目标值"), "programme": lazy("建设项目"), "period": lazy("期"), "planversion": lazy("任务书版本"),
    "round": lazy("填报轮次"), "evidence": lazy("佐证材料"), "citation": lazy("引用"), "unit": lazy("单位"),
    "person": lazy("人员"), "role": lazy("角色"), "report": lazy("送检报告"), "reportfinding": lazy("报告问题"),
    "assignment": lazy("分派"), "judgement": lazy("评审结论"), "inquiry": lazy("材料要求"), "sample": lazy("抽查"),
    "taking": lazy("导入"), "record": lazy("业务记录"), "partner": lazy("合作单位"), "place": lazy("地点"),
    "kinddeclaration": lazy("记录类型"), "connector": lazy("取数接口"), "pull": lazy("取数"),
    "fundline": lazy("资金"), "landmark": lazy("标志性成果"), "benchmark": lazy("外部对标"), "appraisal": lazy("评分补充"), "supposition": lazy("评分假设"),
    "builtreport": lazy("编写的报告"), "snapshot": lazy("快照"),
    "forewarning": lazy("预警"), "threshold": lazy("阈值"), "messenger": lazy("消息通道"), "gauge": lazy("诊改指标"), "gauging": lazy("监测值"),
}  # fmt: skip
# Fields whose column has no Chinese name of its own, being of no form.
FIELDS: dict[str, Any] = {
    "person": lazy("责任人"), "unit": lazy("单位"), "team": lazy("建设组"), "parent": lazy("上级单位"), "college": lazy("学校"),
    "is_active": lazy("在用"), "is_closed": lazy("已结束"), "altered": lazy("有待确认的改动"), "version": lazy("版次"),
    "expert": lazy("专家"), "round": lazy("填报轮次"), "period": lazy("期"), "task": lazy("建设任务"), "number": lazy("数值"),
    "evidence": lazy("佐证材料"), "entry": lazy("填报项"), "withdrawn_at": lazy("撤回时间"), "closed_at": lazy("结束时间"),
    "role": lazy("角色"), "borrower": lazy("受托人"), "blocking": lazy("拦截规则"), "lent_by": lazy("委托人"), "upper": lazy("上限"), "sha256": lazy("校验值"), "manifest": lazy("清单的校验值"), "pieces": lazy("份数"), "left_out": lazy("没有装入或对不上"),
    "indicator": lazy("绩效指标"), "programme": lazy("建设项目"), "assigned_to": lazy("整改人"), "until": lazy("止"),
    "activated_at": lazy("激活时间"), "title": lazy("材料"), "pages": lazy("页码"), "note": lazy("说明"), "targets": lazy("目标值"), "withdrawn": lazy("已撤回"), "tasks": lazy("建设任务"), "until_at": lazy("截止"),
    "department": lazy("部门"), "owner": lazy("责任人"), "partners": lazy("合作单位"), "measures": lazy("计量"), "tags": lazy("标签"),
    "fields": lazy("专有内容"), "sources": lazy("出处"), "moves": lazy("状态变更"), "alias": lazy("别名"), "merged": lazy("并入的"),
    "parted": lazy("拆开的"), "records": lazy("涉及的记录"), "secret": lazy("密码"), "rows": lazy("行数"), "faults": lazy("差错"), "trouble": lazy("没有取到的原因"),
    "method": lazy("取值方式"), "formula": lazy("公式"), "weight": lazy("分值"),
    "snapshot": lazy("快照"), "changes": lazy("有变的数字"), "remark": lazy("意见"),
    "reach": lazy("报到哪一级"), "measure": lazy("处置措施"), "reason_told": lazy("原因分析"), "due": lazy("完成期限"), "year": lazy("年度"),
    "gauge": lazy("指标"), "subject": lazy("对象"), "file": lazy("文件"), "blob": lazy("文件"), "state": lazy("状态"), "error": lazy("错误"),
    "warning": lazy("存疑"), "info": lazy("提示"), "reason": lazy("理由"), "added": lazy("新增"), "changed": lazy("改动"), "items": lazy("项数"),
    "left": lazy("没有采用"), "seed": lazy("抽查种子"), "size": lazy("抽查项数"), "entries": lazy("填报项"),
}  # fmt: skip
# Columns that say nothing to a reader.
_SILENT = {"id", "path", "position", "sort_key", "password", "session_salt", "findings", "worst"}
_LONG = 60  # characters; of longer texts the part that differs is shown
_AROUND = 16


@dataclass(frozen=True, slots=True)
class Altered:
    """One field of a change."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words."""

    change: Change
    verb: str
    thing: str
    fields: tuple[Altered, ...]


def told(changes: Iterable[Change]) -> list[Told]:
    """The changes in words; the names behind keys are fetched once for all of them."""
    changes = list(changes)
    names = _names(changes)
    return [
        Told(
            change,
            str(VERBS.get(change.verb, change.verb)),
            str(THINGS.get(change.thing, change.thing)),
            tuple(_altered(change, names)),
        )
        for change in changes
    ]


def _altered(change: Change, names: Mapping[tuple[type[models.Model], Any], str]) -> Iterable[Altered]:
    before, after = change.before or {}, change.after or {}
    for key in _in_order(change.thing, {*before, *after}):
        if key in _SILENT or before.get(key) == after.get(key):
            continue
        if key == "evidence" and ("title" in before or "title" in after):
            continue  # a number, and the title beside it says which it is
        field = _field(change.thing, key)
        was, now = (_shown(field, values.get(key), names) for values in (before, after))
        if was or now:
            yield Altered(_name(field, key), *_apart(was, now))


def _in_order(thing: str, keys: Iterable[str]) -> list[str]:
    """The columns of a thing as it declares them, then what is told beside them; a database keeps no order of keys."""
    try:
        columns = [field.name for field in apps.get_model("ledger", thing)._meta.get_fields()]  # noqa: SLF001 - Django's documented interface
    except LookupError:
        columns = []
    places = {name: place for place, name in enumerate(dict.fromkeys((*columns, *FIELDS)))}
    return sorted(keys, key=lambda key: (places.get(key.removesuffix("_id"), len(places)), key))


def _field(thing: str, key: str) -> Any:  # noqa: ANN401 - a field of Django, or None
    try:
        found = apps.get_model("ledger", thing)._meta.get_field(key.removesuffix("_id"))  # noqa: SLF001 - Django's documented interface
    except (LookupError, FieldDoesNotExist):
        return None
    # What points here from other tables is told in words under the same name: measures, partners.
    return None if found.auto_created else found


def _name(field: Any, key: str) -> str:  # noqa: ANN401 - as above
    plain = key.removesuffix("_id")
    if field is None:
        return str(FIELDS.get(plain, plain))
    own = str(field.verbose_name)
    # Django's own name for a column without one is English: the identifier with blanks.
    return own if own != plain.replace("_", " ") else str(FIELDS.get(plain, plain))


def _shown(field: Any, value: object, names: Mapping[tuple[type[models.Model], Any], str]) -> str:  # noqa: ANN401 - as above
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return "；".join(f"{key} {_shown(None, found, names)}" for key, found in sorted(value.items()))
    if isinstance(value, list):
        return "、".join(_shown(field, found, names) for found in value)
    related = getattr(field, "related_model", None)
    if related is not None:
        return names.get((related, str(value)), str(value))
    chosen = dict(getattr(field, "flatchoices", None) or ())
    return str(chosen.get(value, value))


def _names(changes: Iterable[Change]) -> dict[tuple[type[models.Model], Any], str]:
    """What the keys that stand in the changes are called: one query for each kind of thing."""
    wanted: dict[type[models.Model], set[str]] = defaultdict(set)
    for change in changes:
        for values in (change.before or {}, change.after or {}):
            for key, value in values.items():
                related = getattr(_field(change.thing, key), "related_model", None)
                if related is not None and isinstance(value, int | str | list):
                    wanted[related].update(map(str, value) if isinstance(value, list) else [str(value)])
    found: dict[tuple[type[models.Model], Any], str] = {}
    for model, values in wanted.items():
        keys = [value for value in values if _is_key(model, value)]
        rows = model._default_manager.filter(pk__in=keys)  # noqa: SLF001 - Django's documented interface
        parents = {"Point": ["task"], "Entry": ["point__task", "indicator"], "Role": ["unit"]}.get(model.__name__, [])
        found.update({(model, str(row.pk)): str(row) for row in rows.select_related(*parents)})
    return found


def _is_key(model: type[models.Model], value: str) -> bool:
    """Whether a value can be the key of a row: a snapshot is told by its hash as well."""
    try:
        model._meta.pk.to_python(value)  # noqa: SLF001 - Django's documented interface
    except ValidationError:
        return False
    return True


def _apart(before: str, after: str) -> tuple[str, str]:
    """Of two long texts the part that differs, with a few characters on both sides; short ones whole."""
    if max(len(before), len(after)) <= _LONG or not before or not after:
        return before, after
    start = next(
        (i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    room = min(len(before), len(after)) - start
    end = next((i for i in range(room) if before[-1 - i] != after[-1 - i]), room)
    left, right = max(start - _AROUND, 0), max(end - _AROUND, 0)

    def part(text: str) -> str:
        return ("……" if left else "") + text[left : len(text) - right] + ("……" if right else "")

    return part(before), part(after)
