"""What ARI002 makes of parts that shut each other out by what they are: classes A to D, states of a work, prizes, uses."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from taizhang.checks.registry import Problem
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, clause, slack
from taizhang.core.finding import Severity

_LETTER = re.compile(r"[（(“]?([A-E])\s*类[)）”]?(?:提案|建议|项目|件|企业)?(?:的|有|共|为|是|[：:])*\s*$")
_ANSWERED = re.compile("建议|提案|议案")  # each of which is sorted by how it was answered
_LETTERS = "ABCDE"
_PRIZE = re.compile(r"\s*(特等奖|一等奖|二等奖|三等奖|金奖|银奖|铜奖)(?=[，、。；,;和及]|$)")
_WON = re.compile("获奖|奖项|奖励|获得?各类|斩获")
_KIND = re.compile(r"\s*(预期性|约束性)(?:指标|目标)")
_KINDS = 2  # an indicator is one or the other
_INDICATORS = re.compile(r"\s*(?:主要|核心|具体|发展|规划)*(?:指标|目标)")
_STATES = (
    re.compile(r"(?:已|均已|其中)?(?:完工|竣工|投产|建成投用|交付使用)(?:项目)?(?:的?有)?\s*$"),
    re.compile(r"(?:正?在建|正在施工|在施)(?:项目)?(?:的?有)?\s*$"),
    re.compile(r"(?:尚?未开工|待开工|未启动)(?:项目)?(?:的?有)?\s*$"),
)
_CARRIED = re.compile("续建|结转|跨年|往年|上年")  # what is built may be more than what was begun
_USED = re.compile(r"\s*用于")
_ALL = re.compile("共|总|计划|实施|安排|纳入|申请|完成|列入")
_WITHIN = re.compile(r"[^，。；、（()）\d]{0,6}[（(]\s*(?:含|其中)[：:]?(?P<label>[^（()），。；、]*?)$")
_CONTAINS = re.compile(r"[（(](?:含|包含|包括)(?=(?P<inner>[^（()）]*)[)）])")
_NOUN_LENGTH = 6  # characters between a number and the bracket that takes it apart
_NOUN = re.compile("[一-鿿]{2}(?=共|有|达|为|总|计|$)")
_SMALLER = re.compile("子项|小项|分项|细项|子项目|分项目")
_PARTS = re.compile("其中[：:，,]?\\s*$|[：:]\\s*$")
_FEWEST = 3
_NEAR = Decimal("0.25")


def of_classes(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """The totals that parts of which none is in another's place do not make, or are too many for."""
    text, begin, end = sentence.text, sentence.begin, sentence.end
    if "类" in text:
        yield from _by_letters(sentence, told)
    if text.find("奖", begin, end) >= 0:
        yield from _by_prizes(sentence, told)
    if text.find("约束性", begin, end) >= 0:
        yield from _by_kinds(sentence, told)
    if text.find("在建", begin, end) >= 0 or text.find("开工", begin, end) >= 0:
        yield from _by_states(sentence, told)
    if text.count("用于", begin, end) > 1:
        yield from _by_uses(sentence, told)
    yield from _in_brackets(sentence, told)
    yield from _one_too_many(sentence, told)


