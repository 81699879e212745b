"""ARI049: the tasks told as not done are not those that are left of all by the number done, told in another place."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import Sentence, sentences

_UNIT = "[项个条]"
_THING = r"(?P<thing>任务点?|指标|措施|事项)"
_ALL_AND_DONE = (
    re.compile(
        rf"{_THING}(?:书|总数|数)?(?:共|总|计|列|有|为|下达|安排|设|任务|[：:])*\s*(?P<all>\d+)\s*{_UNIT}[，,；;（(]?(?P<between>[^。；\d]{{0,8}}?(?:\d+\s*月\s*[底末]?)?[^。；\d]{{0,6}}?)"
        rf"(?<!未)完成(?:任务|了)*\s*(?P<done>\d+)\s*{_UNIT}"
    ),
    re.compile(
        rf"(?P<all>\d+)\s*{_UNIT}(?:建设|年度|重点|具体|的)*{_THING}(?:中|[，,])(?P<between>[^。；\d]{{0,8}}?(?:\d+\s*月\s*[底末]?)?[^。；\d]{{0,6}}?)(?<!未)完成(?:任务|了)*\s*(?P<done>\d+)\s*{_UNIT}"
    ),
)
_LEFT = (
    re.compile(
        rf"(?P<left>\d+)\s*{_UNIT}(?:建设|年度)*{_THING}(?:(?:没有|尚?未|还未|未能)(?:按期|如期|全部)?(?:完成|达标)|(?:仍|正|尚|还)在(?:推进|实施|建设))"
    ),
    re.compile(rf"未完成(?:的)?(?:建设|年度)*{_THING}(?:还|尚|共|有|为)*\s*(?P<left>\d+)\s*{_UNIT}"),
)
_HINTS = "完成", "达标", "在推进", "在实施", "在建设"
_LEADING = re.compile(
    r"(?:[，,。；;：:]|^)(?:(?:目前|现|[一二三四五六七八]是|其[一二三四五六]|全校|学校|全年|年度|年末|仍然|但|不过|其余|剩余|余下|还|尚|仍|共|有|的|也)|20\d\d年度?)*$"
)
_SOME = re.compile("其中|整改|计划(?=[^，。；任]{0,4}完成)|目标|力争|预计")
_TIME = re.compile(r"20\d\d|\d+\s*月|上半年|下半年|季度|上年|去年")


class _Told(NamedTuple):
    """All tasks, those done, and where that is told."""

    thing: str
    all: Decimal
    done: Decimal
    sentence: Sentence
    start: int
    end: int

    @property
    def times(self) -> frozenset[str]:
        """The times that its sentence names."""
        return frozenset(re.sub(r"\s", "", time) for time in _TIME.findall(_words(self.sentence, self.end)))


@rule("ARI049", kind="count_mismatch", severity="warning", since="0.8")
def tasks_left_unlike_done(context: Context) -> Iterator[Problem]:
    """没有完成的任务数（或别处的完成数），与任务总数、完成数对不上。

    ## 为什么
    开头写“任务 216 项，完成 210 项”，结尾写“尚有 8 项任务没有完成”：专家读到结尾会翻回去算。

    ## 不合格
    年度建设任务书共列任务 216 项，已完成 210 项。

    存在的主要问题：尚有 8 项任务没有完成。

    ## 合格
    年度建设任务书共列任务 216 项，已完成 210 项。

    存在的主要问题：尚有 6 项任务没有完成。

    ## 例外
    只有一个部门、一个方面的，另一年、另一个时间的，“其中”的，整改、计划的，不比；写了几组总数和完成数的，与其中一组、几组之和相符即可。

    ## 依据
    教职成厅函〔2024〕1号：任务完成度按完成数与总数计算。
    """
    for reading in context.readings:
        known = [each for each in sentences(reading, context) if any(word in each.text for word in _HINTS)]
        told = [found for sentence in known for found in _all_and_done(sentence)]
        yield from _done_otherwise(told)
        for sentence in known if told else ():
            for pattern in _LEFT:
                for match in pattern.finditer(sentence.text, sentence.begin, sentence.end):
                    yield from _left_otherwise(sentence, match, told)


def _words(sentence: Sentence, end: int) -> str:
    return sentence.text[sentence.begin : end]


def _all_and_done(sentence: Sentence) -> Iterator[_Told]:
    for pattern in _ALL_AND_DONE:
        for match in pattern.finditer(sentence.text, sentence.begin, sentence.end):
            if _SOME.search(_words(sentence, match.end())) is None:
                thing = match["thing"].removesuffix("点")
                yield _Told(thing, Decimal(match["all"]), Decimal(match["done"]), sentence, match.start(), match.end())


def _done_otherwise(told: Sequence[_Told]) -> Iterator[Problem]:
    """The same number of tasks, told elsewhere with another number of those done, at no other time."""
    for place, later in enumerate(told):
        for first in told[:place]:
            if (first.thing, first.all) != (later.thing, later.all) or first.times != later.times:
                continue
            if first.done != later.done and not any(each.done == later.done for each in told[:place]):
                yield later.sentence.passage.problem(
                    later.start, later.end,
                    f"这里写完成 {later.done} 项，另一处写 {first.all} 项中完成 {first.done} 项",
                    expected=f"{first.done} 项",
                    related=(first.sentence.passage.related(first.start, first.end),),
                )  # fmt: skip
                return


def _left_otherwise(sentence: Sentence, match: re.Match[str], told: Sequence[_Told]) -> Iterator[Problem]:
    before = re.sub(r"\s", "", _words(sentence, match.start()))
    if _LEADING.search(before) is None or _SOME.search(before):
        return
    times = frozenset(re.sub(r"\s", "", time) for time in _TIME.findall(_words(sentence, match.end())))
    of_thing = [each for each in told if each.thing == match["thing"].removesuffix("点")]
    if not of_thing or (times and any(each.times != times for each in of_thing)):
        return
    if any(each.sentence is sentence for each in of_thing):
        return  # ARI031 judges what stands in one sentence
    rests = [each.all - each.done for each in of_thing]
    left, first = Decimal(match["left"]), of_thing[0]
    if left in rests or left == sum(rests) or len(set(rests)) > 1 or left > first.all:
        return
    yield sentence.passage.problem(
        match.start(), match.end(),
        f"共 {first.all} 项、完成 {first.done} 项，没有完成的应为 {rests[0]} 项，写的是 {left} 项",
        expected=f"{rests[0]} 项",
        related=(first.sentence.passage.related(first.start, first.end),),
    )  # fmt: skip
