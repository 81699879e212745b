"""The rows of a connector, from wherever they lie."""

from dataclasses import dataclass
from pathlib import Path

from taizhang.connect.declaration import Connector, SourceKind
from taizhang.connect.feeds import json_rows
from taizhang.connect.files import csv_rows, excel_rows
from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import MOST_BYTES, ConnectError, Row
from taizhang.connect.tables import inside, sql_rows

_CLOSED = Outlet()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a connector may reach: hosts, a folder, a password, a file that a person gave."""

    outlet: Outlet = _CLOSED
    folder: Path | None = None
    secret: str = ""
    given: bytes | None = None


def fetched(connector: Connector, reach: Reach) -> list[Row]:
    """All rows; a ConnectError in one sentence where they cannot be had."""
    source = connector.source
    if source.needs_secret and not reach.secret:
        raise ConnectError("还没有填密码或令牌，请双高办在这个接口的页面上填一次。")
    if source.kind is SourceKind.JSON:
        return json_rows(source, reach.secret, reach.outlet)
    if source.kind is SourceKind.SQL:
        return sql_rows(source, reach.secret, reach.outlet, reach.folder)
    content = reach.given if source.is_given else _read(inside(reach.folder, source.address))
    if content is None:
        raise ConnectError("请选择要导入的文件。")
    if source.kind is SourceKind.CSV:
        return csv_rows(content, source.header)
    return excel_rows(content, source.header, source.sheet)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise ConnectError(f"“{path.name}”超过 {MOST_BYTES // 1024 // 1024} MB，请分批取。")
    return path.read_bytes()
