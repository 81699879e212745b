"""Taizhang 台账: read performance reports, and check them as a fair assessor would.

The library's public names: `read` gives the Document of a file, `check` and `check_files` the Result for several.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taizhang.checks import check, check_files
    from taizhang.documents import read

__all__ = ["check", "check_files", "read"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """The public names are loaded when they are asked for, so that `taizhang --help` answers at once."""
    if name == "read":
        from taizhang.documents import read  # noqa: PLC0415 - see above

        return read
    if name in __all__:
        from taizhang import checks  # noqa: PLC0415 - see above

        return getattr(checks, name)
    raise AttributeError(name)
