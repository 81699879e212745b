"""Rows of a question asked of another system's database, which is only ever read."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from taizhang.connect.declaration import SECRET, Source
from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import MOST_ROWS, ConnectError, Row, cell

_SECONDS = 60
_HOSTLESS = ("sqlite",)
_WORDS = {"host", "sslmode", "charset", "service_name"}  # what an address may say after its question mark


def sql_rows(source: Source, secret: str, outlet: Outlet, folder: Path | None) -> list[Row]:
    """All rows of the question, numbered from 1. A file of SQLite must lie in the folder for imports."""
    address = source.address.replace(SECRET, quote(secret, safe=""))
    engine = None
    try:
        engine = _engine(make_url(address), outlet, folder)
        with engine.connect() as connection:
            result = connection.execution_options(stream_results=True).execute(_asked(source.query))
            names = [str(name) for name in result.keys()]  # noqa: SIM118 - a result is no mapping
            found = result.fetchmany(MOST_ROWS + 1)
    except (sqlalchemy.exc.SQLAlchemyError, ImportError) as error:
        raise ConnectError(_told(error, secret)) from None  # the chain would carry the address with its password
    finally:
        if engine is not None:
            engine.dispose()
    if len(found) > MOST_ROWS:
        raise ConnectError(f"超过 {MOST_ROWS} 行，请在查询里分批取。")
    return [
        Row(number, {name: cell(value) for name, value in zip(names, line, strict=True)})
        for number, line in enumerate(found, 1)
    ]


def _asked(query: str) -> sqlalchemy.TextClause:
    """The question as written: a colon in it is no parameter."""
    return sqlalchemy.text(query.rstrip("; \n\t").replace(":", r"\:"))


def _engine(url: URL, outlet: Outlet, folder: Path | None) -> sqlalchemy.Engine:
    if url.get_backend_name() in _HOSTLESS:
        return _file(url, folder)
    if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    _permitted(url, outlet)
    more: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        bounds = f"-c default_transaction_read_only=on -c statement_timeout={_SECONDS * 1000}"
        more = {"connect_args": {"options": bounds, "connect_timeout": 10}}
    return sqlalchemy.create_engine(url, poolclass=NullPool, **more)


def _permitted(url: URL, outlet: Outlet) -> None:
    """Refuse a host that was not named, and words of an address that would lead elsewhere or read other files."""
    strange = set(url.query) - _WORDS
    if strange:
        raise ConnectError(f"数据库地址里不能用 {'、'.join(sorted(strange))}。")
    socket = url.query.get("host", "")
    if bool(url.host) == bool(socket) or not isinstance(socket, str):
        raise ConnectError("数据库地址里主机名要写一处，也只写一处。")
    if socket:  # a server on this machine, by the folder of its socket
        outlet.check_folder(socket)
    else:
        port = f":{url.port}" if url.port else ""
        outlet.check(f"{url.get_backend_name()}://{url.host}{port}")


def _file(url: URL, folder: Path | None) -> sqlalchemy.Engine:
    """A file of SQLite inside the folder for imports, opened for reading only."""
    path = inside(folder, url.database or "")
    return sqlalchemy.create_engine(
        f"sqlite:///file:{quote(str(path))}?mode=ro&uri=true", poolclass=NullPool, connect_args={"timeout": _SECONDS}
    )


def inside(folder: Path | None, name: str) -> Path:
    """A file of the folder for imports: no path leads out of it. With a pattern in its name the newest that fits."""
    if folder is None:
        raise ConnectError("这里没有取数用的文件夹。")
    if not name or Path(name).is_absolute() or ".." in Path(name).parts:
        raise ConnectError(f"文件要写在取数文件夹里的名称，不带上级目录：“{name}”不行。")
    root = folder.resolve()
    fitting = [each for each in root.glob(name) if each.is_file() and each.resolve().is_relative_to(root)]
    if not fitting:
        raise ConnectError(f"取数文件夹里没有“{name}”。请管理员把文件放进数据目录的 imports 里。")
    return max(fitting, key=lambda each: (each.stat().st_mtime_ns, each.name))


def _told(error: Exception, secret: str) -> str:
    """What the database said, without the password."""
    if isinstance(error, ImportError):
        return "缺这种数据库的驱动程序，请管理员装好后再试。"
    if isinstance(error, sqlalchemy.exc.NoSuchModuleError | sqlalchemy.exc.ArgumentError):
        return "不认识这种数据库地址，如 postgresql://user:{secret}@host:5432/name。"
    words = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0][:200]
    for form in {secret, quote(secret, safe="")} - {""}:
        words = words.replace(form, "＊＊＊")
    return f"数据库没有给出结果：{words}"
