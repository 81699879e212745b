"""ARI035: more days in one year than it has."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, rule

_DAYS = re.compile(
    r"(?:全年|一年内?|年内|本年度?|当年|20\d\d\s*年度?)(?P<words>[^，。；、;,\d]{0,12}?)(?P<days>\d{3,4})\s*天(?![/／×])"
)
_ADDED = re.compile("累计|合计|共|总|人均|约|人天")
_MOST = 366


@rule("ARI035", kind="unit_or_period", severity="warning", since="0.2")
def more_days_than_a_year(context: Context) -> Iterator[Problem]:
    """一年里的天数超过 366 天。

    ## 为什么
    一年至多 366 天；写“全年驻村 380 天”，多半是把几个人的天数加在一起，单位应当是人日。

    ## 不合格
    工作队全年驻村 380 天。

    ## 合格
    工作队全年驻村 280 天，全年累计 840 人日。

    ## 例外
    写明“累计”“合计”的，可能是几个人相加，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            for match in _DAYS.finditer(paragraph.text) if "天" in paragraph.text else ():
                if int(match["days"]) > _MOST and not _ADDED.search(match["words"]):
                    yield at_text(
                        paragraph,
                        match.start("days"),
                        match.end(),
                        f"一年没有 {match['days']} 天；几个人相加的应以人日计",
                        expected=f"不超过 {_MOST} 天，或 {match['days']} 人日",
                    )
