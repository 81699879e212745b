"""Drafts of a programme: what a task book, a plan or a report says, as values, before anything is written.

`drafted` makes a draft of a document; `settled` puts into it what a person decided; `differences` tells what a draft would change of one known before.
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
from taizhang.intake.programme.settling import (
    Decision,
    Step,
    UnsettledError,
    as_printed,
    may_change,
    offered,
    settled,
    undecided,
)
from taizhang.intake.programme.taking import drafted

__all__ = [
    "Content",
    "Decision",
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
    "Step",
    "TableTaken",
    "UnsettledError",
    "When",
    "as_printed",
    "differences",
    "drafted",
    "may_change",
    "offered",
    "settled",
    "undecided",
]
