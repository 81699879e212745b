"""Work without the garbage collector, where next to nothing that is made could be collected before the end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, to_the_end: bool = False) -> Iterator[None]:
    """A block during which nothing is looked through for what is not in use; afterwards all is as it was before.

    Nearly all that a check makes is in use until its end: looking through it again and again costs a tenth of the time.

    Where the process ends with it, what it has made need not be looked through afterwards either.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if to_the_end:
            gc.freeze()
        if collecting:
            gc.enable()
