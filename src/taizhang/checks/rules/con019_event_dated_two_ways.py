"""CON019: something that happens once (signed, founded, opened, accepted) is dated two ways."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._milestones import passages
from taizhang.core.finding import Kind, Related, Severity
from taizhang.core.source import Source

_VERBS = (
    ("签订", "(?<!续)(?:签订|签署)"), ("成立", "成立|组建|设立"), ("挂牌", "挂牌|揭牌"), ("开工", "开工|动工"),
    ("投用", "建成|投用|投入使用|启用|竣工|落成|投产"), ("验收", "通过[^，。；]{0,8}验收"), ("入选", "入选|获评|被评为|获批|荣获"),
)  # fmt: skip
_VERB = re.compile("|".join(f"(?P<v{place}>{words})" for place, (_, words) in enumerate(_VERBS)))
_REPEATED = "入选"  # may come again every year
_DATE = re.compile(
    r"(?P<year>20\d\d)\s*年(?!度?[^，。；]{0,4}(?:报告|计划|方案|工作))\s*(?:(?P<month>1[0-2]|0?[1-9])\s*月(?:份)?\s*(?:\d{1,2}\s*[日号])?)?(?P<bound>前|之前|以前|底前|起|以来|来)?"
)
_CLAUSE = re.compile("[^，。；;！？：:\n]+")
_PLANNED = re.compile("力争|计划|目标|将(?!军)|预计|拟|争取|确保|打算|有望|要求|前完成|申请|申报")
_ORDINAL = re.compile(
    "[一二三四五六七八九十两0-9]+[期批届次轮号所个家项支门]|首[批届期次]|第[一二三四五六七八九十0-9]+"
)
_RUN = re.compile(r"[一-鿿A-Za-z0-9]+")
_AWARD = re.compile("奖|称号")
_ALIKE = 0.6  # of the character pairs of two clauses, from which they tell of one event
_TELLING = 6  # pairs in common
_TITLE = re.compile("(?:校|单位|基地|集体|学校|院校|园区|中心|工作室|团队)$")
_WITHOUT = re.compile("学校|我校|学院(?=与|和)|于|在|与|和|同|正式|成功|顺利|以来|共同|了|已|并|也")


class _Event(NamedTuple):
    """What happened when: the verb, the character pairs of its clause, its ordinals."""

    verb: str
    pairs: frozenset[str]
    ordinals: tuple[str, ...]
    year: int
    month: int | None
    title: bool
    source: Source
    text: str
    row: str | None = None
    document: int = 0


def _events(context: Context) -> list[_Event]:
    """The dated events that a document tells as past."""
    found = []
    for reading in context.readings:
        for passage, _, row in passages(reading):
            if "年" in passage.text and _VERB.search(passage.text):
                found += [
                    event._replace(source=passage.block.at(start, end), row=row)
                    for event, start, end in _told(passage.text)
                ]
    return found


def _told(text: str) -> Iterator[tuple[_Event, int, int]]:
    begin = -1  # where a clause that is a date alone begins
    for clause in _CLAUSE.finditer(text):
        start = begin if begin >= 0 else clause.start()
        words = text[start : clause.end()]
        dates = list(_DATE.finditer(words))
        alone = len(dates) == 1 and begin < 0 and not _RUN.search(_DATE.sub("", words))
        begin, verb = clause.start() if alone else -1, _VERB.search(words)
        if (
            alone
            or verb is None
            or len(dates) != 1
            or _PLANNED.search(words)
            or (dates[0]["bound"] or "").endswith("前")
        ):
            continue
        name = _VERBS[int((verb.lastgroup or "v0")[1:])][0]
        thing = _WITHOUT.sub(" ", _DATE.sub(" ", words))
        pairs = frozenset(run[at : at + 2] for run in _RUN.findall(thing) for at in range(len(run) - 1))
        if len(pairs) < _TELLING or _AWARD.search(words):
            continue
        lead = len(words) - len(words.lstrip())
        month = int(dates[0]["month"]) if dates[0]["month"] else None
        event = _Event(
            name, pairs, tuple(_ORDINAL.findall(thing)), int(dates[0]["year"]), month,
            bool(_TITLE.search(words.rstrip("” "))), Source(file=""), words.strip(),
        )  # fmt: skip
        yield event, start + lead, clause.end()


@rule("CON019", kind="contradiction", severity="warning", since="0.8", gathers=_events)
def event_dated_two_ways(context: Context) -> Iterator[Problem]:
    """同一件事（签约、成立、挂牌、投用、验收、入选），两处写的年月不同。

    ## 为什么
    协议只签一次，中心只挂牌一次；一处写 2022 年 6 月、一处写 2023 年 6 月，佐证材料上只有一个日期。

    ## 不合格
    # 一、举措

    2022 年 6 月与岫谷职业中专签订结对帮扶协议。

    # 二、成效

    自 2023 年 6 月与岫谷职业中专签订结对帮扶协议以来，双方互访 12 次。

    ## 合格
    # 一、举措

    2022 年 6 月与岫谷职业中专签订结对帮扶协议。

    # 二、成效

    自 2022 年 6 月与岫谷职业中专签订结对帮扶协议以来，双方互访 12 次；2023 年 6 月与岫谷职业中专续签结对帮扶协议。

    ## 例外
    批次、期数不同的是不同的事；打算、期限不报；续签不报。入选、获评之类可能年年都有，只比较姊妹报告，两份报告有一个
    年份相同的不报，不是单位称号的只作提示。奖项由 XDC004 比较。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实只有一个日期。
    """
    groups: dict[tuple[str, str], list[_Event]] = defaultdict(list)
    for number, found in enumerate(context.gathered[_events]):
        for event in found:
            groups[context.origins.groups[number], event.verb].append(event._replace(document=number))
    for (_, verb), events in groups.items():
        for later, others in _unlike(events, repeated=verb == _REPEATED):
            yield _problem(later, others, weak=verb == _REPEATED and not later.title)


def _unlike(events: Sequence[_Event], repeated: bool) -> Iterator[tuple[_Event, list[_Event]]]:
    """The events told before with another date, found by their rarest pair of characters."""
    count = Counter(pair for event in events for pair in event.pairs)
    index: dict[str, list[int]] = defaultdict(list)
    for place, event in enumerate(events):
        near = {other for pair in event.pairs for other in index.get(pair, ())}
        alike = [events[other] for other in sorted(near) if _is_one(events[other], event)]
        unlike = [other for other in alike if _differs(other, event)]
        agreeing = any(not _differs(other, event) for other in alike)
        if repeated:
            unlike = [other for other in unlike if other.document != event.document]
            dates = {each.year for each in alike if each.document == event.document} | {event.year}
            agreeing = agreeing or any(other.year in dates for other in alike if other.document != event.document)
        if unlike and not agreeing:
            yield event, unlike
        for pair in sorted(event.pairs, key=lambda pair: (count[pair], pair))[:3]:
            index[pair].append(place)


def _is_one(one: _Event, other: _Event) -> bool:
    """Whether both tell of one event: one says all that the other says, and not much more; a name of its own parts them."""
    shared = len(one.pairs & other.pairs)
    if one.ordinals != other.ordinals or shared < min(len(one.pairs), len(other.pairs)):
        return False
    return shared >= _ALIKE * len(one.pairs | other.pairs)


def _differs(one: _Event, other: _Event) -> bool:
    return one.year != other.year or (None not in (one.month, other.month) and one.month != other.month)


def _problem(event: _Event, others: Sequence[_Event], *, weak: bool) -> Problem:
    other, same = others[0], others[0].document == event.document
    where = other.source.sentence() if same else f"{other.source.file} "
    return Problem(
        source=event.source,
        message=f"这里写“{event.text}”，{where}写“{other.text}”，日期不同",
        text=event.text,
        printed=_date(event),
        expected=_date(other),
        row=event.row,
        related=tuple(Related(source=each.source, text=each.text) for each in others[:4]),
        severity=Severity.INFO if weak else None,
        kind=None if same else Kind.CROSS_DOCUMENT,
    )


def _date(event: _Event) -> str:
    return f"{event.year} 年" + (f" {event.month} 月" if event.month else "")
