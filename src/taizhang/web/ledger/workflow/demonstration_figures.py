"""The invented college's figures: formulas of a handful of indicators, its money, its landmark results, outside medians."""

from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.web.ledger.models import Benchmark, Indicator, Method, Person, Programme, Record
from taizhang.web.ledger.workflow import figures, results
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar

_OF_STUDENTS = {"where": {"winner_type": ["学生"]}, "measure": "数量", "unit": "项"}
_GRADUATES = {"operation": "latest", "kinds": ["graduate_outcome"], "unit": "人"}
# The code of an indicator, and what makes its value.
FORMULAS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("2.2.3", {"part": {"operation": "count", "kinds": ["course"], "level": "省级", "measure": "课程数", "unit": "门"}}),
    ("2.2.5", {"part": {"operation": "count", "kinds": ["award"], "level": "国家级", **_OF_STUDENTS}}),
    ("2.2.6", {"part": {"operation": "count", "kinds": ["award"], "level": "省级", "exactly": True, **_OF_STUDENTS}}),
    ("3.1.3", {"part": {"operation": "sum", "kinds": ["income"], "measure": "金额", "unit": "万元",
                        "where": {"source_type": ["横向技术服务"]}}}),
    ("3.1.4", {"part": {"operation": "count", "kinds": ["ip"], "states": ["granted"], "measure": "件数", "unit": "件",
                        "where": {"category": ["发明专利", "实用新型", "外观设计"]}}}),
    ("4.1.1", {"part": {"operation": "distinct", "kinds": ["agreement"], "over": "partner", "where": {"category": ["国际合作"]}}}),
    ("S.1", {"part": {**_GRADUATES, "measure": "就业人数"}, "divisor": {**_GRADUATES, "measure": "毕业生数"}}),
    ("S.4", {"part": {"operation": "sum", "kinds": ["training_programme"], "measure": "培训量", "unit": "万人日",
                      "where": {"trainees": ["农民"]}}}),
    ("S.7", {"part": {"operation": "sum", "kinds": ["enterprise_service"], "measure": "企业数", "unit": "家"}}),
    ("G.1", {"part": {"operation": "sum", "kinds": ["course"], "measure": "课程数", "unit": "门", "states": ["in_operation"]}}),
    ("G.2", {"part": {"operation": "count", "kinds": ["project", "base"]}}),
    ("H.1", {"part": {"operation": "sum", "kinds": ["training_programme"], "measure": "人数", "unit": "人",
                      "where": {"trainees": ["社区居民"]}}}),
)  # fmt: skip
MANUAL = (("T.1", "按任务书逐项核对，由双高办汇总"), ("S.5", "取行业协会的赛事通知，学校没有逐场登记"))
# source, then budget, arrived and spent of the first two years; what is said of a low rate
_Year = tuple[int, int, int | str]
_MONEY: tuple[tuple[str, tuple[_Year, _Year], str], ...] = (
    ("2-provincial", ((560, 560, 545), (640, 640, 619)), ""),
    ("3-local", ((250, 250, 242), (350, 350, 337)), ""),
    ("4-enterprise", ((170, 160, "148.5"), (230, 224, 224)), "有一家企业承诺的设备当年没有交付，余款次年到位"),
    ("5-own", ((420, 420, "403.1"), (480, 480, "467.8")), ""),
)  # fmt: skip
_LANDMARKS: tuple[dict[str, Any], ...] = (
    {
        "name": "学生技能大赛国家级奖项",
        "level": "国家级",
        "state": "won",
        "won_level": "国家级",
        "won_on": date(2023, 6, 20),
        "award": "国家级",
    },
    {"name": "国家级教学成果奖", "level": "国家级", "state": "waiting", "substitute": "省级教学成果奖一等奖 1 项"},
    {
        "name": "省级高水平实训基地",
        "level": "省级",
        "state": "won",
        "won_level": "校级",
        "note": "校级认定文件，省级尚在评审",
    },
    {
        "name": "省级校企合作示范区",
        "level": "省级",
        "state": "lost",
        "lost_on": date(2023, 3, 15),
        "note": "复核未通过",
    },
    {"name": "省级精品资源共享课", "level": "省级", "state": "ended", "substitute": "省级在线精品课程 2 门"},
)
# code, year of the programme, national and provincial median
_MEDIANS = (
    ("S.4", 0, "0.6", "0.8"),
    ("S.4", 1, "0.7", "0.9"),
    ("3.1.4", 0, "9", "7"),
    ("2.2.6", 0, "8", "10"),
    ("S.1", 0, "94.8", "95.4"),
)


def plant(calendar: Calendar, programme: Programme, people: dict[str, Person]) -> None:
    """All of it, by the office; the records are there."""
    office = people["shuanggao"]
    by_code = {row.code: row for row in Indicator.objects.filter(programme=programme)}
    for code, formula in FORMULAS:
        figures.keep_formula(office, by_code[code], 0, method=Method.DERIVED, formula=formula)
    for code, reason in MANUAL:
        figures.keep_formula(office, by_code[code], 0, method=Method.MANUAL, reason=reason)
    _money(programme, office)
    _landmarks(calendar, programme, office)
    medians = [
        Benchmark(
            indicator=by_code[code], scope=scope, year=programme.first_year + place, median=Decimal(median),
            source="虚构的全省和全国汇编",
        )
        for code, place, national, provincial in _MEDIANS
        for scope, median in (("national", national), ("provincial", provincial))
    ]  # fmt: skip
    results.take_benchmarks(office, programme, medians)
    figures.recompute(programme.college)


def _money(programme: Programme, office: Person) -> None:
    for source, years, explanation in _MONEY:
        for place, (budget, arrived, spent) in enumerate(years):
            is_low = Decimal(spent) / budget < Decimal("0.9")
            told = {"year": programme.first_year + place, "source": source, "budget": Decimal(budget), "arrived": Decimal(arrived),
                    "spent": Decimal(spent), "explanation": explanation if is_low else ""}  # fmt: skip
            results.keep_fund_line(office, programme, None, 0, told)


def _landmarks(calendar: Calendar, programme: Programme, office: Person) -> None:
    for each in map(calendar.moved, _LANDMARKS):
        told = {"unit": programme.college, "won_on": None, "lost_on": None, **each}
        level = told.pop("award", None)
        if level is not None:
            told["record"] = Record.objects.filter(college=programme.college, kind="award", level=level).first()
        results.keep_landmark(office, programme, None, 0, told)
