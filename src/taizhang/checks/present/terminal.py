"""Findings on the terminal: grouped by file and table, readable at 80 columns, quiet when all is well."""

import re

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from taizhang.checks.comparison import Comparison
from taizhang.checks.present.order import elsewhere, groups, place
from taizhang.checks.result import Result
from taizhang.core.finding import Finding, Severity

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "blue"}

# Control characters of a hostile file must not reach the terminal, nor turn its lines around.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


class _Page:
    """Lines that are printed together: of a line by itself, most of the time goes into asking how wide the screen is."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = console.width
        self._lines: list[Text] = []

    def add(self, text: Text, indent: int = 0) -> None:
        """Every line set in; nothing behind a line's end, so that it can be copied and compared."""
        width = max(self._width - indent, 20)
        for line in [text] if _fits(text.plain, width) else text.wrap(self._console, width):
            line.rstrip()
            self._lines.append(Text(" " * indent) + line)

    def print(self) -> None:
        """Print what was gathered."""
        if self._lines:
            self._console.print(Text("\n").join(self._lines), no_wrap=True, overflow="ignore", crop=False)
            self._lines.clear()


def _fits(text: str, width: int) -> bool:
    return cell_len(text) <= width and "\n" not in text and "\t" not in text


def show(result: Result, console: Console) -> None:
    """Print the result."""
    file, page = None, _Page(console)
    for group in groups(result):
        if group.file != file:
            page.print()
            file = group.file
            page.add(Text(_clean(file), style="bold underline"))
        page.add(Text(_clean(group.title), style="bold"), 2)
        for placed in group.findings:
            head, *lines = _lines(placed.finding)
            page.add(head, 4)
            for line in lines:
                page.add(line, 9)
        page.add(Text())
    _troubles(page, result)
    page.add(_summary(result))
    for sentence in (*result.remarks(), result.coverage.sentence()):
        page.add(Text(sentence, style="dim"))
    if result.profile:
        page.add(Text(f"口径配置：{result.profile}。", style="dim"))
    page.print()


def show_comparison(seen: Comparison, console: Console) -> None:
    """Print two drafts: what is new in full, what is gone and what is still there a line each."""
    page = _Page(console)
    page.add(Text(f"{'、'.join(seen.old.files)} → {'、'.join(seen.new.files)}", style="bold underline"))
    for title, style, findings in (
        ("新出现", "bold red", seen.fresh), ("已经没有", "green", seen.gone), ("仍然存在", "yellow", seen.still),
    ):  # fmt: skip
        page.add(Text(f"{title} {len(findings)}", style=style), 2)
        for finding in findings:
            head, *lines = _lines(finding)
            if finding.table:
                head.append(
                    f"（表 {finding.table}）" if finding.table[:1].isdigit() else f"（{_clean(finding.table)}）"
                )
            page.add(head, 4)
            for line in lines if findings is seen.fresh else ():
                page.add(line, 9)
    _troubles(page, seen.old)
    _troubles(page, seen.new)
    page.add(Text(f"新出现 {len(seen.fresh)} · 已经没有 {len(seen.gone)} · 仍然存在 {len(seen.still)}"))
    page.add(Text(f"新稿：{seen.new.coverage.sentence()}", style="dim"))
    page.print()


def _troubles(page: _Page, result: Result) -> None:
    for name, reason in result.unreadable:
        page.add(Text.assemble(("没有读成 ", "bold red"), f"{_clean(name)}：{_clean(reason)}"))
    for code, reason in result.crashed:
        page.add(Text.assemble(("规则出错 ", "bold red"), f"{_clean(code)}：{_clean(reason)}"))


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
