import io
import resource
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.errors import UnreadableDocumentError, UsageError
from taizhang.documents.docx.reader import read_docx
from taizhang.documents.package import MOST_ENTRIES, OLE2, Package, parse
from word_files import NAMESPACES, par, write_docx


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_docx(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def repacked(source: Path, path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return path


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xef\xbb\xbf <html><table></table></html>", "网页"),
        (rb"{\rtf1\ansi hello}", "RTF"),
        (b"just some words", "不是 Word"),
        (b"PK\x03\x04" + bytes(40), "没有下载完整"),
        (OLE2 + bytes(600) + "WordDocument".encode("utf-16-le"), ".doc"),
        (OLE2 + bytes(600) + "Workbook".encode("utf-16-le"), ".xls"),
        (OLE2 + bytes(1024 * 1024 - 9) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE2 + bytes(600), "旧版 Office"),
    ],
    ids=["empty", "pdf", "html", "rtf", "words", "cut", "doc", "xls", "password", "ole2"],
)
def test_what_is_no_package_is_named(tmp_path, data, word):
    assert word in refusal(written(tmp_path / "报告.docx", data))


def test_a_missing_file_is_named(tmp_path):
    assert "没有这个文件" in refusal(tmp_path / "报告.docx")
    assert "打不开" in refusal(tmp_path)


@given(data=st.data())
def test_a_truncated_file_is_refused(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("cut")
    whole = write_docx(folder / "报告.docx", par("建设任务") * 50).read_bytes()
    size = data.draw(st.integers(0, len(whole) - 23))
    refusal(written(folder / "半截.docx", whole[:size]))


@given(at=st.integers(0, 5000), byte=st.integers(0, 255))
def test_a_damaged_byte_is_read_or_refused(tmp_path_factory, at, byte):
    folder = tmp_path_factory.mktemp("bit")
    whole = bytearray(write_docx(folder / "报告.docx", par("建设任务") * 50).read_bytes())
    whole[at % len(whole)] = byte
    path = written(folder / "坏.docx", bytes(whole))
    with suppress(UnreadableDocumentError):
        read_docx(path)


def test_other_archives_are_named(tmp_path):
    path = tmp_path / "报告.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("读我.txt", "x")
    assert "只是一个压缩包" in refusal(path)
    source = write_docx(tmp_path / "空.docx", "")
    links = zipfile.ZipFile(source).read("_rels/.rels")
    book = repacked(
        source, path, {"_rels/.rels": links.replace(b"word/document", b"xl/workbook"), "xl/workbook.xml": b"<a/>"}
    )
    assert "Excel" in refusal(book)
    assert "没有正文" in refusal(repacked(source, path, {"_rels/.rels": links.replace(b"word/document", b"word/none")}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    source = write_docx(tmp_path / "小.docx", "")
    bomb = repacked(source, tmp_path / "弹.docx", {"word/document.xml": b"<a>" + b" " * 40_000_000 + b"</a>"})
    assert "压缩比" in refusal(bomb)
    many = tmp_path / "多.docx"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(MOST_ENTRIES + 1):
            archive.writestr(f"{number}", b"")
    assert "条目过多" in refusal(many)


def test_a_size_that_lies_is_found_out(tmp_path):
    source = write_docx(tmp_path / "小.docx", par("建设任务" * 400_000))
    data = bytearray(source.read_bytes())
    at = data.rfind(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", data, at + 24, 100)
    assert "损坏" in refusal(written(tmp_path / "谎.docx", bytes(data)))


def test_an_encrypted_entry_is_refused(tmp_path):
    data = bytearray(write_docx(tmp_path / "小.docx", "").read_bytes())
    at = data.rfind(b"word/document.xml") - 46
    data[at + 8] |= 1
    assert "密码" in refusal(written(tmp_path / "密.docx", bytes(data)))


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "prolog",
    [
        f'<!DOCTYPE w [<!ENTITY a0 "ha">{LAUGHS}]>',
        '<!DOCTYPE w [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_are_refused(tmp_path, prolog, encoding):
    source = write_docx(tmp_path / "小.docx", "")
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}<w:document {NAMESPACES}>&a9;</w:document>'
    bomb = repacked(source, tmp_path / "弹.docx", {"word/document.xml": xml.encode(encoding)})
    assert "恶意" in refusal(bomb)


@pytest.mark.parametrize("tag", ["w:sdt", "w:ins", "w:tbl", "x"])
def test_deep_nesting_is_refused(tmp_path, tag):
    depth = 20_000
    assert "嵌套过深" in refusal(write_docx(tmp_path / "深.docx", f"<{tag}>" * depth + f"</{tag}>" * depth))


def test_a_part_of_countless_elements_is_refused():
    with pytest.raises(UnreadableDocumentError, match="庞大"):
        parse(b"<a>" + b"<b/>" * 4_100_000 + b"</a>", "报告.docx")


def test_a_file_of_200_mb_is_read_without_its_pictures(tmp_path):
    path = write_docx(tmp_path / "大.docx", par("建设任务"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive, archive.open("word/media/1.jpg", "w") as picture:
        for _ in range(200):
            picture.write(bytes(1024 * 1024))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(read_docx(path).blocks) == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    path.unlink()


def test_rewriting_keeps_every_other_entry_packed_as_it_was(tmp_path):
    path = write_docx(tmp_path / "报告.docx", par("建设任务") * 50)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/media/1.bin", bytes(range(256)) * 40)
    out = tmp_path / "副本.docx"
    with Package.open(path) as package:
        package.rewrite(out, {"word/document.xml": b"<new/>", "word/added.xml": b"<added/>"})
    old, new = zipfile.ZipFile(path), zipfile.ZipFile(out)
    assert new.testzip() is None
    assert new.namelist() == [*old.namelist(), "word/added.xml"]
    assert new.read("word/document.xml") == b"<new/>"
    for name in set(old.namelist()) - {"word/document.xml"}:
        assert new.read(name) == old.read(name)
        assert new.getinfo(name).compress_type == old.getinfo(name).compress_type
        assert new.getinfo(name).date_time == old.getinfo(name).date_time


def test_entries_with_a_trailing_descriptor_are_copied(tmp_path):
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    plain = write_docx(tmp_path / "报告.docx", par("建设任务"))
    pipe = Pipe()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    path = written(tmp_path / "流.docx", pipe.getvalue())
    with Package.open(path) as package:
        package.rewrite(tmp_path / "副本.docx", {})
    assert read_docx(tmp_path / "副本.docx").blocks[0].text == "建设任务"


def test_nothing_half_written_is_left(tmp_path):
    path = write_docx(tmp_path / "报告.docx", par("建设任务"))
    with Package.open(path) as package, pytest.raises(UsageError, match="写不了"):
        package.rewrite(tmp_path / "没有的文件夹" / "副本.docx", {})
    taken = tmp_path / "占用"
    taken.mkdir()
    (taken / "x").touch()
    with Package.open(path) as package, pytest.raises(UsageError, match="写不了"):
        package.rewrite(taken, {})
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([path.name, taken.name])
