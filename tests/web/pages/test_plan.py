"""The plan on the web: seen by those it concerns, changed by the office alone, and never without a trace."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Indicator, Point, Programme, Task

OK, MISSING, FORBIDDEN = 200, 404, 403
SEEN = {  # route: role → status
    "/programmes/": dict.fromkeys(["reporter", "lead", "office", "province", "outsider", "nobody"], OK),
    "/programmes/{programme}/": {
        "reporter": OK, "lead": OK, "team_lead": OK, "office": OK, "province": OK, "outsider": MISSING, "nobody": MISSING,
        "expert": MISSING,
    },
    "/points/{point}/": {
        "reporter": OK, "colleague": MISSING, "team_lead": OK, "office": OK, "province": OK, "outsider": MISSING,
        "expert": MISSING, "admin": MISSING,
    },
    "/indicators/{indicator}/": {"reporter": OK, "colleague": MISSING, "office": OK, "outsider": MISSING},
    "/programmes/{programme}/points/": {"reporter": OK, "office": OK, "outsider": MISSING},
    "/programmes/{programme}/indicators/": {"reporter": OK, "office": OK, "outsider": MISSING},
    "/programmes/{programme}/versions/": {"reporter": FORBIDDEN, "office": OK, "province": FORBIDDEN, "outsider": MISSING},
    "/programmes/{programme}/tasks/add/": {"reporter": FORBIDDEN, "lead": FORBIDDEN, "office": OK, "outsider": MISSING},
    "/programmes/{programme}/points/{point}/edit/": {"reporter": FORBIDDEN, "office": OK, "outsider": MISSING},
    "/programmes/add/": {"reporter": FORBIDDEN, "admin": FORBIDDEN, "office": OK},
}  # fmt: skip


@pytest.mark.parametrize(("route", "role"), [(route, role) for route, roles in SEEN.items() for role in roles])
def test_each_role_sees_its_pages_and_no_other(scene, as_, route, role):
    address = route.format(programme=scene.programme.pk, point=scene.points[0].pk, indicator=scene.indicator.pk)
    assert as_(role).get(address).status_code == SEEN[route][role]


def fields(scene, **changes):
    return {
        "task": scene.task.pk, "year": 2024, "ordinal": 3, "plan": "建设实训室 2 间", "unit": scene.teaching.pk, "seen": 1,
        **changes,
    }  # fmt: skip


def test_the_office_adds_and_changes_a_point_and_history_tells(scene, as_):
    office = as_("office")
    office.post(f"/programmes/{scene.programme.pk}/points/add/", fields(scene))
    point = Point.objects.get(ordinal=3)
    office.post(f"/programmes/{scene.programme.pk}/points/{point.pk}/edit/", fields(scene, plan="建设实训室 3 间"))
    changes = list(history.of(point))
    assert [change.verb for change in changes] == ["change", "add"]
    assert (changes[0].before["plan"], changes[0].after["plan"]) == ("建设实训室 2 间", "建设实训室 3 间")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"year": 2031}, "不在建设期"),
        ({"ordinal": 1}, "已经有编号相同的一项"),
        ({"plan": ""}, "这个字段是必填项"),
        ({"unit": 999_999}, "选择一个有效的选项"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence_and_kept_in_the_form(scene, as_, changes, sentence):
    answer = as_("office").post(f"/programmes/{scene.programme.pk}/points/add/", fields(scene, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Point.objects.count() == 2


def test_who_saves_over_a_newer_version_is_told(scene, as_):
    office = as_("office")
    address = f"/programmes/{scene.programme.pk}/points/{scene.points[0].pk}/edit/"
    office.post(address, fields(scene, ordinal=1, plan="甲"))
    answer = office.post(address, fields(scene, ordinal=1, plan="乙"))
    assert "刚刚被别人改过" in answer.content.decode()
    assert Point.objects.get(pk=scene.points[0].pk).plan == "甲"


def test_targets_are_kept_as_written_and_read_as_numbers(scene, as_):
    end = scene.periods["end"]
    typed = {
        "code": "1.1.2", "name": "社会培训", "category": "quantity", "measure": "人日", "direction": "higher",
        "basis": "cumulative", "cap": "capped", "unit": scene.training.pk, "seen": 1, f"target_{end.pk}": "≥12,000",
    }  # fmt: skip
    as_("office").post(f"/programmes/{scene.programme.pk}/indicators/add/", typed)
    target = Indicator.objects.get(code="1.1.2").targets.get()
    assert (target.text, target.number) == ("≥12,000", 12000)


def test_a_target_in_another_unit_is_not_taken_for_a_number(scene):
    from taizhang.web.ledger.workflow import programme as verbs

    target = verbs.set_target(scene.people.office, scene.indicator, scene.periods["year"], "1.2 万元")
    assert (target.text, target.number) == ("1.2 万元", None)


def test_a_version_tells_what_was_changed_since_and_by_whom(scene, as_):
    office = as_("office")
    address = f"/programmes/{scene.programme.pk}/versions/"
    office.post(address, {"label": "任务书批准稿"})
    office.post(
        f"/programmes/{scene.programme.pk}/points/{scene.points[0].pk}/edit/",
        fields(scene, ordinal=1, plan="新建校级课程 8 门"),
    )
    page = office.get(address).content.decode()
    assert "新建校级课程 6 门" in page
    assert "新建校级课程 8 门" in page
    assert "许宁" in page


def test_a_dropped_point_needs_a_reason_and_stays_in_history(scene, as_):
    office, point = as_("office"), scene.points[0]
    office.post(f"/plan/points/{point.pk}/drop/", {"reason": " "})
    assert not Point.objects.get(pk=point.pk).is_dropped
    office.post(f"/plan/points/{point.pk}/drop/", {"reason": "经省厅批复调整"})
    assert Point.objects.get(pk=point.pk).is_dropped
    assert history.of(point).first().reason == "经省厅批复调整"
    assert as_("reporter").post(f"/plan/points/{point.pk}/drop/", {"reason": "不想做"}).status_code == FORBIDDEN


def test_a_programme_is_founded_with_its_usual_periods(scene, as_):
    typed = {
        "college_id": scene.college.pk,
        "name": "产业学院",
        "first_year": 2024,
        "last_year": 2028,
        "profile": "generic",
    }
    as_("office").post("/programmes/add/", typed)
    made = Programme.objects.get(name="产业学院")
    assert [str(period) for period in made.periods.all()] == [
        "2024 年度", "2025 年度", "2026 年度", "中期", "2027 年度", "2028 年度", "期满",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [10, 40])
def test_lists_ask_the_database_the_same_number_of_questions_at_any_size(
    scene, as_, size, django_assert_max_num_queries
):
    for number in range(size):
        task = Task.objects.create(
            programme=scene.programme, code=f"2-{number}", name="任务", unit=scene.teaching, position=f"002-{number:03}"
        )
        Point.objects.create(programme=scene.programme, task=task, year=2024, ordinal=1, plan="甲", unit=scene.teaching)
        Indicator.objects.create(
            programme=scene.programme,
            task=task,
            code=f"2.{number}",
            name="乙",
            category="quantity",
            unit=scene.teaching,
        ).targets.create(period=scene.periods["end"], text="1")
    office = as_("office")
    for page, count in (("", 16), ("points/", 13), ("indicators/", 16)):
        with django_assert_max_num_queries(count):
            office.get(f"/programmes/{scene.programme.pk}/{page}")


def test_the_office_sets_the_periods_and_the_profile(scene, as_):
    office, address = as_("office"), f"/programmes/{scene.programme.pk}/"
    mid = scene.periods["mid"]
    typed = {"name": "中期", "kind": "checkpoint", "first_year": 2023, "last_year": 2024}
    office.post(f"{address}periods/{mid.pk}/", typed)
    mid.refresh_from_db()
    assert mid.last_year == 2024
    late = office.post(f"{address}periods/add/", {**typed, "name": "远期", "last_year": 2040})
    assert "应在建设期" in late.content.decode()
    assert "已经有名为" in office.post(f"{address}periods/add/", typed).content.decode()
    office.post(f"{address}settings/", {"name": "新名称", "profile": "national", "approved_on": "2023-05-01"})
    scene.programme.refresh_from_db()
    assert (scene.programme.name, scene.programme.profile) == ("新名称", "national")
    assert [change.verb for change in history.of(scene.programme)] == ["change"]


def test_a_period_with_targets_is_not_dropped_and_an_empty_one_is(scene, as_):
    office, address = as_("office"), f"/programmes/{scene.programme.pk}/periods/"
    office.post(f"{address}{scene.periods['end'].pk}/drop/")
    office.post(f"{address}{scene.periods['year'].pk}/drop/")
    assert sorted(scene.programme.periods.values_list("name", flat=True)) == ["中期", "期满"]


@pytest.mark.parametrize("role", ["reporter", "lead", "province"])
def test_settings_are_the_offices(scene, as_, role):
    browser, address = as_(role), f"/programmes/{scene.programme.pk}/"
    assert browser.get(f"{address}settings/").status_code == FORBIDDEN
    assert browser.get(f"{address}periods/add/").status_code == FORBIDDEN
    assert browser.post(f"{address}periods/{scene.periods['year'].pk}/drop/").status_code == FORBIDDEN


def test_a_midterm_target_off_the_rule_asks_for_its_exception(scene, as_):
    office, address = as_("office"), f"/indicators/{scene.indicator.pk}/"
    assert "没有写明例外" in office.get(address).content.decode()
    fields_ = {
        "code": "1.1.1", "name": "省级在线课程", "category": "quantity", "measure": "门", "direction": "higher", "seen": 1,
        "basis": "cumulative", "cap": "capped", "unit": scene.teaching.pk, "task": scene.task.pk,
        f"target_{scene.periods['mid'].pk}": "6", f"target_{scene.periods['end'].pk}": "10",
        f"exception_{scene.periods['mid'].pk}": "任务书单独约定",
    }  # fmt: skip
    office.post(f"/programmes/{scene.programme.pk}/indicators/{scene.indicator.pk}/edit/", fields_)
    page = office.get(address).content.decode()
    assert "任务书单独约定" in page
    assert "没有写明例外" not in page


def test_the_counts_of_a_programme_do_not_multiply(scene, as_):
    for ordinal in (7, 8):
        Point.objects.create(
            programme=scene.programme, task=scene.task, year=2024, ordinal=ordinal, plan="建库", unit=scene.teaching,
            is_dropped=ordinal == 8,
        )  # fmt: skip
    Indicator.objects.create(programme=scene.programme, name="教材", category="quantity", unit=scene.teaching)
    row = as_("office").get("/programmes/").context["programmes"].get()
    assert (row.point_count, row.indicator_count) == (3, 2)
