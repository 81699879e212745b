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
