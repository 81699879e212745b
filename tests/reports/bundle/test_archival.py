"""LibreOffice is found or not, and one that never ends is ended."""

import os
import sys
from pathlib import Path

import pytest

from taizhang.reports.bundle import archival
from taizhang.reports.bundle.archival import Converter


def test_where_there_is_none_none_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Converter.found() is None


@pytest.mark.skipif(os.name != "posix", reason="the stand-in program is a script")
def test_a_program_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(archival, "_SECONDS_START", 0.2)
    monkeypatch.setattr(archival, "_SECONDS_EACH", 0.1)
    (tmp_path / "甲.rtf").write_bytes(b"{\\rtf1}")
    assert Converter(program).convert([tmp_path / "甲.rtf"], tmp_path) == {}


def test_a_file_that_is_not_what_it_claims_gets_no_copy(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("甲.docx", "乙.doc", "丙.xlsx")]
    for file in files:
        file.write_bytes(b"PK\x03\x04 cut" if file.suffix == ".xlsx" else b"\x00\x01")
    assert Converter(Path("/nowhere")).convert(files, tmp_path) == {}
