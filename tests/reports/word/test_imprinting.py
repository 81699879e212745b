"""A file without imprint gets one, declared and linked, and keeps every part that it had."""

from pathlib import Path

import docx
from openxml_audit import FileFormat, OpenXmlValidator

from taizhang.documents.docx.imprint import Imprint, imprint_of
from taizhang.documents.package import Package
from taizhang.reports.word.imprinting import added


def test_a_file_of_another_library_takes_an_imprint_and_stays_sound(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    docx.Document().save(str(path))
    imprint = Imprint("a" * 64)
    imprint.add("indicator:1.1:actual", "指标 1.1 实现值", "7")
    with Package.open(path) as package:
        before = {name: package.read(name) for name in package.names}
        parts = added(package, imprint)
        package.rewrite(tmp_path / "新.docx", parts)
    with Package.open(tmp_path / "新.docx") as package:
        found = imprint_of(package)
        assert {name for name in before if package.read(name) != before[name]} == {
            "[Content_Types].xml", "word/_rels/document.xml.rels",
        }  # fmt: skip
    assert found is not None
    assert found[1] == imprint
    sound = OpenXmlValidator(file_format=FileFormat.OFFICE_2019)
    assert len(sound.validate(str(tmp_path / "新.docx")).errors) == len(sound.validate(str(path)).errors)
