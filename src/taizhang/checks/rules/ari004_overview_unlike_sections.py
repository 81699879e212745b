"""ARI004: the overview table gives an area another number of tasks or indicators than the area's own section."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from taizhang.checks.registry import Context, Problem, at_value, rule
from taizhang.checks.rules._grid import Count, Grid, Kind, counts, figure, grids, shown
from taizhang.checks.rules._links import Told, pairs_of, told
from taizhang.core.finding import Related
from taizhang.intake.reading import Reading

_LEAST_ROWS = 3
_LIKE = 0.4
_OWN = ("本建设任务", "本任务", "本领域", "本项目", "本方面", "本专业群")


@dataclass(frozen=True, slots=True)
class _Section:
    """What a section tells of itself, and the names that it goes by."""

    told: Told
    names: tuple[frozenset[str], ...]


@rule("ARI004", kind="count_mismatch", severity="warning", since="0.1")
def overview_unlike_sections(context: Context) -> Iterator[Problem]:
    """总表里某项任务的任务点数、指标数，与该任务分节所写的不一致。

    ## 为什么
    总表与分节是同一件事的两处说法；数不一样又没有说明，专家会问多出来的是什么。

    ## 不合格
    | 建设任务 | 任务数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 1、党建引领铸魂 | 12 | 12 | 100% |
    | 2、服务乡村振兴 | 20 | 20 | 100% |
    | 3、国际交流合作 | 9 | 9 | 100% |

    ## 1. 党建引领铸魂
    本任务共有任务点 12 个。

    ## 2. 服务乡村振兴
    本任务共有任务点 18 个。

    ## 合格
    | 建设任务 | 任务数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 1、党建引领铸魂 | 12 | 12 | 100% |
    | 2、服务乡村振兴 | 20 | 20 | 100% |
    | 3、国际交流合作 | 9 | 9 | 100% |

    ## 1. 党建引领铸魂
    本任务共有任务点 12 个。

    ## 2. 服务乡村振兴
    本任务共有任务点 20 个。

    ## 例外
    总表的行与分节按名称对应；对应不上的不判断。

    ## 依据
    省级双高中期自评报告的通行体例：总表为各分节的汇总。
    """
    for reading in context.readings:
        sections = list(_sections(reading))
        for grid in grids(reading, context) if sections else ():
            rows = [count for count in counts(grid) if count.row.kind is Kind.PART and figure(count.total)]
            for of_tasks in (True, False):
                own = [section for section in sections if section.told.of_tasks is of_tasks]
                alike = [count for count in rows if _is_of_tasks(count) is of_tasks]
                yield from _compared(alike, own, context)


def _is_of_tasks(count: Count) -> bool:
    words = count.grid.columns[count.total.column].words
    return "指标" not in words if "任务" not in words else "绩效" not in words


def _sections(reading: Reading) -> Iterator[_Section]:
    """The paragraphs that tell how many task points or indicators their own section has."""
    captions: dict[tuple[str, ...], list[frozenset[str]]] = {}
    for table in reading.document.tables:
        words = [table.caption or ""]
        words += [table.rows[table.header][0].text] if table.body and table.columns[0].startswith("建设任务") else []
        for depth in range(1, len(table.section) + 1):
            captions.setdefault(table.section[:depth], []).extend(pairs_of(name) for name in words if name)
    for paragraph in reading.document.paragraphs:
        at = min((place for word in _OWN if (place := paragraph.text.find(word)) >= 0), default=-1)
        if at < 0 or not paragraph.section:
            continue
        first = next((told_ for told_ in told(paragraph) if 0 <= told_.start - at < 24), None)
        if first is not None:
            yield _Section(first, (pairs_of(paragraph.section[-1]), *captions.get(paragraph.section, ())))


def _compared(rows: Sequence[Count], sections: Sequence[_Section], context: Context) -> Iterator[Problem]:
    """Rows and sections that are each other's likest by name, where their numbers differ."""
    if len(rows) < _LEAST_ROWS:
        return
    names = [pairs_of(count.grid.name(count.row)) for count in rows]
    scores = _scores(names, sections)
    for place, count in enumerate(rows):
        best = max(range(len(sections)), key=scores[place].__getitem__, default=None)
        if best is None or scores[place][best] < (_LIKE, 0):
            continue
        rivals = [scores[other][best] for other in range(len(rows)) if other != place]
        others = [scores[place][other] for other in range(len(sections)) if other != best]
        if any(score >= scores[place][best] for score in (*rivals, *others)):
            continue
        context.compared(count.total)
        number = sections[best].told.number
        if figure(count.total) != number:
            yield _problem(count, sections[best].told)


def _scores(names: Sequence[frozenset[str]], sections: Sequence[_Section]) -> list[list[tuple[float, int]]]:
    """For each row's name: how like it is to each section's likest name, and how many of its names are like it at all."""
    places: dict[frozenset[str], list[int]] = defaultdict(list)
    for place, section in enumerate(sections):
        for other in section.names:
            places[other].append(place)
    having: dict[str, list[frozenset[str]]] = defaultdict(list)
    for other in places:
        for pair in other:
            having[pair].append(other)
    scores = []
    for name in names:
        likest, like = [0.0] * len(sections), [0] * len(sections)
        for other, common in Counter(chain.from_iterable(having.get(pair, ()) for pair in name)).items():
            for place in places[other]:
                likest[place] = max(likest[place], common / len(name))
                like[place] += common / len(name) >= _LIKE
        scores.append(list(zip(likest, like, strict=True)))
    return scores


def _problem(count: Count, own: Told) -> Problem:
    grid: Grid = count.grid
    text = own.paragraph.text[own.start : own.end]
    gap = (figure(count.total) or Decimal(0)) - own.number
    what = "任务点" if own.of_tasks else "指标"
    return at_value(
        count.total,
        f"总表列{what} {count.total.text.strip()} 个，分节写的是 {shown(own.number)} 个，相差 {shown(abs(gap))} 个，没有说明",
        expected=shown(own.number),
        row=grid.name(count.row),
        related=(Related(source=own.paragraph.at(own.start, own.end), text=text),),
    )
