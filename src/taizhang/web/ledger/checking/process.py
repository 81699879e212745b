"""Starting `apart` in a process of its own, hearing how far it is, and taking its answer; two at once in a worker."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger.checking import apart
from taizhang.web.ledger.evidence.process import environment

_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = apart.SECONDS + 60
_BROKE_OFF = "检查时程序中断了，文件已保存、没有损坏。可以再查一次；还不行，请把文件另存一份再上传。"


class CheckingError(TaizhangError):
    """There is no result; the message says why in a sentence."""


def ask(job: Mapping[str, Any], tell: Callable[[str], None] = lambda _words: None) -> dict[str, Any]:
    """The answer to a job; `tell` hears how far it is. Raises CheckingError with a sentence where there is none."""
    with _AT_ONCE, tempfile.TemporaryFile() as given:
        given.write(json.dumps(job, ensure_ascii=False).encode("utf-8", "replace"))
        given.seek(0)
        return _asked([sys.executable, "-m", apart.__name__], given, tell)


def _asked(command: list[str], given: Any, tell: Callable[[str], None]) -> dict[str, Any]:  # noqa: ANN401 - an open file
    run = subprocess.Popen(  # noqa: S603 - our own module
        command, env=environment(), stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    clock = threading.Timer(_PATIENCE, run.kill)
    clock.start()
    try:
        with run:
            for line in run.stdout or ():
                said: dict[str, Any] = json.loads(line)
                if "progress" in said:
                    tell(said["progress"])
                elif "refused" in said:
                    raise CheckingError(said["refused"])
                else:
                    answer: dict[str, Any] = said["answer"]
                    return answer
    except ValueError as error:
        raise CheckingError(_BROKE_OFF) from error
    finally:
        clock.cancel()
        if run.poll() is None:
            run.kill()
    raise CheckingError(_BROKE_OFF)


def write(job: Mapping[str, Any]) -> bytes:
    """The bytes of an export."""
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        target = Path(folder) / "export"
        ask({**job, "act": "export", "target": str(target)})
        return target.read_bytes()
