"""Clauses of a plan or of what is told of it: the thing, its quantity, level and state, each with its place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from operator import add
from typing import Any, NamedTuple

from taizhang.core.beginnings import sifted
from taizhang.core.ladder import Ladder
from taizhang.core.quantities import quantities
from taizhang.core.quantity import Catalogue, Quantity
from taizhang.core.remembering import per_profile, per_text
from taizhang.profiles import Profile

_OPEN, _CLOSE = "《“‘「【(（〈", "》”’」】)）〉"
_STOPS = frozenset("，,；;。！\n：:")
_STOP = re.compile("[，,；;。！\n：:、]")
_REST = re.compile("[，,；;。]")
_TAIL = re.compile(r"[（(]?\s*\d[\d.\-—~至 ]*\s*[一-鿿]{0,2}[）)]?$|[\s，,；;。、]+$")
_HANDED_IN = re.compile(
    r"(?:\s*\d+\s*[份套个])?[，,]?(?:并|已|的)?(?:按时|按期)?(?:提交|报送|上报|递交|报出|送审|编制|撰写)(?:了|完毕|工作)?$"
)
_EDGE = re.compile("[《“‘「【(（〈》”’」】)）〉，,；;。！\n：:、和及与并]|以及")
_CLOSING = re.compile("[)）]")
_TITLE = re.compile(r"《[^《》]*》|“[^“”]*”")
_STRICT_LEVEL = re.compile(r"(国家|省部?|市厅?|地市|区县|县区?|校|院系?|系|部)级")
_LEVELS = "国家级|省部?级|市厅?级|地市级|区县级|县区?级|校级|院系?级|系级|部级"  # the same, each begun by a character
_NOT_BEFORE = re.compile(r"\(\?<!(\[[^]\\]+\]|[一-鿿])\)([一-鿿])(?![?*+{])")
_LEVEL_OF = {
    "国": "国家级",
    "部": "国家级",
    "省": "省级",
    "市": "市级",
    "地": "市级",
    "区": "县级",
    "县": "县级",
    "校": "校级",
    "院": "院系级",
    "系": "院系级",
}
_CUMULATIVE = re.compile("累计|累积|总计")
_SUBSET = re.compile(r"\s*(?:[(（]\s*)?(?:其中|含|包括)")
_EXEMPLAR = re.compile(r"等(?!$|[，。；、])[^，。；、等]{0,6}?")
_RUN = re.compile(r"[一-鿿]+|[A-Za-z0-9+]+")
_UNCOUNTED = frozenset({"年月", "时长", "名次", "学时", "学分", "字", "分", "岁", "倍", "番", "百分点", "名次(首创)"})
_EACH = re.compile(r"各\s*$")


class Amount(NamedTuple):
    """A counted quantity of a clause in base units; `lower` is what a range or a bound asks at least."""

    quantity: Quantity
    dimension: str
    lower: Decimal
    upper: Decimal
    each: bool


class Clause(NamedTuple):
    """A part of a text that says one thing. Places are those of the text it was taken from."""

    text: str
    start: int
    end: int
    grams: frozenset[str]  # the words that name the thing, as pairs of characters
    things: tuple[str, ...]  # kinds of things named, in order; the last is what the clause is about
    amounts: tuple[Amount, ...]
    level: str | None  # as written in full: “省级”
    levels: tuple[str, ...]  # also in short and by name: “省示范…”, “全国…”
    cumulative: bool
    subset: bool
    low: str | None  # the lowest step named, where no higher one is
    low_word: tuple[int, int] | None
    wanted: str | None
    paper: str | None
    drafting: bool
    inherited: bool = False  # whether the thing was named by the clause before

    @property
    def thing_of_its_own(self) -> bool:
        """Whether the clause begins anew and does not go on with a list."""
        return self.text.lstrip()[:1] not in {"、", "和", "及", "与"}

    @property
    def thing(self) -> str | None:
        """The kind of thing that the clause is about."""
        return self.things[-1] if self.things else None


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of some patterns; what must not stand before a character is asked behind it: `re` then skips to that one."""
    return re.compile(sifted(_NOT_BEFORE.sub(r"\2(?<!\1\2)", "|".join(patterns))) or "(?!)")


