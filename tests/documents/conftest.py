from collections.abc import Callable

import pytest

from taizhang.documents.blocks import Draft
from taizhang.documents.docx.reader import read_docx
from word_files import check_places, write_docx


@pytest.fixture
def read(tmp_path) -> Callable[..., Draft]:
    """Write a Word file with this body and read it; every place that is read is checked."""

    def read_body(body: str, **parts: str) -> Draft:
        draft = read_docx(write_docx(tmp_path / "报告.docx", body, **parts))
        check_places(draft, tmp_path / "报告.docx")
        return draft

    return read_body
