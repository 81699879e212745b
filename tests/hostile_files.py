"""Files that no one wishes to be sent: each is made in a folder, with the words of the sentence that it gets."""

import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from pdf_files import Canvas, pdf_bytes, write_pdf
from word_files import NAMESPACES, cell, par, row, table, write_docx

HEADER = ("三级指标", "中期目标值", "中期实现值", "中期完成度")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = Path(__file__).parent / "samples" / "locked.pdf"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE w [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'


class Hostile(NamedTuple):
    """`name` is the file's, `make` puts it there, and the sentence that refuses it holds `words`."""

    name: str
    words: str
    make: Callable[[Path], object]


def bytes_of(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def word(body: str, **parts: str) -> Callable[[Path], object]:
    return lambda path: write_docx(path, body, **parts)


def good_docx(path: Path) -> Path:
    rows = (row(*HEADER), row("1.1.1 课程（门）", "20", "17", "100%"), row("1.1.2 教材（部）", "6", "6", "100%"))
    return write_docx(path, par("表1：绩效指标") + table(*rows) + par("两年来建成课程 17 门，编写教材 6 部。"))


def good_xlsx(path: Path) -> Path:
    book = Workbook()
    for line in (HEADER, ("课程（门）", 20, 17, 1), ("教材（部）", 6, 6, 1)):
        book.active.append(line)
    book.save(path)
    return path


def copied(source: Callable[[Path], object], *, part: str = "", prolog: str = "", cut: float = 1.0) -> Callable:
    """A good file under this name: with a prolog before one of its XML parts, or only its first bytes."""

    def make(path: Path) -> None:
        source(path)
        if part:
            with zipfile.ZipFile(path) as archive:
                parts = {name: archive.read(name) for name in archive.namelist()}
            old = parts[part].decode()
            declaration, _, rest = old.rpartition("?>")
            parts[part] = f"{declaration}?>{prolog}{rest}".encode() if declaration else f"{prolog}{old}".encode()
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in parts.items():
                    archive.writestr(name, data)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * cut)])

    return make


