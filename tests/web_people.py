"""The cast of the web tests: a province, two colleges, and in the first one person of each role, each with the least it needs."""

from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from taizhang.web.ledger.models import (
    Category,
    Entry,
    Indicator,
    Period,
    PeriodKind,
    Person,
    Point,
    Programme,
    Role,
    RoleName,
    Round,
    Target,
    Task,
    Unit,
    UnitKind,
)

PASSWORD = "chunfeng-2026-huayu"  # noqa: S105 - of people who do not exist


def unit(name, kind, parent=None):
    made = Unit.objects.create(name=name, kind=kind, parent=parent, college=parent.college if parent else None)
    if kind == UnitKind.COLLEGE:
        made.college = made
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save()
    return made


def person(username, name, home, *roles):
    made = Person(username=username, name=name, home=home, activated_at=timezone.now())
    made.set_password(PASSWORD)
    made.save()
    for role, where in roles:
        Role.objects.create(person=made, unit=where, name=role)
    return made


def cast():
    """Everyone, and a programme with one task, two points and one indicator in an open round."""
    province = unit("江北省教育厅", UnitKind.PROVINCE)
    college = unit("云岭职业技术学院", UnitKind.COLLEGE, province)
    teaching = unit("教务处", UnitKind.DEPARTMENT, college)
    training = unit("继续教育学院", UnitKind.DEPARTMENT, college)
    team = unit("提质建设组", UnitKind.TEAM, college)
    elsewhere = unit("望海职业学院", UnitKind.COLLEGE, province)
    other = unit("教务处", UnitKind.DEPARTMENT, elsewhere)
    people = SimpleNamespace(
        reporter=person("baogao", "林晓", college, (RoleName.REPORTER, teaching)),
        colleague=person("tonghang", "周航", college, (RoleName.REPORTER, training)),
        lead=person("fuze", "何芳", college, (RoleName.LEAD, teaching)),
        team_lead=person("zuzhang", "沈毅", college, (RoleName.LEAD, team)),
        office=person("shuanggao", "许宁", college, (RoleName.OFFICE, college)),
        admin=person("guanli", "孟川", college, (RoleName.ADMIN, college)),
        expert=person("zhuanjia", "顾言", province, (RoleName.EXPERT, province)),
        province=person("shengting", "白澜", province, (RoleName.PROVINCE, province)),
        outsider=person("waixiao", "石远", elsewhere, (RoleName.REPORTER, other), (RoleName.OFFICE, elsewhere)),
        nobody=person("wujuese", "于空", college),
    )
    programme = Programme.objects.create(
        college=college, name="省域高水平高职学校建设", first_year=2023, last_year=2027, approved_on=date(2023, 3, 1)
    )
    periods = {
        "year": Period.objects.create(
            programme=programme, name="2024 年度", kind=PeriodKind.YEAR, first_year=2024, last_year=2024
        ),
        "mid": Period.objects.create(
            programme=programme, name="中期", kind=PeriodKind.CHECKPOINT, first_year=2023, last_year=2025
        ),
        "end": Period.objects.create(
            programme=programme, name="期满", kind=PeriodKind.END, first_year=2023, last_year=2027
        ),
    }
    task = Task.objects.create(
        programme=programme, code="1", name="深化教学改革", unit=teaching, team=team, position="001"
    )
    points = [
        Point.objects.create(
            programme=programme, task=task, year=2024, ordinal=1, plan="新建校级课程 6 门", unit=teaching
        ),
        Point.objects.create(
            programme=programme, task=task, year=2024, ordinal=2, plan="制定培训办法 1 项", unit=training
        ),
    ]
    indicator = Indicator.objects.create(
        programme=programme, task=task, code="1.1.1", name="省级在线课程", category=Category.QUANTITY, measure="门",
        unit=teaching, position="001",
    )  # fmt: skip
    Target.objects.create(indicator=indicator, period=periods["mid"], text="6", number=6)
    Target.objects.create(indicator=indicator, period=periods["end"], text="10", number=10)
    opened = Round.objects.create(
        programme=programme, period=periods["mid"], name="2025 年中期填报", opened_at=timezone.now(), opened_by=people.office,
        due_person=date(2026, 12, 1), due_department=date(2026, 12, 5), due_team=date(2026, 12, 8),
        due_school=date(2026, 12, 15),
    )  # fmt: skip
    entries = [
        Entry.objects.create(
            round=opened, point=point, unit=point.unit, team=team, position=f"001-2024-{point.ordinal:02}",
            person=people.reporter if point.unit == teaching else people.colleague,
        )
        for point in points
    ]  # fmt: skip
    value = Entry.objects.create(
        round=opened, indicator=indicator, unit=teaching, team=team, person=people.reporter, position="001-9"
    )
    return SimpleNamespace(
        province=province, college=college, teaching=teaching, training=training, team=team, elsewhere=elsewhere,
        people=people, programme=programme, periods=periods, task=task, points=points, indicator=indicator, round=opened,
        entries=entries, value=value,
    )  # fmt: skip
