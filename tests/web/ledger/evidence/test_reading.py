"""What was uploaded is read once; what cannot be read says so and is kept all the same."""

import evidence_files as files
from taizhang.web.ledger.evidence import reading
from taizhang.web.ledger.models import SearchText


def test_words_are_taken_page_by_page(kept):
    blob = kept("a.pdf", files.pdf("page one", "page two")).blob
    assert (blob.text, blob.pages, blob.text_state) == ("page one\fpage two", 2, reading.DONE)
    assert SearchText.objects.get().folded == "pageonepagetwo"


def test_what_has_no_words_says_so(kept):
    blob = kept("a.png", files.png()).blob
    assert "没有可以搜索的文字" in blob.text_state and blob.text == ""


def test_what_cannot_be_read_is_kept_and_says_why(kept):
    blob = kept("a.pdf", b"%PDF-1.7\n" + b"\xff" * 500).blob
    assert "损坏" in blob.text_state
    assert len(blob.text_state) <= 200


def test_what_was_read_is_not_read_again(kept):
    blob = kept().blob
    blob.text = "unchanged"
    assert reading.read(blob).text == "unchanged"
