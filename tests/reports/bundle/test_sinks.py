"""A sink writes what it is given under the path that it is given, and nothing twice."""

import io
import zipfile
from pathlib import Path

import pytest

from taizhang.reports.bundle.sinks import Folder, Zip


def test_texts_are_packed_and_scans_are_stored() -> None:
    stream = io.BytesIO()
    sink = Zip(stream, "材料")
    for name, is_text in (("a.html", True), ("b.pdf", False)):
        with sink.file(name, is_text=is_text) as target:
            target.write(b"x" * 100)
    sink.close()
    kinds = {info.filename: info.compress_type for info in zipfile.ZipFile(stream).infolist()}
    assert kinds == {"材料/a.html": zipfile.ZIP_DEFLATED, "材料/b.pdf": zipfile.ZIP_STORED}


def test_a_folder_overwrites_nothing(tmp_path: Path) -> None:
    sink = Folder(tmp_path)
    with sink.file("1/甲.pdf") as target:
        target.write(b"x")
    with pytest.raises(FileExistsError), sink.file("1/甲.pdf"):
        pass
