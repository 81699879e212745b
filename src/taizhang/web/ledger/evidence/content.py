"""What a file is, told by its bytes and never by its name alone; what is not taken as evidence, and why."""

import re
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.text import decode
from taizhang.web.ledger.workflow.trouble import RefusedError


class FileKind(NamedTuple):
    """A kind of file: its media type, the endings that its names may have (the first is put where none fits), how it is shown."""

    media_type: str
    suffixes: tuple[str, ...]
    shown_as: str = ""  # pages, picture, blocks, or nothing


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileKind("application/pdf", (".pdf",), "pages")
DOCX = FileKind(f"{_OFFICE}.wordprocessingml.document", (".docx", ".docm"), "blocks")
XLSX = FileKind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx", ".xlsm"), "blocks")
PPTX = FileKind(f"{_OFFICE}.presentationml.presentation", (".pptx", ".pptm"))
OFD = FileKind("application/ofd", (".ofd",))
OLD_OFFICE = FileKind("application/x-ole-storage", (".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".vsd"))
TEXT = FileKind("text/plain", (".txt", ".md", ".csv", ".log"), "blocks")
RTF = FileKind("application/rtf", (".rtf",))
PNG = FileKind("image/png", (".png",), "picture")
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"), "picture")
GIF = FileKind("image/gif", (".gif",), "picture")
BMP = FileKind("image/bmp", (".bmp",), "picture")
TIFF = FileKind("image/tiff", (".tif", ".tiff"), "picture")
WEBP = FileKind("image/webp", (".webp",), "picture")
MP4 = FileKind("video/mp4", (".mp4", ".m4a", ".mov", ".m4v"))
MP3 = FileKind("audio/mpeg", (".mp3",))
WAV = FileKind("audio/wav", (".wav",))
KINDS = {
    kind.media_type: kind
    for kind in (PDF, DOCX, XLSX, PPTX, OFD, OLD_OFFICE, TEXT, RTF, PNG, JPEG, GIF, BMP, TIFF, WEBP, MP4, MP3, WAV)
}
_TAKEN = lazy("可以上传 PDF、图片、Word、Excel、PPT、OFD、文本、音频和视频")

_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF),
    (b"II*\0", TIFF), (b"MM\0*", TIFF), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE), (b"{\\rtf", RTF),
    (b"ID3", MP3), (b"\xff\xfb", MP3), (b"\xff\xf3", MP3), (b"BM", BMP),
)  # fmt: skip
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!",
    b"\0asm", b"L\0\0\0\x01\x14\x02\0", b"dex\n",
)  # fmt: skip
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF")
_ACTIVE = re.compile(
    rb"<\s*(?:!doctype\s+(?:html|svg)|html|svg|script|head|body|iframe|xhtml|\?xml|\?php|%@)", re.IGNORECASE
)
_SCRIPTS = frozenset(
    [
        ".bat",
        ".cmd",
        ".com",
        ".exe",
        ".js",
        ".jse",
        ".mjs",
        ".vbs",
        ".vbe",
        ".wsf",
        ".ps1",
        ".psm1",
        ".sh",
        ".py",
        ".pl",
        ".rb",
        ".php",
        ".jsp",
        ".asp",
        ".aspx",
        ".hta",
        ".html",
        ".htm",
        ".xhtml",
        ".svg",
        ".xml",
        ".xsl",
        ".mht",
        ".mhtml",
        ".reg",
        ".lnk",
        ".url",
        ".scf",
        ".inf",
        ".jar",
        ".msi",
        ".dll",
        ".scr",
        ".cpl",
        ".eml",
    ]
)
_ZIP = b"PK\x03\x04"
_HEAD = 4096
_PARTS = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))
_MOST_TEXT = 64 * 1024 * 1024


def recognise(path: Path, name: str) -> FileKind:
    """The kind of a file that may be evidence; raises RefusedError with the reason where it may not."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise RefusedError(_("“%(name)s”是空文件，请检查后重新上传。") % {"name": name})
    if head.startswith(_PROGRAMS):
        raise RefusedError(_("“%(name)s”是程序文件，不能作为佐证材料。") % {"name": name})
    if head.startswith(_ARCHIVES):
        raise _archive(name)
    if head.startswith(_ZIP):
        return _zipped(path, name)
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind is not BMP or _is_bitmap(head)):
            return kind
    if head[:4] == b"RIFF" and head[8:12] in {b"WEBP", b"WAVE"}:
        return WEBP if head[8:12] == b"WEBP" else WAV
    if head[4:8] == b"ftyp":
        return MP4
    if b"%PDF-" in head[:1024] and not _ACTIVE.search(head):  # scanners put a few bytes before the mark
        return PDF
    return _written(path, name, head)


def _is_bitmap(head: bytes) -> bool:
    """“BM” begins words too; a bitmap says how long its own header is."""
    return len(head) > 26 and int.from_bytes(head[14:18], "little") in {12, 40, 52, 56, 64, 108, 124}


def _zipped(path: Path, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise RefusedError(
            _("“%(name)s”已损坏或不完整，请用原来的程序打开后另存一份再上传。") % {"name": name}
        ) from error
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" in names:
        for prefix, kind in _PARTS:
            if any(each.startswith(prefix) for each in names):
                return kind
    raise _archive(name)


def _archive(name: str) -> RefusedError:
    return RefusedError(
        _("“%(name)s”是压缩包，请解压后把里面的文件一起选中上传：每份材料要单独编号和引用。") % {"name": name}
    )


def _written(path: Path, name: str, head: bytes) -> FileKind:
    """Plain text, unless a program or a browser would carry it out."""
    if PurePosixPath(name.lower()).suffix in _SCRIPTS or _ACTIVE.search(head):
        raise RefusedError(
            _("“%(name)s”是网页或脚本，里面可能有会自动运行的内容，请打印成 PDF 后再上传。") % {"name": name}
        )
    if path.stat().st_size > _MOST_TEXT:
        raise RefusedError(_("认不出“%(name)s”是什么文件，%(taken)s。") % {"name": name, "taken": _TAKEN})
    try:
        decode(path.read_bytes(), name)
    except UnreadableDocumentError as error:
        raise RefusedError(_("认不出“%(name)s”是什么文件，%(taken)s。") % {"name": name, "taken": _TAKEN}) from error
    return TEXT


_LONGEST = 120  # characters of a name; with the path of a bundle it still fits what Windows allows
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(given: str) -> str:
    """A file name without path, control characters and tricks; as its owner wrote it otherwise."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    name = _FORBIDDEN.sub("_", name).strip().strip(".").strip()
    if not name or _RESERVED.fullmatch(name):
        name = f"材料{name}" if name else "未命名"
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        return name[:_LONGEST]
    return f"{stem[: _LONGEST - len(suffix) - 1]}.{suffix}"


def fitting_name(name: str, kind: FileKind) -> str:
    """The name with an ending that tells the truth about the bytes."""
    if PurePosixPath(name.lower()).suffix in kind.suffixes:
        return name
    stem = name.rpartition(".")[0] or name
    return f"{stem}{kind.suffixes[0]}"
