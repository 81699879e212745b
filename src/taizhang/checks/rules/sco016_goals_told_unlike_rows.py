"""SCO016: what the form tells of its goals in words is not what its rows of indicators say."""

import re
from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._forms import label, shown
from taizhang.checks.rules._links import likeness, pairs_of
from taizhang.core.quantities import quantities
from taizhang.core.quantity import Bound, Quantity
from taizhang.documents.alignment import bare
from taizhang.intake.forms import Form, ScoredIndicator
from taizhang.intake.plans import Value, value_at
from taizhang.profiles import Profile

_GOAL = re.compile("(?:年度|总体|绩效)*目标$")
_PLANNED = re.compile("^(?:项目)?(?:年初|年度|预期|设定)*(?:总体)?(?:预期|设定|绩效)?目标$")
_REACHED = re.compile("^(?:项目)?(?:全年|年度)?(?:总体)?(?:目标)?(?:全年)?(?:实际)?(?:完成|实现)情况$")
_AROUND = re.compile("^(?:全年|全县|全市|全区|全校|本年|年内|共|已|累计|实际|完成|计划)+|(?:数量|总数|个数|人数|数)$")
_LIKE = 0.75  # of a name's pairs of characters
_SHORTEST = 4  # characters of a name that may leave out some of another
_FAR = 20  # characters before a figure in which its name stands


@rule("SCO016", kind="contradiction", severity="error", since="0.6")
def goals_told_unlike_rows(context: Context) -> Iterator[Problem]:
    """年度总体目标的文字，与下面指标行的数不一致。

    ## 为什么
    同一张表里，上面的文字说新增工位 160 个，下面的指标行填 152 个；两处由同一个人填写，财政部门复核时首先对的就是这两处。

    ## 不合格
    | 年度总体目标 | 预期目标 | ← | ← | 实际完成情况 | ← |
    |---|---|---|---|---|---|
    | 年度总体目标 | 新增实训工位 160 个 | ← | ← | 新增实训工位 160 个 | ← |
    | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 新增实训工位 | ≥160个 | 152个 | 10 | 9.5 |
    | 产出指标 | 开发实训项目 | ≥24个 | 26个 | 10 | 10 |

    ## 合格
    | 年度总体目标 | 预期目标 | ← | ← | 实际完成情况 | ← |
    |---|---|---|---|---|---|
    | 年度总体目标 | 新增实训工位 160 个 | ← | ← | 新增实训工位 152 个 | ← |
    | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 新增实训工位 | ≥160个 | 152个 | 10 | 9.5 |
    | 产出指标 | 开发实训项目 | ≥24个 | 26个 | 10 | 10 |

    ## 例外
    名称、单位对不上的不比较；文字写“约”“以上”的不比较。

    ## 依据
    财预〔2020〕10号：绩效目标与指标值应当一致，自评数据应真实、准确。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            for text, reached in _texts(form):
                yield from _problems(text, reached, form.indicators, context.profile)


def _texts(form: Form) -> Iterator[tuple[Value, bool]]:
    """The goals in words: planned, and reached (with True); they stand under their headings."""
    rows = form.table.rows
    seen: set[int] = set()
    for row, cells in enumerate(rows[:-1]):
        if not any(_GOAL.search(cell.text.strip()) for cell in cells):
            continue
        for column, cell in enumerate(cells):
            head = re.sub(r"\s", "", cell.text)
            under = rows[row + 1][column]
            if id(under) in seen or under is cell or len(under.text) < _FAR // 2:
                continue
            if _REACHED.search(head) or (_PLANNED.search(head) and head != cells[0].text.strip()):
                seen.add(id(under))
                yield value_at(form.table, row + 1, column), bool(_REACHED.search(head))


def _problems(text: Value, reached: bool, rows: Sequence[ScoredIndicator], profile: Profile) -> Iterator[Problem]:
    left = 0
    for told in quantities(text.text, profile.catalogue):
        words = re.split("[，。；、]", text.text[max(left, told.start - _FAR) : told.start])[-1]
        left = told.end
        found = [item for item in rows if _is_named(words, item.name)]
        if len(found) != 1 or told.bound is not Bound.EXACT:
            continue
        cell = found[0].actual if reached else found[0].target
        quantity = cell.quantity if cell is not None else None
        if cell is None or quantity is None or not _differs(told, quantity, found[0], profile):
            continue
        yield at_value(
            text, f"总体目标的文字写“{words.strip()}”{text.text[told.start : told.end]}，指标行“{label(found[0])}”写的是 {cell.text.strip()}",
            told.start, told.end, expected=f"{shown(quantity.value)}{quantity.unit or found[0].unit or ''}",
            row=text.table.rows[text.row][0].text.strip() or None, related=(related(cell),),
        )  # fmt: skip


def _is_named(words: str, name: str) -> bool:
    """Whether the words before a figure name an indicator: the shorter stands in the longer, in order or nearly whole."""
    short, long = sorted((_AROUND.sub("", bare(words)), _AROUND.sub("", bare(name))), key=len)
    rest = iter(long)
    if len(short) >= _SHORTEST and all(character in rest for character in short):
        return True
    one, other = sorted((pairs_of(words), pairs_of(name)), key=len)
    return len(one) > 1 and likeness(one, other) >= _LIKE


def _differs(told: Quantity, other: Quantity, item: ScoredIndicator, profile: Profile) -> bool:
    unit = other.unit or item.unit or ""
    value, dimension = profile.catalogue.normal(told)
    expected, same = profile.catalogue.normal(Quantity(other.value, unit))
    return bool(unit) and dimension == same and value != expected
