"""The rules themselves, as a list, as pages of text, or as JSON."""

import json
import re
from collections.abc import Sequence

from taizhang.checks.registry import FAMILIES, Rule

_TABLE_RULE = re.compile(r"^\|[-|\s:]+\|$")


def describe(rules: Sequence[Rule], *, full: bool) -> str:
    """One line a rule under its family, or each rule's whole explanation."""
    if full:
        return "\n\n".join(
            f"{rule.code} · {rule.severity.chinese} · 自 {rule.since} 版\n\n{plain(rule.explanation)}" for rule in rules
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
         "title": rule.title, "explanation": rule.explanation}
        for rule in rules
    ]  # fmt: skip
    return json.dumps(listed, ensure_ascii=False, indent=1)


def plain(markdown: str) -> str:
    """The Markdown of an explanation for a terminal: headings in brackets, no rule under table headers."""
    lines = [line for line in markdown.splitlines() if not _TABLE_RULE.match(line.strip())]
    return "\n".join(f"【{line[3:]}】" if line.startswith("## ") else line for line in lines)
