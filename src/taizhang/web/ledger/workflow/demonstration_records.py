"""The invented college's records: of the year before its programme and of its first two, in every stage.

They are written for a programme that begins in 2022 and moved to the years that are meant. What the figures of
`demonstration_figures` count comes to the values of the sample report, but where the two are meant to differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from taizhang.core.record import EvidenceMention, Move, Partner, Record, RecordMeasure
from taizhang.records import shelf
from taizhang.web.ledger.models import Person, Unit
from taizhang.web.ledger.models import Record as Row
from taizhang.web.ledger.workflow import demonstration_proofs, record_steps, records
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar

COLLEGE = "云岭职业技术学院"
YEARS = (2021, 2022, 2023)
CITY = "江北省云岭市"
ACADEMIC, LIFELONG, ABROAD = "教务处", "继续教育学院", "国际交流处"
REPORTERS = {ACADEMIC: "jiaowu", LIFELONG: "jijiao", ABROAD: "guoji"}
# Which unit answers for the examples of a group of kinds, where nothing else is told of a kind.
GROUPS = {"培训与社会服务": LIFELONG, "乡村振兴与帮扶": LIFELONG, "校企合作": ABROAD}

# theme, trainees, plan, partner, place, people of the first year and more each year, days, money for each person
_TRAININGS = (
    ("果树修剪", "农民", "双百行动", "青石镇人民政府", f"{CITY}青石县青石镇", 62, 9, 3, "0"),
    ("农产品直播", "农民", "双百行动", "竹溪村", f"{CITY}青石县青石镇竹溪村", 38, 16, 2, "0"),
    ("乡村会计", "村干部", "双百行动", "柳坪镇人民政府", f"{CITY}柳坪县柳坪镇", 45, 5, 4, "0"),
    ("养老护理员", "社区居民", "社区教育", "云岭市民政局", f"{CITY}青石街道", 120, 24, 6, "0.06"),
    ("家庭园艺", "社区居民", "社区教育", "松岭社区", f"{CITY}松岭街道松岭社区", 80, 12, 2, "0"),
    ("智能手机应用", "社区居民", "社区教育", "松岭社区", f"{CITY}松岭街道松岭社区", 150, 40, 1, "0"),
    ("数控机床操作", "企业职工", "社会培训", "云岭机床有限公司", CITY, 96, 30, 10, "0.18"),
    ("低压电工", "企业职工", "社会培训", "云岭电力服务有限公司", CITY, 140, 22, 8, "0.12"),
    ("仓储安全管理", "企业职工", "社会培训", "启程物流有限公司", f"{CITY}柳坪县", 75, 18, 3, "0.05"),
    ("中职骨干教师", "教师", "国培省培", "江北省教育厅", "江北省", 60, 10, 10, "0.3"),
    ("幼儿园园长", "教师", "国培省培", "江北省教育厅", "江北省", 48, 6, 7, "0.21"),
    ("西部职校教师跟岗", "教师", "职教帮扶", "西岭职业学校", "西岭州", 22, 4, 15, "0"),
)
_TAGS = {
    "双百行动": ("乡村振兴", "突出基层人才培养培训"), "社区教育": ("社区教育",), "社会培训": ("社会培训", "产教融合"),
    "国培省培": ("国培省培",), "职教帮扶": ("职教帮扶", "对口支援"),
}  # fmt: skip
# title, partners, category, the day it was signed, until, state
_AGREEMENTS = (
    ("与云岭机床共建现场工程师班协议", "云岭机床有限公司", "校企合作", "2021-03-18", "2024-03-17", "in_force"),
    ("与启程物流共建实训基地协议", "启程物流有限公司", "校企合作", "2021-06-02", "2024-06-01", "in_force"),
    ("双百行动校县合作协议", "青石县人民政府", "校地合作", "2022-08-20", "2025-08-19", "in_force"),
    ("与柳坪县校县合作协议", "柳坪县人民政府", "校地合作", "2022-08-25", "2025-08-24", "signed"),
    ("结对帮扶西岭职业学校协议", "西岭职业学校", "结对帮扶", "2021-09-10", "2023-09-09", "expired"),
    ("与竹溪村支部结对共建协议", "竹溪村", "党建共建", "2022-05-12", "2025-05-11", "signed"),
    ("与南屿理工学院学分互认协议", "南屿理工学院", "国际合作", "2023-04-09", "2026-04-08", "signed"),
    ("与湄岸农业大学联合培养协议", "湄岸农业大学", "国际合作", "2022-05-16", "2025-05-15", "in_force"),
    ("与丹屿职业学院课程标准互认协议", "丹屿职业学院", "国际合作", "2022-10-20", "2025-10-19", "in_force"),
    ("与青湾技术学院师资研修协议", "青湾技术学院", "国际合作", "2023-06-06", "2026-06-05", "signed"),
    ("与松岭养老集团合作意向", "松岭养老集团", "意向", "2023-10-15", "", "intended"),
)
_AGREED = {"校地合作": "双百行动", "校企合作": "产教融合", "结对帮扶": "对口支援", "党建共建": "双百行动"}
# title, level, grade, grantor, winners' kind, how many each year
_AWARDS = (
    ("学生技能大赛获奖", "国家级", "三等奖", "教育部", "学生", (1, 2, 3)),
    ("学生技能大赛获奖", "省级", "一等奖", "江北省教育厅", "学生", (6, 12, 14)),
    ("教学能力大赛获奖", "省级", "二等奖", "江北省教育厅", "教师", (1, 2, 2)),
    ("创新创业大赛获奖", "省级", "三等奖", "江北省教育厅", "学生", (2, 4, 3)),
    ("优秀社会实践团队", "市级", "称号", "共青团云岭市委员会", "学生", (1, 2, 3)),
    ("技能大赛裁判贡献奖", "市级", "称号", "云岭市人力资源和社会保障局", "教师", (0, 1, 1)),
)
# title, category, level, year, state, money
_PROJECTS = (
    ("丘陵茶园采摘机械臂研究", "纵向科研", "省级", 2021, "accepted", "10"),
    ("山区冷链末端配送优化研究", "纵向科研", "市级", 2021, "closed", "3"),
    ("课程思政示范课建设", "教学改革", "省级", 2021, "accepted", "4"),
    ("现场工程师培养改革", "教学改革", "省级", 2022, "in_progress", "6"),
    ("竹材烘干节能改造", "横向科研", "", 2022, "in_progress", "18"),
    ("县域物流站点规划", "横向科研", "", 2022, "closed", "12.5"),
    ("高山蔬菜追溯系统", "横向科研", "", 2023, "signed", "26"),
    ("产教融合实训基地建设", "质量工程", "省级", 2021, "midterm_accepted", "120"),
    ("养老服务专业教学资源建设", "质量工程", "校级", 2022, "approved", "8"),
    ("竹溪村电商帮扶", "帮扶项目", "校级", 2022, "accepted", "2"),
    ("农机故障诊断小程序", "创新创业", "国家级", 2023, "approved", "2"),
    ("低碳校园监测", "创新创业", "省级", 2023, "applied", "1"),
)
# title, kind, category, level, place, partner, year, state
_BASES = (
    ("智能制造校内实训基地", "校内实训基地", "省级", "", "云岭机床有限公司", 2021, "accepted"),
    ("启程物流校外实践基地", "校外实践基地", "校级", f"{CITY}柳坪县", "启程物流有限公司", 2021, "established"),
    ("青石镇乡村振兴学院", "乡村振兴学院", "", f"{CITY}青石县青石镇", "青石镇人民政府", 2022, "in_operation"),
    ("松岭社区教育示范基地", "社区教育", "市级", f"{CITY}松岭街道松岭社区", "松岭社区", 2022, "recognised"),
    ("职工培训示范基地", "培训基地", "省级", "", "江北省总工会", 2022, "approved"),
    ("南屿丝路学院", "海外基地", "", "", "南屿理工学院", 2023, "building"),
)
# title, level, state, how many each year
_COURSES = (
    ("在线精品课程", "省级", "recognised", (2, 2, 2)),
    ("校级精品课程", "校级", "built", (8, 12, 10)),
    ("校企共建课程", "", "in_operation", (5, 9, 14)),
    ("省级课程思政示范课", "省级", "approved", (1, 2, 2)),
)
# title, category, year, state, how many
_IP = (
    ("一种丘陵地块播种机", "发明专利", 2021, "granted", 1),
    ("竹材烘干余热回收装置", "实用新型", 2022, "granted", 1),
    ("茶青称重分拣装置", "实用新型", 2022, "granted", 1),
    ("农机具维修工装实用新型专利", "实用新型", 2022, "granted", 9),
    ("智能灌溉控制方法发明专利", "发明专利", 2022, "granted", 3),
    ("冷链箱温度监测软件", "软件著作权", 2022, "granted", 1),
    ("康养辅具外观设计专利", "外观设计", 2023, "granted", 11),
    ("茶园采摘机械臂发明专利", "发明专利", 2023, "granted", 4),
    ("梯田灌溉控制方法", "发明专利", 2023, "accepted", 1),
    ("竹编教具套件", "外观设计", 2023, "filed", 1),
)
# purpose, nature, place, partner, budget, paid in each year
_FUNDS = (
    ("实训设备购置", "中央财政", "", "", "500", ("480", "496", "430")),
    ("师资培养", "地方财政", "", "", "120", ("118", "115", "120")),
    ("专业群课程建设", "自筹", "", "", "200", ("186", "191", "170")),
    ("共建实训室", "企业", "", "云岭机床有限公司", "80", ("60", "80", "75")),
    ("竹溪村茶园步道", "自筹", f"{CITY}青石县青石镇竹溪村", "竹溪村", "20", ("0", "18", "0")),
)


def told(calendar: Calendar) -> tuple[tuple[str, Record], ...]:
    """Every record with the name of the unit that enters it, in an order that never changes; nothing is yet to come."""
    found = [
        *((LIFELONG, each) for each in (*_trainings(), *_lent_a_hand())),
        *((ABROAD, each) for each in _agreements()),
        *((ACADEMIC, each) for each in (*_awards(), *_projects(), *_bases(), *_courses(), *_ip())),
        *((LIFELONG, each) for each in (*_villages(), *_funds())),
        *((ACADEMIC, each) for each in _years()),
    ]
    kinds = {record.kind for _unit, record in found}
    meant = [(unit, calendar.moved(record)) for unit, record in found]
    meant = [(unit, record) for unit, record in meant if calendar.is_past(record)]
    meant += [
        (GROUPS.get(kind.group, ACADEMIC), calendar.bygone(replace(kind.example, id="")))
        for kind in shelf().values()
        if kind.key not in kinds
    ]
    return tuple((unit, replace(record, org=COLLEGE, department=unit)) for unit, record in meant)


def flawed(calendar: Calendar) -> tuple[tuple[str, Record], ...]:
    """Drafts as they also come in: a level not split, a postponement without its document, the same course again."""
    made = (
        _record("award", "学生技能大赛获奖汇总", 2022, "awarded", level="国家级/省级", measures=_of("获奖数", "12", "项")),
        _record("task_list", "学校章程修订", 2022, "postponed"),
        _record("training_programme", "2022 年果树修剪培训", 2022, "held", place="青石镇",
                partners=(Partner("青石镇政府"),), measures=_of("人数", "71", "人")),
        _record("base", "职工培训示范基地立项", 2022, "established", level="省级"),
        _record("training_programme", "养老护理员冬季班", 2023, "held", measures=_of("人数", "64", "人次")),
    )  # fmt: skip
    units, meant = (ACADEMIC, ACADEMIC, LIFELONG, ACADEMIC, LIFELONG), map(calendar.moved, made)
    return tuple((unit, replace(each, org=COLLEGE, department=unit)) for unit, each in zip(units, meant, strict=True))


def plant(calendar: Calendar, units: Mapping[str, Unit], people: Mapping[str, Person]) -> None:
    """Enter them as their reporters would; most are confirmed, some wait or came back, and the flawed stay drafts."""
    for unit, username in REPORTERS.items():
        reporter, lead = people[username], people[f"{username}-fuze"]
        mine = [records.Entering(units[unit], record, reporter) for name, record in told(calendar) if name == unit]
        rows = records.enter_many(reporter, units[COLLEGE], mine)
        proven = [(row, each.record) for row, each in zip(rows, mine, strict=True) if is_counted(each.record)]
        demonstration_proofs.plant(reporter, units[unit], proven)
        _advance(rows, [is_counted(each.record) for each in mine], reporter, lead, people["shuanggao"])
        drafts = [records.Entering(units[unit], record, reporter) for name, record in flawed(calendar) if name == unit]
        records.enter_many(reporter, units[COLLEGE], drafts)


def is_counted(record: Record) -> bool:
    """Whether a figure is made of it: then it is confirmed, so that the values of the report agree with their records."""
    if record.kind == "training_programme":
        return record.fields.get("trainees") == ("农民",)
    return record.kind in {"award", "course", "ip", "income", "agreement", "enterprise_service", "graduate_outcome"}


def _advance(rows: Sequence[Row], counted: Sequence[bool], reporter: Person, lead: Person, office: Person) -> None:
    """Of every twelve one stays a draft, one is handed in, one comes back, one waits for the office, one is locked."""
    places = [12 if held else place % 12 for place, held in enumerate(counted)]

    def but(*skipped: int) -> list[Row]:
        return [row for row, place in zip(rows, places, strict=True) if place not in skipped]

    record_steps.each(record_steps.submitting(), reporter, but(3))
    returned = [row for row, place in zip(rows, places, strict=True) if place == 7]
    record_steps.each(record_steps.returning("请写明依据文件的文号。"), lead, returned)
    record_steps.each(record_steps.confirming(), lead, but(3, 5, 7))
    record_steps.each(record_steps.confirming(), office, but(3, 5, 7, 9))
    locked = [
        row
        for number, (row, place) in enumerate(zip(rows, places, strict=True))
        if place in {0, 12} and number % 3 == 0
    ]
    record_steps.each(record_steps.locking(), office, locked)


def _record(kind: str, title: str, year: int, state: str, **more: object) -> Record:
    whole: dict[str, object] = {"period": str(year), "period_basis": "stated"}
    return Record(id="", kind=kind, title=title, state=state, **(whole | more))  # type: ignore[arg-type]  # as each table says


def _of(name: str, value: str | int, unit: str) -> tuple[RecordMeasure, ...]:
    return (RecordMeasure(name, Decimal(value), unit, cumulative=False),)


def _proof(title: str) -> tuple[EvidenceMention, ...]:
    return (EvidenceMention(title),)


def _partner(name: str, role: str) -> tuple[Partner, ...]:
    return (Partner(name, role),) if name else ()


def _trainings() -> Iterator[Record]:
    for number, (theme, trainees, plan, partner, place, people, more, days, fee) in enumerate(_TRAININGS):
        for step, year in enumerate(YEARS):
            count, start = people + more * step, date(year, 2 + number % 10, 6 + number)
            measures = (*_of("期数", 1, "期"), *_of("人数", count, "人"), *_of("培训量", count * days, "人日"))
            paid = _of("到账额", str(count * Decimal(fee)), "万元") if Decimal(fee) else ()
            yield _record(
                "training_programme", f"{theme}培训班（{year} 年）", year, "settled" if paid else "held",
                partners=_partner(partner, "共建"), place=place, start=start, end=date(year, start.month, start.day + days - 1),
                level="省级" if plan == "国培省培" else None, measures=(*measures, *paid), tags=_TAGS[plan],
                fields={"theme": theme, "plan": plan, "trainees": (trainees,), "is_paid": bool(paid)},
                evidence=_proof(f"{theme}培训班签到表"),
            )  # fmt: skip


def _lent_a_hand() -> Iterator[Record]:
    """The many small lessons in villages, told together once a year."""
    for year, lessons, people, days in zip(
        YEARS, (96, 118, 152), (2410, 3020, 4105), ("0.74", "0.9079", "1.222"), strict=True
    ):
        yield _record(
            "training_programme", f"送技下乡农技培训（{year} 年汇总）", year, "held", end=date(year, 10, 30), place=CITY,
            measures=(*_of("期数", lessons, "期"), *_of("人次", people, "人次"), *_of("培训量", days, "万人日")),
            tags=_TAGS["双百行动"], fields={"theme": "农技", "plan": "双百行动", "trainees": ("农民",), "is_paid": False},
            evidence=_proof(f"{year} 年送技下乡台账"),
        )  # fmt: skip


def _agreements() -> Iterator[Record]:
    for title, partner, category, signed, until, state in _AGREEMENTS:
        day = date.fromisoformat(signed)
        fields = {"parties": (partner,), "category": category, "signed_on": signed} | (
            {"valid_until": until} if until else {}
        )
        yield _record(
            "agreement", title, day.year, state, period=signed, start=day, partners=_partner(partner, "共建"),
            measures=_of("份数", 1, "份"), fields=fields if state != "intended" else {"category": category},
            evidence=_proof(f"{title}扫描件") if state != "intended" else (), tags=(_AGREED[category],) if category in _AGREED else (),
        )  # fmt: skip


def _awards() -> Iterator[Record]:
    for title, level, grade, grantor, winner, counts in _AWARDS:
        for year, count in zip(YEARS, counts, strict=True):
            if count:
                yield _record(
                    "award", f"{year} 年{level}{title}（{grade}）", year, "awarded", level=level, measures=_of("获奖数", count, "项"),
                    fields={"grade": grade, "grantor": (grantor,), "winner_type": winner}, tags=("标志性成果",),
                    evidence=_proof(f"{year} 年获奖文件"),
                )  # fmt: skip


def _projects() -> Iterator[Record]:
    for title, category, level, year, state, money in _PROJECTS:
        yield _record(
            "project", title, year, state, start=date(year, 4, 1), level=level or None,
            measures=(*_of("项目数", 1, "项"), *_of("经费", money, "万元")), fields={"category": category},
            evidence=_proof(f"{title}{'申报书' if state == 'applied' else '立项通知'}"), moves=_ways("project", state, year),
        )  # fmt: skip


def _ways(kind: str, state: str, year: int) -> tuple[Move, ...]:
    """The shortest way to a state by the kind's own moves, a few months apart; the first is what it begins in."""
    states = shelf()[kind]
    ways: dict[str, tuple[str, ...]] = {states.states[0].key: (states.states[0].key,)}
    while state not in ways:
        longer = {to: (*way, to) for key, way in ways.items() for to in states.state(key).to if to not in ways}  # type: ignore[union-attr]  # its own key
        ways |= {key: way for key, way in longer.items() if key not in {"postponed", "cancelled"}}
    months = [date(year + (2 + 5 * step) // 12, (2 + 5 * step) % 12 + 1, 15) for step in range(len(ways[state]))]
    return tuple(Move(key, day) for key, day in zip(ways[state], months, strict=True))


def _bases() -> Iterator[Record]:
    for title, category, level, place, partner, year, state in _BASES:
        yield _record(
            "base", title, year, state, start=date(year, 6, 20), level=level or None, place=place or None,
            partners=_partner(partner, "共建"), measures=_of("基地数", 1, "个"), fields={"category": category},
            evidence=_proof(f"{title}批文"),
        )  # fmt: skip


def _courses() -> Iterator[Record]:
    for title, level, state, counts in _COURSES:
        for year, count in zip(YEARS, counts, strict=True):
            yield _record(
                "course", f"{year} 年{title}", year, state, level=level or None, measures=_of("课程数", count, "门"),
                evidence=_proof(f"{year} 年{title}名单"),
            )  # fmt: skip


def _ip() -> Iterator[Record]:
    for title, category, year, state, count in _IP:
        yield _record(
            "ip", title, year, state, level="国家级" if state == "granted" else None, measures=_of("件数", count, "项"),
            fields={"category": category, "owners": (COLLEGE,)}, evidence=_proof(f"{title}证书或受理通知"),
        )  # fmt: skip


def _villages() -> Iterator[Record]:
    """What was done for one village and its neighbours, year by year."""
    village, town = f"{CITY}青石县青石镇竹溪村", f"{CITY}青石县青石镇"
    for step, year in enumerate(YEARS):
        proof = _proof(f"{year} 年帮扶台账")
        yield _record("product_sale", f"竹溪村茶叶直播销售（{year} 年）", year, "settled", place=village,
                      partners=_partner("竹溪村", "受援"), measures=_of("销售额", 6 + 5 * step, "万元"), evidence=proof, tags=("乡村振兴",))  # fmt: skip
        yield _record("income", f"竹溪村集体收入（{year} 年）", year, "reported", place=village, partners=_partner("竹溪村", "受援"),
                      measures=_of("金额", 5 + 4 * step, "万元"), fields={"source_type": "村集体"}, evidence=proof, tags=("乡村振兴",))  # fmt: skip
        yield _record("secondment", f"驻青石镇工作队队员（{year} 年）", year, "ended" if year < YEARS[-1] else "active", place=town,
                      partners=_partner("青石镇人民政府", "受援"), measures=_of("人数", 2, "名"),
                      fields={"direction": "派出", "plan": "驻村"}, evidence=proof, tags=("双百行动",))  # fmt: skip
        yield _record("volunteer_activity", f"暑期农机义务检修（{year} 年）", year, "done", place=town, period=f"{year}-07-10..18",
                      measures=(*_of("团队数", 1 + step, "支"), *_of("人数", 12 + 6 * step, "人")), evidence=proof)  # fmt: skip
        yield _record("enterprise_service", f"企业技术服务（{year} 年）", year, "done", measures=(*_of("企业数", (25, 32, 45)[step], "家"),
                      *_of("难题数", 7 + 3 * step, "项")), evidence=_proof(f"{year} 年技术服务确认单汇总"))  # fmt: skip
        yield _record("donation", f"向竹溪小学捐赠图书（{year} 年）", year, "delivered", place=village,
                      partners=_partner("竹溪小学", "受援"), measures=_of("册数", 400 + 100 * step, "册"), evidence=proof)  # fmt: skip


def _funds() -> Iterator[Record]:
    for purpose, nature, place, partner, budget, paid in _FUNDS:
        for year, money in zip(YEARS, paid, strict=True):
            if Decimal(money):
                yield _record(
                    "funding", f"{purpose}投入（{nature}，{year} 年）", year, "paid", place=place or None, partners=_partner(partner, "共建"),
                    measures=(*_of("预算额", budget, "万元"), *_of("金额", money, "万元")), fields={"nature": nature, "purpose": purpose},
                    evidence=_proof(f"{year} 年支付凭证汇总"),
                )  # fmt: skip


def _years() -> Iterator[Record]:
    """What is counted once a year: graduates, teachers, satisfaction, income of services, money spent."""
    for step, year in enumerate(YEARS):
        last, graduates = date(year, 12, 31), 2800 + 160 * step
        employed, budget, spent = (2632, 2812, 3005)[step], 9600 + 400 * step, 9300 + 380 * step
        rate = (Decimal(employed) * 100 / graduates).quantize(Decimal("0.1"))
        yield _record("graduate_outcome", f"{year} 届毕业生就业情况", year, "reported", as_of=date(year, 8, 31), evidence=_proof(f"{year} 届就业质量报告"),
                      measures=(*_of("毕业生数", graduates, "人"), *_of("就业人数", employed, "人"), *_of("就业率", str(rate), "%")),
                      fields={"cohort": f"{year} 届"})  # fmt: skip
        yield _record("staff_structure", f"双师型教师（{year} 年）", year, "verified", as_of=last, evidence=_proof(f"{year} 年双师型教师名单"),
                      measures=(*_of("专业课教师", 360 + 10 * step, "人"), *_of("双师型教师", 270 + 18 * step, "人")))  # fmt: skip
        yield _record("satisfaction_survey", f"在校生满意度调查（{year} 年）", year, "reported", start=date(year, 12, 4),
                      measures=(*_of("满意度", f"{91 + step}.6", "%"), *_of("发放数", 2400, "份"), *_of("样本数", 2180 + 20 * step, "份")),
                      fields={"respondents": ("在校生",), "method": "网上问卷"}, evidence=_proof(f"{year} 年满意度调查报告"))  # fmt: skip
        yield _record("income", f"横向技术服务到款（{year} 年）", year, "received", evidence=_proof(f"{year} 年到款明细"),
                      measures=_of("金额", (180, 210, 273)[step], "万元"), fields={"source_type": "横向技术服务", "caliber": "到款额"})  # fmt: skip
        yield _record("budget_execution", f"专项资金执行（{year} 年）", year, "audited", as_of=last, level="校级",
                      measures=(*_of("预算数", budget, "万元"), *_of("执行数", spent, "万元")), fields={"subject": "专项资金"},
                      evidence=_proof(f"{year} 年决算报表"))  # fmt: skip
