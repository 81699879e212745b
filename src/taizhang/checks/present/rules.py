"""The rules themselves, as a list, as pages of text, or as JSON."""

import json
import re
from collections.abc import Sequence

from taizhang.checks.registry import FAMILIES, Rule

# What the rules of a family cannot know; a rule that says it more closely has its own heading 局限.
_LIMITS = {
    "STR": "只看编号、题名、表头和目录写得对不对，不看内容；画成图片的文字读不到。",
    "ARI": "只核对写在同一处或彼此写明关系的数；没有读懂的数（见每次检查最后的覆盖情况）和图片里的数不在其中；"
    "四舍五入的末位差不报，藏在末位里的错也就看不出。",
    "TGT": "只看表头认得出目标值、实现值和完成度的表（口径配置 `columns`）；实现值本身是否属实，要看佐证材料，这里不知道。",
    "ACT": "按字面把计划和完成拆开对照：意思相同而用词完全不同的可能认不出，写在附件和佐证材料里的看不到。",
    "CON": "只比较主体、范围、时期都说清楚的数；说不清楚的只作提示，或者不比。",
    "XDC": "只比较一起给出的文件；单独检查一份时不起作用。",
    "UNI": "只认口径配置 `units` 里有的单位和写明的年份、学年。",
    "SCO": "只看表头认得出分值和得分的表（口径配置 `scoring.heads`）；主管部门另有的评分办法要写进口径配置，否则不知道。",
    "EVD": "只看已经登记的佐证材料，不判断材料的真伪。",
    "LED": "只看写下来的内容。",
}
_TABLE_RULE = re.compile(r"^\|[-|\s:]+\|$")


def explained(rule: Rule) -> str:
    """A rule's explanation, with the limits of its family where it names none of its own."""
    if rule.section("局限"):
        return rule.explanation
    return f"{rule.explanation}\n\n## 局限\n{_LIMITS[rule.family]}"


def describe(rules: Sequence[Rule], *, full: bool) -> str:
    """One line a rule under its family, or each rule's whole explanation."""
    if full:
        return "\n\n".join(
            f"{rule.code} · {rule.severity.chinese} · 自 {rule.since} 版\n\n{plain(explained(rule))}" for rule in rules
        )
    lines: list[str] = []
    for family, name in FAMILIES.items():
        own = [rule for rule in rules if rule.family == family]
        if own:
            lines += ["", f"{family} {name}"] if lines else [f"{family} {name}"]
            lines += [f"  {rule.code}  {rule.severity.chinese}  {rule.title}" for rule in own]
    return "\n".join([*lines, "", "看一条规则的说明：taizhang rule 代码"])


def describe_json(rules: Sequence[Rule]) -> str:
    """The rules as a JSON list, each with its explanation in Markdown."""
    listed = [
        {"code": rule.code, "kind": rule.kind, "severity": rule.severity, "since": rule.since, "status": rule.status,
         "title": rule.title, "explanation": explained(rule)}
        for rule in rules
    ]  # fmt: skip
    return json.dumps(listed, ensure_ascii=False, indent=1)


def plain(markdown: str) -> str:
    """The Markdown of an explanation for a terminal: headings in brackets, no rule under table headers."""
    lines = [line for line in markdown.splitlines() if not _TABLE_RULE.match(line.strip())]
    return "\n".join(f"【{line[3:]}】" if line.startswith("## ") else line for line in lines)
