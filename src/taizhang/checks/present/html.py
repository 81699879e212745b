"""The report beside its findings as one HTML file that needs no network, no server and, to be read, no script."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from taizhang.checks.present.order import FAMILIES, Group, Placed, family, groups, place, place_elsewhere
from taizhang.checks.present.page_text import Mark, Texts
from taizhang.checks.present.spot import Spot, Spots
from taizhang.checks.result import Result
from taizhang.core.finding import Severity
from taizhang.core.source import Source

_HERE = Path(__file__).parent


class Marked(NamedTuple):
    """The documents with the words of findings marked, the findings in order, and where the places they speak of are.

    `links` gives the mark of the n-th related place of a finding, by the finding's number and n.
    """

    groups: tuple[Group, ...]
    texts: list[Texts]
    links: dict[tuple[int, int], str]


def marked(result: Result) -> Marked:
    """The texts of a result beside its findings, for a page to be made of."""
    found = groups(result)
    spots = {document.file: Spots(document) for document in result.documents}
    marks: dict[str, list[Mark]] = {document.file: [] for document in result.documents}
    links: dict[tuple[int, int], str] = {}
    for placed in (placed for group in found for placed in group.findings):
        _mark(placed, marks, spots, links)
    texts = [Texts(document, f"d{number}", marks[document.file]) for number, document in enumerate(result.documents, 1)]
    return Marked(found, texts, links)


def page(result: Result) -> str:
    """The whole page."""
    found, texts, links = marked(result)
    style, script = _static("report.css"), _static("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            result=result,
            groups=found,
            sections=_sections(found),
            texts=texts,
            links=links,
            severities=[(severity, result.count(severity)) for severity in Severity],
            families=_families(result),
            family=family,
            place=place,
            place_elsewhere=place_elsewhere,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'",
        )
    )


def _mark(
    placed: Placed, marks: dict[str, list[Mark]], spots: dict[str, Spots], links: dict[tuple[int, int], str]
) -> None:
    """Note the words of a finding and of the places it speaks of, and the link to each of those that was found."""
    finding = placed.finding
    if placed.spot is not None:
        marks[finding.source.file].append(Mark(placed.spot, f"m{placed.number}", placed.number, finding.severity))
    for order, related in enumerate(finding.related, 1):
        name = f"r{placed.number}-{order}"
        spot = _find(spots, related.source, related.text)
        if spot is not None:
            marks[related.source.file].append(Mark(spot, name, None, finding.severity))
            links[placed.number, order] = name


def _find(spots: dict[str, Spots], source: Source, text: str) -> Spot | None:
    return spots[source.file].find(source, text) if source.file in spots else None


def _sections(found: tuple[Group, ...]) -> list[tuple[str, list[Group]]]:
    """The groups by file, in order."""
    files = dict.fromkeys(group.file for group in found)
    return [(file, [group for group in found if group.file == file]) for file in files]


def _families(result: Result) -> list[tuple[str, str, int]]:
    """The families that have findings: letters, name, count."""
    counts: dict[str, int] = {}
    for finding in result.findings:
        counts[family(finding)] = counts.get(family(finding), 0) + 1
    order = list(FAMILIES)
    names = sorted(counts, key=lambda name: (order.index(name) if name in order else len(order), name))
    return [(name, FAMILIES.get(name, name), counts[name]) for name in names]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@lru_cache(maxsize=2)
def _static(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """What the page's content policy allows: exactly this text and no other."""
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()
