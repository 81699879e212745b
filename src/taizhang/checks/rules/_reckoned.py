"""What CON026 holds against each other: figures told, and figures reckoned from others, of one thing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.rules._prose import Sentence

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:万|亿)?(?:人次|人日|人|名|家|项|个|门|件|场|期|份|篇|所|户|万元|亿元|元|台|册|例|次|条)"
_YEAR = r"(?:20\d\d\s*年度?|上一?年度?|去年|前一年)"
_MORE_THAN = re.compile(
    rf"(?P<name>[一-鿿]{{3,20}})\s*(?P<now>{_NUMBER})\s*(?P<unit>{_UNIT})[，,]\s*(?:比|较)(?P<year>{_YEAR})(?:同期)?"
    rf"(?P<way>多|增加了?|净增|少|减少了?)\s*(?P<by>{_NUMBER})\s*(?P=unit)(?!次)"
)
_FROM_TO = re.compile(
    rf"(?P<name>[一-鿿]{{3,20}}?)(?:从|由)(?P<year>{_YEAR})的?\s*(?P<then>{_NUMBER})\s*(?P<unit>{_UNIT})[^，。；\d]{{0,4}}"
    rf"(?:增加|增长|提高|上升|扩大|发展|减少|下降|增|升|降)[至到]了?\s*(?P<now>{_NUMBER})\s*(?P=unit)(?!次)"
)
_FORMER = re.compile(
    rf"(?P<name>[一-鿿]{{3,20}})\s*(?P<now>{_NUMBER})\s*(?P<unit>{_UNIT})[，,]\s*(?:比|较)(?P<year>{_YEAR})的?\s*(?P<then>{_NUMBER})\s*(?P=unit)(?!次)"
)
_GRADE = r"(?:特等奖|[一二三四]等奖|金奖|银奖|铜奖|优秀奖)"
_GRADES = re.compile(
    rf"(?P<name>[一-鿿]{{2,14}}奖)(?:的)?(?P<list>{_GRADE}\s*\d+\s*(?P<unit>[项个件])(?:(?:、|和|，|以及)\s*{_GRADE}\s*\d+\s*(?P=unit))+)"
)
_AWARD = re.compile(
    r"(?P<name>[一-鿿]{0,8}(?:获|取得|斩获)[一-鿿]{2,14}奖)(?:共|总计|合计)?\s*(?P<count>\d+)\s*(?P<unit>[项个件])(?!次)"
)
_NOT_ALL = re.compile(
    "累计|历年|以往|此前|连同|[年以]来|[二三四五两]年|期间|建设期|申报|推荐|提名|近|新增|目标|计划|力争|预计|参与|合作"
)
_VERB = re.compile("^.*(?:获得|获评|取得|斩获|荣获|[获得])")
_COVERED = re.compile(
    r"(?P<part>\d+)\s*(?P<unit>[个所家户名])[^，。；\d]{0,4}[，,]\s*占(?:全部|所有|全[省市县区校])?(?:的)?\s*(?P<whole>\d+)\s*(?P=unit)(?P<name>[一-鿿]{2,8}?)的?\s*\d"
)
_LEFT = re.compile(
    r"(?:还|仍|尚)有\s*(?P<count>\d+)\s*(?P<unit>[个所家户名])(?P<name>[一-鿿]{2,8}?)(?=没有|尚?未|无(?!锡)|缺)"
)
_ACTS = re.compile("^(?:全年|全校|本年|学校|学院|今年|共|累计|已|的|为)+")
_SPHERE = re.compile("专业群|二级学院|系部|课题组|团队|分校|校区|书院")
_TIME = re.compile(r"20\d\d\s*年")
_FEWEST = 10  # below which the figures of two things are alike by chance
_NEAR = 12  # characters before a prize that say which
_ALIKE = 3  # characters that two names have in common


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A value of a thing, and how it was reckoned; empty where it is told as it is."""

    key: tuple[str, ...]
    name: str
    what: str
    value: Decimal
    unit: str
    working: str
    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """What is printed."""
        return self.sentence.text[self.start : self.end]

    def is_of(self, other: "Reckoned") -> bool:
        """Whether both are of one thing: another place, names with a long stretch in common, no two years."""
        if self.sentence.passage is other.sentence.passage and self.sentence.begin == other.sentence.begin:
            return False
        years = [
            set(_TIME.findall(each.sentence.text[each.sentence.begin : each.sentence.end])) for each in (self, other)
        ]
        if years[0] and years[1] and not years[0] & years[1]:
            return False
        if self.sphere() != other.sphere():
            return False
        ends = [_ACTS.sub("", each.name) for each in (self, other)]
        short, long = sorted(ends, key=len)
        return len(short) >= _ALIKE and any(short[i : i + _ALIKE] in long for i in range(len(short) - _ALIKE + 1)) and (
            short[-2:] == long[-2:]
        )  # fmt: skip

    def sphere(self) -> set[str]:
        """Of which part of the college the place speaks."""
        text = self.sentence.text[self.sentence.begin : self.sentence.end]
        return set(_SPHERE.findall("/".join((*self.sentence.passage.section, text))))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def earlier_values(known: Sequence[Sentence]) -> Iterator[Reckoned]:
    """The values of the year before that a document tells or lets reckon, by this year’s value."""
    for sentence in known:
        words = sentence.text[sentence.begin : sentence.end]
        if "年" not in words:
            continue
        than, since = "比" in words or "较" in words, "从" in words or "由" in words
        for pattern in (
            *((_MORE_THAN,) if than else ()),
            *((_FROM_TO,) if since else ()),
            *((_FORMER,) if than else ()),
        ):
            for match in pattern.finditer(sentence.text, sentence.begin, sentence.end):
                now = _number(match["now"])
                if now < _FEWEST:
                    continue
                year = re.sub(r"\s|年度?", "", match["year"]) if match["year"][0] == "2" else "上年"
                then, working = _then(match, now)
                unit = match["unit"]
                key = f"{now.normalize()}", unit, year
                yield Reckoned(
                    key,
                    match["name"],
                    f"{year}的“{_ACTS.sub('', match['name'])}”",
                    then,
                    unit,
                    working,
                    sentence,
                    *match.span(),
                )


