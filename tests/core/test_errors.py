import errno
import os

import pytest

from taizhang.core.errors import reason


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG])
def test_what_the_system_refuses_is_told_in_chinese(number: int) -> None:
    told = reason(OSError(number, os.strerror(number)))
    assert told != "系统不允许"
    assert not told.isascii()


def test_an_unknown_refusal_is_told_too() -> None:
    assert reason(OSError("?")) == reason(OSError(9999, "?")) == "系统不允许"
