"""Documents in, findings out: the front door of the checker."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from taizhang.checks.alone import Alone, Crash, Orders, gatherers, judged, run
from taizhang.checks.crew import Batch, checked_together, hired
from taizhang.checks.exemptions import Exemption, ruling
from taizhang.checks.fingerprint import stamped
from taizhang.checks.registry import Context, Rule, chosen
from taizhang.checks.result import Coverage, Result
from taizhang.core.collecting import uncollected
from taizhang.core.errors import UnreadableDocumentError
from taizhang.core.finding import Finding
from taizhang.core.ledger import Ledger
from taizhang.documents import Document, read
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile, load
from taizhang.profiles.recognition import recognise


@dataclass(frozen=True, slots=True)
class Allowed:
    """Exemptions, and the day on which they are asked whether they still hold."""

    exemptions: Sequence[Exemption] = ()
    as_of: date = date.min


def check_files(  # noqa: PLR0913 - each with a default, and given by name
    paths: Iterable[Path],
    *,
    profile: Profile | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    allowed: Allowed = Allowed(),
    ledger: Ledger | None = None,
    processes: int | None = 1,
    whole: bool = True,
    on_step: Callable[[Path], None] = lambda _path: None,
) -> Result:
    """Read files and check them together; a file that cannot be read is told in the result, the others go on.

    With more than one process (None: one for each core), others read and check the files where there are enough of
    them to make it worth while; the result is the same. Where nobody will look into its documents (`whole` being
    False), they may come without their texts, which spares the other processes a good deal. `on_step` is told of each file twice: read, and checked.
    """
    files = list(paths)
    with uncollected():
        steps = Counter[Path]()

        def first(path: Path) -> None:
            steps[path] += 1
            on_step(path)

        def anew(path: Path) -> None:  # where a crew was lost: no step is told again
            steps[path] -= 1
            if steps[path] < 0:
                on_step(path)

        with hired(files, processes) as members:  # first of all: they load the rules while this process does
            orders = Orders(profile, tuple(chosen(select, ignore)), ledger, whole=whole)
            batch = checked_together(members, files, orders, first)
        batch = batch or _one_by_one(files, orders, anew)
        result = _together(batch, allowed)
    return replace(result, files=tuple(path.name for path in files), unreadable=batch.unreadable)


def _one_by_one(files: Sequence[Path], orders: Orders, on_step: Callable[[Path], None]) -> Batch:
    """The files read and judged in this process."""
    found: list[tuple[Path, Document]] = []
    unreadable: list[tuple[str, str]] = []
    for path in files:
        try:
            found.append((path, read(path)))
        except UnreadableDocumentError as error:
            unreadable.append((path.name, str(error)))
            on_step(path)
        on_step(path)
    documents = tuple(document for _, document in found)
    orders = orders._replace(profile=orders.profile or load(recognise(documents).name), several=len(documents) > 1)
    alone = []
    for path, document in found:
        alone.append(judged(document, orders))
        on_step(path)
    return Batch(documents, tuple(alone), orders, tuple(unreadable))


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
    rules = chosen(select, ignore)
    with uncollected():
        orders = Orders(profile or load(recognise(documents).name), tuple(rules), ledger, len(documents) > 1)
        alone = tuple(judged(document, orders) for document in documents)
        return _together(Batch(tuple(documents), alone, orders), allowed)


def _together(batch: Batch, allowed: Allowed) -> Result:
    """What was found in each document, what holding them against each other adds, and what exemptions make of it."""
    documents, alone, orders = batch.documents, batch.alone, batch.orders
    profile, rules = orders.conventions, orders.rules
    gathered = {gather: [each.gathered[n] for each in alone] for n, gather in enumerate(gatherers(rules))}
    crashed = {code: crash for each in reversed(alone) for code, crash in each.crashed.items()}
    across = []
    for rule in rules:
        lost = [each for each in gathered.get(rule.gathers, ()) if isinstance(each, Crash)] if rule.gathers else []
        if lost:
            crashed[rule.code] = lost[0]
        elif rule.gathers is not None:
            across.append(rule)
    files = tuple(document.file for document in documents)
    codes = tuple(rule.code for rule in rules)
    traces = [each.traces for each in alone]
    context = Context((), profile, documents, gathered, ledger=orders.ledger, traces=traces)
    more, crashed_across = run(across, context)
    items = Context((), profile, ledger=orders.ledger)
    if items.items:
        of_items, crashed_items = run([rule for rule in rules if not rule.last and rule.gathers is None], items)
        more, crashed_across = more + of_items, crashed_across | crashed_items
    findings = _ordered([*(found for each in alone for found in each.findings), *more], documents)
    context.ruling = ruling(findings, allowed.exemptions, allowed.as_of, codes=codes, files=files)
    last, crashed_last = run([rule for rule in rules if rule.last], context)
    crashed |= crashed_across | crashed_last
    return Result(
        files=files,
        documents=documents,
        findings=(*context.ruling.shown, *_ordered(last, documents)),
        coverage=_coverage(alone, context),
        crashed=tuple((code, crashed[code].message) for code in codes if code in crashed),
        codes=codes,
        profile=profile.name,
        exempted=context.ruling.exempted,
    )


def _ordered(findings: Iterable[Finding], documents: Sequence[Document]) -> tuple[Finding, ...]:
    """The findings in the order of the documents, each with its fingerprint."""
    order = {document.file: position for position, document in enumerate(documents)}
    ordered = sorted(findings, key=lambda each: (order.get(each.source.file, 0), _place(each), each.code, each.text))
    return stamped(ordered, documents)


def _place(finding: Finding) -> tuple[int, ...]:
    """Where a finding stands in its document, for sorting."""
    source = finding.source
    page, line, paragraph = source.page or 0, source.line or 0, source.paragraph or 0
    return page, line, paragraph, source.table or 0, source.row or 0, source.column or 0, source.start or 0


def _coverage(alone: Sequence[Alone], context: Context) -> Coverage:
    """How many numbers stand in the documents, how many of them were understood, linked and judged."""
    count = sum(each.numbers for each in alone)
    understood = count - sum(each.unread for each in alone)
    checked = min(len(context.checked.union(*(each.checked for each in alone))), understood)
    linked = min(len(context.linked.union(*(each.linked for each in alone))), checked)
    return Coverage(numbers=count, read=understood, linked=linked, checked=checked)


__all__ = ["Allowed", "Context", "Reading", "Result", "Rule", "check", "check_files", "chosen"]
