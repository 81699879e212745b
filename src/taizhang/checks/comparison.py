"""Two drafts of a report: which findings are new, which are gone, which are still there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taizhang.checks.result import Result
from taizhang.core.finding import Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs; `fresh` and `still` are findings of the new one, `gone` of the old one."""

    old: Result
    new: Result
    fresh: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    still: tuple[Finding, ...]


def compare(old: Result, new: Result) -> Comparison:
    """Hold the findings of two runs against each other, by fingerprint within files that belong together."""
    pairs = paired(old.files, new.files)
    before = {(finding.source.file, finding.fingerprint) for finding in old.findings}
    after = {(earlier(finding.source.file, pairs), finding.fingerprint) for finding in new.findings}
    fresh: list[Finding] = []
    still: list[Finding] = []
    for finding in new.findings:
        known = (earlier(finding.source.file, pairs), finding.fingerprint) in before
        (still if known else fresh).append(finding)
    gone = [finding for finding in old.findings if (finding.source.file, finding.fingerprint) not in after]
    return Comparison(old, new, tuple(fresh), tuple(gone), tuple(still))


def paired(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """For each new file the old one it continues: that of the same name; the last two left over are one renamed."""
    same = {name: name for name in new if name in old}
    left_old, left_new = _rest(old, same), _rest(new, same)
    if len(left_old) == len(left_new) == 1:
        return same | {left_new[0]: left_old[0]}
    return same


def earlier(file: str, pairs: Mapping[str, str]) -> str:
    """The name by which an earlier run knew a file; its own where it is new or no report (a file of exemptions)."""
    return pairs.get(file, file)


def _rest(names: Iterable[str], taken: Mapping[str, str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in taken]
