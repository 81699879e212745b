"""XDC004: one honour is told of different years in sister reports."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.core.finding import Related
from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Document, Paragraph

_DATED = re.compile(r"(?P<year>20\d\d)\s*年(?P<name>(?:(?!20\d\d)[^。；;，,]){4,60}(?:奖|称号))(?![项学金励补])")
_BEFORE_NAME = re.compile(r"^.*(?:——|—|荣获|获得|获评|入选|授予|、|：|:|获|“)")
_PLAIN = re.compile(r"[\s“”\"《》]")
_GRADE = re.compile("等奖|优秀奖|奖项|单项奖|提名奖")
_NAME = 6  # characters: shorter names are of many honours


class _Honour(NamedTuple):
    """An honour with the year it is told of."""

    name: str
    year: int
    document: int
    source: Source
    text: str


def _honours(context: Context) -> list[_Honour]:
    """The honours that a document tells with their years."""
    documents = context.documents if context.has_sisters else ()
    return [honour for document in documents for honour in _told(document)]


def _told(document: Document) -> Iterator[_Honour]:
    blocks: list[Paragraph | Cell] = list(document.paragraphs)
    blocks += [cell for table in document.tables for row in table.body for cell in row]
    for block in blocks:
        for match in _DATED.finditer(block.text) if "奖" in block.text or "称号" in block.text else ():
            name = _PLAIN.sub("", _BEFORE_NAME.sub("", match["name"]))
            if len(name) >= _NAME and not _GRADE.search(name):
                yield _Honour(name, int(match["year"]), 0, block.at(*match.span()), block.text[slice(*match.span())])


@rule("XDC004", kind="cross_document", severity="warning", since="0.3", gathers=_honours)
def honour_dated_two_ways(context: Context) -> Iterator[Problem]:
    """同一项荣誉，几份报告所说的年份不同。

    ## 为什么
    一份报告说协同示范奖是 2022 年得的，另一份说是 2023 年；奖状上只有一个年份。

    ## 不合格
    === 自评报告.md ===
    云岭职业技术学院中期自评报告

    获国家级荣誉2项：2022年全国校企协同示范奖，2023年全国校企协同贡献奖。
    === 产教融合报告.md ===
    云岭职业技术学院产教融合工作报告

    2023年荣获校企合作最高荣誉——全国校企协同示范奖。

    ## 合格
    === 自评报告.md ===
    云岭职业技术学院中期自评报告

    获国家级荣誉2项：2022年全国校企协同示范奖，2023年全国校企协同贡献奖。
    === 产教融合报告.md ===
    云岭职业技术学院产教融合工作报告

    2023年荣获全国校企协同贡献奖。

    ## 例外
    一等奖、二等奖之类每年都评的等次不比；两份报告有一个年份相同的不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”。
    """
    if len(context.documents) < 2:
        return
    honours = [
        honour._replace(document=number) for number, found in enumerate(context.gathered[_honours]) for honour in found
    ]
    ending: dict[str, list[_Honour]] = {}  # names of one honour end alike
    for honour in honours:
        ending.setdefault(honour.name[-_NAME:], []).append(honour)
    for honour in honours:
        alike = ending[honour.name[-_NAME:]]
        own = {each.year for each in alike if each.document == honour.document and each.name == honour.name}
        others = [
            each
            for each in alike
            if each.document < honour.document and _is_same(each.name, honour.name)
            and context.origins.same_college(each.document, honour.document)
        ]  # fmt: skip
        if others and not own & {each.year for each in others}:
            beside = [each for each in honours if each.year == honour.year and each is not honour]
            yield Problem(
                source=honour.source,
                message=f"“{honour.name}”这里是 {honour.year} 年，{others[0].source.file} 是 {others[0].year} 年",
                text=honour.text,
                printed=f"{honour.year}年",
                expected=f"{others[0].year}年",
                related=tuple(Related(source=each.source, text=each.text) for each in (*others, *beside))[:5],
            )


def _is_same(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)
