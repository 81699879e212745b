"""Starting `apart` in a process of its own and taking its answer; never more than two at once in one worker."""

import json
import os
import subprocess
import sys
import threading
from typing import Any

from django.utils.translation import gettext as _

from taizhang.core.errors import UnreadableDocumentError
from taizhang.web.ledger.evidence import apart

_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = apart.SECONDS + 15
# What a Python needs to start; not what the site knows (database address, secret key).
_NEEDED = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "HOME")


def ask(act: str, *words: str) -> dict[str, Any]:
    """The answer of one act; raises UnreadableDocumentError with a sentence where there is none."""
    command = [sys.executable, "-m", apart.__name__, act, *words]
    with _AT_ONCE:
        try:
            run = subprocess.run(  # noqa: S603 - our own module, with words that no shell reads
                command,
                env=environment(),
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocumentError(_("文件太复杂，半分钟里没有读完，请下载查看。")) from error
    if run.returncode != 0:
        raise UnreadableDocumentError(_("文件太复杂或已损坏，没有读出来，请下载查看。"))
    answer: dict[str, Any] = json.loads(run.stdout)
    if "refused" in answer:
        raise UnreadableDocumentError(answer["refused"])
    return answer


def environment() -> dict[str, str]:
    """What the process is told of the world."""
    return {name: os.environ[name] for name in _NEEDED if name in os.environ} | {"PYTHONIOENCODING": "utf-8"}
