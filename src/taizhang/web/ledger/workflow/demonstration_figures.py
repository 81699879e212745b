"""The invented college's figures: formulas of a handful of indicators, its money, its landmark results, outside medians."""

from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.web.ledger.models import Benchmark, Indicator, Method, Person, Programme, Record
from taizhang.web.ledger.workflow import figures, results

_TRAINING = {"kinds": ["training_programme"]}
# The code of an indicator, and the part that makes its value.
FORMULAS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("2.2.3", {"operation": "count", "kinds": ["course"], "level": "省级"}),
    ("2.2.5", {"operation": "count", "kinds": ["award"], "level": "国家级", "measure": "数量", "unit": "项"}),
    (
        "2.2.6",
        {"operation": "count", "kinds": ["award"], "level": "省级", "exactly": True, "measure": "数量", "unit": "项"},
    ),
    ("3.1.4", {"operation": "count", "kinds": ["ip"], "states": ["granted"]}),
    ("3.2.2", {"operation": "count", "kinds": ["project"], "level": "省级"}),
    ("S.2", {"operation": "distinct", "kinds": ["agreement"], "over": "partner"}),
    ("S.4", {"operation": "sum", "measure": "培训量", "unit": "万人日", "where": {"trainees": ["农民"]}, **_TRAINING}),
    ("S.7", {"operation": "distinct", "kinds": ["enterprise_service"], "over": "partner"}),
)
MANUAL = (("T.1", "按任务书逐项核对，由双高办汇总"), ("S.1", "取省里公布的毕业生去向统计"))
# source, then budget, arrived and spent of each year from 2022; what is said of a low rate
_MONEY = (
    ("2-provincial", ((600, 600, 588), (600, 600, 571), (600, 540, 402)), "2024 年设备采购到 11 月才完成招标，余款按合同次年支付"),
    ("3-local", ((200, 200, 196), (200, 180, 176), (200, 200, 171)), ""),
    ("4-enterprise", ((80, 92, 90), (100, 100, 98), (100, 75, 75)), "有一家企业的捐赠设备 2025 年才交付"),
    ("5-own", ((300, 300, 297), (320, 320, 318), (320, 320, 306)), ""),
)  # fmt: skip
_LANDMARKS: tuple[dict[str, Any], ...] = (
    {
        "name": "学生技能大赛国家级奖项",
        "level": "国家级",
        "state": "won",
        "won_level": "国家级",
        "won_on": date(2024, 6, 20),
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
        "lost_on": date(2024, 3, 15),
        "note": "复核未通过",
    },
    {"name": "省级精品资源共享课", "level": "省级", "state": "ended", "substitute": "省级在线精品课程 2 门"},
)
_MEDIANS = (
    ("S.4", 2023, "0.035", "0.05"),
    ("S.4", 2024, "0.04", "0.055"),
    ("3.1.4", 2024, "3", "2"),
    ("2.2.6", 2024, "8", "10"),
)


def plant(programme: Programme, people: dict[str, Person]) -> None:
    """All of it, by the office."""
    office = people["shuanggao"]
    by_code = {row.code: row for row in Indicator.objects.filter(programme=programme, group=None)}
    for code, part in FORMULAS:
        figures.keep_formula(office, by_code[code], 0, method=Method.DERIVED, formula={"part": part})
    for code, reason in MANUAL:
        figures.keep_formula(office, by_code[code], 0, method=Method.MANUAL, reason=reason)
    _money(programme, office)
    _landmarks(programme, office)
    medians = [
        Benchmark(
            indicator=by_code[code], scope=scope, year=year, median=Decimal(median), source="虚构的全省和全国汇编"
        )
        for code, year, national, provincial in _MEDIANS
        for scope, median in (("national", national), ("provincial", provincial))
    ]
    results.take_benchmarks(office, programme, medians)
    figures.recompute(programme.college)


def _money(programme: Programme, office: Person) -> None:
    for source, years, explanation in _MONEY:
        for place, (budget, arrived, spent) in enumerate(years):
            is_low = Decimal(spent) / budget < Decimal("0.9")
            told = {"year": programme.first_year + place, "source": source, "budget": Decimal(budget), "arrived": Decimal(arrived),
                    "spent": Decimal(spent), "explanation": explanation if is_low else ""}  # fmt: skip
            results.keep_fund_line(office, programme, None, 0, told)


def _landmarks(programme: Programme, office: Person) -> None:
    for each in _LANDMARKS:
        told = {"unit": programme.college, "won_on": None, "lost_on": None, **each}
        level = told.pop("award", None)
        if level is not None:
            told["record"] = Record.objects.filter(college=programme.college, kind="award", level=level).first()
        results.keep_landmark(office, programme, None, 0, told)
