"""The file is sound: every part is declared and linked, the schemas hold, and the same outline gives the same bytes."""

import io
import posixpath
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from outlines import REPORT
from taizhang.core.errors import UsageError
from taizhang.documents import read
from taizhang.documents.docx.imprint import imprint_of
from taizhang.documents.package import Package
from taizhang.reports.outline import Heading, Outline
from taizhang.reports.word import packed, write


@pytest.fixture(scope="module")
def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packed(REPORT)))


def test_the_same_outline_gives_the_same_bytes() -> None:
    assert packed(REPORT) == packed(REPORT)


def test_another_snapshot_gives_other_bytes() -> None:
    assert packed(Outline("报告", (Heading("甲"),))) != packed(Outline("报告", (Heading("甲"),), snapshot="b" * 64))


def test_every_part_has_a_type_and_every_link_a_part(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    declared = {each.get("PartName").lstrip("/") for each in types if each.get("PartName")}
    endings = {each.get("Extension") for each in types if each.get("Extension")}
    assert declared <= names
    assert {name for name in names if name.rpartition(".")[2] not in endings} == set()
    linked = {"[Content_Types].xml"}
    for name in names:
        if name.endswith(".rels"):
            linked.add(name)
            folder = posixpath.dirname(posixpath.dirname(name))
            links = etree.fromstring(archive.read(name))
            identifiers = [each.get("Id") for each in links]
            assert len(identifiers) == len(set(identifiers))
            linked |= {posixpath.normpath(posixpath.join(folder, each.get("Target"))) for each in links}
    assert linked == names


def test_the_schemas_of_the_format_hold(tmp_path: Path) -> None:
    write(REPORT, tmp_path / "报告.docx")
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(tmp_path / "报告.docx"))
    assert [str(error) for error in result.errors] == []


def test_the_validator_would_see_a_fault(tmp_path: Path) -> None:
    data = packed(REPORT)
    broken = tmp_path / "坏.docx"
    with zipfile.ZipFile(io.BytesIO(data)) as sound, zipfile.ZipFile(broken, "w") as archive:
        for name in sound.namelist():
            archive.writestr(name, sound.read(name).replace(b"<w:cantSplit/>", b"<w:cantSplitt/>"))
    assert OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(broken)).errors


def test_the_imprint_remembers_every_figure_and_the_snapshot(tmp_path: Path) -> None:
    write(REPORT, tmp_path / "报告.docx")
    with Package.open(tmp_path / "报告.docx") as package:
        found = imprint_of(package)
    assert found is not None
    name, imprint = found
    assert name == "customXml/item1.xml"
    assert imprint.snapshot == "a" * 64
    assert imprint.figures["indicator:1.1.1.1:actual@2024"].text == "7"
    assert imprint.figures["indicator:1.1.1.1:actual@2024"].name == "指标 1.1.1.1 2024年实现值"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="写不了"):
        write(REPORT, tmp_path / "没有" / "报告.docx")


def test_libreoffice_prints_it_with_every_number_in_place(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    write(REPORT, tmp_path / "报告.docx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [
        program,
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "报告.docx"),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    printed = pdfium.PdfDocument(tmp_path / "报告.pdf")
    pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in printed]
    assert [page.get_width() > page.get_height() for page in printed] == [False, False, False, True, False, False]
    assert "表2-1产出指标（数量）完成情况" in pages[1]
    assert "实际建成7个，详见表2-1。" in pages[2]
    assert "表2-2任务点完成情况" in pages[3]
    assert "—2—" in pages[3]
    assert "三、存在问题" in pages[5]


def test_what_libreoffice_saved_still_holds_every_figure(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    write(REPORT, tmp_path / "报告.docx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [program, home, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "另存"), "报告.docx"]
    subprocess.run(command, capture_output=True, check=True, timeout=120, cwd=tmp_path)
    saved, own = read(tmp_path / "另存" / "报告.docx"), read(tmp_path / "报告.docx")
    assert [(each.key, each.text) for each in saved.bound] == [(each.key, each.text) for each in own.bound]
