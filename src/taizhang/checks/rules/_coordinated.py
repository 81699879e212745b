"""Things named side by side in a plan (一食堂、二食堂改造): one is told by its name, another is not told at all."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.rules._promise import Promise
from taizhang.intake.prose_points import claims

_CLAUSE = re.compile(r"[^，。；,;！\n]+")
_JOINT = re.compile(r"[、]|(?<=[一-鿿]{3})[和与及](?=[一-鿿]{3})")
_HAN = re.compile("[一-鿿]+")
_FIRM = re.compile(
    "建成|建立|完成|成立|建设|新建|组建|设立|制定|制订|修订|出台|印发|改造|购置|开发|编制|举办|承办|创建|获批|获评|开通|搭建"
)
_SUMMED = re.compile("等|均|[都各两双]|全部|全面|分别|[二三四五六七八九]者|相关|系列|一体|统一|合并|整合")
_QUOTED = re.compile("[“”《》（）()]")
_SHORTEST, _LONGEST = 3, 10  # characters of a thing's name
_TAIL = 2  # characters of the last name that tell of which kind the things are


class Untold(NamedTuple):
    """A thing of which the completion is silent: its place in the plan."""

    start: int
    end: int


class _Thing(NamedTuple):
    name: str
    start: int


def untold(promise: Promise) -> Iterator[Untold]:
    """The things of an enumeration that the completion leaves out, naming another of them in full."""
    plan, done = promise.point.plan.text, promise.point.done.text
    for claim in claims(done):
        done = done[: claim.start()] + "，" * len(claim[0]) + done[claim.end() :]  # “目标全部完成” names no thing
    if ("、" not in plan and not _JOINT.search(plan)) or _SUMMED.search(done) or _QUOTED.search(done):
        return
    for clause in _CLAUSE.finditer(plan):
        firm = _FIRM.search(clause[0])
        if firm is None or firm.start() > _TAIL or "等" in clause[0] or _QUOTED.search(clause[0]):
            continue
        things = _things(clause[0], firm.end(), clause.start())
        if things:
            yield from _left_out(things, done)


def _things(clause: str, begin: int, offset: int) -> list[_Thing]:
    """The names side by side in a clause, behind its verb; none where one is too short or too long to be a name."""
    edges = [begin, *[place for joint in _JOINT.finditer(clause, begin) for place in joint.span()], len(clause)]
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        run = _HAN.match(clause, start, end)
        if run is None or (run.end() < end and end != len(clause)):
            return []
        found.append(_Thing(run[0], offset + start))
    names = [thing.name for thing in found[:-1]]
    fitting = len(found) > 1 and all(_SHORTEST <= len(name) <= _LONGEST for name in names)
    return found if fitting and len(found[-1].name) >= _SHORTEST else []


def _left_out(things: Sequence[_Thing], done: str) -> Iterator[Untold]:
    size = max(len(thing.name) for thing in things[:-1])
    heads = [thing.name for thing in things[:-1]] + [things[-1].name[:size]]  # what is behind the last name is of all
    told = [head for head in heads if head in done]
    if not told:
        return
    said = [clause[0] for clause in _CLAUSE.finditer(done) if not any(head in clause[0] for head in told)]
    for thing, head in zip(things, heads, strict=True):
        own = _pairs(head).difference(*map(_pairs, told))
        kind = head[-_TAIL:]
        if (
            head in told
            or head.endswith("级")
            or not own
            or any(pair in done for pair in own)
            or any(kind in clause for clause in said)
        ):
            continue
        yield Untold(thing.start, thing.start + len(thing.name.rstrip("各")))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
