"""标志性成果: whether a promised result is won and still held at the level that was promised, and what stands in for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.core.ladder import Ladder


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
    stand_in = f"；另有替代成果“{promise.substitute}”，不计作原成果" if promise.substitute else ""
    if promise.state == "waiting":
        return Verdict(counts=False, said=f"尚未获得{stand_in}")
    if promise.state == "lost":
        return Verdict(counts=False, said=f"已不再保有{stand_in}")
    if promise.state == "ended":
        return Verdict(counts=False, said=f"该项已不再评选{stand_in or '，没有替代成果'}")
    if not promise.level:
        return Verdict(counts=True, said=f"已获得{f'（{promise.won_level}）' if promise.won_level else ''}")
    if not promise.won_level:
        return Verdict(counts=False, said=f"已获得，但没有写明实际级别，不能算达到{promise.level}{stand_in}")
    if levels.falls_short(promise.won_level, promise.level):
        return Verdict(counts=False, said=f"实际是{promise.won_level}，低于承诺的{promise.level}{stand_in}")
    if levels.rank(promise.won_level) is None and levels.name(promise.won_level) != levels.name(promise.level):
        return Verdict(
            counts=False, said=f"实际是{promise.won_level}，与承诺的{promise.level}不分高低，不能算达到{stand_in}"
        )
    return Verdict(counts=True, said=f"已获得（{promise.won_level}）")


def tally(promises: Iterable[Promise], levels: Ladder) -> str:
    """All of them in one sentence."""
    rows = list(promises)
    states = {"won": 0, "waiting": 0, "lost": 0, "ended": 0}
    for row in rows:
        states[row.state] += 1
    done = sum(judged(row, levels).counts for row in rows)
    below = states["won"] - done
    told = f"标志性成果 {len(rows)} 项，达到承诺 {done} 项，" + (
        f"已获得而没有达到承诺级别 {below} 项，" if below else ""
    )
    told += f"尚未获得 {states['waiting']} 项，已不再保有 {states['lost']} 项"
    return told + (f"，不再评选 {states['ended']} 项" if states["ended"] else "")
