"""Scope of a stated quantity: its period, level, state, and whether it is cumulative."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from taizhang.core import period
from taizhang.core.ladder import Ladder
from taizhang.intake.clauses import Clause
from taizhang.profiles import Profile

# How far back in its sentence “其中” still governs a clause.
FAR = 400
_TOTAL = re.compile("累计|总计|共计|合计|总共|总数|总量|总额|共")
_OPENS_A_BASE = frozenset("由从比较")
_YEARLY = re.compile("每年|年均|当年|本年|年度|新增|逐年")
_STAGE = re.compile(
    r"\s*(?:20\d\d\s*年[末底]?，?)?(?:[全我][国省市县区州]|共有|现有|有|普通)*"
    r"(?P<stage>各级各类|幼儿园|学前教育|义务教育|小学|初中|高中阶段|中等职业|特殊教育|高等教育)"
)


class Scope(NamedTuple):
    """Of when, at which level, in which state, and whether summed up to then; None where it is not said."""

    period: str | None
    level: str | None
    state: str | None
    cumulative: bool | None


def scope(text: str, clause: Clause, periods: Sequence[period.Mention], profile: Profile) -> Scope:
    """The scope of the quantity of a clause."""
    when = _period(text, clause, periods)
    words = clause.before + clause.after
    return Scope(
        when,
        "/".join(profile.levels.named(clause.before) or profile.levels.named(clause.after)) or None,
        _last(profile.states, clause.before) or _last(profile.states, clause.after),
        True if _TOTAL.search(words) else False if _YEARLY.search(words) or _is_year(when) else None,
    )


def _last(ladder: Ladder, words: str) -> str | None:
    named = ladder.named(words)
    return named[-1] if named else None


def _is_year(label: str | None) -> bool:
    return label is not None and len(label) == 4 and label.isdigit()


def _is_base(text: str, mention: period.Mention) -> bool:
    """Whether a period is that of a former figure only: “由 2022 年的 46 人增加到 62 人”, “比 2022 年多 16 人，…”."""
    return text[max(mention.start - 2, 0) : mention.start].rstrip()[-1:] in _OPENS_A_BASE


def _period(text: str, clause: Clause, periods: Sequence[period.Mention]) -> str | None:
    """The period named in the clause; else the last before it, but none that only dates an “其中” already left."""
    among = text.find("其中", max(clause.sentence, clause.start - FAR), clause.start)
    place = bisect_left(periods, (clause.end,))
    chosen: str | None = None
    while place:
        place -= 1
        mention = periods[place]
        if mention.start >= clause.start:
            chosen = mention.label
        elif chosen is not None:
            return chosen
        elif mention.label != "每年" and not 0 <= among < mention.start and not _is_base(text, mention):
            return mention.label
    return chosen


def stage(sentence: str) -> str:
    """The schools that a sentence opens with and speaks of to its end: “全市幼儿园 96 所，……；专任教师 812 人”."""
    found = _STAGE.match(sentence)
    return found["stage"] if found else ""
