"""CON025: a part is told elsewhere with the number of the part beside it, or of its whole."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import Figure, Sentence, clause, sentences
from taizhang.checks.rules._runs import Run, runs

_FEWEST = 10  # smaller numbers are those of two things by chance
_SHORTEST = 3  # characters of a name
_LEADS = re.compile("^(?:其中|分别|包括|和|及|与|由|[：:，,、；;（(])+")
_TELLS = re.compile(r"\d|任务|指标|项目$")  # what every enumeration tells
_TIME = re.compile(r"(?:20\d\d|\d\d)\s*[年届]|上年|去年|往年|同期")
_OTHER = re.compile(
    "新增|新获|累计|历年|申请|申报|受理|转化|目标|计划|预计|拟|力争|未|全国|全省|全市|国家|省|市|校|院|县|区|另|其余|其他|除"
)


class _Part(NamedTuple):
    """A part named in an enumeration, and a figure told beside it there: that of another part, or of the whole."""

    name: str
    sentence: Sentence
    own: Figure
    beside: Figure


@rule("CON025", kind="contradiction", severity="warning", since="0.7")
def figure_of_its_neighbour(context: Context) -> Iterator[Problem]:
    """前面列出了各分项的数，后面说其中一项，用的却是旁边一项或总数的数。

    ## 为什么
    前面“获授权专利 312 件，其中发明专利 74 件”，后面总结成“获授权发明专利 312 件”：数是真的，拿错了行。

    ## 不合格
    # 一、科研成果

    获授权专利 312 件，其中发明专利 74 件、实用新型专利 203 件、外观设计专利 35 件。

    # 二、主要经验

    科研反哺教学，获授权发明专利 312 件。

    ## 合格
    # 一、科研成果

    获授权专利 312 件，其中发明专利 74 件、实用新型专利 203 件、外观设计专利 35 件。

    # 二、主要经验

    科研反哺教学，获授权专利 312 件，发明专利 74 件。

    ## 例外
    比这一项还小的数（可能只说其中一部分）、小于 10 的数、两处写明不同年份的、别处也把这一项说成这个数的、另有限定（新增、申请、省级）的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for reading in context.readings:
        known = sentences(reading, context)
        parts: dict[tuple[str, str], list[_Part]] = defaultdict(list)
        for run in runs(reading, context):
            for part in _parts(run):
                parts[part.beside.dimension, f"{part.beside.value}"].append(part)
        if parts:
            for sentence in known:
                for figure in sentence.figures:
                    if figure.value >= _FEWEST and figure.is_exact:
                        yield from _taken(sentence, figure, parts.get((figure.dimension, f"{figure.value}"), ()))


def _parts(run: Run) -> Iterator[_Part]:
    """Each named part with the figures of those beside it that are not its own."""
    told = [(_LEADS.sub("", clause(part.label)), part) for part in run.parts]
    for name, own in told:
        if len(name) < _SHORTEST or not own.is_exact or _OTHER.search(name) or _TELLS.search(name):
            continue
        for beside in (*run.parts, *run.wholes[-1:]):
            if beside is not own and beside.value > own.value and beside.counts_like(own):
                yield _Part(name, run.sentence, own, beside)


def _taken(sentence: Sentence, figure: Figure, parts: Sequence[_Part]) -> Iterator[Problem]:
    for part in parts:
        words = clause(figure.label)
        if sentence.passage is part.sentence.passage or not words.endswith(part.name):
            continue
        if _OTHER.search(words.removesuffix(part.name)) or _years(sentence) != _years(part.sentence):
            continue
        yield sentence.passage.problem(
            figure.start - len(figure.label) + figure.label.rfind(words), figure.end,
            f"“{part.name}”别处是 {part.sentence.printed(part.own)}，这里的{sentence.printed(figure)}是那里旁边一项（或总数）的数",
            printed=sentence.printed(figure), expected=part.sentence.printed(part.own),
            related=(part.sentence.passage.related(part.own.start - len(part.name), part.own.end),),
        )  # fmt: skip
        return


def _years(sentence: Sentence) -> list[str]:
    """The years that a sentence names."""
    return sorted(set(_TIME.findall(sentence.text[sentence.begin : sentence.end])))
