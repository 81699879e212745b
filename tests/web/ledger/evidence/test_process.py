"""What reads files lives and dies apart from the site."""

import pytest

from taizhang.core.errors import UnreadableDocumentError
from taizhang.web.ledger.evidence import process


def test_an_answer_comes_back(tmp_path):
    (tmp_path / "x").write_text("会议纪要", encoding="utf-8")
    assert process.ask("words", str(tmp_path / "x"), ".txt")["texts"] == ["会议纪要"]


def test_a_process_that_dies_is_a_sentence(tmp_path):
    with pytest.raises(UnreadableDocumentError, match="没有读出来"):
        process.ask("no such act")


def test_nothing_secret_goes_along(tmp_path, monkeypatch):
    monkeypatch.setenv("TAIZHANG_SECRET_KEY", "geheim")
    monkeypatch.setenv("TAIZHANG_DATABASE", "postgresql://u:p@h/n")
    assert not [name for name in process.environment() if name.startswith("TAIZHANG")]
