"""The digest: counts and a link, only where it was set and switched on."""

import json
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command

from taizhang.web.ledger.models import Change, Forewarning, Messenger
from taizhang.web.ledger.workflow import messengers as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 1)
MAIL = verbs.Channel(kind="mail", name="邮件", recipients="office@example.edu.cn， lead@example.edu.cn")


@pytest.fixture
def robot(settings):
    """A robot of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            told.got.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"errcode": 0, "code": 0}')

        def log_message(self, *_words):
            """Quiet."""

    made = HTTPServer(("127.0.0.1", 0), Handler)
    host = f"127.0.0.1:{made.server_port}"
    told = SimpleNamespace(got=[], address=f"http://{host}/robot?access_token=t0ken")
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.OUTBOUND_HOSTS, settings.SITE_URL = [host], "https://taizhang.example.edu.cn"
    yield told
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def warned(scene):
    Forewarning.objects.create(
        college=scene.college, unit=scene.teaching, key="point:1", name="林晓负责的课程", cause="gap", level=3, reach=3,
        sentence="进度落后", raised_on=DAY,
    )  # fmt: skip


def channel(robot, kind):
    return verbs.Channel(kind=kind, name=kind, address=robot.address, sign="SECkey")


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_each_robot_gets_counts_and_a_link_and_no_names(scene, warned, robot, kind):
    row = verbs.add(scene.people.office, scene.college, channel(robot, kind))
    assert verbs.send_due(DAY) == []
    verbs.set_active(scene.people.office, row, active=True)
    (sent,) = verbs.send_due(DAY)
    assert (sent.sent_on, sent.trouble) == (DAY, "")
    ((_path, body),) = robot.got
    text = json.dumps(body, ensure_ascii=False)
    assert "红色 1 条" in text
    assert "https://taizhang.example.edu.cn/warnings/" in text
    assert "林晓" not in text
    assert verbs.send_due(DAY) == []
    assert len(verbs.send_due(DAY + timedelta(days=1))) == 1


def test_mail_goes_to_those_who_were_named(scene, warned, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row = verbs.add(scene.people.office, scene.college, MAIL)
    verbs.set_active(scene.people.office, row, active=True)
    verbs.send_due(DAY)
    (sent,) = mail.outbox
    assert sent.to == ["office@example.edu.cn", "lead@example.edu.cn"]
    assert "红色 1 条" in sent.body
    assert "林晓" not in sent.body


def test_without_a_mail_server_nothing_is_pretended(scene, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    row = verbs.add(scene.people.office, scene.college, MAIL)
    with pytest.raises(RefusedError, match="TAIZHANG_SMTP"):
        verbs.attempt(scene.people.office, row)
    verbs.set_active(scene.people.office, row, active=True)
    (failed,) = verbs.send_due(DAY)
    assert failed.sent_on is None
    assert "TAIZHANG_SMTP" in failed.trouble


def test_a_robot_whose_host_was_not_named_gets_nothing(scene, robot, settings):
    settings.OUTBOUND_HOSTS = []
    row = verbs.add(scene.people.office, scene.college, channel(robot, "wecom"))
    with pytest.raises(RefusedError, match="没有获准连接"):
        verbs.attempt(scene.people.office, row)
    assert robot.got == []


def test_the_address_of_a_robot_is_a_password(scene, robot):
    row = verbs.add(scene.people.office, scene.college, channel(robot, "dingtalk"))
    assert b"t0ken" not in bytes(row.sealed)
    assert "t0ken" not in "".join(str(change.after) for change in Change.objects.all())


@pytest.mark.parametrize(
    "wrong",
    [
        verbs.Channel(kind="fax", name="传真"),
        verbs.Channel(kind="mail", name=" ", recipients="a@example.edu.cn"),
        verbs.Channel(kind="mail", name="邮件", recipients="不是邮箱"),
        verbs.Channel(kind="mail", name="邮件", recipients=""),
        verbs.Channel(kind="wecom", name="群", address="ftp://x"),
    ],
)
def test_what_cannot_be_sent_to_is_refused(scene, wrong):
    with pytest.raises(RefusedError):
        verbs.add(scene.people.office, scene.college, wrong)
    assert not Messenger.objects.exists()


def test_only_the_office_sets_them(scene):
    row = verbs.add(scene.people.office, scene.college, MAIL)
    with pytest.raises(RefusedError, match="已经有"):
        verbs.add(scene.people.office, scene.college, MAIL)
    for attempt in (
        lambda: verbs.add(scene.people.lead, scene.college, MAIL),
        lambda: verbs.set_active(scene.people.lead, row, active=True),
        lambda: verbs.attempt(scene.people.outsider, row),
        lambda: verbs.drop(scene.people.lead, row),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    verbs.drop(scene.people.office, row)
    assert not Messenger.objects.exists()


def test_the_command_computes_and_sends(scene, robot):
    row = verbs.add(scene.people.office, scene.college, channel(robot, "feishu"))
    verbs.set_active(scene.people.office, row, active=True)
    out = StringIO()
    call_command("watch", stdout=out)
    assert "云岭职业技术学院：预警" in out.getvalue()
    assert "feishu：摘要已发。" in out.getvalue()
    assert len(robot.got) == 1


def given_addresses(scene):
    for name in ("reporter", "lead", "office"):
        who = getattr(scene.people, name)
        who.email = f"{name}@example.edu.cn"
        who.save()


def test_a_warning_comes_by_mail_to_whom_it_has_reached_and_to_each_once(scene, settings):
    settings.EMAIL_BACKEND, settings.SITE_URL = (
        "django.core.mail.backends.locmem.EmailBackend",
        "https://tz.example.edu.cn",
    )
    given_addresses(scene)
    row = Forewarning.objects.create(
        college=scene.college, unit=scene.teaching, person=scene.people.reporter, key="point:1", name="林晓负责的课程",
        cause="gap", level=1, reach=1, sentence="进度落后", raised_on=DAY, reached_on=DAY,
    )  # fmt: skip
    channel = verbs.add(scene.people.office, scene.college, verbs.Channel(kind="people", name="责任人"))
    verbs.set_active(scene.people.office, channel, active=True)

    def sent(day):
        mail.outbox = []
        verbs.send_due(day)
        return [letter.to for letter in mail.outbox]

    assert sent(DAY) == [["reporter@example.edu.cn"]]
    assert "1 条" in mail.outbox[0].body
    assert "林晓" not in mail.outbox[0].body + mail.outbox[0].subject
    assert sent(DAY + timedelta(days=1)) == []
    Forewarning.objects.filter(pk=row.pk).update(reach=2, reached_on=DAY + timedelta(days=7))
    # The machine was off on the day itself.
    assert sent(DAY + timedelta(days=9)) == [["reporter@example.edu.cn"], ["lead@example.edu.cn"]]
    Forewarning.objects.filter(pk=row.pk).update(state="handled", reach=3, reached_on=DAY + timedelta(days=14))
    assert sent(DAY + timedelta(days=14)) == []


def test_what_goes_to_many_is_tried_on_oneself(scene, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    channel = verbs.add(scene.people.office, scene.college, verbs.Channel(kind="people", name="责任人"))
    with pytest.raises(RefusedError, match="您的邮箱"):
        verbs.attempt(scene.people.office, channel)
    scene.people.office.email = "office@example.edu.cn"
    verbs.attempt(scene.people.office, channel)
    assert [letter.to for letter in mail.outbox] == [["office@example.edu.cn"]]
