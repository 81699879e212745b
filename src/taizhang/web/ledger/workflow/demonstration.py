"""An invented college in mid-flight, made by the same verbs as a real one, to try the site with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from pypinyin import lazy_pinyin

from taizhang.intake.programme import as_printed
from taizhang.web.ledger.models import (
    Basis,
    Category,
    Direction,
    Entry,
    LifeState,
    Person,
    Programme,
    Role,
    RoleName,
    Round,
    Stage,
    Task,
    Unit,
    UnitKind,
)
from taizhang.web.ledger.workflow import (
    appraisal,
    demonstration_evidence,
    demonstration_figures,
    demonstration_records,
    demonstration_reports,
    demonstration_watching,
    entries,
    programme,
    reports,
    review,
    taking,
)
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar
from taizhang.web.ledger.workflow.rounds import Opening
from taizhang.web.ledger.workflow.trouble import OutOfOrderError, RefusedError

PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, and printed by the command
COLLEGE = "云岭职业技术学院"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Player:
    """One of the cast: the name to log in with, the name, the role, and the unit it is in."""

    username: str
    name: str
    role: RoleName
    unit: str


CAST = (
    Player("shuanggao", "许宁", RoleName.OFFICE, COLLEGE),
    Player("guanli", "孟川", RoleName.ADMIN, COLLEGE),
    Player("jiaowu", "林晓", RoleName.REPORTER, "教务处"),
    Player("jiaowu-fuze", "何芳", RoleName.LEAD, "教务处"),
    Player("jijiao", "周航", RoleName.REPORTER, "继续教育学院"),
    Player("jijiao-fuze", "罗青", RoleName.LEAD, "继续教育学院"),
    Player("guoji", "程雨", RoleName.REPORTER, "国际交流处"),
    Player("guoji-fuze", "宋柏", RoleName.LEAD, "国际交流处"),
    Player("jidian", "方舟", RoleName.REPORTER, "山地农机技术专业群"),
    Player("wenlv", "叶岚", RoleName.REPORTER, "康养旅游服务专业群"),
    Player("zuzhang", "沈毅", RoleName.LEAD, "提质培优建设组"),
    Player("zhuanjia", "顾言", RoleName.EXPERT, "江北省教育厅"),
    Player("shengting", "白澜", RoleName.PROVINCE, "江北省教育厅"),
)
UNITS = (
    ("教务处", UnitKind.DEPARTMENT), ("继续教育学院", UnitKind.DEPARTMENT), ("国际交流处", UnitKind.DEPARTMENT),
    ("提质培优建设组", UnitKind.TEAM), ("山地农机技术专业群", UnitKind.GROUP), ("康养旅游服务专业群", UnitKind.GROUP),
)  # fmt: skip
# Which unit answers for the tasks whose code begins so.
RESPONSIBLE = {"1": "教务处", "2": "教务处", "3": "继续教育学院", "4": "国际交流处"}
# Name, code, task, its points, and its indicators with what they are to come to in the end.
GROUP_TASKS = (
    ("山地农机技术专业群", "G-1", "山地农机技术专业群建设", ("建设丘陵播种机械实训区 1 处", "编写农机维修活页教材 2 本"),
     (("G.1", "校企共建课程", "门", "66"), ("G.2", "建成的项目和基地", "个", "9"))),
    ("康养旅游服务专业群", "H-1", "康养旅游服务专业群建设", ("新建康养照护校内基地 1 个", "与景区共建课程 2 门"),
     (("H.1", "社区居民培训", "人", "2600"),)),
)  # fmt: skip
# Task, ordinal, reporter, and what is told.
GROUP_WORK = (
    ("G-1", 1, "jidian", "丘陵播种机械实训区已完成场地平整，设备招标中。", "60%", LifeState.BUILDING,
     "设备招标流标一次，已重新挂网，预计次年三月到货安装。"),
    ("G-1", 2, "jidian", "活页教材《农机维修》上册已出版，下册已交出版社三审。", "90%", LifeState.BUILDING, ""),
    ("H-1", 1, "wenlv", "康养照护校内基地已建成，通过学校验收。", "100%", LifeState.ACCEPTED, ""),
    ("H-1", 2, "wenlv", "与竹溪景区共建课程 1 门，另 1 门正在编写课程标准。", "70%", LifeState.BUILDING, ""),
)  # fmt: skip
# What is said where the value of the report is not what the records make; of one nothing is said, so it stays a draft.
DIFFERENT = {"2.2.6": "第二批省赛获奖文件刚刚印发，有 1 项还没有录入记录。"}


class Sent(NamedTuple):
    """A file as it is handed in: its name and its bytes."""

    name: str
    data: bytes


def load(report: Path, progress: Progress, today: date | None = None) -> Programme:
    """Everything, into an empty ledger, as on a day; refused where anything is in it already."""
    if Unit.objects.exists():
        raise OutOfOrderError("台账里已有数据；演示数据只装进空的台账，请用 TAIZHANG_DATA 指定一个新目录。")
    calendar = Calendar(today or timezone.localdate())
    told = Sent(report.name, calendar.report(report.read_bytes()))
    with transaction.atomic():
        progress("单位和人员")
        units, people = _organisation()
        progress("读取任务书")
        made, round_ = _plan(calendar, told, units, people)
        progress("业务记录")
        demonstration_records.plant(calendar, units, people)
        progress("派生值、资金和成果")
        demonstration_figures.plant(calendar, made, people)
        progress("佐证材料")
        demonstration_evidence.plant(calendar, round_, units, people)
        progress("填报和审核")
        _work(made, round_, people, progress)
        progress("评审")
        _review(round_, people)
        _suppose(round_, people)
        progress("报告检查")
        _report(told, round_, people)
        progress("编写报告")
        demonstration_reports.plant(round_, people)
        progress("预警、诊改和取数")
        demonstration_watching.plant(calendar, made, units, people)
    return made


def _organisation() -> tuple[dict[str, Unit], dict[str, Person]]:
    province = _unit("江北省教育厅", UnitKind.PROVINCE, None)
    college = _unit(COLLEGE, UnitKind.COLLEGE, province)
    units = {unit.name: unit for unit in (province, college, *(_unit(name, kind, college) for name, kind in UNITS))}
    people = {}
    for player in CAST:
        unit = units[player.unit]
        person = Person(
            username=player.username, name=player.name, home=unit.college or unit, activated_at=timezone.now(),
            sort_key=" ".join(lazy_pinyin(player.name)),
        )  # fmt: skip
        person.set_password(PASSWORD)
        person.save()
        Role.objects.create(person=person, unit=unit, name=player.role)
        people[player.username] = person
    return units, people


def _unit(name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    unit = Unit.objects.create(
        name=name, kind=kind, parent=parent, college=parent.college if parent else None,
        sort_key=" ".join(lazy_pinyin(name)),
    )  # fmt: skip
    if kind == UnitKind.COLLEGE:
        unit.college = unit
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save()
    return unit


def _plan(
    calendar: Calendar, report: Sent, units: dict[str, Unit], people: dict[str, Person]
) -> tuple[Programme, Round]:
    """The plan of the sample report, taken in as a user would, shared out among the units, and kept as a version."""
    office, today = people["shuanggao"], timezone.localdate()
    founding = programme.Founding(
        name="省域高水平高职学校建设",
        first_year=calendar.first_year,
        last_year=calendar.last_year,
        approved_on=date(calendar.first_year, 3, 1),
    )
    made = programme.found(office, units[COLLEGE], founding)
    period = made.periods.get(name="中期")
    row = taking.begin(office, made, report.name, report.data, units[COLLEGE], period)
    seen = taking.understood(row)
    row = taking.decide(office, row, row.version, as_printed(seen.draft, seen.undecided))
    opening = Opening(
        name="中期自评", period=period, due_person=today + timedelta(days=3), due_department=today + timedelta(days=8),
        due_team=today + timedelta(days=12), due_school=today + timedelta(days=20),
    )  # fmt: skip
    taking.write(office, row)
    _share_out(made, units, office)
    _group_tasks(calendar, made, units, office)
    programme.keep_version(office, made, "任务书批准稿")
    again = taking.begin(office, made, report.name, report.data, units[COLLEGE], period)
    again = taking.decide(office, again, again.version, as_printed(seen.draft, seen.undecided))
    taking.write(office, again, leave=frozenset(map(taking.key_of, taking.compared(again))), opening=opening)
    again.refresh_from_db()
    assert again.round is not None  # noqa: S101 - an opening was given
    return made, again.round


def _share_out(made: Programme, units: dict[str, Unit], office: Person) -> None:
    """Each task to its unit, with all that hangs on it."""
    for task in made.tasks.all():
        unit = units[RESPONSIBLE.get(task.code[:1], "教务处")]
        programme.keep_task(office, made, task, task.version, {"unit": unit, "team": units["提质培优建设组"]})
        for point in task.points.all():
            programme.keep_point(office, made, point, point.version, {"unit": unit})
        for indicator in task.indicators.all():
            programme.keep_indicator(office, made, indicator, indicator.version, {"unit": unit})
    for number, indicator in enumerate(made.indicators.filter(task=None)):
        unit = units[list(RESPONSIBLE.values())[number % 4]]
        programme.keep_indicator(office, made, indicator, indicator.version, {"unit": unit})


def _group_tasks(calendar: Calendar, made: Programme, units: dict[str, Unit], office: Person) -> None:
    """What the specialty groups are to do in the second year, and to reach in the end."""
    end = made.periods.get(name="期满")
    for name, code, title, plans, indicators in GROUP_TASKS:
        unit = units[name]
        task: Task = programme.keep_task(
            office, made, None, 1, {"code": code, "name": title, "unit": unit, "group": unit}
        )
        for ordinal, plan in enumerate(plans, start=1):
            fields = {"task": task, "year": calendar.first_year + 1, "ordinal": ordinal, "plan": plan, "unit": unit}
            programme.keep_point(office, made, None, 1, fields)
        for number, called, measure, target in indicators:
            fields = {"task": task, "code": number, "name": called, "measure": measure, "group": unit, "unit": unit,
                      "category": Category.QUANTITY, "direction": Direction.HIGHER, "basis": Basis.CUMULATIVE}  # fmt: skip
            programme.keep_indicator(office, made, None, 1, fields, {end.pk: (target, "")})


def _work(made: Programme, round_: Round, people: dict[str, Person], progress: Progress) -> None:
    """Bring the items to different stages, so that every page has something to show."""
    reporters = {"教务处": "jiaowu", "继续教育学院": "jijiao", "国际交流处": "guoji"}
    rows = list(round_.entries.select_related("unit", "indicator", "point"))
    for number, row in enumerate(rows):
        progress(f"填报和审核 {number + 1}/{len(rows)}")
        name = reporters.get(row.unit.name)
        if name is None or not (row.text.strip() or row.number is not None):
            continue
        state = LifeState.BUILT if row.point and "100" in row.rate else LifeState.NONE
        why = DIFFERENT.get(row.indicator.code, "") if row.indicator else ""
        saved = entries.save(people[name], row, row.version, {"state": state.value} | ({"reason": why} if why else {}))
        _advance(saved, number, people, name)
    _by_hand(made, round_, people)


def _advance(row: Entry, number: int, people: dict[str, Person], name: str) -> None:
    """Every eighth item stays a draft, is submitted, is with the department … up to locked; a few come back."""
    steps: Iterable[tuple[Stage, Callable[[Entry], Entry]]] = (
        (Stage.SUBMITTED, lambda item: entries.submit(people[name], item)),
        (Stage.DEPARTMENT, lambda item: entries.approve(people[f"{name}-fuze"], item)),
        (Stage.TEAM, lambda item: entries.approve(people["zuzhang"], item)),
        (Stage.APPROVED, lambda item: entries.approve(people["shuanggao"], item)),
        (Stage.LOCKED, lambda item: entries.lock(people["shuanggao"], item)),
    )
    how_far = (5, 5, 1, 3, 4, 2, 5, 0)[number % 8]
    for _step, (stage, step) in zip(range(how_far), steps, strict=False):
        if stage is Stage.TEAM and row.team_id is None:
            continue
        if row.stage == Stage.APPROVED and stage is not Stage.LOCKED:
            continue
        try:
            row = step(row)
        except RefusedError:
            return
    if row.stage == Stage.SUBMITTED and number % 16 == 2:
        entries.return_for_revision(people[f"{name}-fuze"], row, "请补充批文，并写明完成时间。")


def _by_hand(made: Programme, round_: Round, people: dict[str, Person]) -> None:
    """What a page should also show: a group's draft, and a value changed after approval."""
    for code, ordinal, username, text, rate, state, reason in GROUP_WORK:
        row = round_.entries.get(point__task__code=code, point__ordinal=ordinal)
        typed = {"text": text, "rate": rate, "state": state.value, "reason": reason}
        entries.save(people[username], row, row.version, typed)
    approved = made.rounds.get(pk=round_.pk).entries.filter(stage=Stage.APPROVED, point__isnull=False).first()
    if approved is not None:
        entries.correct(
            people["shuanggao"],
            approved,
            approved.version,
            {"text": f"{approved.text}（已按批文更正名称）"},
            "名称与批文不一致",
        )


