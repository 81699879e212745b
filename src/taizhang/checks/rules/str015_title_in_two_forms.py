"""STR015: a regulation, platform or programme is named with slightly different words in different places."""

import re
from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import Text, row_names, variant
from taizhang.checks.rules._triggers import texts_with
from taizhang.core.finding import Related
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Point

_TITLE = re.compile(r"《([^《》]{4,60})》")
_QUOTED = re.compile(r"“([^“”]{2,20})”")
_SCHOOL = re.compile(r"^.{2,14}?(?:学院|大学|学校)(?=.{5})")
_ROUNDS = re.compile(r"[\d一二三四五六七八九十上中下前后甲乙丙丁A-Za-z初高国省市县校院]")
_TITLE_LEAST, _QUOTED_LEAST = 6, 4  # characters that two forms of one name share
_HEAD, _TAIL = 4, 4  # characters by which names are looked up
_CONTEXT = 2  # characters on each side that make two quoted words the same place in a name
_JOINED, _LIKE = 2, 2  # plus signs of a name; characters that two forms of one of its parts share
_CROWD = 40  # more names than this with one beginning are a series, not variants

Place = tuple[Text, int, int]


@rule("STR015", kind="label_error", severity="info", since="0.1")
def title_in_two_forms(context: Context) -> Iterator[Problem]:
    """同一制度、平台或项目的名称前后不一。

    ## 为什么
    名称差一两个字，专家会当成两个制度、两个项目；佐证材料的文件名也对不上。

    ## 不合格
    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 制度建设 | 制定实训耗材采购管理办法 | 印发《实训耗材采购验收管理办法》 |

    ## 合格
    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 制度建设 | 制定实训耗材采购验收管理办法 | 印发《实训耗材采购验收管理办法》 |

    ## 例外
    差别是数字、级别或学校名称的，是不同的文件；同一句里并列的名称不比较。

    ## 局限
    只看中间多字少字，或换了一个字；用加号连起来的提法，只看换了一节、而这一节头尾两字相同的。整个换了说法的看不出来。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：全文术语、名称应前后一致。
    """
    for reading in context.readings:
        titles: dict[str, list[Place]] = {}
        quoted: dict[str, list[Place]] = {}
        framed: dict[str, dict[str, list[Place]]] = {}
        for text in texts_with(reading, context, "《", "“"):
            for match in _TITLE.finditer(text.text) if "《" in text.text else ():
                titles.setdefault(_SCHOOL.sub("", bare(match[1])), []).append((text, match.start(1), match.end(1)))
            for match in _QUOTED.finditer(text.text) if "“" in text.text else ():
                place = (text, match.start(1), match.end(1))
                quoted.setdefault(bare(match[1]), []).append(place)
                before = bare(text.text[max(match.start() - _CONTEXT - 2, 0) : match.start()])[-_CONTEXT:]
                after = bare(text.text[match.end() : match.end() + _CONTEXT + 2])[:_CONTEXT]
                if len(before) == len(after) == _CONTEXT:
                    framed.setdefault(before + "“" + after, {}).setdefault(bare(match[1]), []).append(place)
        rows = row_names(reading, context)
        yield from _among(titles, rows, _TITLE_LEAST, most=3)
        yield from _among(quoted, rows, _QUOTED_LEAST, most=1)
        for names in framed.values():
            yield from _in_frame(names, rows)
        yield from _in_link(quoted, rows)
        for point in reading.plans.points:
            yield from _in_plan(point)


def _among(
    names: dict[str, list[Place]], rows: dict[tuple[int, int, int], str], least: int, most: int
) -> Iterator[Problem]:
    """Names that begin alike and differ by a short stretch."""
    heads: dict[str, list[str]] = {}
    for name in names:
        heads.setdefault(name[:_HEAD], []).append(name)
    for alike in heads.values():
        if not 1 < len(alike) <= _CROWD:
            continue
        for number, name in enumerate(alike):
            for other in alike[:number]:
                found = variant(name, other, most=most, least=least)
                if found is None or _ROUNDS.search(found.left + found.right) or _together(names[name], names[other]):
                    continue
                if found.left and found.right and max(len(found.left), len(found.right)) > 1:
                    continue
                yield _two_forms(name, other, names, rows)


