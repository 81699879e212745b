"""TGT018: a sentence tells a plan, less than it as the result, and that the plan was fulfilled."""

import re
from collections.abc import Iterator
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import Figure, clause, sentences

_PLANNED = re.compile(r"计划|目标|任务(?:数|书)?|指标|预期|要求|下达|应")
_REACHED = re.compile(r"实际|实招|实培|完成|实现|达到|落实")
_CLAIM = re.compile(
    r"[，,、]\s*(?:已|均|全部)*(?:超额|圆满|全面|如期|顺利|按期|提前|足额)?(?:完成|达成|实现)了?(?:[^，。；,;\d未不]{0,6})(?:计划|任务|目标|指标)(?!的\s*\d)"
)
_LESS = re.compile(r"未|没有|不足|仅|基本|部分|降|减|控制|不超过|以内|压缩")


@rule("TGT018", kind="below_target_claimed_done", severity="error", since="0.6")
def short_in_words_claimed_done(context: Context) -> Iterator[Problem]:
    """一句话里实际数少于计划数，却说完成了计划。

    ## 为什么
    计划数、实际数和结论写在一句话里，读的人一比就知道没有完成。

    ## 不合格
    计划定向培养医学生 180 人，实际培养 168 人，超额完成计划。

    ## 合格
    计划定向培养医学生 180 人，实际培养 186 人，超额完成计划；计划建设实训点 8 个，实际建设 7 个，没有完成计划。

    ## 例外
    计划数、实际数的单位不同的不判断；目标是控制、压缩、降低的不判断；约数不判断。

    ## 依据
    教职成〔2020〕8号：自评结论应当与任务完成情况一致。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            for planned, reached in pairwise(sentence.figures):
                claim = _CLAIM.match(sentence.text, reached.end, sentence.end)
                if claim is not None and _falls_short(planned, reached):
                    yield sentence.passage.problem(
                        planned.start,
                        claim.end(),
                        f"计划 {sentence.printed(planned)}，实际 {sentence.printed(reached)}，不能说完成了计划",
                        expected=f"完成 {reached.value / planned.value * 100:.1f}%",
                        printed=claim[0].strip("，,、 "),
                    )


def _falls_short(planned: Figure, reached: Figure) -> bool:
    """Whether the first figure is told as planned, the second as what was reached, and it is less."""
    labels = clause(planned.label), clause(reached.label)
    return (
        planned.is_exact
        and reached.is_exact
        and planned.counts_like(reached)
        and 0 < reached.value < planned.value
        and _PLANNED.search(labels[0]) is not None
        and _REACHED.search(labels[1]) is not None
        and not _PLANNED.search(labels[1].replace("完成任务", ""))
        and not any(map(_LESS.search, labels))
    )
