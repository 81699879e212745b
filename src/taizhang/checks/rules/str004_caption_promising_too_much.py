"""STR004: a caption promises two things and the table holds one."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_caption, rule
from taizhang.documents.alignment import bare


@rule("STR004", kind="caption_error", severity="warning", since="0.1")
def caption_promising_too_much(context: Context) -> Iterator[Problem]:
    """题名写了两项内容，表中只有一项。

    ## 为什么
    题名写“任务和绩效目标”，表中却只有任务数，专家会问绩效目标的数据在哪里。

    ## 不合格
    表 1 任务和绩效目标完成情况表

    | 年度 | 任务数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 2023 年 | 120 | 120 | 100% |

    ## 合格
    表 1 任务完成情况表

    | 年度 | 任务数 | 完成数 | 完成率 |
    |---|---|---|---|
    | 2023 年 | 120 | 120 | 100% |

    ## 例外
    两项内容在表中都找不到字样的，不作判断。

    ## 参数
    口径配置 structure.promises：题名用词和表中表示有这项内容的词。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：表题应切合表的内容。
    """
    promises = context.profile.sections["structure"]["promises"]
    words = "|".join(sorted(promises, key=len, reverse=True))
    joined = re.compile(rf"(?=({words})(?:点|目标|指标|建设)?[和与及、,]({words}))")
    for reading in context.readings:
        for table in reading.document.tables:
            plain = bare(table.caption or "").replace("，", ",")
            match = joined.search(plain)
            if match is None or match[1] == match[2]:
                continue
            held = "".join(table.columns) + "".join(cell.text for row in table.body for cell in row)
            first, second = (any(word in held for word in promises[part]) for part in match.groups())
            if first != second:
                lacking = match[2] if first else match[1]
                yield at_caption(
                    table,
                    f"题名写有“{match[1]}”和“{match[2]}”，表中没有{lacking}的内容",
                    printed=table.caption,
                    expected=f"题名去掉“{lacking}”，或补上数据",
                )
