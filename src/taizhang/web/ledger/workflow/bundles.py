"""材料包 of a built report: the evidence that its snapshot cites, from the vault, with what could not be packed told."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, cast

from django.db import transaction
from django.utils.translation import gettext as _

from taizhang.core.errors import reason
from taizhang.reports.bundle import Bundled, Cited, Exhibit, cited, to_zip
from taizhang.reports.snapshot import from_json
from taizhang.web.ledger import access, history
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import BuildState, BuiltReport, Evidence, Person
from taizhang.web.ledger.snapshots import number_of
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

_EACH = 8 * 1024  # bytes that the zip and the indexes take for a piece beside its own; they are far fewer


@dataclass(frozen=True, slots=True)
class Content:
    """What a bundle of a report would hold: its pieces, those absent or withheld too, and those with personal data."""

    exhibits: tuple[Exhibit, ...]
    absent: tuple[Exhibit, ...]
    personal: tuple[Evidence, ...]

    @property
    def withheld(self) -> tuple[Exhibit, ...]:
        """The pieces that are told and not packed."""
        return tuple(each for each in self.exhibits if each.withheld)

    @property
    def count(self) -> int:
        """How many files it would hold."""
        return len(self.exhibits) - len(self.withheld) - len(self.absent)

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(each.size for each in self.exhibits if not each.withheld)


def content(report: BuiltReport) -> Content:
    """What the snapshot of a report cites, as it lies in the vault now."""
    listed = cited(from_json(report.snapshot.content))
    rows = (
        Evidence.objects.filter(college=report.college_id, blob__in={each.evidence.sha256 for each in listed})
        .select_related("blob").defer("personal", "blob__text").order_by("pk")
    )  # fmt: skip
    known: dict[str, list[Evidence]] = defaultdict(list)
    for found in rows:
        known[found.blob_id].append(found)
    exhibits, absent, personal = [], [], []
    for each in listed:
        row = _behind(each, known.get(each.evidence.sha256, ()))
        exhibit = _exhibit(each, row)
        exhibits.append(exhibit)
        if row is not None and not exhibit.withheld:
            if not vault.place(exhibit.sha256).is_file():
                absent.append(exhibit)
            elif row.has_personal:
                personal.append(row)
    return Content(tuple(exhibits), tuple(absent), tuple(personal))


def _behind(each: Cited, rows: Iterable[Evidence]) -> Evidence | None:
    """The piece of the ledger that the snapshot means: the same bytes, and the same number where one still has it."""
    found = sorted(rows, key=lambda row: (number_of(row) != each.evidence.number, row.withdrawn_at is not None))
    return found[0] if found else None


def _exhibit(each: Cited, row: Evidence | None) -> Exhibit:
    piece, withheld = each.evidence, ""
    if not piece.sha256:
        withheld = "只写了名称，快照里没有对应的文件"
    elif row is None:
        withheld = "台账里没有这份材料"
    elif row.withdrawn_at is not None:
        withheld = "已撤回，没有装入"
    return Exhibit(
        number=piece.number, title=piece.title, file=piece.file, sha256=piece.sha256, dated=piece.dated,
        size=row.blob.size if row else 0, issuer=row.issued_by if row else "", items=each.items, withheld=withheld,
        open=partial(vault.opened, piece.sha256),
    )  # fmt: skip


def title_of(report: BuiltReport) -> str:
    """What the bundle of a report is called."""
    return f"{report.title}（材料包）"


def take(person: Person | None, report: BuiltReport, stream: IO[bytes], where: Path | None = None) -> Bundled:
    """Write the bundle of a report to a stream that lies in a folder (of the vault's disk where none is named).

    Nobody is the administrator at the console. History keeps who took it, and the SHA-256 of its manifest.
    """
    if person is not None and not access.may_keep_report(person, report):
        raise NotAllowedError(_("材料包只有双高办能下载。"))
    if report.state != BuildState.BUILT:
        raise OutOfOrderError(_("报告还没有生成。"))
    inside = content(report)
    if not vault.room_for(inside.size + _EACH * len(inside.exhibits), where):
        raise RefusedError(_("磁盘放不下这个材料包，请联系管理员。"))
    try:
        bundled = to_zip(
            inside.exhibits, cast("BinaryIO", stream), title=title_of(report),
            snapshot=report.snapshot.sha256,
        )  # fmt: skip
        stream.flush()
    except OSError as error:
        raise RefusedError(_("材料包没有写成：%(reason)s，请联系管理员。") % {"reason": reason(error)}) from error
    with transaction.atomic():
        after = {"manifest": bundled.sealed, "pieces": len(bundled.packed), "left_out": len(bundled.faults)}
        history.record(report.college, person, "bundle", report, after=after)
    return bundled


def spool() -> IO[bytes]:
    """A file without a name on the disk of the vault: it is gone when it is closed, or the process dies."""
    vault.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    return tempfile.TemporaryFile(dir=vault.folder())
