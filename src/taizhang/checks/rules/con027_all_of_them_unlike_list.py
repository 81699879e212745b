"""CON027: the text says of all things of a kind what the table that lists them does not say of each."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import Sentence, sentences
from taizhang.core import numeral
from taizhang.core.finding import Related
from taizhang.core.ladder import Ladder
from taizhang.core.saying import few
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table
from taizhang.intake.plans import value_at

_ALL = re.compile(r"(?P<noun>[一-鿿\d ]{2,20}?)(?:均|都|全部)(?:已经?|顺利|如期|正式)*(?P<state>[^，。；！？]{2,20})")
_COUNT = re.compile(r"(?P<count>\d+|[两二三四五六七八九十])\s*[个所门项家支套座]$")
_PLAIN = re.compile("(?:全部|所有|各|这些|目前|现|的|[个所门项家支套座])*")
_LEVEL = re.compile(r"(?:获|通过|入选|达到?|认定|成为|跻身)[^，。；]{0,6}?(?P<level>国家级|省级|市级)")
_LEVEL_HEAD = re.compile("级别|层次|等级|认定级")
_STATE_HEAD = re.compile("状态|进展|进度|目前|现状")
_NOT_YET = re.compile("申报|申请|培育|拟|待|未|筹|公示|评审中")
_SOME = re.compile("其余|其他|另外?|除|新增|新建|其中|部分|力争|计划|将|预计|确保|争取|目标")
_UNDER_WAY = re.compile("安装中|调试|施工|建设中|在建|筹建|招标|采购中|未开工")
_TOTAL = re.compile("合计|总计|小计|共计")
_AIM = re.compile("计划|目标|预期")


class _Thing(NamedTuple):
    """A row of a list, with its level and its state as the table has them."""

    name: str
    level: Related | None
    state: Related | None


@rule("CON027", kind="contradiction", severity="warning", since="0.8")
def all_of_them_unlike_list(context: Context) -> Iterator[Problem]:
    """正文说几个都已认定、全部投用，清单表里却有一个级别不够，或还没有做到。

    ## 为什么
    一句“4 个产业学院均已获得省级认定”，翻到清单，一个是校级，一个还在申报：总括的话最容易说过头。

    ## 不合格
    3 个产业学院均已获得省级认定。

    | 产业学院 | 级别 | 状态 |
    |---|---|---|
    | 智能装备产业学院 | 省级 | 已验收 |
    | 现代物流产业学院 | 省级 | 申报中 |
    | 生态茶业产业学院 | 校级 | 在建 |

    ## 合格
    3 个产业学院中，1 个已获得省级认定。

    | 产业学院 | 级别 | 状态 |
    |---|---|---|
    | 智能装备产业学院 | 省级 | 已验收 |
    | 现代物流产业学院 | 省级 | 申报中 |
    | 生态茶业产业学院 | 校级 | 在建 |

    ## 例外
    写的个数与清单的行数不同的、说“其余”“新增”的、说打算的，不报；清单要有同名的一栏，和级别或状态一栏。

    ## 参数
    口径配置 `milestones`：各种状态“做到了”和“还没有”的说法。

    ## 依据
    教职成厅函〔2024〕1号：同一事实在一份报告里只能有一种说法。
    """
    words = context.profile.sections["milestones"]["of"]
    states = [(re.compile(each["reached"]), re.compile(each["pending"])) for each in words.values()]
    for reading in context.readings:
        lists: dict[str, list[_Thing]] = {}
        for table in reading.document.tables:
            for noun, things in _listed(table):
                lists.setdefault(noun, []).extend(things)
        for sentence in sentences(reading, context) if lists else ():
            if sentence.passage.table is None:
                for match in _ALL.finditer(sentence.text, sentence.begin, sentence.end):
                    things = _meant(match, sentence, lists)
                    odd = _odd(match["state"], things, context.profile.levels, states)
                    if odd:
                        yield _problem(sentence, match, odd)


def _listed(table: Table) -> Iterator[tuple[str, list[_Thing]]]:
    """The things that a table lists under the name of their kind, with their levels and states."""
    heads = [bare(head) for head in table.columns]
    level = next(
        (place for place, head in enumerate(heads) if _LEVEL_HEAD.search(head) and not _AIM.search(head)), None
    )
    state = next(
        (place for place, head in enumerate(heads) if _STATE_HEAD.search(head) and not _AIM.search(head)), None
    )
    if level is None and state is None:
        return
    for place, head in enumerate(heads):
        noun = re.sub("名称$", "", head)
        if len(noun) > 2 and place not in {level, state}:
            things = [
                _Thing(cells[place].text.strip(), _at(table, row, level), _at(table, row, state))
                for row, cells in enumerate(table.rows[table.header :], table.header)
                if cells[place].text.strip() and not any(_TOTAL.fullmatch(bare(cell.text)) for cell in cells)
            ]
            yield noun, things


def _at(table: Table, row: int, column: int | None) -> Related | None:
    if column is None:
        return None
    value = value_at(table, row, column)
    return Related(source=value.at(), text=value.text.strip())


def _meant(match: re.Match[str], sentence: Sentence, lists: dict[str, list[_Thing]]) -> list[_Thing]:
    """The things that a claim is about, where the table lists as many as it says."""
    said = match["noun"].rstrip()
    noun = next((noun for noun in lists if said.endswith(noun)), None)
    if noun is None or _SOME.search(sentence.text, max(match.start() - 6, sentence.begin), match.start("state")):
        return []
    lead, things = said.removesuffix(noun).rstrip(), lists[noun]
    told = _COUNT.search(lead)
    if told is None:
        return things if _PLAIN.fullmatch(lead.strip()) else []
    count = 2 if told[1] == "两" else int(told[1]) if told[1].isdigit() else numeral.parse(told[1])
    return things if count == len(things) else []


def _odd(
    claim: str, things: list[_Thing], levels: Ladder, states: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]
) -> list[tuple[_Thing, Related]]:
    """The things that a claim is not true of, with the cell that says so."""
    level = _LEVEL.search(claim)
    if level is not None:
        low = [(t, t.level) for t in things if t.level is not None and _is_lower(t.level.text, level["level"], levels)]
        early = [(t, t.state) for t in things if t.state is not None and _NOT_YET.search(t.state.text)]
        return [*low, *(each for each in early if each[0] not in [thing for thing, _ in low])]
    pending = [behind for reached, behind in states if reached.match(claim)]
    return [
        (thing, thing.state)
        for thing in things
        if thing.state is not None and pending
        if _UNDER_WAY.search(thing.state.text) or any(behind.search(thing.state.text) for behind in pending)
    ]


def _is_lower(told: str, claimed: str, levels: Ladder) -> bool:
    named = levels.named(told)
    return len(named) == 1 and levels.falls_short(named[0], claimed)


def _problem(sentence: Sentence, match: re.Match[str], odd: Sequence[tuple[_Thing, Related]]) -> Problem:
    named = few((f"“{thing.name}”{cell.text}" for thing, cell in odd), 4)
    return sentence.passage.problem(
        match.start(), match.end(), f"写的是“{match[0].strip()}”，表中{named}",
        expected="按表中实际情况写", related=tuple(cell for _, cell in odd),
    )  # fmt: skip
