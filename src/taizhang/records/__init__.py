"""Records: the declared kinds of business record. No database, no page.

`shelf()` gives the kinds by key, `shelf(folder(path))` those of a college too. What a record is stands in
`taizhang.core.record`.
"""

from taizhang.records.bodies import kind_of
from taizhang.records.declaration import Declaration, declared
from taizhang.records.exchange import read, written
from taizhang.records.judging import Flaw, judge, move_refused
from taizhang.records.kind import Feed, Field, FieldType, Kind, Measure, Phase, State
from taizhang.records.names import Names, Proposal
from taizhang.records.places import Address, addresses
from taizhang.records.reports import REPORTS, SECTIONS
from taizhang.records.shelf import Shelf, folder, lost, shelf
from taizhang.records.similarity import Alike, Likenesses, likeness_of, similar

__all__ = [
    "REPORTS",
    "SECTIONS",
    "Address",
    "Alike",
    "Declaration",
    "Feed",
    "Field",
    "FieldType",
    "Flaw",
    "Kind",
    "Likenesses",
    "Measure",
    "Names",
    "Phase",
    "Proposal",
    "Shelf",
    "State",
    "addresses",
    "declared",
    "folder",
    "judge",
    "kind_of",
    "likeness_of",
    "lost",
    "move_refused",
    "read",
    "shelf",
    "similar",
    "written",
]
