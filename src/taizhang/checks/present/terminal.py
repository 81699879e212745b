"""Findings on the terminal: grouped by file and table, readable at 80 columns, quiet when all is well."""

import re

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from taizhang.checks.present.order import Placed, groups
from taizhang.checks.result import Result
from taizhang.core.finding import Finding, Severity

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "blue"}

# Control characters of a hostile file must not reach the terminal, nor turn its lines around.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def show(result: Result, console: Console) -> None:
    """Print the result."""
    file = None
    for group in groups(result):
        if group.file != file:
            file = group.file
            console.print(Text(_clean(file), style="bold underline"))
        console.print(Padding(Text(_clean(group.title), style="bold"), (0, 0, 0, 2)))
        for placed in group.findings:
            console.print(Padding(_lines(placed), (0, 0, 0, 4)))
        console.print()
    for name, reason in result.unreadable:
        console.print(Text.assemble(("没有读成 ", "bold red"), f"{_clean(name)}：{_clean(reason)}"))
    for code, reason in result.crashed:
        console.print(Text.assemble(("规则出错 ", "bold red"), f"{_clean(code)}：{_clean(reason)}"))
    console.print(_summary(result))
    console.print(Text(result.coverage.sentence(), style="dim"))


def _lines(placed: Placed) -> Group | Text:
    finding = placed.finding
    head = Text.assemble((finding.severity.chinese, STYLES[finding.severity]), " ", (finding.code, "bold"))
    if finding.row:
        head.append(f" {_clean(finding.row)}")
    if finding.severity is Severity.INFO:
        head.append(f" {_clean(finding.message)}")
        head.append(f" {finding.source.sentence()}", style="dim")
        return head
    lines = [Text(_clean(finding.message)), *_values(finding), *_related(finding)]
    return Group(head, *(Padding(line, (0, 0, 0, 5)) for line in lines))


def _values(finding: Finding) -> list[Text]:
    place = (finding.source.sentence(), "dim")
    if finding.printed is None and finding.expected is None:
        return [
            Text.assemble("“", (_clean(finding.text), "italic"), "” ", place) if finding.text else Text.assemble(place)
        ]
    values = Text.assemble((_clean(finding.printed or finding.text), STYLES[finding.severity]))
    if finding.expected is not None:
        values.append(" → ")
        values.append(_clean(finding.expected), style="green")
    return [values.append("  ").append(place[0], style=place[1])]


def _related(finding: Finding) -> list[Text]:
    lines = []
    for related in finding.related:
        other = "" if related.source.file == finding.source.file else f"{_clean(related.source.file)} "
        lines.append(Text(f"另见 {other}{_clean(related.source.sentence())}“{_clean(related.text)}”", style="dim"))
    return lines


def _summary(result: Result) -> Text:
    if not result.findings:
        read = len(result.files) - len(result.unreadable)
        return Text(f"没有发现问题：已检查 {read} 个文件。", style="green") if read > 0 else Text("没有可检查的文件。")
    parts = [(f"{severity.chinese} {result.count(severity)}", STYLES[severity]) for severity in Severity]
    return Text(" · ").join(Text(words, style=style) for words, style in parts)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)
