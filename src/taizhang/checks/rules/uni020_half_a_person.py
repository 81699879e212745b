"""UNI020: the text counts people or things in halves (“服务群众 2.7 人次”): a 万 was left out, or a point is astray."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import clause, sentences

_WHOLE = frozenset(
    {"人次", "人", "名", "户", "户次", "家", "所", "件", "份", "场", "场次", "门", "篇", "册", "辆", "座", "栋", "批次"}
)
_MEAN = re.compile(
    r"平均|均|每|折合|折算|相当于|比|率|/|／|约合|当量|标准|千分|万分|指数|倍|拥有量|保有量|(?<![\d.])[百千万]人(?!次)"
)
_BEHIND = re.compile(r"\s*(?:[/／]|每|[（(][^（()）]{0,6}均)")


@rule("UNI020", kind="unit_or_period", severity="warning", since="0.7")
def half_a_person(context: Context) -> Iterator[Problem]:
    """人、户、场一类只能是整数的量写成了小数，多半漏了“万”字。

    ## 为什么
    “服务群众 2.7 人次”不可能；漏写“万”字，差一万倍。

    ## 不合格
    组织义诊 90 场，服务群众 2.7 人次。

    ## 合格
    组织义诊 90 场，服务群众 2.7 万人次，平均每场 300 人次，每千人口执业医师 2.7 人。

    ## 例外
    平均数、折合数、每千人几人一类的不报；“万人次”“百人”已经写明的不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            for figure in sentence.figures:
                value = figure.quantity.value
                if figure.unit not in _WHOLE or value == value.to_integral_value() or figure.value != value:
                    continue
                if _MEAN.search(sentence.text[sentence.begin : figure.start]) or _BEHIND.match(
                    sentence.text, figure.end
                ):
                    continue
                words = clause(figure.label)
                yield sentence.passage.problem(
                    figure.start, figure.end, f"{words}{sentence.printed(figure)}：{figure.unit}不会有小数，请核对是否漏写“万”字"
                )  # fmt: skip
