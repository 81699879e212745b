"""The invented college's warnings, its diagnosis of two terms, and two imports, made by the same verbs as real ones."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import timezone

from taizhang.connect import examples
from taizhang.web.ledger.connecting import differences
from taizhang.web.ledger.models import Forewarning, Person, Programme, Unit
from taizhang.web.ledger.workflow import connectors, diagnosis, watching
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar

# Gauge, its unit of measure, and its yellow and red bars.
GAUGES = (("报到率", 90, 80), ("就业率", 92, 85), ("对口率", 70, 60))
# Specialties with the unit that answers for them, and their values in two terms, gauge by gauge.
SPECIALTIES = (
    ("Z01", "现代农业装备应用技术", "山地农机技术专业群", ((94, 95), (96, 95), (78, 76))),
    ("Z02", "农业生物技术", "山地农机技术专业群", ((88, 78), (93, 91), (66, 58))),
    ("Z03", "智慧健康养老服务", "康养旅游服务专业群", ((97, 98), (97, 98), (84, 86))),
    ("Z04", "民宿管理与运营", "康养旅游服务专业群", ((91, 89), (94, 93), (75, 64))),
)

# Thresholds of the college's own for the second year: the groups' halls are accepted at the end of it.
LIMITS = (("evidence_left", "", 3), ("left_red", "山地农机技术专业群", 5), ("left_red", "康养旅游服务专业群", 5))


def plant(calendar: Calendar, made: Programme, units: Mapping[str, Unit], people: Mapping[str, Person]) -> None:
    """All of it; the warnings last, as they come of the rest."""
    office, college = people["shuanggao"], made.college
    _diagnose(office, college, calendar.terms)
    _connect(office, made, units)
    for name, unit, number in LIMITS:
        limit = watching.Limit(
            name=name, unit=units.get(unit) if unit else None, year=calendar.first_year + 1, number=Decimal(number)
        )
        watching.set_threshold(office, college, limit)
    watching.watch(college, calendar.today)
    _handle(people, college)


def _diagnose(office: Person, college: Unit, terms: Sequence[str]) -> None:
    for name, yellow, red in GAUGES:
        bars = {"kind": "specialty", "name": name, "measure": "%", "lower": False, "drop": Decimal(10)}
        diagnosis.keep_gauge(office, college, None, bars | {"yellow": Decimal(yellow), "red": Decimal(red)})
    lines = [
        diagnosis.Reported(
            row=2, kind="specialty", code=code, name=name, unit=unit, gauge=gauge[0], term=term, part=None, whole=None,
            number=Decimal(numbers[place]),
        )
        for code, name, unit, values in SPECIALTIES
        for gauge, numbers in zip(GAUGES, values, strict=True)
        for place, term in enumerate(terms)
    ]  # fmt: skip
    diagnosis.take_in(office, college, lines)


def _connect(office: Person, made: Programme, units: Mapping[str, Unit]) -> None:
    """A list of attendance that was taken in, and graduates that wait to be looked at."""
    for key, writes in (("meeting_attendance", True), ("graduates", False)):
        told = connectors.Declaring(text=examples.text(key), unit=units["继续教育学院"], programme=made)
        row = connectors.declare(office, made.college, told)
        pulled = connectors.pull(office, row, examples.sample(key), f"{row.name}.csv")
        if writes:
            connectors.write(office, pulled, connectors.shown(differences(pulled)))


def _handle(people: Mapping[str, Person], college: Unit) -> None:
    """Some were handled, one of them is closed."""
    rows = list(Forewarning.objects.filter(college=college, subject=None).select_related("unit").order_by("pk"))
    handled = [row for row in rows if row.unit.name == "教务处"][:3]
    for row in handled:
        reason, measure = "责任人调整，交接期间没有跟进。", "已明确新的责任人，每周五报一次进度。"
        watching.handle(people["jiaowu"], row, reason, measure, timezone.localdate().replace(day=28))
    if handled:
        watching.close(people["shuanggao"], handled[-1], "主管部门同意并入下一轮建设。")
    for row in Forewarning.objects.filter(college=college, subject__code="Z02").select_related("unit")[:1]:
        reason, measure = (
            "生源地高中停办涉农方向，报考人数减少。",
            "下学期与两所中职签衔接培养协议，压缩招生计划二十人。",
        )
        watching.handle(people["jidian"], row, reason, measure, None)
