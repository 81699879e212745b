"""Reading what was uploaded: its words for search, and the personal data in them to warn of."""

from pathlib import Path
from typing import Any

from django.utils import translation

from taizhang.core.errors import UnreadableDocumentError
from taizhang.core.personal import personal
from taizhang.documents.text import decode
from taizhang.web.ledger.evidence import search, vault
from taizhang.web.ledger.evidence.apart import MOST_CHARACTERS
from taizhang.web.ledger.evidence.content import DOCX, KINDS, PDF, TEXT, XLSX
from taizhang.web.ledger.evidence.process import ask
from taizhang.web.ledger.models import Blob, Evidence

Warned = dict[str, str | int | None]  # one of `Evidence.personal`: page, kind, masked
DONE = "done"
_WITH_WORDS = {PDF.media_type, DOCX.media_type, XLSX.media_type, TEXT.media_type}
_MOST_WARNINGS = 200  # a roster of a thousand people is warned of as well by the first two hundred


def read(blob: Blob) -> Blob:
    """Look for the words of a blob, once; `text_state` says what came of it."""
    if blob.text_state:
        return blob
    if blob.media_type not in _WITH_WORDS:
        blob.text_state = "这种文件没有可以搜索的文字。"
    else:
        _take_words(blob)
    blob.save(update_fields=["text", "text_state", "pages"])
    search.index(blob)
    warnings = personal_data(blob)
    Evidence.objects.filter(blob=blob).update(personal=warnings, has_personal=bool(warnings))
    return blob


@translation.override("zh-hans")  # what became of it is kept beside the blob, for everyone
def _take_words(blob: Blob) -> None:
    path = vault.place(blob.sha256)
    try:
        if blob.media_type == TEXT.media_type:
            answer = _plain(path)
        else:
            answer = ask("words", str(path), KINDS[blob.media_type].suffixes[0])
    except UnreadableDocumentError as error:
        blob.text_state = str(error)[:200]
        return
    clean = (text.replace("\0", "").replace(search.PAGE_BREAK, " ") for text in answer["texts"])
    blob.text = search.PAGE_BREAK.join(clean)
    blob.pages = answer["pages"]
    blob.text_state = answer["sentence"][:200] or DONE


def _plain(path: Path) -> dict[str, Any]:
    """The words of a text file, for which no process of its own is needed: nothing in it is taken apart."""
    text = decode(path.read_bytes(), "这个文件")
    sentence = "" if len(text) <= MOST_CHARACTERS else f"文字太多，只收录了前 {MOST_CHARACTERS // 10_000} 万字。"
    return {"pages": None, "texts": [text[:MOST_CHARACTERS]], "sentence": sentence}


def personal_data(blob: Blob) -> list[Warned]:
    """What looks like personal data in a blob, with the page: as `Evidence.personal` keeps it."""
    return [
        {"page": number if blob.pages else None, "kind": each.kind.value, "masked": each.masked}
        for number, page in enumerate(blob.text.split(search.PAGE_BREAK), start=1)
        for each in personal(page)
    ][:_MOST_WARNINGS]
