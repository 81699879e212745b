"""Why a verb was refused; each message is a sentence for the person who tried."""

from django.core.exceptions import PermissionDenied

from taizhang.core.errors import TaizhangError


class NotAllowedError(TaizhangError, PermissionDenied):
    """The person sees the thing but may not do this with it; where no page says so in its own place, the site does."""


class OutOfOrderError(TaizhangError):
    """It is not the time for this step: already submitted, not yet approved, the round closed."""


class RefusedError(TaizhangError):
    """What was given cannot be taken: a field is empty, a number is none, a rule of the office stops it."""


class StaleError(TaizhangError):
    """Someone else saved in between. `mine` is what was typed, `theirs` the row as it stands now; nothing is lost."""

    def __init__(self, message: str, theirs: object, mine: dict[str, str]) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.mine = mine
