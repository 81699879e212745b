"""Result: what one run of the checker hands to every output: documents, findings, coverage, and what failed."""

from dataclasses import dataclass

from taizhang.checks.exemptions import Exempted
from taizhang.core.finding import Finding, Severity
from taizhang.documents.blocks import Document

_SHOWN = 5  # places that were not read: more hide the findings
_WORDS = 24  # characters of what stands there


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
        """What a reader must know of what was not read, and of findings that are not told, a sentence each."""
        lines = self._left_unread()
        if self.exempted:
            lines.append(f"按豁免不计的问题 {len(self.exempted)} 个。")
        if self.held is not None:
            lines.append(
                f"基线中已知、没有列出的问题 {len(self.held.known)} 个；基线中已经没有了的 {self.held.gone} 个。"
            )
        return lines

    def _left_unread(self) -> list[str]:
        """What stands in the files and was not read or not understood: the first of it, a line each."""
        left = [(document.file, each) for document in self.documents for each in document.leftovers]
        if not left:
            return []
        several = len(self.documents) > 1
        lines = [f"文件里没有读懂、或没有读的 {len(left)} 处，其中的数没有核对："]
        for file, each in left[:_SHOWN]:
            words = f"“{each.text[:_WORDS]}”" if each.text else ""
            place = "，".join(filter(None, [file if several else "", each.source.sentence()]))
            lines.append(f"· {words}{each.reason.rstrip('。')}（{place}）。")
        if len(left) > _SHOWN:
            lines.append(f"· 另有 {len(left) - _SHOWN} 处，见读取结果（taizhang read）。")
        return lines
