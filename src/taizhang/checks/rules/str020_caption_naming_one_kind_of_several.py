"""STR020: the caption names one category of indicators and the table holds several."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_caption, rule
from taizhang.checks.rules._structure import label_cells
from taizhang.documents.alignment import bare


@rule("STR020", kind="caption_error", severity="warning", since="0.5")
def caption_naming_one_kind_of_several(context: Context) -> Iterator[Problem]:
    """题名只写一类指标，表中却有几类。

    ## 为什么
    各类指标分别计分，题名漏写一类，按题名查表的人就找不到那一类的完成情况。

    ## 不合格
    表 1 时效指标完成情况

    | 二级指标 | 三级指标 | 目标值 | 实现值 | 完成率 |
    |---|---|---|---|---|
    | 时效指标 | 任务按期完成率（%） | 95 | 96 | 101% |
    | 满意度指标 | 学生满意度（%） | 90 | 93 | 103% |

    ## 合格
    表 1 时效与满意度指标完成情况

    | 二级指标 | 三级指标 | 目标值 | 实现值 | 完成率 |
    |---|---|---|---|---|
    | 时效指标 | 任务按期完成率（%） | 95 | 96 | 101% |
    | 满意度指标 | 学生满意度（%） | 90 | 93 | 103% |

    ## 例外
    题名写几类，或者不写类别的，不报；类别栏的各类都与题名不同的，由 STR008 判断。

    ## 参数
    口径配置 structure.categories：类别名称。

    ## 依据
    教职成〔2020〕8号：绩效指标分产出（数量、质量、时效、成本）、效益、满意度等类。
    """
    words = sorted(context.profile.sections["structure"]["categories"], key=len, reverse=True)
    named = re.compile("|".join(words))
    as_kind = re.compile(rf"(?:{'|'.join(words)})(?:(?:类)?(?:绩效)?(?:指标|目标)|\))")
    label = re.compile(rf"(?:服务对象)?({'|'.join(words)})(?:类)?(?:指标)?")
    for reading in context.readings:
        with_targets = {indicator.table.index for indicator in reading.plans.indicators}
        for table in reading.document.tables:
            caption = bare(table.caption or "")
            promised = set(named.findall(caption))
            if table.index not in with_targets or len(promised) != 1 or not as_kind.search(caption):
                continue
            said = dict.fromkeys(
                match[1] for cell in label_cells(reading, table) if (match := label.fullmatch(bare(cell.text)))
            )
            (only,) = promised
            others = [category for category in said if category != only]
            if only in said and others:
                yield at_caption(
                    table,
                    f"题名只写{only}指标，表中还有{'、'.join(others)}指标",
                    printed=table.caption,
                    expected="、".join(said) + "指标",
                )
