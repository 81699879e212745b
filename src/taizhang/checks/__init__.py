"""Documents in, findings out: the front door of the checker."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from taizhang.checks.exemptions import Exemption, ruling
from taizhang.checks.fingerprint import stamped
from taizhang.checks.registry import Context, Rule, chosen, findings_of
from taizhang.checks.result import Coverage, Result
from taizhang.core.errors import UnreadableDocumentError
from taizhang.core.finding import Finding
from taizhang.core.ledger import Ledger
from taizhang.core.quantities import forget
from taizhang.documents import Document, read
from taizhang.intake.numerals import numerals
from taizhang.intake.reading import Reading, reading_of
from taizhang.profiles import Profile, load
from taizhang.profiles.recognition import recognise


@dataclass(frozen=True, slots=True)
class Allowed:
    """Exemptions, and the day on which they are asked whether they still hold."""

    exemptions: Sequence[Exemption] = ()
    as_of: date = date.min


def check_files(
    paths: Iterable[Path],
    *,
    profile: Profile | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    allowed: Allowed = Allowed(),
    ledger: Ledger | None = None,
    on_read: Callable[[Path], None] = lambda _path: None,
) -> Result:
    """Read files and check them together; a file that cannot be read is told in the result, the others go on."""
    documents: list[Document] = []
    unreadable: list[tuple[str, str]] = []
    names: list[str] = []
    for path in paths:
        names.append(path.name)
        try:
            documents.append(read(path))
        except UnreadableDocumentError as error:
            unreadable.append((path.name, str(error)))
        on_read(path)
    result = check(documents, profile=profile, select=select, ignore=ignore, allowed=allowed, ledger=ledger)
    return replace(result, files=tuple(names), unreadable=tuple(unreadable))


def check(
    documents: Sequence[Document],
    *,
    profile: Profile | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    allowed: Allowed = Allowed(),
    ledger: Ledger | None = None,
) -> Result:
    """Check documents together with the rules chosen; findings in the order of the documents.

    Without a profile, the shipped one that the documents themselves show signs of is in force. With a ledger, the
    documents are held against it too.
    """
    with _uncollected():
        return _checked(documents, profile, chosen(select, ignore), allowed, ledger)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A run starts without what the last one remembered, and without the garbage collector.

    Nearly all that a run makes is in use until its end: looking through it again and again for what is not costs a
    tenth of the time and finds next to nothing.
    """
    forget()
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _checked(
    documents: Sequence[Document],
    profile: Profile | None,
    rules: Sequence[Rule],
    allowed: Allowed,
    ledger: Ledger | None,
) -> Result:
    profile = profile or load(recognise(documents).name)
    context = Context(tuple(reading_of(document, profile) for document in documents), profile, ledger=ledger)
    files = tuple(document.file for document in documents)
    codes = tuple(rule.code for rule in rules)
    findings, crashed = _run([rule for rule in rules if not rule.last], context, documents)
    context.ruling = ruling(findings, allowed.exemptions, allowed.as_of, codes=codes, files=files)
    more, crashed_last = _run([rule for rule in rules if rule.last], context, documents)
    return Result(
        files=files,
        documents=tuple(documents),
        findings=(*context.ruling.shown, *more),
        coverage=_coverage(context),
        crashed=crashed + crashed_last,
        codes=codes,
        profile=profile.name,
        exempted=context.ruling.exempted,
    )


def _run(
    rules: Iterable[Rule], context: Context, documents: Sequence[Document]
) -> tuple[tuple[Finding, ...], tuple[tuple[str, str], ...]]:
    """The findings of these rules in the order of the documents, and the rules that crashed."""
    findings: list[Finding] = []
    crashed: list[tuple[str, str]] = []
    for rule in rules:
        try:
            findings.extend(findings_of(rule, context))
        except Exception as error:  # noqa: BLE001 - a rule that crashes must not cost the user the others' findings
            crashed.append((rule.code, f"{type(error).__name__}: {error}"))
    order = {document.file: position for position, document in enumerate(documents)}
    findings.sort(key=lambda finding: (order.get(finding.source.file, 0), _place(finding), finding.code, finding.text))
    return stamped(findings, documents), tuple(crashed)


def _place(finding: Finding) -> tuple[int, ...]:
    """Where a finding stands in its document, for sorting."""
    source = finding.source
    return tuple(
        part or 0
        for part in (source.page, source.line, source.paragraph, source.table, source.row, source.column, source.start)
    )


def _coverage(context: Context) -> Coverage:
    """How many numbers stand in the documents, how many of them were understood, linked and judged."""
    counted = [numerals(reading.document, context.profile) for reading in context.readings]
    count = sum(each.printed for each in counted)
    understood = count - sum(len(each.unread) for each in counted)
    checked = min(len(context.checked), understood)
    return Coverage(numbers=count, read=understood, linked=min(len(context.linked), checked), checked=checked)


__all__ = ["Allowed", "Context", "Reading", "Result", "Rule", "check", "check_files", "chosen"]