def _then(match: re.Match[str], now: Decimal) -> tuple[Decimal, str]:
    """The value of the year before, and how it is reckoned where it is not told."""
    groups = match.groupdict()
    if groups.get("then"):
        return _number(groups["then"]), ""
    sign = "+" if match["way"][0] in "少减" else "-"
    by = _number(match["by"])
    return now + by if sign == "+" else now - by, f"{match['now']} {sign} {match['by']}"


def graded(known: Sequence[Sentence]) -> Iterator[Reckoned]:
    """The prizes of one name: the sum of their grades, and their number as told elsewhere."""
    for sentence in known:
        if "奖" not in sentence.text:
            continue
        for match in _GRADES.finditer(sentence.text, sentence.begin, sentence.end):
            if _is_of_some(sentence, match):
                continue
            counts = [Decimal(count) for count in re.findall(r"\d+", match["list"])]
            name, working = _VERB.sub("", match["name"]), " + ".join(f"{count}" for count in counts)
            yield Reckoned(
                (name, match["unit"]),
                name,
                f"“{name}”",
                sum(counts, Decimal(0)),
                match["unit"],
                working,
                sentence,
                *match.span(),
            )
        for match in _AWARD.finditer(sentence.text, sentence.begin, sentence.end):
            name = _VERB.sub("", match["name"])
            if _is_of_some(sentence, match):
                continue
            if not re.search(f"{_GRADE}$", name) and "其中" not in sentence.text[sentence.begin : match.start()]:
                yield Reckoned(
                    (name, match["unit"]),
                    name,
                    f"“{name}”",
                    Decimal(match["count"]),
                    match["unit"],
                    "",
                    sentence,
                    *match.span(),
                )


def _is_of_some(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether prizes are told that were applied for, or those of several years."""
    return _NOT_ALL.search(sentence.text, max(sentence.begin, match.start() - _NEAR), match.end()) is not None


def remaining(known: Sequence[Sentence]) -> Iterator[Reckoned]:
    """What is left of a whole: reckoned from the part that is covered, and told elsewhere."""
    for sentence in known:
        for match in _COVERED.finditer(sentence.text, sentence.begin, sentence.end):
            part, whole = Decimal(match["part"]), Decimal(match["whole"])
            if whole > part:
                yield Reckoned(
                    (match["name"], match["unit"]), match["name"], f"余下的“{match['name']}”", whole - part, match["unit"],
                    f"{match['whole']} - {match['part']}", sentence, *match.span(),
                )  # fmt: skip
        for match in _LEFT.finditer(sentence.text, sentence.begin, sentence.end):
            yield Reckoned(
                (match["name"], match["unit"]), match["name"], f"余下的“{match['name']}”", Decimal(match["count"]), match["unit"],
                "", sentence, *match.span(),
            )  # fmt: skip
