"""Names of outside bodies: which of them mean the same one. The register asks; a person decides.

`folded` names that are equal are one name written twice. `Names` leads a told name to the body that goes by it and
proposes which of the known may be one, each with its reason: nothing is merged here.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

_DROPPED = re.compile(r"[\s·・•.,，。、；;:：“”\"'‘’《》〈〉\-—_/]+")
_BRACKETED = re.compile(r"\([^()]*\)")
_PLACE = re.compile("[省市县区镇乡村]$")
_LEGAL = re.compile(r"(?:等|股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|分公司|公司|集团)+$")
_REGION = re.compile(r"^(?:中国|[一-鿿]{2,3}省|[一-鿿]{2,4}自治区|[一-鿿]{2,3}市|[一-鿿]{2,4}(?:县|区))(?=[一-鿿]{3})")
_REASONS = ("写法相同", "去掉地名和公司后缀后相同", "一个像是另一个的简称")
_MOST_SHARING = 300  # names that share a beginning are held against each other; more of them would be all pairs
_SHORTEST = 3  # characters: two say too little to be taken for a longer name


class Proposal(NamedTuple):
    """并名建议: two names of the register that may be one, and why, in words."""

    keep: str
    merge: str
    why: str


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """A name as comparisons see it: full width, case, blanks, quotation marks and dashes do not count."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name).casefold())


@lru_cache(maxsize=65536)
def trunk(name: str) -> str:
    """What is left of a name without place, brackets and legal form: 云岭省云岭机床（集团）有限公司 is 云岭机床.

    Never less than two characters: a name that is nothing else stays whole.
    """
    whole = folded(name)
    found = whole
    for pattern in (_BRACKETED, _REGION, _REGION, _LEGAL):
        shorter = pattern.sub("", found)
        found = shorter if len(shorter) >= 2 else found
    return found


@lru_cache(maxsize=65536)
def region(name: str) -> str:
    """The place that a name begins with, and that its trunk is without: 青石县 of 青石县民政局; often empty."""
    whole = folded(name)
    end = 0
    while match := _REGION.match(whole[end:]):
        end += match.end()
    return whole[:end]


def alike(one: str, other: str) -> str:
    """Why two names may be one, in words; empty where nothing says so. 青石县民政局 is not 柳坪县民政局."""
    if folded(one) == folded(other):
        return _REASONS[0]
    places = sorted((region(one), region(other)), key=len)
    if trunk(one) == trunk(other) and places[0] in places[1]:
        return _REASONS[1]
    return _REASONS[2] if is_short_for(one, other) or is_short_for(other, one) else ""


def is_short_for(short: str, long: str) -> bool:
    """Whether one name may be the other abbreviated: its characters stand in the other in their order (云岭职校).

    It begins where the longer one does, with or without its place, and its last character is among the last of the
    other: 青石镇 is no short name of 青石镇商会. A village may be told with or without what it belongs to.
    """
    brief, full = folded(short), folded(long)
    if not _SHORTEST <= len(brief) < len(full):
        return False
    if _PLACE.search(brief) and (brief[-1] != full[-1] or full.endswith(brief)):
        return full.endswith(brief)
    if brief[:2] not in {full[:2], trunk(long)[:2]} or brief[-1] not in full[-4:]:
        return False
    rest = iter(full)
    return all(character in rest for character in brief)


def _keys(name: str) -> set[str]:
    """What names that may be one have in common: how they begin, and for places how they end."""
    whole = folded(name)
    return {whole[:2], trunk(name)[:2]} | ({"…" + whole[-3:]} if _PLACE.search(whole) else set())


class Names:
    """Names of a register, each leading to the body that goes by it (its id, or its name)."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """`known` gives each name, aliases included, the body that it stands for."""
        self._bodies = dict(known)
        self._folded: dict[str, dict[str, None]] = {}
        self._sharing: dict[str, list[str]] = {}
        for name, body in known.items():
            self._folded.setdefault(folded(name), {})[body] = None
            for key in _keys(name):
                self._sharing.setdefault(key, []).append(name)

    def match(self, told: str) -> str | None:
        """The one body that goes by the name; None where none does, or several do."""
        if told in self._bodies:
            return self._bodies[told]
        bodies = self._folded.get(folded(told), {})
        return next(iter(bodies)) if len(bodies) == 1 else None

    def like(self, told: str, at_most: int = 5) -> tuple[Proposal, ...]:
        """Known names that may mean what a told name means; the told name is the one to merge."""
        near = {name: None for key in sorted(_keys(told)) for name in self._sharing.get(key, ())}
        found = [Proposal(name, told, why) for name in near if name != told and (why := alike(name, told))]
        return tuple(sorted(found, key=lambda each: (_REASONS.index(each.why), len(each.keep), each.keep)))[:at_most]

    def proposals(self, at_most: int = 200) -> tuple[Proposal, ...]:
        """Pairs of bodies of the register that may be one, the surest first; the longer name is kept."""
        found: dict[frozenset[str], Proposal] = {}
        for names in self._sharing.values():
            for proposal in _pairs(names[:_MOST_SHARING]):
                bodies = frozenset({self._bodies[proposal.keep], self._bodies[proposal.merge]})
                before = found.get(bodies)
                if len(bodies) == 2 and (before is None or _REASONS.index(proposal.why) < _REASONS.index(before.why)):
                    found[bodies] = proposal
        order = sorted(found.values(), key=lambda each: (_REASONS.index(each.why), each.keep, each.merge))
        return tuple(order[:at_most])


def _pairs(names: Iterable[str]) -> Iterable[Proposal]:
    listed = sorted(set(names), key=lambda name: (-len(name), name))
    for place, longer in enumerate(listed):
        for shorter in listed[place + 1 :]:
            why = alike(longer, shorter)
            if why:
                yield Proposal(longer, shorter, why)
