"""What a piece of evidence looks like: pages and pictures drawn once and kept, Word and Excel as blocks to show."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from taizhang.core.errors import UnreadableDocumentError
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.evidence.content import KINDS
from taizhang.web.ledger.evidence.process import ask
from taizhang.web.ledger.models import Blob

_ACTS = {"pages": "page", "picture": "picture"}


def shown_as(blob: Blob) -> str:
    """`pages`, `picture`, `blocks`, or nothing where a file can only be downloaded."""
    kind = KINDS.get(blob.media_type)
    return kind.shown_as if kind else ""


def drawn(blob: Blob, page: int) -> Path:
    """A picture of a page of a PDF, or of a picture; raises UnreadableDocumentError where it cannot be drawn."""
    act = _ACTS.get(shown_as(blob))
    if act is None:
        raise UnreadableDocumentError(_("这种文件没有页面图。"))
    target = _kept(blob, f"{page}.img")
    if not target.exists():
        beside = _beside(target)
        try:
            ask(act, str(vault.place(blob.sha256)), str(page), str(beside))
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return target


def blocks(blob: Blob) -> dict[str, Any]:
    """Headings, paragraphs and tables of a Word, Excel or text file, and whether some were left out."""
    target = _kept(blob, "blocks.json")
    if not target.exists():
        answer = ask("blocks", str(vault.place(blob.sha256)), KINDS[blob.media_type].suffixes[0])
        beside = _beside(target)
        beside.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
        beside.replace(target)
    kept: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return kept


def media_type(picture: Path) -> str:
    """PNG or JPEG: what `apart` chose."""
    with picture.open("rb") as file:
        return "image/png" if file.read(4) == b"\x89PNG" else "image/jpeg"


def _kept(blob: Blob, name: str) -> Path:
    """Where a drawing is kept: beside the evidence, not in it; it can be thrown away at any time."""
    folder = Path(settings.DATA) / "previews" / blob.sha256[:2] / blob.sha256
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / name


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.{os.getpid()}.{secrets.token_hex(4)}")
