"""单位: the tree that administrators keep."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from taizhang.web.ledger.models import Change, Unit
from taizhang.web.ledger.workflow import organisation


def test_the_tree_is_shown_and_exported(scene, as_):
    page = as_("admin").get("/units/").content.decode()
    assert page.index("云岭职业技术学院") < page.index("教务处")
    assert "望海职业学院" not in page
    answer = as_("admin").get("/units/?format=xlsx")
    names = [row[0] for row in load_workbook(BytesIO(answer.content)).worksheets[0].values]
    assert set(names) == {"名称", "教务处", "继续教育学院", "提质建设组"}


def test_a_unit_is_added_renamed_moved_closed_and_opened_again(scene, as_):
    admin = as_("admin")
    admin.post(f"/units/{scene.teaching.pk}/add/", {"kind": "department", "name": "考试科"})
    made = Unit.objects.get(name="考试科")
    assert made.path == f"{scene.teaching.path}{made.pk}/" and made.college == scene.college
    admin.post(f"/units/{made.pk}/add/", {"kind": "specialty", "name": "命题组"})
    admin.post(f"/units/{made.pk}/rename/", {"name": "考务科", "short_name": "考务"})
    admin.post(f"/units/{made.pk}/move/", {"parent": scene.training.pk})
    made.refresh_from_db()
    below = made.children.get()
    assert made.path == f"{scene.training.path}{made.pk}/" and below.path == f"{made.path}{below.pk}/"
    assert "还有在用的下级单位" in admin.post(f"/units/{made.pk}/close/").content.decode()
    admin.post(f"/units/{below.pk}/close/")
    admin.post(f"/units/{made.pk}/close/")
    made.refresh_from_db()
    assert not made.is_active
    assert "请先重新启用" in admin.post(f"/units/{below.pk}/reopen/").content.decode()
    admin.post(f"/units/{made.pk}/reopen/")
    told = Change.objects.filter(thing="unit", thing_id=made.pk).order_by("number").values_list("verb", flat=True)
    assert list(told) == ["add", "rename", "move", "close", "reopen"]
    assert "考务科" in admin.get(f"/units/{made.pk}/").content.decode()


def test_a_unit_that_answers_for_something_is_not_closed(scene, as_):
    page = as_("admin").post(f"/units/{scene.teaching.pk}/close/").content.decode()
    assert "还负责 1 个任务、1 个任务点、1 个指标" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "department", "name": "教务处"}, "下面已有“教务处”"),
        ({"kind": "department", "name": " "}, "请填写单位名称"),
        ({"kind": "department", "name": "长" * 121}, "最多 120"),
        ({"kind": "college", "name": "校中校"}, "下面不能设学校"),
        ({"kind": "", "name": "无类"}, "下面不能设"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_and_what_was_typed_stays(scene, as_, typed, words):
    answer = as_("admin").post(f"/units/{scene.college.pk}/add/", typed)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert typed["name"] in answer.content.decode()


def test_a_unit_moves_only_where_it_can_stand(scene, as_):
    admin = as_("admin")
    inner = organisation.add_unit(scene.people.admin, scene.teaching, "department", "考试科")
    for what, where, words in (
        (scene.teaching, inner, "不能放到自己下面"),
        (scene.teaching, scene.team, "下面不能放部门"),
        (scene.college, scene.teaching, "本校之内"),
    ):
        assert words in admin.post(f"/units/{what.pk}/move/", {"parent": where.pk}).content.decode()
    assert admin.post(f"/units/{inner.pk}/move/", {"parent": scene.elsewhere.pk}).status_code == 404


def test_a_specialty_has_nothing_below(scene, as_):
    made = organisation.add_unit(scene.people.admin, scene.teaching, "specialty", "数控")
    assert as_("admin").get(f"/units/{made.pk}/add/").status_code == 404


def test_the_tree_costs_the_same_at_any_size(scene, as_, django_assert_max_num_queries):
    browser = as_("admin")
    for total in (2, 40):
        for number in range(total):
            organisation.add_unit(scene.people.admin, scene.college, "department", f"部门{total}-{number}")
        with django_assert_max_num_queries(9):
            browser.get("/units/")
