"""Package: the zip of XML parts that a .docx or .xlsx file is, opened so that a hostile one does no harm."""

import copy
import os
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from lxml import etree

from taizhang.core.errors import UnreadableDocumentError, reason
from taizhang.documents.writing import whole

MIB = 1024 * 1024
# A 200-page report with every picture has some 300 entries; each costs memory before anything can be judged.
MOST_ENTRIES = 10_000
# Names of 10,000 entries at 200 bytes each; a longer directory is not an office file's.
MOST_DIRECTORY_BYTES = 4 * MIB
# Declared size of everything together. Pictures are never unpacked here, so this only refuses the absurd.
MOST_BYTES = 1024 * MIB
# The largest single part that is ever unpacked: a 50-page report with 87 tables has 0.9 MiB.
MOST_PART_BYTES = 64 * MIB
# Repetitive tables compress 20 to 100 times, a bomb about 1000 times.
MOST_RATIO = 200
# Small parts may compress well for honest reasons and can do no harm.
RATIO_FREE_BYTES = MIB
# Tags and attributes of one part. A parsed tree takes up to 200 bytes for each: 800 MiB at worst.
MOST_MARKS = 4_000_000

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")


class Relationship(NamedTuple):
    """A link from one part to another: `kind` is the last word of its type (`styles`), `target` a part's name."""

    id: str
    kind: str
    target: str


