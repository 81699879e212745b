"""标志性成果: whether a promised result is won and still held at the level that was promised, and what stands in for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.core.ladder import Ladder
from taizhang.core.saying import joined, phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A landmark result as planned and as it stands. `state` is waiting, won, lost or ended."""

    name: str
    level: str
    state: str
    won_level: str = ""
    substitute: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a landmark counts, and the sentence that says so."""

    counts: bool
    said: str


def judged(promise: Promise, levels: Ladder) -> Verdict:
    """Only what was won, is still held, and is not below the promised level counts; a substitute never does."""
    stand_in = (
        phrase("；另有替代成果“%(substitute)s”，不计作原成果", substitute=promise.substitute)
        if promise.substitute
        else ""
    )
    if promise.state == "waiting":
        return Verdict(counts=False, said=phrase("尚未获得%(stand_in)s", stand_in=stand_in))
    if promise.state == "lost":
        return Verdict(counts=False, said=phrase("已不再保有%(stand_in)s", stand_in=stand_in))
    if promise.state == "ended":
        return Verdict(
            counts=False, said=phrase("该项已不再评选%(stand_in)s", stand_in=stand_in or phrase("，没有替代成果"))
        )
    if not promise.level:
        return Verdict(
            counts=True,
            said=phrase("已获得（%(won_level)s）", won_level=promise.won_level)
            if promise.won_level
            else phrase("已获得"),
        )
    if not promise.won_level:
        return Verdict(
            counts=False,
            said=phrase(
                "已获得，但没有写明实际级别，不能算达到%(level)s%(stand_in)s", level=promise.level, stand_in=stand_in
            ),
        )
    if levels.falls_short(promise.won_level, promise.level):
        return Verdict(
            counts=False,
            said=phrase(
                "实际是%(won_level)s，低于承诺的%(level)s%(stand_in)s",
                won_level=promise.won_level,
                level=promise.level,
                stand_in=stand_in,
            ),
        )
    if levels.rank(promise.won_level) is None and levels.name(promise.won_level) != levels.name(promise.level):
        return Verdict(
            counts=False,
            said=phrase(
                "实际是%(won_level)s，与承诺的%(level)s不分高低，不能算达到%(stand_in)s",
                won_level=promise.won_level,
                level=promise.level,
                stand_in=stand_in,
            ),
        )
    return Verdict(counts=True, said=phrase("已获得（%(won_level)s）", won_level=promise.won_level))


def tally(promises: Iterable[Promise], levels: Ladder) -> str:
    """All of them in one sentence."""
    rows = list(promises)
    states = {"won": 0, "waiting": 0, "lost": 0, "ended": 0}
    for row in rows:
        states[row.state] += 1
    done = sum(judged(row, levels).counts for row in rows)
    below = states["won"] - done
    parts = [
        phrase("标志性成果 %(count)s 项", count=len(rows)),
        phrase("达到承诺 %(count)s 项", count=done),
        phrase("已获得而没有达到承诺级别 %(count)s 项", count=below) if below else "",
        phrase("尚未获得 %(count)s 项", count=states["waiting"]),
        phrase("已不再保有 %(count)s 项", count=states["lost"]),
        phrase("不再评选 %(count)s 项", count=states["ended"]) if states["ended"] else "",
    ]
    return joined("，", filter(None, parts))
