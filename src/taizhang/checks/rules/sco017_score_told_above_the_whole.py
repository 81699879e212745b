"""SCO017: the running text tells a score above the full score."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import sentences

_SCORE = re.compile("(?:自评|评价|综合|考核|加权|最终)?(?:总)?(?:得分|评分|总分|自评分)(?:为|是|达到?|共|合计)?$")
_FULL = re.compile(r"(?:满分|总分值|分值(?:合计|共))(?:为|是|共|合计)?\s*(\d{2,4})\s*分|(\d{3,4})\s*分制|百分制")
_OF = re.compile(r"\s*[（(]\s*满分(?:为)?\s*")
_WEIGHED = re.compile(r"(?:权重|分值|满分|标准分)(?:为|是|共|合计)?\s*$")
_GOT = re.compile(r"[，,、]\s*(?:实际|自评|评价|共|实)?(?:得分?|得分为|评分)\s*$")
_WHOLE = Decimal(100)


@rule("SCO017", kind="score_mismatch", severity="error", since="0.6")
def score_told_above_the_whole(context: Context) -> Iterator[Problem]:
    """正文里的自评得分高于满分。

    ## 为什么
    满分 100 分的自评，得分写成 101 分，说明分项相加时有一处多算，等级也不能成立。

    ## 不合格
    本年度自评得分 101 分，等级为优。

    ## 合格
    本年度自评得分 98.5 分，等级为优。

    ## 例外
    报告写明满分不是 100 分的，与所写的满分比较。

    ## 依据
    财预〔2020〕10号：绩效自评实行百分制。
    """
    for reading in context.readings:
        found = [each for each in sentences(reading, context) if any(figure.unit == "分" for figure in each.figures)]
        if not found:
            continue
        full = [match for sentence in found for match in _FULL.finditer(sentence.text)]
        told = [Decimal(match[1] or match[2]) for match in full if match[1] or match[2]]
        whole = max([_WHOLE, *told])
        for sentence in found:
            for place, full_ in pairwise(sentence.figures):
                if place.unit == full_.unit == "分" and place.value > full_.value and _OF.fullmatch(full_.label):
                    yield sentence.passage.problem(
                        place.start, place.end, f"得分 {sentence.printed(place)}高于满分 {sentence.printed(full_)}",
                        expected=f"不超过 {sentence.printed(full_)}",
                    )  # fmt: skip
            for full_, place in pairwise(sentence.figures):
                weighed = (
                    full_.unit == place.unit == "分" and _WEIGHED.search(full_.label) and _GOT.fullmatch(place.label)
                )
                if weighed and place.value > full_.value:
                    yield sentence.passage.problem(
                        full_.start, place.end, f"得分 {sentence.printed(place)}高于分值 {sentence.printed(full_)}",
                        expected=f"不超过 {sentence.printed(full_)}",
                    )  # fmt: skip
            for place in sentence.figures:
                if place.unit == "分" and place.value > whole and _SCORE.search(place.label.rstrip()):
                    yield sentence.passage.problem(
                        place.start, place.end, f"得分 {sentence.printed(place)}高于满分 {whole} 分",
                        expected=f"不超过 {whole} 分",
                    )  # fmt: skip