@dataclass(eq=False)
class Vocabulary:
    """The words of a profile for taking plans apart, compiled."""

    catalogue: Catalogue
    levels: Ladder
    words: Mapping[str, Any]

    @classmethod
    def of(cls, profile: Profile) -> "Vocabulary":
        """The vocabulary of a profile."""
        undone = [f"^{re.escape(word)}$" for word in profile.sections["attainment"]["undone_words"]]
        return cls(profile.catalogue, profile.levels, {**profile.sections["promise"], "undone": undone})

    def pattern(self, name: str) -> re.Pattern[str]:
        """The pattern of a flat list of words."""
        return self._patterns[name]

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {name: _any(value) for name, value in self.words.items() if isinstance(value, list)}

    @cached_property
    def _steps(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(name, _any(value)) for name, value in self.words["low"].items()]

    @cached_property
    def _wanted(self) -> list[tuple[str, re.Pattern[str]]]:
        return [*self._steps, *((name, _any(value)) for name, value in self.words["wanted"].items())]

    @cached_property
    def papers(self) -> re.Pattern[str]:
        return _any(f"(?P<{name}>{'|'.join(words)})" for name, words in self.words["papers"].items())

    @cached_property
    def things(self) -> tuple[re.Pattern[str], dict[str, str]]:
        groups = {f"g{place}": group for place, group in enumerate(self.words["things"])}
        return _any(f"(?P<{name}>{group})" for name, group in groups.items()), groups

    @cached_property
    def any_thing(self) -> re.Pattern[str]:
        """The same without the groups, with which `re` would try each of them at every character."""
        return _any(self.words["things"])

    @cached_property
    def any_paper(self) -> re.Pattern[str]:
        """The same for papers."""
        return _any(word for words in self.words["papers"].values() for word in words)

    @cached_property
    def _short_levels(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(name, _any(value)) for name, value in self.words["levels_short"].items()]

    @cached_property
    def _any_short(self) -> re.Pattern[str]:
        return _any(word for words in self.words["levels_short"].values() for word in words)

    @cached_property
    def noise(self) -> re.Pattern[str]:
        """What does not help to tell one thing from another: actions, levels, light words, particles."""
        actions = [p for group in ("low", "wanted") for patterns in self.words[group].values() for p in patterns]
        return _any(
            [
                *actions,
                *self.words["drafting"],
                *self.words["light"],
                _LEVELS,
                "累计|新增|截至|年[底末内]|各|共|与|和|及|对|将|在|为|由|、",
            ]
        )

    @property
    def verb(self) -> re.Pattern[str]:
        """A word for an action that a plan asks for."""
        return self._verb

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        patterns = [pattern for group in self.words["wanted"].values() for pattern in group]
        return _any([*patterns, *self.words["drafting"], "启动", "立项"])

    @property
    def thing_pattern(self) -> re.Pattern[str]:
        """The names of all kinds of things."""
        return self.things[0]

    def ends_in_thing(self, text: str) -> bool:
        """Whether a clause, its quantity and marks aside, ends in the name of a thing."""
        plain = _TAIL.sub("", text)
        return any(match.end() == len(plain) for match in self.any_thing.finditer(plain))

    def things_in(self, text: str) -> tuple[str, ...]:
        """The kinds of things that a text names, in order; of “企业等基地” only what is behind 等."""
        pattern, names = self.things
        found: list[str] = []
        for match in self.any_thing.finditer(text):
            end = match.end()
            if not text.startswith("等", end) or text[end + 1 : end + 2] in "，。；、 ":
                named = pattern.match(text, match.start())
                found.append(names[named.lastgroup or ""] if named else "")
        return tuple(found)

    def paper_at_end(self, text: str) -> str | None:
        """What sort of document a text ends in, or None where its last noun is something else."""
        plain = _HANDED_IN.sub("", text.rstrip("》”）) 。；;，,等多个系列相关、")).rstrip("》”）) 个份套")
        if self.any_paper.search(plain) is None:
            return None
        found = None
        for match in self.papers.finditer(plain):
            if match.end() >= len(plain) - 1:
                found = match.lastgroup
        return found

    def step(self, text: str) -> tuple[str | None, tuple[int, int] | None]:
        """The step short of done that a text stops at, and where it says so; None where it says that it is done."""
        if self.pattern("high").search(text):
            return None, None
        places = {name: match for name, pattern in self._steps if (match := pattern.search(text))}
        if "申报" in places and self.pattern("granted").search(text):
            del places["申报"]
        for name in ("筹划", "申报", "在建", "立项"):
            if name in places:
                return name, places[name].span()
        return None, None

    def want(self, text: str) -> str | None:
        """What a plan asks for: the lowest step it names, else 建成 or 建设."""
        for name, pattern in self._wanted:
            if pattern.search(text):
                return name
        return None

    def levels_of(self, text: str) -> tuple[str, ...]:
        """The levels that a text names in full, in short or by an office's name."""
        found = [_LEVEL_OF[match[1][0]] for match in _STRICT_LEVEL.finditer(text)] if "级" in text else []
        if self._any_short.search(text):
            found += [name for name, pattern in self._short_levels if pattern.search(text)]
        return tuple(dict.fromkeys(found))

    @staticmethod
    @per_text
    def grams(text: str) -> frozenset[str]:
        """The pairs of characters of a text, its Latin words and numbers whole."""
        pairs: list[str] = []
        for run in _RUN.findall(text):
            if run[0].isascii():
                pairs.append(run)
            else:
                pairs += map(add, run, run[1:])
        return frozenset(pairs)

    def amounts(self, text: str) -> list[Amount]:
        """The counted quantities of a text."""
        found = []
        for quantity in quantities(text, self.catalogue):
            measure = self.catalogue.measure(quantity.unit)
            dimension = measure.dimension.partition("/")[0] if measure else quantity.unit
            if dimension in _UNCOUNTED:
                continue
            scale = measure.scale if measure else Decimal(1)
            upper = quantity.upper if quantity.upper is not None else quantity.value
            each = bool(_EACH.search(text, max(0, quantity.start - 4), quantity.start))
            found.append(Amount(quantity, dimension, quantity.value * scale, upper * scale, each))
        return found


