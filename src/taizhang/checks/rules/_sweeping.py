"""Claims in running text that everything is done, and which tables they speak for."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._triggers import paragraphs_with
from taizhang.core.beginnings import either, sifted
from taizhang.documents.blocks import Paragraph, Table
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

_SENTENCE = re.compile(r"[^。！；;\n]+")
_ALL = (
    r"(?<![未没不])(?<!没有)(?<!不能)(?:已?全部|已?全面|已?悉数|均已?|都已?)"
    r"(?:按期|如期|按时|按质|按量|高质量|圆满|顺利|超额|已经?)*"
)
_REACHED = r"(?:完成|达成|实现|达到|超过|达标)(?:[或和、并]?(?:超过|优于))?"
_OF_INDICATORS = (
    r"(?:指标|绩效|目标)[^。；;]{0,40}?(?:完成率|达成率|达成度|完成度)(?:均)?(?:为|达|达到)?\s*100(?:\.0+)?\s*[%％]",
    rf"(?:指标|目标)[^，,]{{0,12}}{_ALL}{_REACHED}(?:[^，,]{{0,6}}目标值?)?(?!的)",
    rf"(?<=[，,])\s*{_ALL}{_REACHED}了?[^，,]{{0,6}}(?:目标|指标)值?(?!的)",
    r"目标[^，,]{0,6}超额(?:完成|达成|实现)",
)
_OF_TASKS = (
    r"(?:任务|任务点|(?:检查|建设)要点|工作|问题|建设内容|整改)[^，,]{0,16}[，,]?\s*(?:现|目前|至此)?"
    rf"({_ALL}(?:完成(?:整改|验收)?|办结|整改(?:到位|完成|完毕)|落实(?:到位)?|达标|销号|解决|到位)(?:，完成率\s*100\s*[%％])?)(?!的|了?\d)"
)


class _Pattern(NamedTuple):
    """What a claim says, and with the words before it, which every sentence would be searched for from each character."""

    core: re.Pattern[str]
    whole: re.Pattern[str]


_FAR_BEFORE = 60  # characters
_BEFORE = rf"[^，,]{{0,{_FAR_BEFORE}}}"
_LED = "|".join(core if core.startswith("(?<=") else _BEFORE + core for core in _OF_INDICATORS)
_INDICATORS = _Pattern(either(_OF_INDICATORS), re.compile(_LED))
_TASKS = _Pattern(re.compile(sifted(_OF_TASKS)), re.compile(r"[^，,]{0,40}" + _OF_TASKS))
# What every match of the patterns above holds, found far quicker.
_ANY = r"(?:全部|全面|悉数|[均都]已?)(?:按期|如期|按时|按质|按量|高质量|圆满|顺利|超额|已经?)*"
_IN_INDICATORS = re.compile(rf"(?:[完达]成[率度]|超额(?:完成|达成|实现)|{_ANY}{_REACHED})")
_IN_TASKS = re.compile(rf"{_ANY}(?:完成|办结|整改|落实|达标|销号|解决|到位)")
_PROMISED = re.compile(r"确保|力争|争取|预计|预期|将[于在全]|拟于|要求|计划[于在到]|年底前|到20\d\d年底?|下一步|保证")
_EXCEPT = re.compile(r"除[^，,]{1,40}外|其余|其他任务|其它|基本上?(?:完成|达到)")
_OWN = re.compile(r"本(?:节|(?:建设)?任务|项目|专业群?|专业|部分|学院|课程)|该(?:任务|项目|专业群?|部分|指标)|此项")
_NAMED_TABLE = re.compile(r"见\s*(?:下?表|附表)\s*([0-9][0-9\-－—–.．]*)?")


class Claim(NamedTuple):
    """The words of a claim, in their paragraph, and the sentence around them."""

    paragraph: Paragraph
    start: int
    end: int
    sentence: str


def claims_on_indicators(reading: Reading, context: Context) -> Iterator[Claim]:
    """The claims that all indicators or targets are reached."""
    return _claims(paragraphs_with(reading, context, _IN_INDICATORS), _INDICATORS, _IN_INDICATORS)


def claims_on_tasks(reading: Reading, context: Context) -> Iterator[Claim]:
    """The claims that all tasks are done or all problems mended."""
    return _claims(paragraphs_with(reading, context, _IN_TASKS), _TASKS, _IN_TASKS)


def _claims(paragraphs: Sequence[Paragraph], pattern: _Pattern, hint: re.Pattern[str]) -> Iterator[Claim]:
    """The claims of a pattern; `hint` finds what each of them holds, far quicker."""
    for paragraph in paragraphs:
        for sentence in _SENTENCE.finditer(paragraph.text):
            words = sentence[0]
            if hint.search(words) is None or _EXCEPT.search(words):
                continue
            for match in _matches(pattern, words):
                if _PROMISED.search(words, 0, match.end()):
                    continue
                group = 1 if pattern.whole.groups else 0
                begin = match.start(group) + len(match[group]) - len(match[group].lstrip())
                yield Claim(paragraph, sentence.start() + begin, sentence.start() + match.end(group), words)


def _matches(pattern: _Pattern, words: str) -> Iterator[re.Match[str]]:
    """What a pattern finds with the words before it, which are looked for only from where they can begin."""
    at = 0
    while (core := pattern.core.search(words, at)) is not None:
        match = pattern.whole.search(words, max(core.start() - _FAR_BEFORE, at))
        if match is None:
            return
        yield match
        at = match.end()


def is_on_its_own_part(claim: Claim) -> bool:
    """Whether a claim is on “本任务”, not on the whole report."""
    return _OWN.search(claim.sentence) is not None


def speaks_for(claim: Claim, table: Table, reading: Reading, profile: Profile, holding: set[int]) -> bool:
    """Whether a claim is about a table: it stands under the claim's heading, or the claim is about the whole report.

    About the whole report is a claim under a heading such as 总体情况, below which none of the tables stand that hold
    what it speaks of (`holding`); not one on “本任务”, nor one that points at a table of its own.
    """
    pointed = _NAMED_TABLE.search(claim.sentence)
    if pointed and pointed[1]:
        return _plain(pointed[1]) == _plain(table.number or "")
    section = claim.paragraph.section
    if table.section[: len(section)] == section:
        return True
    if _OWN.search(claim.sentence):
        return False
    general = re.compile("|".join(profile.sections["attainment"]["general_headings"]))
    below = any(t.index in holding and t.section[: len(section)] == section for t in reading.document.tables)
    return not below and any(general.search(heading) for heading in section)


def _plain(number: str) -> str:
    return re.sub(r"[－—–.．]", "-", number.strip("-.．"))