def _by_letters(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """“（A类）22 件……（B类）68 件……（C类）2 件” of 92: whoever sorts by letters sorts all."""
    chain: list[Figure] = []
    each: Sentence | None = sentence
    while each is not None:
        chain[:0] = each.figures
        each = each.before
    lettered = [(match[1], f) for f in chain if (match := _LETTER.search(f.label[-12:]))]
    if not any(f.start >= sentence.begin for _, f in lettered):
        return
    letters = "".join(letter for letter, _ in lettered)
    later = re.findall("[A-E](?=\\s*类)", sentence.text[sentence.end :])
    if len(letters) < _FEWEST or letters != _LETTERS[: len(letters)] or later:
        return
    parts = [f for _, f in lettered]
    wholes = [f for f in chain if f.end <= parts[0].start and f.is_exact and f.counts_like(parts[0])]
    added = sum((f.value for f in parts), Decimal(0))
    sums = [sum(f.value for f in some) for count in (1, 2) for some in combinations(wholes, count)]
    if wholes and added not in sums:
        whole = min(wholes, key=lambda f: abs(f.value - added))
        sure = _ANSWERED.search(sentence.text, 0, parts[0].start) or added > max(f.value for f in wholes)
        if sure and abs(whole.value - added) <= _NEAR * whole.value:
            yield from _problem(sentence, whole, parts, told)


def _by_kinds(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """“21 个主要指标，包括 13 个预期性指标、8 个约束性指标”: an indicator is the one or the other."""
    kinds = [(match[1], f) for f in sentence.figures if f.is_exact and (match := _KIND.match(sentence.text, f.end))]
    if len(kinds) != _KINDS or kinds[0][0] == kinds[1][0]:
        return
    parts = [f for _, f in kinds]
    wholes = [
        f
        for f in sentence.figures
        if f.end <= parts[0].start
        and f.is_exact
        and f.unit == parts[0].unit
        and _INDICATORS.match(sentence.text, f.end)
    ]
    if len(wholes) == 1 and wholes[0].value != sum(f.value for f in parts):
        yield from _problem(sentence, wholes[0], parts, told)


def _by_states(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """“共 7 个，已完工 3 个，在建项目 5 个”: what is finished is no longer being built."""
    found: list[Figure] = []
    for state in _STATES:
        of_state = [f for f in sentence.figures if f.is_exact and state.search(clause(f.label))]
        if len(of_state) > 1:
            return
        found.extend(of_state)
    if _CARRIED.search(sentence.text, sentence.begin, sentence.end):
        return
    parts = sorted(found, key=lambda f: f.start)
    if len(parts) < _KINDS or any(not f.counts_like(parts[0]) or f.dimension == "元" for f in parts):
        return
    wholes = [f for f in sentence.figures if f.end <= parts[0].start and f.is_exact and f.counts_like(parts[0])]
    added = sum((f.value for f in parts), Decimal(0))
    if wholes and all(_ALL.search(f.label) or f.value < added for f in wholes) and added > max(f.value for f in wholes):
        whole = max(wholes, key=lambda f: f.value)
        if _ALL.search(whole.label):
            yield from _problem(sentence, whole, parts, told)


def _by_uses(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """“其中：30 万元用于甲；35 万元用于乙”: a sum is spent once. The total may stand in the sentence before."""
    parts = [f for f in sentence.figures if f.is_exact and f.dimension == "元" and _USED.match(sentence.text, f.end)]
    if len(parts) < _KINDS or not _PARTS.search(parts[0].label):
        return
    before = [f for f in sentence.figures if f.end <= parts[0].start]
    if not before and sentence.before is not None:
        before = list(sentence.before.figures)
    wholes = [f for f in before if f.is_exact and f.dimension == "元"]
    added = sum((f.value for f in parts), Decimal(0))
    if len(wholes) == 1 and added - wholes[0].value > slack([*parts, wholes[0]]) and added <= 2 * wholes[0].value:
        yield from _problem(sentence, wholes[0], parts, told)


def _by_prizes(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """“获奖 15 项，5 个一等奖、7 个二等奖、4 个三等奖”: figures told before what they count, too many for the total."""
    run: list[Figure] = []
    for figure in sentence.figures:
        if figure.is_exact and _PRIZE.match(sentence.text, figure.end):
            run.append(figure)
        elif run:
            break
    if len(run) < _KINDS or any(not f.counts_like(run[0]) for f in run):
        return
    wholes = [f for f in sentence.figures if f.end <= run[0].start and f.is_exact and _WON.search(clause(f.label))]
    added = sum((f.value for f in run), Decimal(0))
    names = [_PRIZE.match(sentence.text, f.end) for f in run]
    if len({name[1] for name in names if name}) == len(run) and len(wholes) == 1:
        whole = wholes[0]
        if whole.unit in {"个", "项", run[0].unit} and whole.value < added <= 2 * whole.value:
            yield from _problem(sentence, whole, run, told)


def _in_brackets(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """“项目共 14 个（含上年转入项目 15 个）”: what a bracket takes out of a number cannot be more."""
    for whole, part in zip(sentence.figures, sentence.figures[1:], strict=False):
        if not (whole.is_exact and part.is_exact and part.unit == whole.unit and part.value > whole.value):
            continue
        match = _WITHIN.fullmatch(sentence.text, whole.end, part.start)
        noun = _NOUN.findall(clause(whole.label)[-8:])
        if (
            match is None
            or not noun
            or noun[-1] not in match["label"]
            or _SMALLER.search(sentence.text, whole.end, part.end + 4)
        ):
            continue
        if (id(sentence.passage.block), part.start) not in told:
            told.add((id(sentence.passage.block), part.start))
            yield sentence.passage.problem(
                whole.start,
                part.end,
                f"括号里的 {sentence.printed(part)} 大于前面的 {sentence.printed(whole)}",
                severity=Severity.WARNING,
            )


def _one_too_many(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """“规章 13 件（含新制定 5 件，修改 4 件，废止 5 件）”: three and more that are hardly more than all were counted amiss.

    Where some are in two of the parts (重点, 新建), the parts make much more than all.
    """
    for match in _CONTAINS.finditer(sentence.text, sentence.begin, sentence.end):
        wholes = [f for f in sentence.figures if f.end <= match.start()]
        parts = [f for f in sentence.figures if match.end() <= f.start < match.end("inner")]
        if not wholes or len(parts) < _FEWEST or match.start() - wholes[-1].end > _NOUN_LENGTH:
            continue
        whole, added = wholes[-1], sum((f.value for f in parts), Decimal(0))
        if any(not f.is_exact or f.unit != whole.unit for f in (whole, *parts)):
            continue
        if slack([*parts, whole]) < added - whole.value <= max(whole.value / 20, whole.value / whole.quantity.value):
            yield from _problem(sentence, whole, parts, told)


def _problem(
    sentence: Sentence, whole: Figure, parts: Sequence[Figure], told: set[tuple[int, int]]
) -> Iterator[Problem]:
    places = {(id(sentence.passage.block), f.start) for f in parts}
    if places & told:
        return
    told.update(places)
    scale = whole.value / whole.quantity.value
    expected = shown(sum((f.value for f in parts), Decimal(0)) / scale)
    terms = " + ".join(shown(f.value / scale) for f in parts)
    yield sentence.passage.problem(
        whole.start,
        whole.end,
        f"{terms} = {expected}，与总数 {sentence.printed(whole)} 不符",
        expected=expected,
        related=tuple(sentence.passage.related(f.start, f.end) for f in parts),
        severity=Severity.WARNING,
    )
