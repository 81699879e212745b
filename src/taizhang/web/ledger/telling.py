"""Saying what goes on, when a command takes longer than two seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

_PATIENCE = 2.0
_RHYTHM = 1.0


class Stream(Protocol):
    """Where lines are written."""

    def write(self, text: str, /) -> object:
        """One line."""


@contextmanager
def told(stream: Stream) -> Iterator[Callable[[str], None]]:
    """A function to call with what is being done; it speaks after two seconds, and once a second then."""
    last = time.monotonic() + _PATIENCE - _RHYTHM

    def say(text: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _RHYTHM:
            last = now
            stream.write(f"正在处理：{text}……")

    yield say
