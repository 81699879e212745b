"""The worker beside the site: a process of its own, started again when it dies, gone when the site goes."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_COMMAND = (sys.executable, "-m", "taizhang", "manage", "work")
_PAUSE = 5.0  # seconds before it is started again: one that cannot start must not take the whole processor


@contextmanager
def beside(command: Sequence[str] = _COMMAND, pause: float = _PAUSE) -> Iterator[threading.Thread]:
    """Keep a worker running for as long as the block does."""
    stop, running = threading.Event(), []

    def keep() -> None:
        while not stop.is_set():
            process = subprocess.Popen(list(command))  # noqa: S603 - our own command
            running.append(process)
            process.wait()
            running.clear()
            stop.wait(pause)

    thread = threading.Thread(target=keep, name="worker", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        for process in running:
            process.terminate()
        thread.join(10)