def archive_of(count: int, size: int) -> Callable[[Path], object]:
    """A zip of so many entries of so many zeros."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(count):
                archive.writestr(f"{number}.xml", bytes(size))

    return make


def lying_directory(path: Path) -> None:
    """The directory tells a hundred bytes where the part unpacks to a million."""
    write_docx(path, par("建设任务" * 90_000))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"word/document.xml") - 46
    struct.pack_into("<L", data, at + 24, 100)
    path.write_bytes(bytes(data))


def nested_archives(path: Path) -> None:
    """A bomb in a zip in a zip, under the name of a report."""
    inner = path.with_name("inner.zip")
    archive_of(1, 50_000_000)(inner)
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, "inner.zip")
    inner.unlink()


def picture(path: Path) -> None:
    """A page that is one picture."""
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >>"
    )
    data = pdf_bytes([Canvas()])
    data = data.replace(b"<< /Type /Font", b"<< /Type /None").replace(
        b"/Font << /F 3 0 R >>", b"/XObject << /I 3 0 R >>"
    )
    start = data.index(b"<< /Type /None")
    end = data.index(b"endobj", start)
    data = data[:start] + image + b"\nstream\n\x00\x80\xff\x40\nendstream\n" + data[end:]
    path.write_bytes(data.replace(b"\n\nQ", b"\n595 0 0 842 0 0 cm /I Do\nQ"))


def sheet_of(*cells: tuple[int, int, str]) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        book = Workbook()
        for line, column, text in cells:
            book.active.cell(line, column, text)
        book.save(path)

    return make


def sheet_xml(xml: str) -> Callable[[Path], object]:
    """A workbook whose only sheet holds this XML."""

    def make(path: Path) -> None:
        good_xlsx(path)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{main}">{xml}</worksheet>'.encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return make


def nested(depth: int) -> str:
    inner = par("内")
    for _ in range(depth):
        inner = table(row("指标", cell(inner, par("尾"))), row("课程", "3"))
    return inner


def unreadable(path: Path) -> None:
    good_docx(path)
    path.chmod(0)


def text(words: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(words, encoding="utf-8")


# What stands where a number should.
NUMBERS = ("0", "-3", "1e999", "NaN", "Infinity", "9" * 400, "0.0", "1/0", "½", "０", "∞", "٣", "1,2,3", "万亿")

REFUSED = {
    "empty word": Hostile("报告.docx", "空文件", bytes_of(b"")),
    "empty sheet": Hostile("报告.xlsx", "空文件", bytes_of(b"")),
    "empty pdf": Hostile("报告.pdf", "空文件", bytes_of(b"")),
    "empty text": Hostile("报告.txt", "空文件", bytes_of(b"")),
    "blank text": Hostile("报告.txt", "空文件", text(" \n\u3000\n\t\n")),
    "missing": Hostile("报告.docx", "找不到文件", Path.absolute),
    "folder": Hostile("夹.docx/报告.docx", "找不到文件", lambda path: path.parent.mkdir()),
    "no extension": Hostile("报告", "格式不在可读之列", text("建设")),
    "other extension": Hostile("报告.zip", "格式不在可读之列", archive_of(1, 1)),
    "old word": Hostile("报告.doc", "另存为 .docx", bytes_of(OLE2 + bytes(600))),
    "old sheet": Hostile("报告.xls", "另存为 .xlsx", bytes_of(OLE2 + bytes(600))),
    "open text": Hostile("报告.odt", "Word 或 WPS 中打开，另存为 .docx", bytes_of(b"PK\x03\x04")),
    "open sheet": Hostile("报告.ods", "Excel 或 WPS 中打开，另存为 .xlsx", bytes_of(b"PK\x03\x04")),
    "web page": Hostile("报告.html", "另存为 .docx", bytes_of(b"<html></html>")),
    "rtf named doc": Hostile("报告.doc", "另存为 .docx", bytes_of(rb"{\rtf1\ansi x}")),
    "pdf named docx": Hostile("报告.docx", "PDF", bytes_of(pdf_bytes([Canvas().text(50, 50, "report")]))),
    "docx named pdf": Hostile("报告.pdf", "不是 PDF", copied(good_docx)),
    "xlsx named docx": Hostile("报告.docx", "Excel", copied(good_xlsx)),
    "docx named xlsx": Hostile("报告.xlsx", "Word", copied(good_docx)),
    "docx named txt": Hostile("报告.txt", "不是文本", copied(good_docx)),
    "html named docx": Hostile("报告.docx", "网页", bytes_of(b"<html><table></table></html>")),
    "rtf named docx": Hostile("报告.docx", "RTF", bytes_of(rb"{\rtf1\ansi hello}")),
    "picture named pdf": Hostile("报告.pdf", "不是 PDF", bytes_of(b"\x89PNG\r\n\x1a\n" + bytes(99))),
    "picture named txt": Hostile("报告.txt", "不是文本", bytes_of(b"\x89PNG\r\n\x1a\n" + bytes(99))),
    "picture named docx": Hostile("报告.docx", "不是 Word", bytes_of(b"\xff\xd8\xff\xe0" + bytes(99))),
    "zip named xlsx": Hostile("报告.xlsx", "只是一个压缩包", archive_of(3, 10)),
    "word cut": Hostile("报告.docx", "没有下载完整", copied(good_docx, cut=0.6)),
    "sheet cut": Hostile("报告.xlsx", "没有下载完整", copied(good_xlsx, cut=0.9)),
    "pdf cut": Hostile("报告.pdf", "不完整", copied(lambda path: shutil.copyfile(LOCKED.with_name("report.pdf"), path), cut=0.5)),
    "word password": Hostile("报告.docx", "密码", bytes_of(OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le"))),
    "pdf password": Hostile("报告.pdf", "密码", lambda path: shutil.copyfile(LOCKED, path)),
    "pdf without text": Hostile("报告.pdf", "没有文字", lambda path: write_pdf(path, Canvas().frame(9, 9, 99, 99))),
    "pdf scanned": Hostile("报告.pdf", "扫描件", picture),
    "bomb by ratio": Hostile("报告.docx", "压缩比", copied(good_docx, part="word/document.xml", prolog=" " * 40_000_000)),
    "bomb by entries": Hostile("报告.xlsx", "条目过多", archive_of(10_001, 0)),
    "bomb in a zip": Hostile("报告.docx", "只是一个压缩包", nested_archives),
    "lying directory": Hostile("报告.docx", "损坏", lying_directory),
    "entities in word": Hostile("报告.docx", "恶意", copied(good_docx, part="word/document.xml", prolog=BOMB)),
    "entities in links": Hostile("报告.docx", "恶意", copied(good_docx, part="_rels/.rels", prolog=BOMB)),
    "outside in sheet": Hostile("报告.xlsx", "恶意", copied(good_xlsx, part="xl/worksheets/sheet1.xml", prolog=OUTSIDE)),
    "outside in styles": Hostile("报告.xlsx", "恶意", copied(good_xlsx, part="xl/styles.xml", prolog=OUTSIDE)),
    "entities in styles": Hostile(
        "报告.docx", "恶意", lambda path: write_docx(path, par("x"), styles=f"<w:style>{BOMB}</w:style>")
    ),
    "deep": Hostile("报告.docx", "嵌套过深", word("<w:sdt>" * 9000 + "</w:sdt>" * 9000)),
    "endless line": Hostile("报告.txt", "万字", text("建设省级课程12门，" * 500_000)),
    "endless cell": Hostile("报告.docx", "连成一片", word(table(row("甲", cell(*[f"建设课程{n}门。" for n in range(10_000)]))))),
    "endless digits": Hostile("报告.txt", "连续", text(f"课程 {'9' * 4001} 门。")),
    "endless blanks": Hostile("报告.txt", "连续", text(f"课程{' ' * 9000}12 门。")),
    "wide for its rows": Hostile("报告.txt", "单元格", text("甲\t乙\n" * 20_000 + "\t" * 2000 + "丙\n")),
    "far cell": Hostile("报告.xlsx", "单元格", sheet_of((1, 1, "甲"), (1, 16_384, "乙"), *((n, 1, "丙") for n in range(2, 200)))),
    "no text": Hostile("报告.txt", "编码", bytes_of(bytes(range(1, 256)) * 40)),
}  # fmt: skip

# Large or odd, and yet reports: they are read.
READ = {
    "10,000 rows of text": Hostile(
        "报告.txt", "", text("\n".join(["\t".join(HEADER), *(f"课程{n}（门）\t{n}\t{n}\t100%" for n in range(1, 10_001))]))
    ),
    "2,000 columns": Hostile("报告.txt", "", text("\n".join("\t".join(f"{r}.{c}" for c in range(2000 - r % 3)) for r in range(30)))),
    "50 nested tables": Hostile("报告.docx", "", lambda path: write_docx(path, nested(50))),
    "header over everything": Hostile(
        "报告.docx", "",
        word(table(row(*[cell("甲", properties='<w:vMerge w:val="restart"/>')] * 3),
                   *[row(*[cell("", properties="<w:vMerge/>")] * 3)] * 300)),
    ),
    "a name of strange signs": Hostile("报 告\u202e\t[1];$(x)%0A😀.txt", "", text("表1：指标\n课程 12 门。")),
    "numbers out of reach": Hostile(
        "报告.txt", "",
        text("三级指标\t中期目标值\t中期实现值\t中期完成度\n"
             + "".join(f"课程（门）\t{a}\t{b}\t{c}\n" for a in NUMBERS for b in NUMBERS for c in ("100%", "NaN%", "-5%", "0"))
             + "\n" + "".join(f"建成课程 {a} 门，其中省级 {b} 门。\n" for a in NUMBERS for b in NUMBERS)),
    ),
}  # fmt: skip


__all__ = ["NAMESPACES", "READ", "REFUSED", "Hostile", "good_docx", "good_xlsx", "sheet_xml", "text", "unreadable"]