def parse(data: bytes, file: str) -> etree._Element:
    """The root element of an XML part of `file`, without entities, comments or processing instructions."""
    if any(doctype in data for doctype in _DOCTYPES):
        raise UnreadableDocumentError(f"“{file}”的内部带有文档类型声明，可能含有恶意内容，没有打开。")
    if len(data) > MOST_MARKS and data.count(b"<") + data.count(b"=") > MOST_MARKS:
        raise UnreadableDocumentError(f"“{file}”的内容过于庞大，没有打开。请拆分后再试。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise UnreadableDocumentError(f"“{file}”的内容嵌套过深，没有打开。") from error
        raise UnreadableDocumentError(
            f"“{file}”已损坏：内部的 XML 不完整或有错，请用 Word 或 WPS 重新保存。"
        ) from error
    doctype: str = root.getroottree().docinfo.doctype  # type: ignore[union-attr]  # the stubs miss it
    if doctype:
        raise UnreadableDocumentError(f"“{file}”的内部带有文档类型声明，可能含有恶意内容，没有打开。")
    return root


class Package:
    """An open package. Nothing is unpacked before `read`, and pictures never are."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self.path = path
        self.file = path.name
        self._archive = archive
        self._infos = {info.filename: info for info in archive.infolist()}

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open `path`, or say in one sentence why it cannot or must not be opened."""
        try:
            size = path.stat().st_size
            with path.open("rb") as stream:
                _refuse_other_formats(stream, size, path.name)
                _refuse_huge_directory(stream, size, path.name)
            archive = zipfile.ZipFile(path)
        except OSError as error:
            raise UnreadableDocumentError(f"“{path.name}”打不开：{reason(error)}。") from error
        # zipfile raises these for a directory that lies: ValueError for impossible offsets and dates.
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise UnreadableDocumentError(f"“{path.name}”已损坏或没有下载完整，请重新获取这个文件。") from error
        try:
            _refuse_bombs(archive, path.name)
        except UnreadableDocumentError:
            archive.close()
            raise
        return cls(archive, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    @property
    def names(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of one part, however much its entry lies about its size."""
        info = self._infos.get(name)
        if info is None:
            raise UnreadableDocumentError(f"“{self.file}”已损坏：缺少 {name}，请用 Word 或 WPS 重新保存。")
        if info.file_size > MOST_PART_BYTES:
            raise UnreadableDocumentError(f"“{self.file}”的内容过于庞大，没有打开。请拆分后再试。")
        try:
            with self._archive.open(info) as stream:
                data = stream.read(MOST_PART_BYTES + 1)
        # Every way in which a damaged or forged entry is known to fail in zipfile and its decompressors.
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise UnreadableDocumentError(f"“{self.file}”已损坏或没有下载完整，请重新获取这个文件。") from error
        if len(data) > MOST_PART_BYTES:
            raise UnreadableDocumentError(f"“{self.file}”的内容过于庞大，没有打开。请拆分后再试。")
        return data

    def xml(self, name: str) -> etree._Element:
        """The root element of one part."""
        return parse(self.read(name), self.file)

    def relationships(self, name: str = "") -> list[Relationship]:
        """The internal links of a part, or of the package itself; none where it has no list of links."""
        folder, base = posixpath.split(name)
        links = posixpath.join(folder, "_rels", f"{base}.rels")
        if links not in self:
            return []
        return [
            Relationship(
                element.get("Id", ""),
                posixpath.basename(element.get("Type", "")),
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
            )
            for element in self.xml(links).iterchildren(f"{RELATIONSHIPS}Relationship")
            if element.get("TargetMode") != "External"
        ]

    def main(self, suffix: str, name: str) -> str:
        """The name of the main part, which must lie in the folder `name` ("word"); `suffix` is for the message."""
        mains = [link.target for link in self.relationships() if link.kind == "officeDocument"]
        found = next((target for target in mains if target in self), None)
        if found is None:
            raise UnreadableDocumentError(f"“{self.file}”不是 {suffix} 文件：里面没有正文，请确认文件没有改错扩展名。")
        actual = {"word": "Word 文档", "xl": "Excel 工作簿", "ppt": "演示文稿"}.get(found.split("/")[0])
        if actual and not found.startswith(f"{name}/"):
            raise UnreadableDocumentError(f"“{self.file}”其实是{actual}，不是 {suffix} 文件，请改正扩展名。")
        return found

    def rewrite(self, out: Path, parts: Mapping[str, bytes]) -> None:
        """Write a copy with `parts` replaced or added and every other entry's bytes as they are; all or nothing."""
        with whole(out) as stream:
            self._write(stream, parts)

    def _write(self, stream: BinaryIO, parts: Mapping[str, bytes]) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, self.path.open("rb") as source:
            for info in self._infos.values():
                if info.filename in parts:
                    _write_part(archive, info.filename, parts[info.filename], info.date_time)
                else:
                    _copy_entry(archive, source, info)
            for name, data in parts.items():
                if name not in self._infos:
                    # The earliest date that a zip can hold, so that equal input gives equal bytes.
                    _write_part(archive, name, data, (1980, 1, 1, 0, 0, 0))


def _write_part(archive: zipfile.ZipFile, name: str, data: bytes, when: tuple[int, int, int, int, int, int]) -> None:
    info = zipfile.ZipInfo(name, when)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _copy_entry(archive: zipfile.ZipFile, source: BinaryIO, info: zipfile.ZipInfo) -> None:
    """Copy a packed entry unopened, which zipfile offers no call for."""
    stream = archive.fp
    if stream is None:
        raise ValueError("the archive is closed")
    source.seek(info.header_offset)
    header = _LOCAL_HEADER.unpack(source.read(_LOCAL_HEADER.size))
    source.seek(header[-2] + header[-1], os.SEEK_CUR)
    entry = copy.copy(info)
    entry.header_offset = stream.tell()
    entry.extra = b""
    entry.flag_bits &= ~0x08  # sizes stand in the header, so no descriptor follows the data
    stream.write(entry.FileHeader())
    for chunk in _chunks(source, info.compress_size):
        stream.write(chunk)
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
    archive.start_dir = stream.tell()


def _chunks(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        chunk = source.read(min(size, MIB))
        if not chunk:
            raise UnreadableDocumentError("文件已损坏或没有下载完整，请重新获取这个文件。")
        size -= len(chunk)
        yield chunk


def _refuse_other_formats(stream: BinaryIO, size: int, file: str) -> None:
    head = stream.read(512)
    if size == 0:
        raise UnreadableDocumentError(f"“{file}”是空文件，请重新获取这个文件。")
    if head.startswith(OLE2):
        raise UnreadableDocumentError(_old_format(stream, file))
    if head.startswith(b"PK"):
        return
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"%pdf"):
        actual = " PDF 文件"
    elif start.startswith(b"{\\rtf"):
        actual = " RTF 文件"
    elif start.startswith(b"<"):
        actual = "网页或 XML 文件"
    else:
        raise UnreadableDocumentError(f"“{file}”不是 Word 或 Excel 文件，或已损坏，请用 Word、Excel 或 WPS 重新保存。")
    raise UnreadableDocumentError(f"“{file}”其实是{actual}，扩展名不对，请用 Word、Excel 或 WPS 另存后再试。")


def _old_format(stream: BinaryIO, file: str) -> str:
    """What an OLE2 container is: its stream names stand in it in UTF-16, anywhere."""
    names = {word: word.encode("utf-16-le") for word in ("EncryptedPackage", "WordDocument", "Workbook")}
    seen: set[str] = set()
    tail = b""
    stream.seek(0)
    while chunk := stream.read(MIB):
        window = tail + chunk
        seen.update(word for word, name in names.items() if name in window)
        tail = chunk[-64:]
    if "EncryptedPackage" in seen:
        return f"“{file}”有打开密码，请在 Word、Excel 或 WPS 中取消密码后再试。"
    if "WordDocument" in seen:
        return f"“{file}”是旧版 Word（.doc）格式，请用 Word 或 WPS 另存为 .docx 后再试。"
    if "Workbook" in seen:
        return f"“{file}”是旧版 Excel（.xls）格式，请用 Excel 或 WPS 另存为 .xlsx 后再试。"
    return f"“{file}”是旧版 Office 格式，请用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx 后再试。"


def _refuse_huge_directory(stream: BinaryIO, size: int, file: str) -> None:
    """Judge the directory by its end record, before zipfile makes an object of every entry."""
    stream.seek(max(size - 65_536 - _END_OF_DIRECTORY.size, 0))  # a comment of at most 65,535 bytes may follow
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_OF_DIRECTORY.size:
        raise UnreadableDocumentError(f"“{file}”已损坏或没有下载完整，请重新获取这个文件。")
    record = _END_OF_DIRECTORY.unpack_from(tail, at)
    entries, directory = record[4], record[5]
    if entries > MOST_ENTRIES or directory > MOST_DIRECTORY_BYTES:
        raise UnreadableDocumentError(f"“{file}”内部的条目过多，不像正常的文档，没有打开。")


def _refuse_bombs(archive: zipfile.ZipFile, file: str) -> None:
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES or sum(info.file_size for info in infos) > MOST_BYTES:
        raise UnreadableDocumentError(f"“{file}”解压后过于庞大，可能是恶意文件，没有打开。")
    for info in infos:
        if info.flag_bits & 0x1:
            raise UnreadableDocumentError(f"“{file}”有打开密码，请取消密码后再试。")
        if info.file_size > RATIO_FREE_BYTES and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise UnreadableDocumentError(f"“{file}”的压缩比异常，可能是恶意文件，没有打开。")
    if CONTENT_TYPES not in archive.NameToInfo:
        raise UnreadableDocumentError(f"“{file}”只是一个压缩包，不是 Word 或 Excel 文件，请确认扩展名。")
