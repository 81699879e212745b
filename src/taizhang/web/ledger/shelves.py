"""The kinds of record that a college has: those that are shipped, and what it declared itself."""

import logging
from collections.abc import Sequence
from functools import lru_cache

from taizhang.core.errors import RecordError
from taizhang.records import Declaration, Shelf, shelf
from taizhang.web.ledger.models import KindDeclaration, Unit

_log = logging.getLogger(__name__)


def shelf_of(college: Unit | int) -> Shelf:
    """The kinds of the college as they are in force today."""
    return _shelf(tuple(declarations(college)))


def declarations(college: Unit | int) -> list[Declaration]:
    """The newest version of each own declaration that was not withdrawn."""
    return [Declaration(file_of(row), row.text) for row in in_force(college)]


def in_force(college: Unit | int) -> list[KindDeclaration]:
    """The rows behind `declarations`."""
    newest: dict[str, KindDeclaration] = {}
    for row in KindDeclaration.objects.filter(college=college).order_by("key", "version"):
        newest[row.key] = row
    return [row for row in newest.values() if row.withdrawn_at is None]


def file_of(row: KindDeclaration) -> str:
    """What faults call the declaration."""
    return f"{row.key}.yaml"


@lru_cache(maxsize=64)
def _shelf(own: Sequence[Declaration]) -> Shelf:
    try:
        return shelf(own)
    except RecordError:
        # What was sound when it was saved may clash with a kind that a new version of the program ships.
        _log.exception("the declarations of a college do not hold together")
    sound: list[Declaration] = []
    for each in own:
        try:
            shelf((*sound, each))
        except RecordError as error:
            _log.warning("left out: %s", error)
        else:
            sound.append(each)
    return shelf(sound)
