"""The page on which a college declares its own kinds."""

import pytest
from django.urls import reverse

from taizhang.web.ledger.models import KindDeclaration
from web_records import EXTENDED, FARM, entered

pytestmark = pytest.mark.django_db
DECLARE = reverse("kind-declare")


def test_a_declared_kind_has_its_form_at_once(as_):
    assert as_("office").get(DECLARE).status_code == 200
    assert as_("office").post(DECLARE, {"text": FARM, "save": "1"}).status_code == 302
    assert as_("reporter").get(reverse("record-enter", args=["farm_visit"])).status_code == 200
    assert "农户走访" in as_("reporter").get(reverse("kinds")).content.decode()
    assert "走访主题" in as_("reporter").get(reverse("kind", args=["farm_visit"])).content.decode()
    assert as_("outsider").get(reverse("kind", args=["farm_visit"])).status_code == 404


def test_a_check_saves_nothing(as_):
    page = as_("office").post(DECLARE, {"text": FARM, "check": "1"})
    assert page.context["checked"].name == "农户走访"
    assert not KindDeclaration.objects.exists()


def test_what_is_wrong_is_said_with_its_line_and_the_text_stays(as_):
    page = as_("office").post(DECLARE, {"text": FARM.replace("phase: done", "phase: finished"), "save": "1"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "第 13 行" in text
    assert "phase: finished" in text


def test_a_shipped_kind_is_extended_and_given_back(as_, scene):
    page = as_("office").get(DECLARE, {"kind": "training_programme"})
    assert page.context["text"].startswith("extends: training_programme")
    as_("office").post(DECLARE, {"text": EXTENDED, "save": "1"})
    assert "weather" in as_("office").get(DECLARE, {"kind": "training_programme"}).context["text"]
    entered(scene, fields={"weather": "晴"})
    withdraw = reverse("kind-withdraw", args=["training_programme"])
    as_("office").post(withdraw)
    assert KindDeclaration.objects.get().withdrawn_at is None


def test_who_may(as_):
    for role in ("reporter", "lead"):
        assert as_(role).get(reverse("kinds")).status_code == 200
        assert as_(role).get(DECLARE).status_code == 403
        assert as_(role).post(reverse("kind-withdraw", args=["training_programme"])).status_code == 403
    for role in ("admin", "expert", "province", "nobody"):
        assert as_(role).get(reverse("kinds")).status_code == 404
        assert as_(role).get(DECLARE).status_code == 404


TOLD = {
    "draft": "1", "kind_name": "竞赛集训", "group": "教学与培养", "about": "一次集训。",
    "field-name": ["竞赛名称", "场地", ""], "field-type": ["text", "choice", "text"], "field-choices": ["", "校内、企业", ""], "field-required-0": "1",
    "measure-name": ["集训量"], "measure-unit": ["人日"], "measure-accepts": ["万人日=10000"],
    "state-name": ["计划中", "已结束"], "state-phase": ["before", "done"], "levels": ["校级"], "feeds": "教学、竞赛",
}  # fmt: skip


def test_a_kind_is_told_in_a_table_looked_at_and_saved(as_):
    office = as_("office")
    page = office.post(DECLARE, TOLD)
    assert page.status_code == 200 and page.context["checked"].name == "竞赛集训"
    assert not KindDeclaration.objects.exists()
    assert office.post(DECLARE, {"text": page.context["text"], "save": "1"}).status_code == 302
    form = as_("reporter").get(reverse("record-enter", args=["jing_sai_ji_xun"])).content.decode()
    assert "竞赛名称 *" in form and "集训量" in form and "校内" in form


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind_name": "", "about": ""}, "还没有填：名称、一句话说明"),
        ({"state-name": [""]}, "至少一个状态"),
        ({"field-choices": ["", "", ""]}, "“场地”是单选或多选"),
        ({"field-choices": ["甲、乙", "校内", ""]}, "“竞赛名称”写了可选的值"),
        ({"measure-unit": [""]}, "计量“集训量”还没有写单位"),
        ({"measure-accepts": ["万人日=很多"]}, "看不懂"),
        ({"state-phase": ["before", ""]}, "状态“已结束”还没有选它是什么意思"),
        ({"kind_name": "培训项目"}, "请改名"),
        ({"levels": ["宇宙级"]}, "没有“宇宙级”这个级别"),
    ],
)
def test_what_is_missing_in_the_table_is_said_and_what_was_typed_stays(as_, change, said):
    page = as_("office").post(DECLARE, TOLD | change)
    text = page.content.decode()
    assert page.status_code == 422 and said in text
    assert 'value="集训量"' in text
    assert not KindDeclaration.objects.exists()


def test_a_shipped_kind_is_widened_in_a_table(as_):
    office = as_("office")
    address = f"{DECLARE}?kind=training_programme"
    added = {
        "draft": "1",
        "field-name": ["证书编号"],
        "field-type": ["text"],
        "state-name": ["已评估"],
        "state-phase": ["done"],
        "state-after": ["held"],
    }
    page = office.post(address, added)
    assert page.context["text"].startswith("extends: training_programme")
    assert office.post(address, {"text": page.context["text"], "save": "1"}).status_code == 302
    again = office.post(address, {"draft": "1", "field-name": ["证书颁发方"], "field-type": ["partner"]})
    assert "证书编号" in again.context["text"] and "证书颁发方" in again.context["text"]
