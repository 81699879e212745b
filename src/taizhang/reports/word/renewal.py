"""Renewal: a Word file's bound figures brought to what the ledger says, and not one other byte of it changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from taizhang.documents.docx.imprint import Imprint, held, imprint_of, tag_of
from taizhang.documents.package import Package
from taizhang.documents.writing import replaced
from taizhang.reports.outline import Figure
from taizhang.reports.register import Register
from taizhang.reports.word.filling import edits
from taizhang.reports.word.imprinting import added
from taizhang.reports.word.spans import Control, Edit, applied, controls

_STORIES = frozenset({"footnotes", "endnotes", "header", "footer"})
_PROPERTIES = "docProps/custom.xml"


class Upshot(StrEnum):
    """What became of a figure: 更新, 手改已覆盖, 手改未动, 没有印记未动, 台账里没有了, 放不进去."""

    RENEWED = "renewed"
    OVERWRITTEN = "overwritten"
    EDITED = "edited"
    UNKNOWN = "unknown"
    GONE = "gone"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Renewed:
    """One control that was changed or has to be told of: what stood there, what the ledger says, what was printed."""

    fate: Upshot
    key: str
    name: str
    before: str
    after: str
    printed: str | None = None


@dataclass(slots=True)
class Renewal:
    """What a renewal did."""

    seen: list[str] = field(default_factory=list)  # the key of every bound control, in order
    told: list[Renewed] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many controls now say another text."""
        return sum(each.fate in {Upshot.RENEWED, Upshot.OVERWRITTEN} for each in self.told)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left for a person to decide."""
        return all(each.fate in {Upshot.RENEWED, Upshot.OVERWRITTEN} for each in self.told)


def renew(original: Path, out: Path, register: Register, *, overwrite: bool = False) -> Renewal:
    """Write `original` with its figures as the register has them to `out`, which may be the same file.

    Figures that were edited by hand are told, and overwritten only where that is asked for. A file in which nothing
    changes is not touched.
    """
    renewal = Renewal()
    is_same = out.exists() and out.samefile(original)
    with replaced(out) as beside, Package.open(original) as package:
        kept = imprint_of(package)
        parts = dict(_renewed(package, kept[1] if kept else Imprint(), register, renewal, overwrite=overwrite))
        parts |= _imprinted(package, kept, register, renewal)
        parts = {name: data for name, data in parts.items() if name not in package or data != package.read(name)}
        if is_same and not parts:
            return renewal
        package.rewrite(beside, parts)
    return renewal


def stories(package: Package) -> Iterator[str]:
    """The parts that hold words: the document, notes, headers and footers."""
    main = package.main(".docx", "word")
    yield main
    yield from dict.fromkeys(
        link.target for link in package.relationships(main) if link.kind in _STORIES and link.target in package
    )


def _renewed(
    package: Package, imprint: Imprint, register: Register, renewal: Renewal, *, overwrite: bool
) -> Iterator[tuple[str, bytes]]:
    """The parts in which a figure changes, as they are to be."""
    known = {tag_of(key): figure for key, figure in register.figures.items()}
    known |= {tag: figure for tag, each in imprint.figures.items() if (figure := register.figure(each.key)) is not None}
    marks = imprint.marks()
    for name in stories(package):
        data = package.read(name)
        changes: list[Edit] = []
        for control in controls(data, package.file):
            control.tag = control.tag or marks.get(control.mark, "")
            figure, printed = known.get(control.tag), imprint.figures.get(control.tag)
            if figure is None and printed is None:
                continue
            renewal.seen.append(figure.key if figure is not None else printed.key if printed is not None else "")
            if figure is None and printed is not None:
                told = Renewed(Upshot.GONE, printed.key, printed.name, control.text, "", printed.text)
                renewal.told.append(told)
            elif figure is not None:
                was = None if printed is None else printed.text
                changes += _change(data, control, figure, was, renewal, overwrite=overwrite)
        if changes:
            yield name, applied(data, changes)


def _change(
    data: bytes, control: Control, figure: Figure, printed: str | None, renewal: Renewal, *, overwrite: bool
) -> list[Edit]:
    """The edits for one control, told in the renewal."""
    before, after = control.text, held(figure.text)
    if before == after and control.placeholder is None:
        return []
    fate = Upshot.RENEWED
    if printed is None and before:
        fate = Upshot.OVERWRITTEN if overwrite else Upshot.UNKNOWN
    elif printed is not None and before != printed:
        fate = Upshot.OVERWRITTEN if overwrite else Upshot.EDITED
    made = edits(data, control, after)
    if made is None:
        fate = Upshot.CLOSED
    name = figure.name or control.name or figure.address
    renewal.told.append(Renewed(fate, figure.key, name, before, after, printed))
    return made or [] if fate in {Upshot.RENEWED, Upshot.OVERWRITTEN} else []


def _imprinted(
    package: Package, kept: tuple[str, Imprint] | None, register: Register, renewal: Renewal
) -> Mapping[str, bytes]:
    """The imprint as it is to be: of each figure what the ledger says now, of one that is gone what was printed."""
    new = Imprint(register.snapshot)
    if kept is None:  # another program lost it, or the file is a template of the college's own
        for key in dict.fromkeys(renewal.seen):
            new.add(key, register.figures[key].name, register.figures[key].text)
        return added(package, new) if new.figures else {}
    name, old = kept
    for each in old.figures.values():
        figure = register.figure(each.key)
        new.add(each.key, (figure.name if figure else "") or each.name, figure.text if figure else each.text)
    if new == old:
        return {}
    parts = {name: new.written()}
    if old.snapshot and register.snapshot and _PROPERTIES in package:
        parts[_PROPERTIES] = package.read(_PROPERTIES).replace(old.snapshot.encode(), register.snapshot.encode())
    return parts
