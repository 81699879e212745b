"""STR021: words of a draft that were to be replaced: ××, （此处请…补充）, 待填."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import row_names
from taizhang.checks.rules._triggers import texts_with
from taizhang.core.beginnings import sifted


@rule("STR021", kind="other", severity="warning", since="0.6")
def words_left_to_fill_in(context: Context) -> Iterator[Problem]:
    """定稿里留着待填的空：“××人次”“（此处请某处补充数据）”。

    ## 为什么
    模板里的占位和起草人的提示语没有删去，说明这一处没有核过；专家会怀疑别处的数字也没有核过。

    ## 不合格
    支教教师共 ×× 人次。

    学校修订制度 7 项，（此处请校企合作处补充数据）设立专项经费 300 万元。

    ## 合格
    支教教师共 36 人次，隐去姓名的学员李××参加了回访。

    学校修订制度 7 项，由校企合作处补充了实施细则。

    ## 例外
    隐去的人名、地名（李××、××村）、算式里的乘号不报。

    ## 参数
    口径配置 `structure.to_be_filled`：待填的写法（正则）。

    ## 依据
    本项目的填报约定：报出的报告里没有待填的空。
    """
    patterns = context.profile.sections["structure"]["to_be_filled"]
    left = re.compile(sifted("|".join(f"(?:{pattern})" for pattern in patterns)))
    trigger = re.compile(left.pattern, re.MULTILINE)
    for reading in context.readings:
        rows: dict[tuple[int, int, int], str] | None = None
        for text in texts_with(reading, context, trigger):
            found = left.search(text.text)
            if found is None:
                continue
            if rows is None:
                rows = row_names(reading, context)
            row = rows.get((text.table.index, text.row, text.column)) if text.table is not None else None
            yield text.problem(
                *found.span(),
                f"“{found[0].strip()}”是起草时留下的空或提示，没有填上或删去",
                expected="填上或删去",
                row=row,
            )
