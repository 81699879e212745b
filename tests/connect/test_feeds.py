import json
from decimal import Decimal

import pytest

from taizhang.connect.declaration import Source, SourceKind
from taizhang.connect.feeds import json_rows
from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import ConnectError


def asked(listener, secret="", **more):
    source = Source(kind=SourceKind.JSON, address=f"{listener.address}/rows", **more)
    return json_rows(source, secret, Outlet.of([listener.host]))


def test_rows_are_found_where_the_declaration_says_and_numbers_stay_exact(listener):
    listener.says(
        "/rows", '{"data": {"list": [{"name": "甲", "n": 0.10, "dept": {"id": 7}, "tags": ["a", "b"], "x": null}]}}'
    )
    (row,) = asked(listener, rows=("data", "list"))
    assert row.cells == {"name": "甲", "n": Decimal("0.10"), "dept.id": Decimal(7), "tags": "a、b", "x": None}


def test_pages_are_asked_for_until_there_are_no_more(listener):
    for page, rows in (("1", [{"n": 1}, {"n": 2}]), ("2", [{"n": 3}]), ("3", [])):
        listener.says(f"/rows?page={page}", json.dumps(rows))
    assert [row.cells["n"] for row in asked(listener, page="page")] == [1, 2, 3]
    assert [row.number for row in asked(listener, page="page")] == [1, 2, 3]


def test_a_system_that_knows_no_pages_is_not_asked_for_ever(listener):
    listener.says("/rows", '[{"n": 1}]')
    assert len(asked(listener, page="page")) == 1
    assert len(listener.asked) == 2


def test_the_token_goes_where_the_declaration_puts_it(listener):
    listener.says("/rows", "[]")
    asked(listener, "t0ken", headers={"Authorization": "Bearer {secret}"})
    assert listener.asked[0].headers["Authorization"] == "Bearer t0ken"
    with pytest.raises(ConnectError, match="换行"):
        asked(listener, "t0ken\r\nX: y", headers={"Authorization": "Bearer {secret}"})


@pytest.mark.parametrize(
    ("body", "path", "words"),
    [
        ("<html>", (), "不是 JSON"),
        ('{"data": {"rows": []}}', ("data", "list"), "没有“data.list”（走到“list”为止），这一层有：rows"),
        ('{"a": 1}', (), "不是一列行"),
        ("[1]", (), "不是一列行"),
        ("[" * 100_000, (), "不是 JSON"),
    ],
)
def test_an_answer_of_another_form_is_refused_in_a_sentence(listener, body, path, words):
    listener.says("/rows", body)
    with pytest.raises(ConnectError, match=words):
        asked(listener, rows=path)


def test_too_many_rows_are_refused(listener, monkeypatch):
    monkeypatch.setattr("taizhang.connect.feeds.MOST_ROWS", 2)
    listener.says("/rows", '[{"n": 1}, {"n": 2}, {"n": 3}]')
    with pytest.raises(ConnectError, match="超过 2 行"):
        asked(listener)