vocabulary_of = per_profile(Vocabulary.of)


def _hide_titles(text: str) -> str:
    """The text with the inside of 《》 and “” blanked, every character in its place."""
    if "《" not in text and "“" not in text:
        return text
    return _TITLE.sub(lambda match: match[0][0] + "　" * (len(match[0]) - 2) + match[0][-1], text)


def _cuts(text: str, amounts: Sequence[Amount], words: Vocabulary) -> list[int]:
    """Where a text is cut into clauses: at stops, and at joints behind a quantity or a thing."""
    spans = [(amount.quantity.start, amount.quantity.end) for amount in amounts]
    cuts, depth, last = [], 0, 0
    for match in _EDGE.finditer(text):
        mark, position = match[0], match.start()
        if mark in _OPEN:
            closing = _CLOSING.search(text, position) if mark in "(（" and not depth else None
            if closing and any(position < start < closing.start() for start, _ in spans):
                cuts.append(position)
                last = position
            else:
                depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
        elif depth or any(start <= position < end for start, end in spans):
            continue
        elif mark in _STOPS:
            cuts.append(position + 1)
            last = position + 1
        elif (
            any(last < end <= position for _, end in spans)
            or _ends_in_thing(text, last, position, words)
            or words.verb.match(text, match.end())
        ):
            cuts.append(position)
            last = position
    cuts.extend(end for _, end in spans if _STRICT_LEVEL.match(text, end) and _counts_again(text, end, spans))
    return sorted(set(cuts))


def _counts_again(text: str, position: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether another quantity follows before the next stop (“课题国家级 1 项省级 2 项”)."""
    stop = _STOP.search(text, position)
    end = stop.start() if stop else len(text)
    return any(position < start < end for start, _ in spans)


def _ends_in_thing(text: str, start: int, end: int, words: Vocabulary) -> bool:
    """Whether the piece [start, end) ends in the name of a thing or document and what follows names one too."""
    piece, stop = text[start:end].rstrip("”》 "), _REST.search(text, end + 1)
    rest = text[end + 1 : stop.start() if stop else len(text)]
    thing, paper = words.any_thing, words.any_paper
    named = any(match.end() == len(piece) for match in (*thing.finditer(piece), *paper.finditer(piece)))
    if not named and text[max(start, end - 1) : end] not in {"》", "”"}:
        return False
    return bool(thing.search(rest) or paper.search(rest) or rest.lstrip().startswith(("《", "“")))


@per_text
def clauses(text: str, words: Vocabulary) -> tuple[Clause, ...]:
    """The clauses of a text in order; one without a thing of its own takes that of the clause before."""
    amounts = words.amounts(text)
    edges = [0, *_cuts(text, amounts, words), len(text)]
    found: list[Clause] = []
    for start, end in pairwise(edges):
        own = [amount for amount in amounts if start <= amount.quantity.start < end]
        piece = text[start:end]
        if not own and not _RUN.search(piece):
            continue
        found.append(_clause(piece, start, end, own, found[-1] if found else None, words))
    return tuple(found)


def _clause(
    piece: str, start: int, end: int, own: Sequence[Amount], before: Clause | None, words: Vocabulary
) -> Clause:
    bare = piece
    for amount in own:
        a, b = amount.quantity.start - start, amount.quantity.end - start
        bare = bare[:a] + "　" * (b - a) + bare[b:]
    outside = _hide_titles(bare)
    core = words.noise.sub("　", bare)
    grams = words.grams(core)
    low, found = words.step(outside)
    place = (found[0] + start, found[1] + start) if found else None
    wanted = words.want(outside)
    cumulative = bool(_CUMULATIVE.search(outside))
    subset = bool(_SUBSET.match(piece)) or piece.startswith(("(", "（"))
    things = words.things_in(bare)
    joined = before is not None and piece.lstrip()[:1] in {"、", "和", "及", "与", "以"}
    inherited = False
    level = _STRICT_LEVEL.search(outside) if "级" in outside else None
    name = _LEVEL_OF[level[1][0]] if level else None
    if before is not None and not grams:
        grams, things, inherited = before.grams, before.things, True
    if before is not None and (inherited or joined or (wanted is None and low is None and own)):
        low, place = (
            (before.low, before.low_word) if low is None and not words.pattern("high").search(outside) else (low, place)
        )
        wanted = wanted or before.wanted
        cumulative = cumulative or (before.cumulative and bool(own))
    short = words.levels_of(outside)
    return Clause(
        piece, start, end, grams, things, tuple(own), name, short, cumulative, subset, low,
        place, wanted, words.paper_at_end(bare), bool(words.pattern("drafting").search(outside)), inherited,
    )  # fmt: skip
