"""预警 on the page: list, one warning, handling, closing, Excel."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from taizhang.web.ledger.models import Forewarning, ForewarningState

pytestmark = pytest.mark.django_db
HANDLING = {"reason": "设备招标流标", "measure": "重新挂网", "due": "2024-09-01"}


def forewarning(scene, number=1, unit=None, **more):
    told = {"cause": "gap", "level": 2, "reach": 2, "sentence": "进度落后", "raised_on": date(2024, 6, 1)} | more
    return Forewarning.objects.create(
        college=scene.college, unit=unit or scene.teaching, key=f"point:{number}", name=f"课程 {number}", **told
    )


@pytest.fixture
def row(scene):
    return forewarning(scene)


def test_the_list_shows_the_gravest_first_and_narrows(scene, as_, row):
    forewarning(scene, 2, level=3, reach=3, cause="time", sentence="已逾期 3 天")
    forewarning(scene, 3, state="closed")
    page = as_("lead").get(reverse("warnings")).content.decode()
    assert page.index("课程 2") < page.index("课程 1")
    assert "课程 3" not in page
    narrowed = {
        "state=closed": "课程 3",
        "level=3": "课程 2",
        "cause=gap": "课程 1",
        "words=逾期": "课程 2",
        "state=all": "课程 3",
    }
    for query, shown in narrowed.items():
        assert shown in as_("office").get(f"{reverse('warnings')}?{query}").content.decode()
    assert "课程 2" not in as_("office").get(f"{reverse('warnings')}?cause=gap").content.decode()
    part = as_("lead").get(reverse("warnings"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_a_filter_that_means_nothing_narrows_nothing(as_, row):
    answer = as_("office").get(f"{reverse('warnings')}?state=nosuch&level=x&unit=99999&page=zz")
    assert answer.status_code == 200
    assert "课程 1" in answer.content.decode()


def test_each_sees_those_of_the_own_units(scene, as_, row):
    forewarning(scene, 2, unit=scene.training)
    assert "课程 2" not in as_("reporter").get(reverse("warnings")).content.decode()
    assert "课程 1" not in as_("colleague").get(reverse("warnings")).content.decode()
    assert as_("colleague").get(reverse("warning", args=[row.pk])).status_code == 404
    assert "课程 1" in as_("office").get(reverse("warnings")).content.decode()
    assert "课程 1" not in as_("outsider").get(reverse("warnings")).content.decode()
    for role in ("admin", "expert", "province", "nobody"):
        assert as_(role).get(reverse("warnings")).status_code == 404


def test_it_is_handled_closed_and_reopened_on_its_page(as_, row):
    reporter, lead = as_("reporter"), as_("lead")
    assert "还没有处置记录" in reporter.get(reverse("warning", args=[row.pk])).content.decode()
    assert lead.post(reverse("warning_close", args=[row.pk]), {"reason": "好了"}).status_code == 422
    assert reporter.post(reverse("warning_handle", args=[row.pk]), HANDLING).status_code == 302
    assert reporter.post(reverse("warning_close", args=[row.pk]), {"reason": "好了"}).status_code == 403
    page = lead.get(reverse("warning", args=[row.pk])).content.decode()
    assert "重新挂网" in page
    assert "2024-09-01" in page
    answer = lead.post(reverse("warning_close", args=[row.pk]))
    assert (answer.status_code, "原因还在" in answer.content.decode()) == (422, True)
    assert lead.post(reverse("warning_close", args=[row.pk]), {"reason": "已到货"}).status_code == 302
    row.refresh_from_db()
    assert row.state == ForewarningState.CLOSED
    assert reporter.post(reverse("warning_handle", args=[row.pk]), HANDLING).status_code == 422
    assert lead.post(reverse("warning_reopen", args=[row.pk]), {"reason": "没到货"}).status_code == 302


def test_an_incomplete_handling_keeps_what_was_typed(as_, row):
    answer = as_("reporter").post(reverse("warning_handle", args=[row.pk]), {"reason": "设备招标流标"})
    assert answer.status_code == 422
    assert "设备招标流标" in answer.content.decode()


def test_the_list_goes_to_excel_with_what_was_done(as_, row):
    as_("reporter").post(reverse("warning_handle", args=[row.pk]), HANDLING)
    answer = as_("lead").get(f"{reverse('warnings')}?format=xlsx")
    lines = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    (line,) = [each for each in lines if "课程 1" in each]
    assert "重新挂网" in line


def test_only_the_office_computes(scene, as_):
    assert as_("lead").post(reverse("warnings_compute")).status_code == 404
    assert as_("office").post(reverse("warnings_compute"), follow=True).status_code == 200
    assert Forewarning.objects.exists()


@pytest.mark.parametrize("many", [3, 40])
def test_the_list_asks_as_much_for_many_as_for_few(scene, as_, django_assert_max_num_queries, many):
    for number in range(many):
        forewarning(scene, number)
    client = as_("office")
    with django_assert_max_num_queries(14):
        client.get(reverse("warnings"))
