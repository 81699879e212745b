"""UNI014: a figure converted into the unit that it had, or days counted and told as heads."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import Figure, Sentence, earlier, sentences

_CONVERTED = re.compile(
    r"(?:折合|折算|相当于)(?!(?:专任|全日制)?(?:教师|学生|在校|教职工|人员|师资))(?:为|成|约)?[^，。；、\d]{0,4}$"
)
_BY_DAYS = re.compile(r"按(?:照)?[^，。；\d]{0,8}(?:天数|日数|工作日|工日|时长)(?:统计|计算|折算|累计|计)")


@rule("UNI014", kind="unit_or_period", severity="warning", since="0.6")
def converted_into_the_same_unit(context: Context) -> Iterator[Problem]:
    """折合以后单位没有变，或按天数统计却写成人次。

    ## 为什么
    “培训 11240 人次，折合 3.6 万人次”，折合的本应是人日；单位写错，规模就虚了几倍。

    ## 不合格
    面向企业职工开展培训 11240 人次，折合 3.6 万人次。

    按实际在岗天数统计，支教教师共计 2036 人次。

    ## 合格
    面向企业职工开展培训 11240 人次，折合 3.6 万人日。

    按实际在岗天数统计，支教教师共计 2036 人日。

    ## 例外
    同一句里按天数统计的数另有以人日计的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；状态数据采集以人日计培训量。
    """
    people = {"人", "人次"}
    for reading in context.readings:
        for sentence in sentences(reading, context):
            for place in sentence.figures:
                if place.dimension in people:
                    yield from _converted(sentence, place)
            yield from _by_days(sentence, people)


def _converted(sentence: Sentence, place: Figure) -> Iterator[Problem]:
    told = [figure for figure in earlier(sentence, place.start) if figure.dimension == place.dimension]
    if not told or not _CONVERTED.search(place.label):
        return
    yield sentence.passage.problem(
        place.start, place.end,
        f"“{sentence.printed(place)}”是折合的数，单位却与原来的“{sentence.printed(told[-1])}”相同",
        expected="折合后的单位（如人日）", related=(sentence.passage.related(told[-1].start, told[-1].end),),
    )  # fmt: skip


def _by_days(sentence: Sentence, people: set[str]) -> Iterator[Problem]:
    words = _BY_DAYS.search(sentence.text, sentence.begin, sentence.end)
    if words is None or any(figure.dimension == "人日" for figure in sentence.figures):
        return
    near = [figure for figure in sentence.figures if figure.start >= words.end()] or [
        figure for figure in sentence.figures if figure.end <= words.start()
    ][-1:]
    if near and near[0].dimension in people:
        place = near[0]
        yield sentence.passage.problem(
            place.start, place.end, f"“{words[0]}”的数应以人日计，写的是“{sentence.printed(place)}”",
            expected="以人日计", related=(sentence.passage.related(*words.span()),),
        )  # fmt: skip
