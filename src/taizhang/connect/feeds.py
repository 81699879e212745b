"""Rows of a JSON answer over HTTP: a list somewhere in it, page by page where the other system gives pages."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from taizhang.connect.declaration import SECRET, Source
from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import MOST_ROWS, ConnectError, Row, cell

_MOST_PAGES = 1000
_DEEPEST = 4


def json_rows(source: Source, secret: str, outlet: Outlet) -> list[Row]:
    """All rows, numbered from 1."""
    headers = {"Accept": "application/json"} | {
        name: value.replace(SECRET, _plain(secret)) for name, value in source.headers.items()
    }
    address = source.address.replace(SECRET, secret)
    found: list[Mapping[str, Any]] = []
    for page in range(1, _MOST_PAGES + 1):
        where = _with(address, source.page, page) if source.page else address
        rows = _listed(_parsed(outlet.get(where, headers)), source.rows)
        if not rows or (found and rows == found[-len(rows) :]):  # a system that knows no pages gives the same again
            break
        found += rows
        if len(found) > MOST_ROWS:
            raise ConnectError(f"超过 {MOST_ROWS} 行，请分批取。")
        if not source.page:
            break
    return _numbered(found)


def rows_of(content: bytes, path: tuple[str, ...]) -> list[Row]:
    """The rows of one answer, of which `path` says where in it they are."""
    return _numbered(_listed(_parsed(content), path))


def _numbered(found: Sequence[Mapping[str, Any]]) -> list[Row]:
    return [Row(number, dict(_flat(row))) for number, row in enumerate(found, 1)]


def _plain(secret: str) -> str:
    if any(sign in secret for sign in "\r\n"):
        raise ConnectError("令牌里有换行，请重新填写。")
    return secret


def _with(address: str, name: str, page: int) -> str:
    """The address with the number of the page."""
    parts = urlsplit(address)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, str(page))])))


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content, parse_float=Decimal, parse_int=Decimal, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise ConnectError("对方给的不是 JSON，可能是登录页，请核对地址和令牌。") from error


def _listed(answer: object, path: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """The list of rows at its place in the answer."""
    here = answer
    for step in path:
        if not isinstance(here, Mapping) or step not in here:
            keys = "、".join(map(str, here))[:200] if isinstance(here, Mapping) else "没有键"
            raise ConnectError(f"回答里没有“{'.'.join(path)}”（走到“{step}”为止），这一层有：{keys}。")
        here = here[step]
    if not isinstance(here, list) or not all(isinstance(row, Mapping) for row in here):
        raise ConnectError("回答里那一处不是一列行，请用 rows 写明行在哪里，如 data.list。")
    return here


def _flat(row: Mapping[str, Any], before: str = "", depth: int = 0) -> list[tuple[str, Any]]:
    """A row with what is nested named by a path (`dept.name`)."""
    found: list[tuple[str, Any]] = []
    for name, value in row.items():
        if isinstance(value, Mapping) and depth < _DEEPEST:
            found += _flat(value, f"{before}{name}.", depth + 1)
        elif isinstance(value, list):
            found.append((f"{before}{name}", cell("、".join(str(each) for each in value))))
        else:
            found.append((f"{before}{name}", cell(value)))
    return found
