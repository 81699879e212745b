"""Starting the site and its commands; what the command line calls."""

import os
from collections.abc import Sequence

from django.core.management import call_command, execute_from_command_line
from granian.constants import Interfaces
from granian.server import Server

from taizhang.web.worker import beside

_SETTINGS = "taizhang.web.settings"


def manage(words: Sequence[str]) -> None:
    """Run one command of the site; the list of them where none is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    execute_from_command_line(["taizhang manage", *(words or ["help"])])


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
