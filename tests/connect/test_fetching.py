"""One connector of each source, from its declaration to its items."""

import sqlite3

import pytest

from taizhang.connect.declaration import declared
from taizhang.connect.fetching import Reach, fetched
from taizhang.connect.items import made
from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import ConnectError

FIGURE = "value: {indicator: code, period: {text: 2024 年度}, number: n}"
LINES = "code,n\n5.1,98.5\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rows-1.csv").write_text(LINES, encoding="utf-8")
    with sqlite3.connect(tmp_path / "rows.db") as connection:
        connection.execute("create table rows (code text, n real)")
        connection.execute("insert into rows values ('5.1', 98.5)")
    connection.close()
    return tmp_path


def test_the_same_rows_come_from_wherever_they_lie(folder, listener):
    listener.says("/rows", '[{"code": "5.1", "n": 98.5}]')
    reach = {"folder": folder, "outlet": Outlet.of([listener.host]), "given": LINES.encode()}
    sources = [
        "{kind: csv}",
        "{kind: csv, address: rows-*.csv}",
        f'{{kind: json, address: "{listener.address}/rows"}}',
        '{kind: sql, address: "sqlite:///rows.db", query: "select code, n from rows"}',
    ]
    found = []
    for source in sources:
        connector = declared(f"name: 人事系统\nsource: {source}\n{FIGURE}")
        (item,) = made(connector, fetched(connector, Reach(**reach))).items
        found.append((item.indicator, item.number))
    assert len(set(found)) == 1


def test_a_file_to_be_given_is_asked_for():
    connector = declared(f"name: 人事系统\nsource: {{kind: excel}}\n{FIGURE}")
    with pytest.raises(ConnectError, match="请选择要导入的文件"):
        fetched(connector, Reach())


def test_a_password_to_be_given_is_asked_for_before_anyone_is_asked():
    source = '{kind: json, address: "https://a.example.edu.cn/x?token={secret}"}'
    connector = declared(f"name: 人事系统\nsource: {source}\n{FIGURE}")
    with pytest.raises(ConnectError, match="还没有填密码"):
        fetched(connector, Reach(outlet=Outlet.of(["a.example.edu.cn"])))


def test_a_file_too_large_is_not_read(folder, monkeypatch):
    monkeypatch.setattr("taizhang.connect.fetching.MOST_BYTES", 3)
    connector = declared(f"name: 人事系统\nsource: {{kind: csv, address: rows-1.csv}}\n{FIGURE}")
    with pytest.raises(ConnectError, match="超过"):
        fetched(connector, Reach(folder=folder))