def _together(left: Sequence[Place], right: Sequence[Place]) -> bool:
    """Whether the two names ever stand side by side in one text."""
    return bool({id(place[0].text) for place in left} & {id(place[0].text) for place in right})


def _in_frame(names: dict[str, list[Place]], rows: dict[tuple[int, int, int], str]) -> Iterator[Problem]:
    """Quoted words of one length between the same characters that differ by one."""
    listed = list(names)
    for number, name in enumerate(listed):
        for other in listed[:number]:
            changed = [pair for pair in zip(name, other, strict=False) if pair[0] != pair[1]]
            if len(name) == len(other) >= 3 and len(changed) == 1 and not _ROUNDS.search("".join(changed[0])):
                yield _two_forms(name, other, names, rows)


def _in_link(names: dict[str, list[Place]], rows: dict[tuple[int, int, int], str]) -> Iterator[Problem]:
    """Quoted words joined by plus signs of which one is another that begins or ends alike, and all others the same."""
    linked = [(name, parts) for name in names if name.count("+") >= _JOINED and (parts := name.split("+"))]
    for number, (name, parts) in enumerate(linked[:_CROWD]):
        for other, theirs in linked[:number]:
            changed = [pair for pair in zip(parts, theirs, strict=False) if pair[0] != pair[1]]
            if len(parts) != len(theirs) or len(changed) != 1 or _together(names[name], names[other]):
                continue
            (one, another), least = changed[0], _LIKE
            if len(one) == len(another) > least and (
                one[:least] == another[:least] or one[-least:] == another[-least:]
            ):
                yield _two_forms(name, other, names, rows)


def _two_forms(name: str, other: str, names: dict[str, list[Place]], rows: dict[tuple[int, int, int], str]) -> Problem:
    fewer, more = sorted((name, other), key=lambda form: len(names[form]))
    (text, start, end), *rest = names[fewer]
    places = [*rest, *names[more]][:12]
    where = (text.table.index, text.row, text.column) if text.table is not None else (0, 0, 0)
    return text.problem(
        start,
        end,
        f"名称作“{fewer}”，别处作“{more}”，疑为同一名称",
        expected=more,
        row=rows.get(where),
        related=tuple(place.related(begin, stop) for place, begin, stop in places),
    )


def _in_plan(point: Point) -> Iterator[Problem]:
    """A title of the completion that the plan gives with a few words less or more."""
    if "《" not in point.done.text:
        return
    plan = bare(point.plan.text)
    for match in _TITLE.finditer(point.done.text):
        name = bare(match[1])
        if len(name) < _HEAD + _TAIL or name in plan or point.done.start:
            continue
        name = _SCHOOL.sub("", name)
        start = plan.find(name[:_HEAD])
        stop = plan.find(name[-_TAIL:], start + 1) if start >= 0 else -1
        if stop < 0:
            continue
        planned = plan[start : stop + _TAIL]
        found = variant(name, planned, least=_TITLE_LEAST)
        if found is None or (found.left and found.right) or _ROUNDS.search(found.left + found.right):
            continue
        text = Text(point.done.text, None, point.table, point.done.row, point.done.column)
        plan_text = Text(point.plan.text, None, point.table, point.plan.row, point.plan.column)
        yield text.problem(
            match.start(1),
            match.end(1),
            f"完成情况作“{name}”，计划作“{planned}”，疑为同一名称",
            expected=planned,
            row=point.name,
            related=(Related(source=plan_text.value().at(), text=point.plan.text.strip()),),
        )
