"""UNI024: a thing is accepted or finished before it was approved or begun."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, rule

_DAY = r"(?P<{0}_year>20\d\d)\s*年\s*(?P<{0}_month>1[0-2]|0?[1-9])\s*月(?:\s*\d{{1,2}}\s*日)?"
_BEGUN = re.compile(
    _DAY.format("first") + r"[^，。；：:\d]{0,12}?(?:立项|获批|启动|开工|动工|签约|签订|开建|申报)"
    r"(?P<between>[^。；：:\n]{0,40}?)"
    + _DAY.format("last")
    + r"(?P<how>[^，。；：:\d]{0,10}?)(?:结题|结项|验收|竣工|完工|建成|投入使用|投用|交付)"
)
_TWO = 2  # years
_OTHER = re.compile("此前|之前|曾|另|上一|一期|前期|原|其他|已有|首期|老|旧|第[一二三四五]")


@rule("UNI024", kind="unit_or_period", severity="warning", since="0.8")
def done_before_begun(context: Context) -> Iterator[Problem]:
    """同一句里，验收、竣工的时间早于立项、开工的时间。

    ## 为什么
    先立项后验收，先开工后竣工；时间倒过来，必有一个年月写错，期间内的数也就无法核对。

    ## 不合格
    项目于 2023 年 6 月立项，建设周期两年，2022 年 11 月通过结题验收。

    ## 合格
    项目于 2023 年 6 月立项，建设周期两年，2024 年 11 月通过结题验收。

    ## 例外
    说的是一期、前期、原有的另一件事的，不报；没有写年月的不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for paragraph in reading.paragraphs:
            if paragraph.text.count("20") < _TWO or "月" not in paragraph.text:
                continue
            for match in _BEGUN.finditer(paragraph.text):
                first, last = ((int(match[f"{end}_year"]), int(match[f"{end}_month"])) for end in ("first", "last"))
                if last < first and not _OTHER.search(match["between"] + match["how"]):
                    yield at_text(
                        paragraph, match.start("last_year"), match.end(),
                        f"前面是 {first[0]} 年 {first[1]} 月，这里更早，请核对年月", expected=f"不早于 {first[0]} 年 {first[1]} 月",
                    )  # fmt: skip
