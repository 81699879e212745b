"""STR008: the caption says 质量指标 and the category column says 数量指标."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_caption, rule
from taizhang.checks.rules._structure import Text, label_cells
from taizhang.core.finding import Kind, Related
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table
from taizhang.intake.reading import Reading


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
    口径配置 structure.categories、structure.categories_above：类别名称。

    ## 依据
    教职成〔2020〕8号：绩效指标分产出（数量、质量、时效、成本）、效益、满意度等类。
    """
    structure = context.profile.sections["structure"]
    below, above = _Words.of(structure["categories"]), _Words.of(structure["categories_above"])
    for reading in context.readings:
        with_targets = {indicator.table.index for indicator in reading.plans.indicators}
        for table in reading.document.tables:
            if table.index not in with_targets or not table.caption:
                continue
            other = below.other(reading, table)
            if other is not None:
                cell, category, wanted = other
                yield cell.problem(
                    0,
                    len(cell.text),
                    f"类别栏写“{bare(cell.text)}”，题名是“{table.caption}”",
                    printed=bare(cell.text),
                    expected=bare(cell.text).replace(category, wanted),
                    related=(Related(source=table.label.at(), text=table.label.text),) if table.label else (),
                )
                continue
            other = above.other(reading, table)
            if other is not None:
                cell, category, wanted = other
                yield at_caption(
                    table,
                    f"题名写{wanted}指标，表中各行都是“{bare(cell.text)}”",
                    printed=table.caption,
                    expected=table.caption.replace(wanted, category),
                    kind=Kind.CAPTION_ERROR,
                    related=(cell.related(),),
                )


class _Words(NamedTuple):
    """The names of categories on one level, as captions and as category columns write them."""

    named: re.Pattern[str]
    aside: re.Pattern[str]
    label: re.Pattern[str]

    @classmethod
    def of(cls, names: Sequence[str]) -> "_Words":
        words = "|".join(sorted(names, key=len, reverse=True))
        return cls(
            re.compile(rf"({words})(?:类)?(?:绩效)?(?:指标|目标)"),
            re.compile(rf"(?:指标|目标|绩效)?\(({words})(?:类)?(?:指标|目标)?\)"),
            re.compile(rf"({words})(?:类)?(?:指标)?"),
        )

    def other(self, reading: Reading, table: Table) -> tuple[Text, str, str] | None:
        """The first category cell, its category and the caption's, where each names one only and they differ."""
        caption = bare(table.caption or "")
        promised = set(self.named.findall(caption)) | set(self.aside.findall(caption))
        if len(promised) != 1:
            return None
        cells = label_cells(reading, table)
        said = [(cell, match[1]) for cell in cells if (match := self.label.fullmatch(bare(cell.text)))]
        (wanted,) = promised
        if not said or len({category for _, category in said}) != 1 or said[0][1] == wanted:
            return None
        return (*said[0], wanted)
