"""Fact: a quantity that a report states of a subject, with its scope and its place."""

from typing import NamedTuple

from taizhang.core.quantity import Quantity
from taizhang.core.source import Source


class Fact(NamedTuple):
    """“2023 年立项省级课程 8 门”: subject 省级课程, quantity 8 门, period 2023, level 省级.

    `text` is the shortest clause that states it. `cumulative` is None where the report does not say.
    `part_of` is the place, in the tuple this fact belongs to, of the fact that it is a part of (“其中”).
    """

    subject: str
    quantity: Quantity
    text: str
    source: Source
    period: str | None = None
    level: str | None = None
    state: str | None = None
    cumulative: bool | None = None
    part_of: int | None = None
