"""The only way out of this machine: to hosts that the operator named, with bounds on time and size, and no further.

Nothing else in the program opens a connection. Without a named host nothing goes out at all.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import urllib3

from taizhang.connect.rows import MOST_BYTES, ConnectError

# Where an address names no port.
_PORTS = {"http": 80, "https": 443, "postgresql": 5432, "mysql": 3306, "mariadb": 3306, "mssql": 1433, "oracle": 1521,
          "smtp": 25}  # fmt: skip
_CONNECT_SECONDS, _SILENT_SECONDS, _WHOLE_SECONDS = 10, 30, 120
_MOST_HOPS = 3
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Outlet:
    """Hosts that may be spoken to: `host` for the usual port of the address's scheme, `host:port` for another."""

    hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, hosts: Iterable[str]) -> "Outlet":
        """From a list as an operator writes it."""
        return cls(frozenset(host.strip().lower() for host in hosts if host.strip()))

    def check(self, address: str) -> None:
        """Refuse an address whose host was not named."""
        host, port, usual = _whereto(address)
        if f"{host}:{port}" in self.hosts or (port == usual and host in self.hosts):
            return
        named = host if port == usual else f"{host}:{port}"
        raise ConnectError(f"网站没有获准连接 {named}：请管理员把它写进 TAIZHANG_OUTBOUND_HOSTS，再试一次。")

    def check_folder(self, folder: str) -> None:
        """Refuse the socket of a server on this machine whose folder was not named."""
        if folder.lower() not in self.hosts:
            raise ConnectError(f"网站没有获准连接 {folder}：请管理员把它写进 TAIZHANG_OUTBOUND_HOSTS，再试一次。")

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> bytes:
        """What lies at an address."""
        return self._asked("GET", address, dict(headers or {}), None)

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The answer to something sent."""
        return self._asked("POST", address, dict(headers), body)

    def _asked(self, method: str, address: str, headers: dict[str, str], body: bytes | None) -> bytes:
        began = time.monotonic()
        pool = urllib3.PoolManager(retries=False)
        try:
            for _hop in range(_MOST_HOPS + 1):
                self.check(address)
                answer = pool.request(
                    method, address, headers=headers, body=body, redirect=False, preload_content=False,
                    timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=_SILENT_SECONDS),
                )  # fmt: skip
                further = answer.get_redirect_location()
                if not further:
                    return _content(answer, began)
                answer.release_conn()
                address = _same_host(address, str(further))
        # The library's own words hold the whole address, and that may hold a password.
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise ConnectError(f"连不上 {_shown(address)}：{_why(error)}。") from None
        finally:
            pool.clear()
        raise ConnectError(f"{_shown(address)} 转来转去，没有给出内容。")


def _whereto(address: str) -> tuple[str, int, int]:
    """Host, port, and the usual port of the scheme."""
    try:
        parts = urlsplit(address)
        scheme = parts.scheme.partition("+")[0].lower()
        usual = _PORTS.get(scheme, 0)
        return (parts.hostname or "").lower(), parts.port or usual, usual
    except ValueError:
        raise ConnectError("这不是一个完整的地址。") from None


def _same_host(address: str, further: str) -> str:
    """Where an answer sends on to; refused where that is another host, which nobody declared."""
    there = urljoin(address, further)
    if urlsplit(there)[:2] != urlsplit(address)[:2]:
        raise ConnectError(f"{_shown(address)} 要转到另一个地址，没有跟过去。请在声明里写最终的地址。")
    return there


def _content(answer: urllib3.BaseHTTPResponse, began: float) -> bytes:
    if answer.status != 200:
        raise ConnectError(f"对方回答 {answer.status}，没有取到内容。{_hint(answer.status)}".strip())
    pieces: list[bytes] = []
    for piece in _read(answer):
        pieces.append(piece)
        if sum(map(len, pieces)) > MOST_BYTES:
            raise ConnectError(f"内容超过 {MOST_BYTES // 1024 // 1024} MB，没有取完，请分批取。")
        if time.monotonic() - began > _WHOLE_SECONDS:
            raise ConnectError(f"{_WHOLE_SECONDS} 秒还没有取完，停下了。")
    return b"".join(pieces)


def _read(answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    yield from answer.stream(_CHUNK, decode_content=True)


def _hint(status: int) -> str:
    if status in {401, 403}:
        return "请核对密码或令牌。"
    return "请核对地址。" if status == 404 else ""


def _why(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.NewConnectionError | urllib3.exceptions.NameResolutionError):
        return "对方没有应答"  # the library counts it among the timeouts
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "等了太久"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "证书不受信任或已过期"
    return "连接中断"


def _shown(address: str) -> str:
    """An address as it may be shown: without account, password and whatever follows the path."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