def _review(round_: Round, people: dict[str, Person]) -> None:
    """The province gives the round to an expert, who has begun."""
    review.assign(people["shengting"], round_, people["zhuanjia"], timezone.localdate() + timedelta(days=30))
    locked = list(round_.entries.filter(stage=Stage.LOCKED).order_by("position")[:4])
    for item, verdict in zip(locked, ("settled", "settled", "needs_material", "on_site"), strict=False):
        review.judge(people["zhuanjia"], item, verdict, "" if verdict == "settled" else "请提供批文和名单。")
    if len(locked) > 2:
        review.inquire(people["zhuanjia"], locked[2], "立项批文扫描件和课程名单")
        review.draw_sample(people["zhuanjia"], round_, 5, seed=20260301)


def _suppose(round_: Round, people: dict[str, Person]) -> None:
    """What the office has reckoned with: two indicators that are short, at their targets; two that nobody has told plainly."""
    known = dict(round_.entries.filter(indicator__isnull=False).values_list("indicator__code", "pk"))
    short = {known[code]: None for code in ("2.2.1", "T.2") if code in known}
    appraisal.suppose(people["shuanggao"], round_, "教学成果奖和资金到位都补上", short)
    half = {known[code]: Decimal(1) for code in ("1.2.2", "2.2.2") if code in known}
    appraisal.suppose(people["shuanggao"], round_, "样板支部和规划教材各成一个", half)


def _report(file: Sent, round_: Round, people: dict[str, Person]) -> None:
    """The office has the report checked against the ledger; one finding is given to someone, one is exempted."""
    office, day = people["shuanggao"], timezone.localdate() + timedelta(days=14)
    to = reports.Consignment(round_.programme.college, round_)
    (row,) = reports.upload(office, [ContentFile(file.data, name=file.name)], to)
    reports.check(office, row)
    found = list(row.findings.all()[:2])
    if len(found) == 2:
        reports.give(office, found[0], people["jiaowu"], "按明细表改正汇总数", day)
        reports.exempt(office, found[1], "等主管部门发文后更新", day)
