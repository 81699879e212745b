"""Where warnings begin and where the digest goes: the office's two pages."""

import pytest
from django.urls import reverse

from taizhang.web.ledger.models import Messenger, Threshold

pytestmark = pytest.mark.django_db
MAIL = {"kind": "mail", "name": "邮件", "recipients": "office@example.edu.cn"}


def test_a_threshold_is_set_shown_and_dropped(scene, as_):
    office = as_("office")
    told = {"name": "gap_red", "number": "60", "unit": scene.teaching.pk, "year": 2024}
    assert office.post(reverse("thresholds"), told).status_code == 302
    page = office.get(reverse("thresholds")).content.decode()
    assert "进度落后：红（百分点）" in page
    assert "2024" in page
    row = Threshold.objects.get()
    assert office.post(reverse("threshold_drop", args=[row.pk])).status_code == 302
    assert not Threshold.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"name": "nosuch"}, {"number": "-1"}, {"number": "多"}, {"unit": "99999"}, {"year": "12"}]
)
def test_a_threshold_that_cannot_be_is_refused(as_, wrong):
    told = {"name": "gap_red", "number": "60"} | wrong
    assert as_("office").post(reverse("thresholds"), told).status_code == 422
    assert not Threshold.objects.exists()


def test_a_messenger_is_added_switched_tried_and_dropped(as_, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office = as_("office")
    assert office.post(reverse("messengers"), MAIL).status_code == 302
    row = Messenger.objects.get()
    assert not row.is_active
    for step in ("try", "on", "off"):
        assert office.post(reverse(f"messenger_{step}", args=[row.pk])).status_code == 302
    assert "office@example.edu.cn" in office.get(reverse("messengers")).content.decode()
    office.post(reverse("messenger_drop", args=[row.pk]))
    assert not Messenger.objects.exists()


def test_what_goes_wrong_is_said(as_):
    office = as_("office")
    assert office.post(reverse("messengers"), {**MAIL, "recipients": "无"}).status_code == 422
    office.post(
        reverse("messengers"), {"kind": "wecom", "name": "群", "address": "https://robot.example.edu.cn/x?key=t0ken"}
    )
    page = office.post(reverse("messenger_try", args=[Messenger.objects.get().pk]), follow=True).content.decode()
    assert "没有获准连接" in page
    assert "t0ken" not in page


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "expert", "province", "nobody"])
def test_nobody_but_the_office_learns_of_them(scene, as_, role):
    row = Messenger.objects.create(college=scene.college, kind="mail", name="邮件", recipients="a@example.edu.cn")
    client = as_(role)
    assert client.get(reverse("thresholds")).status_code == 404
    assert client.get(reverse("messengers")).status_code == 404
    assert client.post(reverse("messenger_try", args=[row.pk])).status_code == 404
    assert as_("outsider").post(reverse("messenger_drop", args=[row.pk])).status_code == 404
