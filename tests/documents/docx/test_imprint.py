"""What was printed is remembered exactly, whatever the text, and found again among a file's other parts."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents.docx.imprint import Imprint, held, imprint_of, tag_of
from taizhang.documents.package import Package
from word_files import par, write_docx


def kept(path: Path, *parts: bytes) -> Path:
    write_docx(path, par("正文"))
    with ZipFile(path, "a") as archive:
        for number, part in enumerate(parts, 1):
            archive.writestr(f"customXml/item{number}.xml", part)
    return path


def found(path: Path) -> tuple[str, Imprint] | None:
    with Package.open(path) as package:
        return imprint_of(package)


@given(st.dictionaries(st.text(min_size=1).filter(lambda key: held(key) == key), st.text(), max_size=5))
def test_what_is_remembered_is_read_back(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> None:
    imprint = Imprint("c" * 64)
    for key, text in texts.items():
        imprint.add(key, "名称", text)
    path = kept(tmp_path_factory.mktemp("i") / "报告.docx", b"<other/>", imprint.written())
    assert found(path) == ("customXml/item2.xml", imprint)


def test_a_file_of_somebody_else_has_none(tmp_path: Path) -> None:
    assert found(kept(tmp_path / "报告.docx", b"<other/>", b'<x xmlns="urn:taizhang:figures:1"/>')) is None


def test_what_is_damaged_is_passed_over(tmp_path: Path) -> None:
    part = b'<figures xmlns="urn:taizhang:figures:1"><figure text="7"/><figure address="a" text="8"/></figures>'
    (name, imprint) = found(kept(tmp_path / "报告.docx", b'<figures xmlns="urn:taizhang:figures:1">', part)) or (
        "",
        Imprint(),
    )
    assert name == "customXml/item2.xml"
    assert [each.text for each in imprint.figures.values()] == ["8"]


def test_a_key_too_long_for_word_gets_a_tag_of_its_own() -> None:
    long = "indicator:" + "一" * 90
    assert tag_of("indicator:1.1:actual@2024") == "indicator:1.1:actual@2024"
    assert len(tag_of(long)) <= 64
    assert tag_of(long) != tag_of(long + "二")


def test_a_text_is_held_as_a_file_can_hold_it() -> None:
    assert held("甲\x00乙\r\n丙\r丁\ud800") == "甲乙\n丙\n丁"
