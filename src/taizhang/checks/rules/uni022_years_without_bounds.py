"""UNI022: figures are told of “近五年”, “三年来”, and nothing says which years those are."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import Text, texts
from taizhang.core import numeral

_STRETCH = re.compile(
    r"(?:近|过去|最近)(?P<recent>[三四五六七八九十]|[3-9])年(?![级制期])(?:多|来|间|内)?|(?<![每第\d])(?P<past>[三四五六七八九十]|[3-9])年(?:多)?来"
)
_SENTENCE = re.compile("[^。！？\n]+")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(
    r"(?:19|20)\d\d\s*(?:学?年|[-—–－~～至到/])|截至|“?十[三四五]五”?|建设(?:期|以来)|立项以来|双高|启动以来"
)


@rule("UNI022", kind="unit_or_period", severity="info", since="0.8")
def years_without_bounds(context: Context) -> Iterator[Problem]:
    """写“近五年”“三年来”的数，没有写明是哪几年。

    ## 为什么
    “近五年到款 1.4 亿元”从哪年算到哪年不写明，就不能复算，也不能与分年的数相比。

    ## 不合格
    近五年培训企业职工 3.2 万人次，五年来承担师资培训项目 216 项。

    ## 合格
    2019—2023 年培训企业职工 3.2 万人次，近五年（2019—2023 年）承担师资培训项目 216 项。

    ## 例外
    同一句里写了起止年份、截止日期、五年规划或项目建设期的不报；报告本身就是写这几年的不报；一年、两年和没有数的不报。整份报告合并为一条提示。

    ## 依据
    统计报表的期间须明确起止时间；教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading, origin in zip(context.readings, context.origins.of, strict=False):
        told = origin.last - origin.first + 1 if origin.first and origin.last else None
        found: list[tuple[Text, int, int]] = []
        for text in texts(reading, context):
            if text.block is not None and "年" in text.text:
                found += [(text, start, end) for start, end in _stretches(text.text, told)]
        if found:
            (text, start, end), *rest = found
            yield text.problem(
                start, end, f"“{text.text[start:end]}”没有写明起止年份" + (f"，报告中共 {len(found)} 处" if rest else ""),
                related=tuple(each.related(begin, stop) for each, begin, stop in rest[:11]),
            )  # fmt: skip


def _stretches(text: str, told: int | None) -> Iterator[tuple[int, int]]:
    """The stretches of years with figures in their sentence, but those that the report itself is about."""
    for sentence in _SENTENCE.finditer(text):
        for match in _STRETCH.finditer(sentence[0]):
            printed = match["recent"] or match["past"]
            years = int(printed) if printed.isdigit() else numeral.parse(printed)
            rest = sentence[0][match.end() :]
            if years != told and _FIGURE.search(rest) and not _YEAR.search(sentence[0]):
                yield sentence.start() + match.start(), sentence.start() + match.end()
