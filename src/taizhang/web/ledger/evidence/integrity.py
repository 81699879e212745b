"""The proof that nothing uploaded was lost or changed: every blob's bytes against its SHA-256 and size, and strays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import Blob, Upload


class Trouble(StrEnum):
    """What is wrong with a file of the vault."""

    MISSING = "missing"
    CHANGED = "changed"
    STRAY = "stray"


_SENTENCES = {
    Trouble.MISSING: "缺失：登记过的原件不在了",
    Trouble.CHANGED: "被改：内容与登记的校验值不符",
    Trouble.STRAY: "多余：没有登记的文件（中断的上传会留下，不影响使用）",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One file that is not as it should be, and the titles of the evidence that rests on it."""

    trouble: Trouble
    file: str
    titles: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """In words for the administrator."""
        of = f"，涉及：{'、'.join(self.titles)}" if self.titles else ""
        return f"{_SENTENCES[self.trouble]}：{self.file}{of}"


def doubts(tell: Callable[[int], None] = lambda _checked: None) -> Iterator[Doubt]:
    """Everything that is not as it should be. `tell` is called with the number of blobs checked so far."""
    for checked, blob in enumerate(Blob.objects.order_by("sha256").iterator(chunk_size=500), start=1):
        path = vault.place(blob.sha256)
        if not path.is_file():
            yield Doubt(Trouble.MISSING, _name(path), _titles(blob))
        elif path.stat().st_size != blob.size or not vault.is_whole(path, blob.sha256):
            yield Doubt(Trouble.CHANGED, _name(path), _titles(blob))
        tell(checked)
    for path in strays():
        yield Doubt(Trouble.STRAY, _name(path))


def strays() -> Iterator[Path]:
    """Files of the vault that no row knows: what a killed process left behind, or what someone put there."""
    known = set(Blob.objects.values_list("sha256", flat=True))
    coming = {vault.arriving(pk) for pk in Upload.objects.filter(evidence=None).values_list("pk", flat=True)}
    # Between a file and its row lies an instant, in which the file is in the vault and its upload says so.
    known |= set(Upload.objects.filter(evidence=None).exclude(sha256="").values_list("sha256", flat=True))
    for path in vault.files():
        is_at_home = path.name in known and path.parent.name == path.name[:2]
        if not is_at_home and path not in coming:
            yield path


def _name(path: Path) -> str:
    return path.relative_to(vault.folder()).as_posix()


def _titles(blob: Blob) -> tuple[str, ...]:
    return tuple(blob.evidence.values_list("title", flat=True)[:5])
