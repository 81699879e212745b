"""CON015: one thing is told as finished in one place and as still under way, or still to come, in another."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._milestones import ADVERBS, Finder, Milestone, Names, Told, passages
from taizhang.core.finding import Kind, Related
from taizhang.intake.origins import Origins

_NAME = re.compile("[“《]([^“”《》]{2,16})[”》]")
_TAIL = re.compile(r"[一-鿿A-Za-z0-9+“”]+$")
_SHORTEST = 3  # characters of a name
_LONG = 8  # characters of a name that two things hardly share
_SHORTLY = 60  # characters before a state in which its thing stands
_GAP = 10  # characters between a name and what is told of it (“中试线设备仍在安装”)


class _Progress(NamedTuple):
    """What a document tells as still to come and as reached, and all its words, in which names are counted."""

    pending: list[Told]
    reached: list[Told]
    text: str


def _progress(context: Context) -> _Progress:
    """How far a document tells that things are."""
    (reading,) = context.readings
    words = context.profile.sections["milestones"]
    finder = Finder(
        [
            Milestone(name, re.compile(each["reached"]), re.compile(each["pending"]))
            for name, each in words["of"].items()
        ],
        re.compile(words["planned"]),
    )
    return _Progress(*finder.told(reading), "\n".join(passage.text for passage, _, _ in passages(reading)))


@rule("CON015", kind="contradiction", severity="warning", since="0.6", gathers=_progress)
def finished_here_unfinished_there(context: Context) -> Iterator[Problem]:
    """同一样东西，一处说已建成、已上线，另一处说还在建设、尚未上线。

    ## 为什么
    成绩写在前面，问题写在后面，两处由不同的人写：前面“已建成投产”，后面“设备仍在安装”，专家一读便知有一处不实。

    ## 不合格
    # 一、服务产业

    与青岚路桥共建的再生骨料中试线已建成投产，设计年产能 5 万吨。

    # 二、存在问题

    中试线设备仍在安装，预计 2024 年 9 月投产。

    ## 合格
    # 一、服务产业

    与青岚路桥共建的再生骨料中试线完成厂房建设，桥梁检测中心已建成启用。

    # 二、存在问题

    中试线设备仍在安装，预计 2024 年 9 月投产；桥梁检测中心二期尚未建成。

    ## 例外
    写明是二期、扩建、配套的，不是一样东西；先说较早年份还没有、后说已经做到的，不报；同一句里说经过的，不报。
    专利、著作、认定只比较写在引号、书名号里的名称，和八个字以上相同的名称；一个叫法在报告里指好几样东西的，不比较。

    ## 参数
    口径配置 `milestones`：各种状态“做到了”（reached）和“还没有”（pending）的说法；打算（planned）、另一期（apart）、
    从前（formerly）的说法。

    ## 局限
    两处叫法没有相同的中心词时认不出是一样东西。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；本工具的状态次序：在建 < 建成 < 验收。
    """
    pending: list[Told] = []
    reached: list[Told] = []
    for number, found in enumerate(context.gathered[_progress]):
        pending += [each._replace(document=number) for each in found.pending]
        reached += [each._replace(document=number) for each in found.reached]
    if not pending or not reached:
        return
    words = context.profile.sections["milestones"]
    apart, formerly = re.compile(words["apart"]), re.compile(words["formerly"])
    origins = context.origins
    only_named = {name for name, each in words["of"].items() if each.get("named")}
    names = Names([found.text for found in context.gathered[_progress]])
    for one in reached:
        others = [
            other for other in pending
            if other.milestone == one.milestone and _comparable(one, other, origins, formerly) and _one_thing(one, other, names, apart, only_named)
        ]  # fmt: skip
        if others:
            yield _problem(one, others)


def _comparable(one: Told, other: Told, origins: Origins, formerly: re.Pattern[str]) -> bool:
    """Whether the two may contradict each other: of one college and time, not one after the other in a sentence."""
    if one.passage.block is other.passage.block and one.sentence == other.sentence:
        return False
    if one.document != other.document:
        years = origins.of[one.document].last, origins.of[other.document].last
        if not origins.same_college(one.document, other.document) or years[0] != years[1]:
            return False
    if formerly.search(other.before) or formerly.search(one.before):
        return False
    return not (one.years and other.years and max(other.years) < max(one.years))


def _one_thing(one: Told, other: Told, names: Names, apart: re.Pattern[str], only_named: set[str]) -> bool:
    """Whether both speak of the thing that the first clause names."""
    quoted = [name for name in _NAME.findall(one.before) if name in other.before or name in other.behind]
    if quoted:
        return not apart.search(other.before)
    if one.milestone in only_named:
        return _is_long_name_of(ADVERBS.sub("", one.before), other)
    for phrase in (ADVERBS.sub("", one.before), one.behind.rstrip("，。 ")):
        match = _TAIL.search(phrase)
        if match is None or re.search(r"\d", match[0]):
            continue
        name = _longest(match[0], other)
        if name and names.means_one(name):
            return not _is_apart(name, one, other, apart)
    return False


def _is_long_name_of(phrase: str, other: Told) -> bool:
    """Whether the thing at the end of a phrase, by a name so long that it is of one, stands shortly before the other."""
    match = _TAIL.search(phrase)
    end = other.passage.text.find(other.text)
    near = other.passage.text[max(end - _SHORTLY, 0) : max(end, 0)] + other.before
    return match is not None and len(match[0]) >= _LONG and match[0][-_LONG:] in near


def _longest(phrase: str, other: Told) -> str:
    """The longest end of a phrase that the other clause holds, close before its state or behind it."""
    for start in range(len(phrase) - _SHORTEST + 1):
        name = phrase[start:]
        place = other.before.rfind(name)
        if place >= 0 and len(ADVERBS.sub("", other.before[place + len(name) :])) <= _GAP:
            return name
        if name in other.behind or (name in other.label and other.label.endswith(name)):
            return name
    return ""


def _is_apart(name: str, one: Told, other: Told, apart: re.Pattern[str]) -> bool:
    """Whether words around the name say that another part of it is meant."""
    around = [each.before.partition(name)[::2] for each in (one, other)]
    return any(apart.search(part) for pair in around for part in (pair[0][-6:], pair[1]))


def _problem(one: Told, others: Sequence[Told]) -> Problem:
    other = others[0]
    same = one.document == other.document
    where = other.source.sentence() if same else f"{other.source.file} "
    return Problem(
        source=one.source,
        message=f"这里写“{one.text[-40:]}”，{where}却写“{other.text[-40:]}”",
        text=one.text,
        printed=one.text,
        expected=other.text,
        table=one.passage.table,
        row=one.row,
        related=tuple(Related(source=each.source, text=each.text) for each in others[:4]),
        kind=None if same else Kind.CROSS_DOCUMENT,
    )
