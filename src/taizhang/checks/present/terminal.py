"""Findings on the terminal: grouped by file and table, readable at 80 columns, quiet when all is well."""

import re
from collections import Counter
from collections.abc import Mapping

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


Line = list[tuple[str, str]]  # words, each with its style


class _Page:
    """Lines that are printed together: of a line by itself, most of the time goes into asking how wide the screen is."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = console.width
        self._is_plain = console.color_system is None
        self._lines: list[str | Text] = []

    def add(self, *line: tuple[str, str], indent: int = 0) -> None:
        """A line, broken where it is too long and every piece set in.

        Nothing stands behind a piece's end, so that it can be copied and compared.
        """
        width = max(self._width - indent, 20)
        words, margin = "".join([each for each, _ in line]), " " * indent
        fits = _fits(words, width)
        if fits and self._is_plain:  # nearly all lines of a file: far quicker without the styles that nobody will see
            self._lines.append((margin + words).rstrip())
            return
        text = Text(words) if self._is_plain else Text.assemble(*line)
        for piece in [text] if fits else text.wrap(self._console, width):
            piece.rstrip()
            self._lines.append(Text(margin) + piece)

    def print(self) -> None:
        """Print what was gathered."""
        if not self._lines:
            return
        if self._is_plain:
            self._console.file.write("".join([f"{line}\n" for line in self._lines]))
        else:
            lines = [Text(line) if isinstance(line, str) else line for line in self._lines]
            self._console.print(Text("\n").join(lines), no_wrap=True, overflow="ignore", crop=False)
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
            page.add((_clean(file), "bold underline"))
        page.add((_clean(group.title), "bold"), indent=2)
        for placed in group.findings:
            head, *lines = _lines(placed.finding)
            page.add(*head, indent=4)
            for line in lines:
                page.add(*line, indent=9)
        page.add()
    _troubles(page, result)
    for line in _tallies(result):
        page.add(*line)
    page.add(*_summary(result))
    if result.files and len(result.unreadable) == len(result.files):  # why was said above, and there is no more to say
        page.print()
        return
    for sentence in (*result.remarks(), result.coverage.sentence()):
        page.add((sentence, "dim"))
    if result.profile:
        page.add((f"口径配置：{result.profile}。", "dim"))
    page.print()


def show_comparison(seen: Comparison, console: Console) -> None:
    """Print two drafts: what is new in full, what is gone and what is still there a line each."""
    page = _Page(console)
    page.add((f"{'、'.join(seen.old.files)} → {'、'.join(seen.new.files)}", "bold underline"))
    for title, style, findings in (
        ("新出现", "bold red", seen.fresh), ("已经没有", "green", seen.gone), ("仍然存在", "yellow", seen.still),
    ):  # fmt: skip
        page.add((f"{title} {len(findings)}", style), indent=2)
        for finding in findings:
            head, *lines = _lines(finding)
            if not finding.row and findings is not seen.fresh and finding.severity is not Severity.INFO:
                head.append((f" {_clean(finding.message)}", ""))  # of a figure in prose the code alone says nothing
            if finding.table:
                name = f"（表 {finding.table}）" if finding.table[:1].isdigit() else f"（{_clean(finding.table)}）"
                head.append((name, ""))
            page.add(*head, indent=4)
            for line in lines if findings is seen.fresh else ():
                page.add(*line, indent=9)
    _troubles(page, seen.old)
    _troubles(page, seen.new)
    page.add((f"新出现 {len(seen.fresh)} · 已经没有 {len(seen.gone)} · 仍然存在 {len(seen.still)}", ""))
    page.add((f"新稿：{seen.new.coverage.sentence()}", "dim"))
    page.print()


def _troubles(page: _Page, result: Result) -> None:
    for name, reason in result.unreadable:
        page.add(("没有读成 ", "bold red"), (f"{_clean(name)}：{_clean(reason)}", ""))
    for code, reason in result.crashed:
        page.add(("规则出错 ", "bold red"), (f"{_clean(code)}：{_clean(reason)}", ""))


def _lines(finding: Finding) -> list[Line]:
    """What is said of a finding: its head, and for all but hints what is wrong and where."""
    head = [(finding.severity.chinese, STYLES[finding.severity]), (" ", ""), (finding.code, "bold")]
    if finding.row:
        head.append((f" {_clean(finding.row)}", ""))
    if finding.severity is Severity.INFO:
        return [[*head, (f" {_clean(finding.message)} ", ""), (_clean(place(finding.source)), "dim")]]
    return [head, [(_clean(finding.message), "")], _values(finding), *_related(finding)]


def _values(finding: Finding) -> Line:
    where = (_clean(place(finding.source)), "dim")
    if finding.expected is not None:
        printed = (_clean(finding.printed or finding.text), STYLES[finding.severity])
        return [printed, (" → ", ""), (_clean(finding.expected), "green"), ("  ", ""), where]
    printed_alone = finding.printed or finding.text
    return [(f"“{_clean(printed_alone)}”  " if printed_alone else "", ""), where]


def _related(finding: Finding) -> list[Line]:
    return [[(_clean(f"另见 {words}"), "dim")] for words in elsewhere(finding)]


def _tallies(result: Result) -> list[Line]:
    """Of several files, what was found in each: those without a finding are named nowhere else."""
    files = [file for file in dict.fromkeys(result.files) if file not in dict(result.unreadable)]
    if len(files) < 2 or not result.findings:
        return []
    found = Counter((finding.source.file, finding.severity) for finding in result.findings)
    return [
        [
            (f"{_clean(file)}  ", ""),
            *(_counts({each: found[file, each] for each in Severity}) or [("没有发现问题", "green")]),
        ]
        for file in files
    ]


def _counts(found: Mapping[Severity, int]) -> Line:
    """How many findings there are of each severity that has any."""
    parts = [(f"{severity.chinese} {count}", STYLES[severity]) for severity, count in found.items() if count]
    return [piece for part in parts for piece in ((" · ", ""), part)][1:]


def _summary(result: Result) -> Line:
    if not result.findings and (result.exempted or (result.held is not None and result.held.known)):
        return [("没有新的问题。", "green")]
    if not result.findings:
        read = len(result.files) - len(result.unreadable)
        return [(f"没有发现问题：已检查 {read} 个文件。", "green") if read > 0 else ("没有可检查的文件。", "")]
    parts = [(f"{severity.chinese} {result.count(severity)}", STYLES[severity]) for severity in Severity]
    return [piece for part in parts for piece in ((" · ", ""), part)][1:]


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)
