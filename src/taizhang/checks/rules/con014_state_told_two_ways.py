"""CON014: one named thing is told as finished in one place and as only approved or applied for in another."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.core import period
from taizhang.core.beginnings import sifted
from taizhang.core.finding import Kind, Related
from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Paragraph
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

_SHORTEST = 8  # characters that a state of a named thing takes
_CLAUSE = re.compile("[^，。；;！？]+")
_SENTENCE = re.compile("[^。；;！？]+")
_LEAD = re.compile(r"^\s*(?:[①-⑳]|其中|如|以|完成|推动|\d+[.、]|（[^（）]*）)*\s*")
_QUOTES = re.compile("[“”]")
_QUOTED = re.compile("“([^“”]{2,12})”")
_RIGHT = re.compile("专利|著作权|商标")
_ACCEPTED = re.compile("受理通知书|(?:已|被|获)[^，。；]{0,12}受理|(?:申报|申请)了[^，。；]{0,16}(?:专利|著作权|商标)")
_GRANTED = re.compile(
    "(?:获得|取得|获授权?|获(?=[^，。；]{0,16}授权))[^，。；]{0,16}(?:专利|著作权|商标)(?!申请|受理)|(?:专利|著作权|商标)[^，。；]{0,4}(?:已|获)授权"
)


class _State(NamedTuple):
    """A named thing, what it is to become, and whether it is told as reached."""

    name: str
    thing: str
    reached: bool
    document: int
    source: Source
    text: str
    years: str | None


def _states(context: Context) -> list[_State]:
    """The states that a document tells of things with a name."""
    found = ((*_named(reading, context.profile), *_protected(reading)) for reading in context.readings)
    return [state for states in found for state in states]


def _blocks(reading: Reading) -> Sequence[Paragraph | Cell]:
    cells = [
        cell for table in reading.document.tables for row in table.body for cell in row if len(cell.text) >= _SHORTEST
    ]
    return [*reading.document.paragraphs, *cells]


def _named(reading: Reading, profile: Profile) -> Iterator[_State]:
    """The states of things named by what they are (“滨河农机实训基地”), at a level."""
    words = profile.sections["matching"]
    entity = re.compile(rf"([一-鿿]{{2,10}}?(?:{words['entities']}))")
    states = re.compile(sifted(f"(?P<reached>{words['reached']})|(?P<pending>{words['pending']})"))
    for block in _blocks(reading):
        if not states.search(block.text):
            continue
        for clause in _CLAUSE.finditer(block.text):
            name, state = entity.match(_LEAD.sub("", clause[0])), states.search(clause[0])
            if name is None or state is None:
                continue
            rest = _LEAD.sub("", clause[0])[name.end() :]
            thing = re.search(rf"(国家|省|市)(?:级|高职)?[^，。；]{{0,12}}?({words['entities']})", rest)
            if thing is not None:
                start = clause.start() + len(clause[0]) - len(clause[0].lstrip())
                yield _State(
                    _QUOTES.sub("", name[1]), thing[1] + thing[2], state["reached"] is not None, 0,
                    block.at(start, clause.end()), clause[0].strip(), period.period(clause[0]),
                )  # fmt: skip


def _protected(reading: Reading) -> Iterator[_State]:
    """The states of patents and the like, of things that have a name in quotation marks in the same sentence."""
    for block in _blocks(reading):
        if _RIGHT.search(block.text) is None:
            continue
        for sentence in _SENTENCE.finditer(block.text):
            right = _RIGHT.search(sentence[0])
            if right is None:
                continue
            accepted = _ACCEPTED.search(sentence[0])
            granted = _GRANTED.search(sentence[0])
            shown = accepted or granted
            if shown is None:
                continue
            source = block.at(sentence.start() + shown.start(), sentence.start() + shown.end())
            for name in _QUOTED.findall(sentence[0]):
                yield _State(name, right[0], accepted is None, 0, source, shown[0], None)


@rule("CON014", kind="contradiction", severity="warning", since="0.3", gathers=_states)
def state_told_two_ways(context: Context) -> Iterator[Problem]:
    """同一个有名字的东西，一处说建成、获得，一处说立项、申报。

    ## 为什么
    一个产业学院一处“建成省级示范实训基地”，一处“获省级示范实训基地立项”；立项不等于建成，受理不等于授权。

    ## 不合格
    # 一、工作举措

    其中滨河农机实训基地建成省级示范实训基地。

    # 二、工作成效

    滨河农机实训基地获省级示范性实训基地立项。

    ## 合格
    # 一、工作举措

    其中滨河农机实训基地获省级示范实训基地立项。

    # 二、工作成效

    滨河农机实训基地获省级示范性实训基地立项，茶艺实训基地建成省级示范实训基地。

    ## 例外
    写明不同年份、先立项后建成的不报。

    ## 参数
    口径配置 `matching.entities`、`reached`、`pending`。

    ## 依据
    本项目的填报约定：申报、立项不等于建成，受理不等于授权（design 第 3 节）。
    """
    origins = context.origins
    told: dict[tuple[str, str], list[_State]] = {}
    for number, found in enumerate(context.gathered[_states]):
        for state in found:
            told.setdefault((state.name, state.thing), []).append(state._replace(document=number))
    seen: set[Source] = set()
    for states in told.values():
        lower = [state for state in states if not state.reached]
        for one in states if lower else ():
            if not one.reached or one.source in seen:
                continue
            others = [
                each for each in lower if _is_lower(each, one) and origins.same_college(each.document, one.document)
            ]
            if not others:
                continue
            seen.add(one.source)
            same_document = any(each.document == one.document for each in others)
            yield Problem(
                source=one.source,
                message=f"“{one.name}”这里写“{one.text}”，{_place(others[0], one)}写“{others[0].text}”",
                text=one.text,
                printed=one.text,
                expected=others[0].text,
                related=tuple(Related(source=each.source, text=each.text) for each in others[:4]),
                kind=None if same_document else Kind.CROSS_DOCUMENT,
            )


def _is_lower(other: _State, one: _State) -> bool:
    """Whether another place tells a lower state, not of an earlier year."""
    return not other.reached and not (other.years and one.years and other.years != one.years)


def _place(other: _State, one: _State) -> str:
    return other.source.sentence() if other.document == one.document else f"{other.source.file} "
