"""STR008: the caption says 质量指标 and the category column says 数量指标."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import label_cells
from taizhang.core.finding import Related
from taizhang.documents.alignment import bare


@rule("STR008", kind="label_error", severity="error", since="0.1")
def category_against_caption(context: Context) -> Iterator[Problem]:
    """类别栏写的指标类别与题名不同。

    ## 为什么
    数量、质量、时效等类别分别计分，类别写错，这张表的分数就记到别的类别上。

    ## 不合格
    表 1 师资队伍质量指标表

    | 类型 | 三级指标 | 目标值 | 实现值 | 完成率 |
    |---|---|---|---|---|
    | 数量指标 | 省级名师（人） | 2 | 2 | 100% |
    | 数量指标 | 省级团队（个） | 1 | 1 | 100% |

    ## 合格
    表 1 师资队伍质量指标表

    | 类型 | 三级指标 | 目标值 | 实现值 | 完成率 |
    |---|---|---|---|---|
    | 质量指标 | 省级名师（人） | 2 | 2 | 100% |
    | 质量指标 | 省级团队（个） | 1 | 1 | 100% |

    ## 例外
    题名写几个类别，或类别栏有几个类别，不比较。

    ## 参数
    口径配置 structure.categories：类别名称。

    ## 依据
    教职成〔2020〕8号：绩效指标分产出（数量、质量、时效、成本）、效益、满意度等类。
    """
    words = sorted(context.profile.sections["structure"]["categories"], key=len, reverse=True)
    named = re.compile(rf"({'|'.join(words)})(?:类)?(?:绩效)?(?:指标|目标)")
    aside = re.compile(rf"(?:指标|目标|绩效)?\(({'|'.join(words)})(?:类)?(?:指标|目标)?\)")
    label = re.compile(rf"({'|'.join(words)})(?:类)?(?:指标)?")
    for reading in context.readings:
        with_targets = {indicator.table.index for indicator in reading.plans.indicators}
        for table in reading.document.tables:
            caption = bare(table.caption or "")
            promised = set(named.findall(caption)) | set(aside.findall(caption))
            if table.index not in with_targets or len(promised) != 1:
                continue
            said = [
                (cell, match[1]) for cell in label_cells(reading, table) if (match := label.fullmatch(bare(cell.text)))
            ]
            (wanted,) = promised
            if said and {category for _, category in said} not in ({wanted}, set()) and len({c for _, c in said}) == 1:
                cell, category = said[0]
                yield cell.problem(
                    0,
                    len(cell.text),
                    f"类别栏写“{bare(cell.text)}”，题名是“{table.caption}”",
                    printed=bare(cell.text),
                    expected=bare(cell.text).replace(category, wanted),
                    related=(Related(source=table.label.at(), text=table.label.text),) if table.label else (),
                )
