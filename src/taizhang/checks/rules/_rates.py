"""What ARI033 makes of rates told in a form of their own.

Behind two counts (留州率), of so many among so many, of what is done and what is not, of students to a teacher (生师比).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Problem
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import fits, shown
from taizhang.checks.rules._prose import Figure, Sentence, clause
from taizhang.core.attainment import FULL
from taizhang.core.finding import Severity

_COMMON = frozenset("学生教师人数总其的年全校")  # characters that tell nothing
_PAIR = 2
_PERSONS = frozenset("人名位")
_NEAR = Decimal(2)  # points
_BEHIND = re.compile(
    r"(?P<stem>[一-鿿]{2})率(?:为|达到?|是)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％][，,；;]\s*(?P<of>[^，。；\d]{0,8})(?P<whole>\d+)\s*"
    r"(?P<unit>[名人位个家户份项])[^，。；\d]{0,10}?(?:中[，,]?)?(?:共|已)?有?\s*(?P<part>\d+)\s*(?:(?P=unit)|[名人位])(?:已|均|仍|实现|继续)*(?P=stem)"
)
_BEFORE = 12  # characters before a rate that say whose it is
_OF_OTHERS = re.compile("平均|近|以来|上年|去年|往年|全省|全国|目标|计划|力争|总体")
_FAR = Decimal(10)  # points: what misses by more is of other things
_BY_FAR = Decimal(20)  # points
_PLAIN = r"\d[\d,]*(?:\.\d+)?"
_COUNTED = r"(?P<unit>[个家所项门名人支条村镇县校台件份例起套座间本册种户届批])"
_TOLD = r"(?:仅|只)?(?:为|达到?|是|有)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
# “12 个街道中，11 个建成…，覆盖率达到 91.7%”
_AMONG = re.compile(
    rf"(?P<whole>{_PLAIN})\s*{_COUNTED}[一-鿿]{{0,10}}(?:[（(][^（()）]{{1,6}}[)）])?[之当]?中[，,]?(?:已)?(?:有)?[^，。；、\d]{{0,8}}?(?P<part>{_PLAIN})\s*(?P=unit)[^，。；、\d]{{0,24}}[，,]\s*"
    rf"(?P<name>[^，。；、\d]{{0,8}}?(?:率|占比|比例|占)){_TOLD}"
)
# “占比仅为 15.8%（38 个专业中 6 个）”
_BRACKETED = re.compile(
    rf"(?P<name>[^，。；、\d]{{0,8}}?(?:率|占比|比例)){_TOLD}\s*[（(]\s*(?P<whole>{_PLAIN})\s*{_COUNTED}[一-鿿]{{0,10}}中(?:有)?\s*(?P<part>{_PLAIN})\s*(?P=unit)"
)
# “完成 16 项，未完成 4 项，完成率 80%”
_DONE = re.compile(
    rf"完成\s*(?P<part>{_PLAIN})\s*{_COUNTED}[，,、]\s*(?:尚|还)?(?:未完成|未达标|未达到|延期|推进中|正在推进)(?:的)?(?:有)?\s*(?P<left>{_PLAIN})\s*(?P=unit)[，,]\s*"
    rf"(?P<name>[^，。；、\d]{{0,6}}(?:完成率|达标率|达成率)){_TOLD}"
)
# “考取 1863 人，参考 2070 人，通过率 90%”
_TAKEN = re.compile(
    rf"(?:考取|通过|合格|获证|取证|获得证书)[^，。；、\d]{{0,4}}(?P<part>{_PLAIN})\s*(?P<unit>人次?|名)[，,、（(]\s*(?:参考|报考|参加(?:考试|考核|鉴定|认定)|应考)[^，。；、\d]{{0,4}}"
    rf"(?P<whole>{_PLAIN})\s*(?P=unit)[，,）)]+\s*(?P<name>(?:考试|考核|鉴定)?(?:通过|合格|获证|考取|取证)率){_TOLD}"
)
# “按折算在校生 9864 人、折算教师 580 人计算，生师比为 17.0:1”
_TO_A_TEACHER = re.compile(
    rf"按(?:照)?[^，。；\d]{{0,8}}生[^，。；\d]{{0,3}}(?P<whole>{_PLAIN})\s*人[、，,和][^，。；\d]{{0,6}}教师[^，。；\d]{{0,3}}(?P<part>{_PLAIN})\s*[人名](?:计算|测算|折算|计)?[，,]\s*生师比(?:为|达到?|是)?\s*"
    r"(?P<rate>\d+(?:\.\d+)?)(?:\s*[:：∶]\s*1(?!\d))?"
)


def of_neighbours(sentence: Sentence, match: re.Match[str], told: Sequence[Figure]) -> Iterator[Problem]:
    """A rate of a name of its own (留州率) right behind two counts, the second of which its name takes up."""
    if len(told) < _PAIR or told[-1].unit not in _PERSONS or not told[-1].counts_like(told[-2]) or not told[-2].value:
        return
    whole, part = told[-2:]
    between = sentence.text[part.end : match.start()].strip("，,、 \u3000")
    if between or not set(match["name"]) & set(clause(part.label)) - _COMMON or part.value > whole.value:
        return
    rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
    computed = part.value / whole.value * 100
    if abs(computed - rate) > _NEAR or fits_any(told, part, rate, places) or fits(computed, rate, places):
        return
    expected = percent(computed, places)
    yield sentence.passage.problem(
        match.start("name"), match.end(), f"{sentence.printed(part)} ÷ {sentence.printed(whole)} = {expected}，写的是 {match['rate']}%",
        printed=f"{match['rate']}%", expected=expected, severity=Severity.WARNING,
        related=tuple(sentence.passage.related(f.start, f.end) for f in (whole, part)),
    )  # fmt: skip


def of_counts_behind(sentence: Sentence) -> Iterator[Problem]:
    """A rate told before its two counts, the second of which has its very name: “留任率 86.5%，160 名学徒有 136 人留任”."""
    if "率" not in sentence.text[sentence.begin : sentence.end]:
        return
    for match in _BEHIND.finditer(sentence.text, sentence.begin, sentence.end):
        whole, part, rate = (Decimal(match[name]) for name in ("whole", "part", "rate"))
        computed, places = part / whole * 100 if whole else Decimal(0), len(match["rate"].partition(".")[2])
        said = sentence.text[max(match.start() - _BEFORE, sentence.begin) : match.start()]
        if part > whole or fits(computed, rate, places) or abs(computed - rate) > _FAR or _OF_OTHERS.search(said):
            continue
        expected = percent(computed, places)
        yield sentence.passage.problem(
            match.start(), match.end("rate") + 1, f"{match['part']} ÷ {match['whole']} = {expected}，写的是 {match['rate']}%",
            printed=f"{match['rate']}%", expected=expected, severity=Severity.WARNING,
            related=(sentence.passage.related(match.start("whole"), match.end()),),
        )  # fmt: skip


def fits_any(told: Sequence[Figure], part: Figure, rate: Decimal, places: int) -> bool:
    """Whether any two figures of one unit make the rate, the part not taken for the whole."""
    return any(
        fits(small.value / large.value * 100, rate, places)
        for small in told
        for large in told
        if small is not large and large is not part and large.value and small.counts_like(large)
    )


def is_capped(part: Decimal, whole: Decimal, rate: Decimal) -> bool:
    """Whether what is beyond its target is told as 100 %, as many reports cap it."""
    return rate == FULL and part >= whole


def in_forms(sentence: Sentence) -> Iterator[Problem]:
    """Rates told with their two counts in one form of words."""
    text, figures = sentence.text, [f for f in sentence.figures if f.is_exact]
    near = [*(f for f in sentence.before.figures if f.is_exact), *figures] if sentence.before is not None else figures
    if "中" in text:
        for match in _AMONG.finditer(text, sentence.begin, sentence.end):
            is_share = match["name"].endswith("占")  # behind “中，” ARI008 tells it
            if not (is_share and "中，" in match[0]):
                yield from _in_form(sentence, match, near, _BY_FAR if is_share else _NEAR + 1)
        for match in _BRACKETED.finditer(text, sentence.begin, sentence.end):
            yield from _in_form(sentence, match, near, _BY_FAR)
    if "完成" in text:
        for match in _DONE.finditer(text, sentence.begin, sentence.end):
            yield from _in_form(sentence, match, near, _BY_FAR)
    if "考" in text or "证" in text:
        for match in _TAKEN.finditer(text, sentence.begin, sentence.end):
            yield from _in_form(sentence, match, near, _BY_FAR)
    if "生师比" in text:
        for match in _TO_A_TEACHER.finditer(text, sentence.begin, sentence.end):
            yield from _to_a_teacher(sentence, match)


def _in_form(sentence: Sentence, match: re.Match[str], near: Sequence[Figure], far: Decimal) -> Iterator[Problem]:
    part, rate, places = _number(match["part"]), Decimal(match["rate"]), len(match["rate"].partition(".")[2])
    whole = part + _number(match["left"]) if "left" in match.re.groupindex else _number(match["whole"])
    counted = [f for f in near if f.unit == match["unit"] and f.value]
    if not whole or part > whole or any(fits(part / f.value * 100, rate, places) for f in counted):
        return
    computed = part / whole * 100
    if fits(computed, rate, places) or abs(computed - rate) > far:
        return
    expected = percent(computed, places)
    yield sentence.passage.problem(
        match.start("name"), match.end("rate") + 1,
        f"{shown(part)} ÷ {shown(whole)} = {expected}，写的是 {match['rate']}%",
        printed=f"{match['rate']}%", expected=expected,
        severity=Severity.WARNING if match.re is _AMONG else None,  # 人口覆盖率 is of people, not of those counted
        related=(sentence.passage.related(match.start("part"), match.end("part")),),
    )  # fmt: skip


def _to_a_teacher(sentence: Sentence, match: re.Match[str]) -> Iterator[Problem]:
    students, teachers = _number(match["whole"]), _number(match["part"])
    rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
    if not teachers or not rate or not Decimal("0.5") < students / teachers / rate < _NEAR:
        return
    computed = students / teachers
    if abs(computed - rate) <= Decimal("0.51").scaleb(-places):
        return
    expected = shown(round(computed, places))
    yield sentence.passage.problem(
        match.start("rate"), match.end(), f"{shown(students)} ÷ {shown(teachers)} = {expected}，写的是 {match['rate']}",
        printed=match["rate"], expected=expected,
        related=tuple(sentence.passage.related(match.start(name), match.end(name)) for name in ("whole", "part")),
    )  # fmt: skip


def _number(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))
