"""A bundle holds every piece as the ledger keeps it, or says which is not there; it never holds a file in memory."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from evidence_exhibits import exhibit
from taizhang.core.errors import UsageError
from taizhang.reports.bundle import Converter, Exhibit, to_folder, to_zip

TITLE = "云岭职业技术学院2024年度佐证材料"
SOME = [
    exhibit("1-1-2024-1-1", "验收文件", b"one"),
    exhibit("1-1-2024-1-2", "通知", b"", "通知.docx"),
    exhibit("", "照片", b"three", "p.jpg"),
]


def zipped(exhibits: list[Exhibit], **more: object) -> bytes:
    stream = io.BytesIO()
    to_zip(exhibits, stream, title=TITLE, **more)  # type: ignore[arg-type]
    return stream.getvalue()


def test_the_zip_holds_every_piece_an_index_and_the_checksums() -> None:
    archive = zipfile.ZipFile(io.BytesIO(zipped(SOME, snapshot="a" * 64)))
    inside = {name.removeprefix(f"{TITLE}/"): archive.read(name) for name in archive.namelist()}
    assert inside["1/1-1/1-1-2024/1-1-2024-1-1 验收文件.pdf"] == b"one"
    assert inside["1/1-1/1-1-2024/1-1-2024-1-2 通知.docx"] == b""
    assert inside["未编号/照片.jpg"] == b"three"
    told = json.loads(inside["manifest.json"])
    assert told["snapshot"] == "a" * 64
    assert [each.get("number", "") for each in told["files"]] == [
        "1-1-2024-1-1",
        "1-1-2024-1-2",
        "",
    ]
    sums = dict(reversed(line.split("  ", 1)) for line in inside["SHA256SUMS.txt"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in inside.items() if name != "SHA256SUMS.txt"}


def test_the_same_pieces_give_the_same_bytes() -> None:
    assert zipped(SOME) == zipped(SOME)


def test_sha256sum_agrees(tmp_path: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    to_folder(SOME, tmp_path / "材料", title=TITLE)
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS.txt"], cwd=tmp_path / "材料", check=False)
    assert done.returncode == 0


def gone() -> io.BytesIO:
    raise FileNotFoundError(2, "gone")


class Broken(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(5, "disk")
        return super().read(min(size or 2, 2))


def test_what_is_missing_or_changed_is_told_and_the_others_are_there(tmp_path: Path) -> None:
    pieces = [
        exhibit("1-1", open=gone),
        exhibit("1-2", data=b"now", sha256="0" * 64),
        exhibit("1-3", open=lambda: Broken(b"half and half")),
        exhibit("1-4", data=b"sound"),
    ]
    bundled = to_folder(pieces, tmp_path / "材料", title=TITLE)
    assert [each.fault for each in bundled.packed] == [
        "文件打不开：没有这个文件或文件夹",
        "文件与台账保存时的校验值不一致，可能被改动或损坏",
        "文件没有读完：磁盘读写出错",
        "",
    ]
    assert "有 3 份材料没有装入，或与台账保存的不一致" in (tmp_path / "材料" / "index.html").read_text("utf-8")
    assert (tmp_path / "材料/1/1-4 验收文件.pdf").read_bytes() == b"sound"


def test_a_folder_has_its_name_only_when_all_is_there(tmp_path: Path) -> None:
    def stop(_: Exhibit) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        to_folder(SOME, tmp_path / "材料", title=TITLE, on_step=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="已经有内容"):
        to_folder(SOME, tmp_path, title=TITLE)
    with pytest.raises(UsageError, match="写不了"):
        to_folder(SOME, tmp_path / "没有" / "材料", title=TITLE)
    (tmp_path / "空").mkdir()
    to_folder(SOME, tmp_path / "空", title=TITLE)
    assert (tmp_path / "空" / "index.html").exists()


class Pipe(io.RawIOBase):
    """A stream that goes one way, as a browser's connection does."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.parts.append(bytes(data))  # type: ignore[call-overload]
        return len(self.parts[-1])


def test_a_zip_is_streamed_to_what_cannot_be_wound_back() -> None:
    pipe = Pipe()
    to_zip(SOME, pipe, title=TITLE)  # type: ignore[arg-type]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pipe.parts)))
    assert archive.testzip() is None
    assert archive.read(f"{TITLE}/未编号/照片.jpg") == b"three"


MEMORY = """
import hashlib, io, os, resource, sys
from taizhang.reports.bundle import Exhibit, to_zip
data = os.urandom(2 * 1024 * 1024)
sha = hashlib.sha256(data).hexdigest()
made = (Exhibit(number=f"1-1-2024-1-{n}", title="材料", file="a.pdf", sha256=sha, size=len(data), open=lambda: io.BytesIO(data)) for n in range(150))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(os.devnull, "wb") as stream:
    to_zip(made, stream, title="材料")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the peak of memory is counted otherwise")
def test_memory_does_not_grow_with_the_files() -> None:
    done = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 40  # MiB, of 300 that go through


def test_without_libreoffice_the_bundle_says_so() -> None:
    archive = zipfile.ZipFile(io.BytesIO(zipped(SOME, archives=True)))
    assert "没有安装 LibreOffice" in archive.read(f"{TITLE}/index.html").decode()


def test_office_files_get_a_copy_for_the_archive(tmp_path: Path) -> None:
    converter = Converter.found()
    if converter is None:
        pytest.skip("LibreOffice is not installed")
    buffer = io.BytesIO()
    written = docx.Document()
    written.add_paragraph("通知")
    written.save(buffer)
    pieces = [
        exhibit("1-1", "通知", buffer.getvalue(), "通知.docx"),
        exhibit("1-2", "坏的", b"\x00\x01", "坏的.docx"),
        exhibit("1-3"),
    ]
    bundled = to_folder(pieces, tmp_path / "材料", title=TITLE, converter=converter, archives=True)
    copy = (tmp_path / "材料" / "1/1-1 通知（PDFA）.pdf").read_bytes()
    assert b"<pdfaid:part>2</pdfaid:part>" in copy
    assert [each.unarchived for each in bundled.packed] == ["", "转换不了 PDF/A，请人工转换", ""]
