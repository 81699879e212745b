"""The plan's lists in Excel: what the person sees, as filtered, and read back by the wizard as the same plan."""

import io

import openpyxl

from taizhang.intake.programme import differences
from taizhang.web.ledger.known import known_draft, plan_of
from taizhang.web.ledger.workflow import taking


def rows(answer):
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_points_come_as_the_filters_leave_them(scene, as_):
    address = f"/programmes/{scene.programme.pk}/points/sheet/"
    assert len(rows(as_("office").get(address))) == 3
    assert len(rows(as_("office").get(address, {"words": "校级课程"}))) == 2
    assert len(rows(as_("colleague").get(address))) == 2


def test_indicators_have_a_column_for_each_period_with_targets(scene, as_):
    header, row = rows(as_("office").get(f"/programmes/{scene.programme.pk}/indicators/sheet/"))
    assert dict(zip(header, row, strict=True))["期满目标值"] == "10"


def test_tasks_come_with_their_units(scene, as_):
    header, row = rows(as_("office").get(f"/programmes/{scene.programme.pk}/tasks/sheet/"))
    assert dict(zip(header, row, strict=True))["责任部门"] == "教务处"


def test_others_do_not_know_of_them(scene, as_):
    for name in ("points", "indicators", "tasks"):
        assert as_("outsider").get(f"/programmes/{scene.programme.pk}/{name}/sheet/").status_code == 404


def test_what_goes_out_comes_back_as_the_same_plan(scene, as_):
    office = scene.people.office
    content = as_("office").get(f"/programmes/{scene.programme.pk}/points/sheet/").content
    row = taking.begin(office, scene.programme, "任务点.xlsx", content, scene.teaching, None)
    draft = plan_of(taking.understood(row).settled, None)
    told = [each for each in differences(draft, known_draft(scene.programme).draft) if each.field == "计划"]
    assert len(draft.points) == 2
    assert told == []
