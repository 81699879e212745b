"""A page is drawn once and kept; what cannot be drawn is a sentence and is not kept."""

import pytest

import evidence_files as files
from taizhang.core.errors import UnreadableDocumentError
from taizhang.web.ledger.evidence import preview


def test_a_page_is_drawn_once(kept):
    blob = kept("a.pdf", files.pdf("one", "two")).blob
    drawn = preview.drawn(blob, 2)
    stamp = drawn.stat().st_mtime_ns
    assert preview.drawn(blob, 2).stat().st_mtime_ns == stamp
    assert preview.media_type(drawn) == "image/png"
    assert [path.name for path in drawn.parent.iterdir()] == ["2.img"]


def test_what_cannot_be_drawn_leaves_nothing(kept, tmp_path):
    blob = kept("a.png", files.png()[:50]).blob
    with pytest.raises(UnreadableDocumentError):
        preview.drawn(blob, 1)
    assert not [path for path in (tmp_path / "previews").rglob("*") if path.is_file()]


def test_each_kind_says_how_it_is_shown(kept):
    shown = {name: preview.shown_as(kept(name, data).blob) for name, data in (
        ("a.pdf", files.pdf()), ("a.jpg", files.jpeg()), ("a.docx", files.word()), ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90),
    )}  # fmt: skip
    assert shown == {"a.pdf": "pages", "a.jpg": "picture", "a.docx": "blocks", "a.doc": ""}


def test_blocks_are_kept_too(kept):
    blob = kept("a.docx", files.word("一", "二")).blob
    assert preview.blocks(blob) == preview.blocks(blob) == {"blocks": [{"text": "一"}, {"text": "二"}], "is_cut": False}
