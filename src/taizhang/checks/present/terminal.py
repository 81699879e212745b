"""Findings on the terminal: grouped by file and table, readable at 80 columns, quiet when all is well."""

import re

from rich.console import Console
from rich.text import Text

from taizhang.checks.comparison import Comparison
from taizhang.checks.present.order import elsewhere, groups, place
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
            _print(console, Text(_clean(file), style="bold underline"))
        _print(console, Text(_clean(group.title), style="bold"), 2)
        for placed in group.findings:
            head, *lines = _lines(placed.finding)
            _print(console, head, 4)
            for line in lines:
                _print(console, line, 9)
        console.print()
    _troubles(console, result)
    _print(console, _summary(result))
    for sentence in (*result.remarks(), result.coverage.sentence()):
        _print(console, Text(sentence, style="dim"))
    if result.profile:
        _print(console, Text(f"口径配置：{result.profile}。", style="dim"))


def show_comparison(seen: Comparison, console: Console) -> None:
    """Print two drafts: what is new in full, what is gone and what is still there a line each."""
    _print(console, Text(f"{'、'.join(seen.old.files)} → {'、'.join(seen.new.files)}", style="bold underline"))
    for title, style, findings in (
        ("新出现", "bold red", seen.fresh), ("已经没有", "green", seen.gone), ("仍然存在", "yellow", seen.still),
    ):  # fmt: skip
        _print(console, Text(f"{title} {len(findings)}", style=style), 2)
        for finding in findings:
            head, *lines = _lines(finding)
            if finding.table:
                head.append(
                    f"（表 {finding.table}）" if finding.table[:1].isdigit() else f"（{_clean(finding.table)}）"
                )
            _print(console, head, 4)
            for line in lines if findings is seen.fresh else ():
                _print(console, line, 9)
    _troubles(console, seen.old)
    _troubles(console, seen.new)
    _print(console, Text(f"新出现 {len(seen.fresh)} · 已经没有 {len(seen.gone)} · 仍然存在 {len(seen.still)}"))
    _print(console, Text(f"新稿：{seen.new.coverage.sentence()}", style="dim"))


def _troubles(console: Console, result: Result) -> None:
    for name, reason in result.unreadable:
        _print(console, Text.assemble(("没有读成 ", "bold red"), f"{_clean(name)}：{_clean(reason)}"))
    for code, reason in result.crashed:
        _print(console, Text.assemble(("规则出错 ", "bold red"), f"{_clean(code)}：{_clean(reason)}"))


def _print(console: Console, text: Text, indent: int = 0) -> None:
    """Print with every line set in; nothing behind a line's end, so that it can be copied and compared."""
    for line in text.wrap(console, max(console.width - indent, 20)):
        line.rstrip()
        console.print(Text(" " * indent) + line, no_wrap=True, overflow="ignore", crop=False)


def _lines(finding: Finding) -> list[Text]:
    """What is said of a finding: its head, and for all but hints what is wrong and where."""
    head = Text.assemble((finding.severity.chinese, STYLES[finding.severity]), " ", (finding.code, "bold"))
    if finding.row:
        head.append(f" {_clean(finding.row)}")
    if finding.severity is Severity.INFO:
        return [head.append(f" {_clean(finding.message)} ").append(_clean(place(finding.source)), style="dim")]
    return [head, Text(_clean(finding.message)), _values(finding), *_related(finding)]


def _values(finding: Finding) -> Text:
    where = (_clean(place(finding.source)), "dim")
    if finding.expected is not None:
        printed = (_clean(finding.printed or finding.text), STYLES[finding.severity])
        return Text.assemble(printed, " → ", (_clean(finding.expected), "green"), "  ", where)
    printed_alone = finding.printed or finding.text
    return Text.assemble(f"“{_clean(printed_alone)}”  " if printed_alone else "", where)


def _related(finding: Finding) -> list[Text]:
    return [Text(_clean(f"另见 {words}"), style="dim") for words in elsewhere(finding)]


def _summary(result: Result) -> Text:
    if not result.findings and (result.exempted or (result.held is not None and result.held.known)):
        return Text("没有新的问题。", style="green")
    if not result.findings:
        read = len(result.files) - len(result.unreadable)
        return Text(f"没有发现问题：已检查 {read} 个文件。", style="green") if read > 0 else Text("没有可检查的文件。")
    parts = [(f"{severity.chinese} {result.count(severity)}", STYLES[severity]) for severity in Severity]
    return Text(" · ").join(Text(words, style=style) for words, style in parts)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)
