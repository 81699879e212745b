"""STR025: a result is listed at a level that whoever granted it cannot grant."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.documents.alignment import bare
from taizhang.intake.plans import value_at

_LEVEL = re.compile("(?:级别|层级|成果级别|获奖级别|项目级别)")
_GRANTOR = re.compile("(?:授予|颁发|颁奖|认定|批准|立项|评定|发证)[^/]{0,6}(?:单位|部门|机构|机关)")
_OFFICE = "(?:教育|科技|科学技术|财政|人力资源[和与]社会保障|人社|农业农村|工业[和与]信息化|文化[和与]旅游|卫生健康|退役军人|民政|水利|交通运输)?"
_OF_PROVINCE = re.compile(f"[一-鿿]{{2,3}}省(?:人民政府|委|{_OFFICE}(?:厅|局|委员会))")
_OF_CITY = re.compile(f"(?!北京|上海|天津|重庆)[一-鿿]{{2,4}}市(?:人民政府|委|{_OFFICE}(?:局|委员会))")
_WORDS = re.compile("[一-鿿]{2}")


@rule("STR025", kind="label_error", severity="warning", since="0.8")
def level_unlike_its_grantor(context: Context) -> Iterator[Problem]:
    """成果清单里写“国家级”，授予单位却是省里的部门；写“省级”，授予单位却是市里的部门。

    ## 为什么
    级别按授予单位认定；写高一级，核对批文时就会被核减，还要追问其余各项。

    ## 不合格
    | 成果名称 | 级别 | 授予单位 |
    |---|---|---|
    | 机电一体化课程 | 国家级 | 云岭省教育厅 |
    | 技能大赛二等奖 | 国家级 | 教育部 |

    ## 合格
    | 成果名称 | 级别 | 授予单位 |
    |---|---|---|
    | 机电一体化课程 | 省级 | 云岭省教育厅 |
    | 技能大赛二等奖 | 国家级 | 教育部 |

    ## 例外
    单位栏里另有国家部委的（如“教育部、省教育厅”）、加括号说明推荐或转发的，单位写不全的，不判断；直辖市的部门是省级。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；级别低的不得计入高级别。
    """
    for reading in context.readings:
        for table in reading.document.tables:
            levels = [index for index, words in enumerate(table.columns) if _LEVEL.fullmatch(bare(words))]
            grantors = [index for index, words in enumerate(table.columns) if _GRANTOR.fullmatch(bare(words))]
            if len(levels) != 1 or len(grantors) != 1:
                continue
            for row in range(table.header, len(table.rows)):
                level, grantor = value_at(table, row, levels[0]), value_at(table, row, grantors[0])
                own = _of_grantor(bare(grantor.text))
                if own is not None and bare(level.text) in {"国家级", *(("省级",) if own == "市级" else ())}:
                    name = next((cell.text.strip() for cell in table.rows[row] if _WORDS.search(cell.text)), None)
                    yield at_value(
                        level, f"授予单位是“{grantor.text.strip()}”，级别写的是“{level.text.strip()}”",
                        expected=own, row=name, related=(related(grantor),),
                    )  # fmt: skip


def _of_grantor(words: str) -> str | None:
    """The level that the grantor alone can grant, where it is one office of a province or a city."""
    if _OF_PROVINCE.fullmatch(words):
        return "省级"
    return "市级" if _OF_CITY.fullmatch(words) else None
