"""Starting the site and its commands; what the command line calls."""

import os
from collections.abc import Sequence

from django.core.management import (
    call_command,
    execute_from_command_line,
    get_commands,
    load_command_class,
)
from granian.constants import Interfaces
from granian.server import Server

from taizhang.web.worker import beside

_SETTINGS = "taizhang.web.settings"
_LEDGER = "taizhang.web.ledger"


def manage(words: Sequence[str]) -> None:
    """Run one command of the site; say what there is where none is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    if words:
        execute_from_command_line(["taizhang manage", *words])
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
