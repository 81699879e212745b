"""Starting the site and its commands; what the command line calls."""

import argparse
import os
from collections.abc import Sequence

from django.core.management import (
    call_command,
    execute_from_command_line,
    get_commands,
    load_command_class,
)
from django.db.utils import OperationalError, ProgrammingError
from granian.constants import Interfaces
from granian.server import Server

from taizhang.core.errors import UsageError
from taizhang.web.worker import beside

_SETTINGS = "taizhang.web.settings"
_LEDGER = "taizhang.web.ledger"
# What the standard library says of words that it does not understand.
_SAID = {
    "usage: ": "用法：",
    "positional arguments": "要写的",
    "options": "选项",
    "show this help message and exit": "显示这份说明",
    "%(prog)s: error: %(message)s\n": "错误：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "没有写 %s。",
    "unrecognized arguments: %s": "不认识 %s。",
    "expected one argument": "后面要写一个值。",
    "expected at least one argument": "后面至少要写一个值。",
    "invalid %(type)s value: %(value)r": "%(value)r 写得不对。",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可以写 %(choices)s。",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 可能是 %(matches)s，请写全。",
    "not allowed with argument %s": "不能与 %s 一起写。",
}


def manage(words: Sequence[str]) -> None:
    """Run one command of the site; say what there is where none is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    # It asks this name for each of its sentences; there is no other way to its words.
    argparse._ = lambda message: _SAID.get(message, message)  # type: ignore[attr-defined]
    if words:
        import django  # noqa: PLC0415 - the settings must be named before

        django.setup()
        if not words[0].startswith("-") and words[0] not in {"help", *get_commands()}:
            raise UsageError(f"没有命令 {words[0]}；用 taizhang manage 可以看到全部命令。")
        try:
            execute_from_command_line(["taizhang manage", *words])
        except (OperationalError, ProgrammingError) as error:
            raise UsageError(
                f"台账的数据库还没有建好，或者打不开（{error}）；请先运行 taizhang manage migrate 再试。"
            ) from error
    else:
        print(_listing())  # noqa: T201 - the answer


def _listing() -> str:
    """Our commands with what each does, and the names of those that come with Django."""
    import django  # noqa: PLC0415 - the settings must be named before

    django.setup()
    ours = {name: load_command_class(app, name).help for name, app in get_commands().items() if app == _LEDGER}
    width = max(map(len, ours)) + 2
    lines = ["用法：taizhang manage 命令 …；一条命令的说明：taizhang manage 命令 --help", "", "命令："]
    lines += [f"  {name:{width}}{ours[name]}" for name in sorted(ours)]
    return "\n".join(
        [*lines, "", "另有 Django 自带的 migrate、dbshell、changepassword 等，用 taizhang manage help 列出全部。"]
    )


def serve(host: str, port: int, workers: int) -> None:
    """Bring the database and the static files up to date, then answer until stopped."""
    prepare()
    server = Server(
        "taizhang.web.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=4, websockets=False, respawn_failed_workers=True, log_access=False,
    )  # fmt: skip
    with beside():
        server.serve()


def prepare() -> None:
    """Tables as this version wants them, and static files where they are served from."""
    import django  # noqa: PLC0415 - the settings must be named before

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
