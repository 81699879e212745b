"""The invented college's evidence: files of several kinds, cited, unused, used twice, one with a telephone number in it."""

import io
from collections.abc import Mapping

import openpyxl

from taizhang.web.ledger.models import Evidence, Person, Round, Unit
from taizhang.web.ledger.workflow import evidence, uploads
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar
from taizhang.web.ledger.workflow.trouble import OutOfOrderError, RefusedError

COLLEGE = "云岭职业技术学院"
# unit and reporter, title, what it says (a sheet where nothing), document number, year of the programme
_FILES = (
    ("教务处", "jiaowu", "关于公布校级课程立项名单的通知.txt", "云岭职院教〔2022〕18 号\n关于公布 2022 年校级课程立项名单的通知\n各部门：\n经评审，立项校级课程 12 门，名单见附件。\n", "云岭职院教〔2022〕18 号", 2022),
    ("教务处", "jiaowu", "支部联系点记录.txt", "2022 年支部联系点工作记录\n全年走访联系点 24 次。\n", "", 2022),
    ("教务处", "jiaowu", "培训签到表.xlsx", "", "", 2023),
    ("教务处", "jiaowu", "联系人名册.txt", "项目联系人：林老师 13800138000\n", "", 2022),
    ("教务处", "jiaowu", "未使用的会议纪要.txt", "2022 年第 3 次建设推进会纪要\n", "", 2022),
    ("继续教育学院", "jijiao", "技术服务与培训台账汇总.txt", "2022—2023 年技术服务、农技培训台账汇总\n两年各项数字经部门核对。\n", "", 2023),
    ("国际交流处", "guoji", "合作协议与课程标准目录.txt", "境外合作协议 4 份、双语课程 4 门、输出课程标准 3 个，目录附后。\n", "", 2023),
)  # fmt: skip
_USED = {"教务处": (0, 1, 2), "继续教育学院": (5,), "国际交流处": (6,)}
_BARE = 9  # of so many items one has none, and is warned of


def plant(calendar: Calendar, round_: Round, units: Mapping[str, Unit], people: Mapping[str, Person]) -> None:
    """Upload and describe them, and cite them for what is told; not for all."""
    kept: list[Evidence] = []
    for unit, username, name, text, number, year in _FILES:
        data = calendar.text(text).encode() if text else _attendance()
        row = uploads.take(people[username], units[unit], name, len(data), [data]).evidence
        typed = {
            "dated": f"{calendar.year(year)}-03-10",
            "document_number": calendar.text(number),
            "issued_by": COLLEGE if number else "",
        }
        kept.append(evidence.describe(people[username], row, row.version, typed))
    reporters = {unit: people[username] for unit, username, *_more in _FILES}
    told = round_.entries.exclude(text="").filter(unit__name__in=reporters).select_related("unit").order_by("position")
    for count, item in enumerate(told):
        if count % _BARE == _BARE - 1:
            continue
        mine = _USED[item.unit.name]
        try:
            evidence.cite(reporters[item.unit.name], item, kept[mine[count % len(mine)]], "1" if count % 2 else "")
        except (OutOfOrderError, RefusedError):
            continue


def _attendance() -> bytes:
    """A sheet of a training with invented names."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.append(["序号", "姓名", "单位", "签到"])
    for number, name in enumerate(("甲学员", "乙学员", "丙学员"), start=1):
        sheet.append([number, name, "云岭农机合作社", "已签"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
