"""Alone: what the rules make of one document by itself, whatever lies beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from taizhang.checks.fingerprint import premarked
from taizhang.checks.registry import Context, Gather, Place, Rule, findings_of
from taizhang.core.finding import Finding, Severity
from taizhang.core.ledger import Ledger
from taizhang.core.source import Source
from taizhang.documents import Document
from taizhang.documents.alignment import bare
from taizhang.intake.numerals import numerals
from taizhang.intake.origins import Traces, traces_of
from taizhang.intake.reading import reading_of
from taizhang.profiles import Profile


class Orders(NamedTuple):
    """How documents are judged. Without a profile, it is the one that the documents show signs of."""

    profile: Profile | None
    rules: tuple[Rule, ...]
    ledger: Ledger | None = None
    several: bool = False  # documents
    whole: bool = True  # whether anyone will look into the documents themselves

    @property
    def conventions(self) -> Profile:
        """The profile, once it is known."""
        if self.profile is None:
            raise LookupError("no profile was chosen yet")
        return self.profile


@dataclass(frozen=True, slots=True)
class Crash:
    """What went wrong in a rule, in words."""

    message: str

    @classmethod
    def of(cls, error: Exception) -> "Crash":
        """The kind of error and what it says."""
        return cls(f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class Alone:
    """The findings of a document, the rules that crashed on it, and its share of the coverage.

    `gathered` is what each of the rules that hold documents against each other took from it, in order, or the crash.
    """

    findings: tuple[Finding, ...]
    crashed: Mapping[str, Crash]
    checked: frozenset[Place]
    linked: frozenset[Place]
    numbers: int
    unread: int
    gathered: tuple[Any, ...]
    traces: Traces


def judged(document: Document, orders: Orders) -> Alone:
    """What the rules find in a document."""
    profile, rules = orders.conventions, orders.rules
    traces = traces_of(document, has_sisters=orders.several)
    context = Context(
        (reading_of(document, profile),), profile, has_sisters=orders.several, ledger=orders.ledger,
        traces=[traces._replace(words="")],
    )  # fmt: skip
    findings, crashed = run([rule for rule in rules if not rule.last and rule.gathers is None], context)
    counted = numerals(document, profile)
    return Alone(
        premarked(_each_once(findings), document), crashed, frozenset(context.checked), frozenset(context.linked), counted.printed,
        len(counted.unread), tuple(_gathered(gather, context) for gather in gatherers(rules)), traces,
    )  # fmt: skip


def run(rules: Iterable[Rule], context: Context) -> tuple[list[Finding], dict[str, Crash]]:
    """The findings of these rules, and the rules that crashed."""
    findings: list[Finding] = []
    crashed: dict[str, Crash] = {}
    for rule in rules:
        try:
            findings.extend(findings_of(rule, context))
        except Exception as error:  # noqa: BLE001 - a rule that crashes must not cost the user the others' findings
            crashed[rule.code] = Crash.of(error)
    return findings, crashed


def _each_once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each fault once: of those on the same words that call for the same figure, the gravest.

    In running text, of one family of rules; in a cell, where rules judge by row and by column, of one rule.
    """
    kept: list[Finding] = []
    told: dict[tuple[object, ...], list[int]] = {}
    for finding in findings:
        same = told.setdefault(_what_is_due(finding), []) if finding.expected else []
        place = next((place for place in same if _overlap(kept[place].source, finding.source)), None)
        if place is None:
            same.append(len(kept))
            kept.append(finding)
        elif finding.severity is Severity.ERROR:
            kept[place] = kept[place] if kept[place].severity is Severity.ERROR else finding
    return kept


def _what_is_due(finding: Finding) -> tuple[object, ...]:
    source = finding.source
    rules = finding.code if source.table is not None else finding.code[:3]
    place = source.table, source.row, source.column, source.page, source.paragraph, source.line, source.cell
    return (rules, *place, bare(finding.expected or ""))


def _overlap(one: Source, other: Source) -> bool:
    """Whether two places of one text share characters; those without characters are all of it."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return one == other
    return one.start < other.end and other.start < one.end


def gatherers(rules: Iterable[Rule]) -> list[Gather]:
    """What takes from each document what is held against the others; each once, in the order of the rules."""
    return list(dict.fromkeys(rule.gathers for rule in rules if rule.gathers is not None))


def _gathered(gather: Gather, context: Context) -> object:
    try:
        return gather(context)
    except Exception as error:  # noqa: BLE001 - as above
        return Crash.of(error)
