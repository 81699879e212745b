"""Result: what one run of the checker hands to every output: documents, findings, coverage, and what failed."""

from dataclasses import dataclass

from taizhang.checks.exemptions import Exempted
from taizhang.core.finding import Finding, Severity
from taizhang.documents.blocks import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many numbers were seen, understood, linked to another place, and judged by a rule."""

    numbers: int
    read: int
    linked: int
    checked: int

    def sentence(self) -> str:
        """The coverage in words, with what was not understood said plainly."""
        if not self.numbers:
            return "没有读到数字。"
        unread = self.numbers - self.read
        missed = f"没有读懂的 {unread} 个列在读取结果（taizhang read）里" if unread else "全部读懂"
        if not unread:
            return (
                f"读到数字 {self.numbers} 个，{missed}；与别处对得上的 {self.linked} 个，经过核对的 {self.checked} 个。"
            )
        return (
            f"读到数字 {self.numbers} 个，其中 {self.read} 个读懂，与别处对得上的 {self.linked} 个，"
            f"经过核对的 {self.checked} 个；{missed}。"
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What a baseline held back: the findings it knows, and how many of those it knew are gone."""

    known: tuple[Finding, ...]
    gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One run: the documents read, the findings in stable order, and what could not be read or judged.

    `unreadable` pairs a file with the sentence that says why; `crashed` a rule's code with what went wrong.
    `codes` are the rules that ran, `profile` the name of the conventions in force. Findings that an exemption allows
    or a baseline knows are in `exempted` and `held`, not in `findings`.
    """

    files: tuple[str, ...]
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    unreadable: tuple[tuple[str, str], ...] = ()
    crashed: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    profile: str = ""
    exempted: tuple[Exempted, ...] = ()
    held: Held | None = None

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def remarks(self) -> list[str]:
        """What a reader must know of findings that are not told, a sentence each."""
        lines = []
        if self.exempted:
            lines.append(f"按豁免不计的问题 {len(self.exempted)} 个。")
        if self.held is not None:
            lines.append(
                f"基线中已知、没有列出的问题 {len(self.held.known)} 个；基线中已经没有了的 {self.held.gone} 个。"
            )
        return lines
