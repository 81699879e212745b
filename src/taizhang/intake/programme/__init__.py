"""Drafts of a programme: what a task book, a plan or a report says, as values, before anything is written.

`drafted` makes a draft of a document; `differences` tells what a draft would change of one known before.
"""

from taizhang.intake.programme.differences import Difference, DifferenceKind, differences
from taizhang.intake.programme.draft import (
    Content,
    Direction,
    Doubt,
    DoubtKind,
    DraftIndicator,
    DraftPoint,
    DraftTask,
    Figure,
    PassedOver,
    Printed,
    ProgrammeDraft,
    TableTaken,
    When,
)
from taizhang.intake.programme.taking import drafted

__all__ = [
    "Content",
    "Difference",
    "DifferenceKind",
    "Direction",
    "Doubt",
    "DoubtKind",
    "DraftIndicator",
    "DraftPoint",
    "DraftTask",
    "Figure",
    "PassedOver",
    "Printed",
    "ProgrammeDraft",
    "TableTaken",
    "When",
    "differences",
    "drafted",
]
