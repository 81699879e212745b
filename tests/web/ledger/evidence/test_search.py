"""Words are found wherever they stand, words of two characters too, and shown with what is around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_files as files
from taizhang.web.ledger.evidence import search

TEXT = """关于公布２０２４年省级教学改革项目的通知
各高等学校：经评审，《数控加工》等 6 门课程立项建设。
Python 程序设计，经费 12.5 万元（见附件）。"""


@pytest.fixture
def text(kept):
    return kept("通知.txt", TEXT.encode()).blob


def found(query):
    return [row.blob_id for row in search.holding(query)]


@pytest.mark.parametrize(
    "query",
    [
        "通知",
        "改革项目",
        "2024",
        "２０２４年",
        "python",
        "PYTHON 程序",
        "等6门课程",
        "立项 经费",
        "数",
        "12.5",
        "（见附件",
        "学校:经",
    ],
)
def test_what_stands_there_is_found(text, query):
    assert found(query) == [text.pk]


@pytest.mark.parametrize("query", ["", " ", "通告", "知通", "立项 结题", "2025", "%", "_", "课立", "') OR 1=1 --", '"'])
def test_what_does_not_stand_there_is_not_found(text, query):
    assert found(query) == []


def test_a_word_across_a_line_end_is_found(kept):
    blob = kept("a.txt", "会议审议通过了人才培\n养方案。".encode()).blob
    assert found("培养方案") == [blob.pk]


def test_a_blob_is_indexed_once(text):
    search.index(text)
    assert found("通知") == [text.pk]


def test_own_fields_are_searched_too(kept):
    row = kept("教改立项.txt")
    row.document_number = "江教〔2024〕1号"
    row.save()
    for query, count in (("教改", 1), ("江教 立项", 1), ("江教 结题", 0)):
        assert type(row).objects.filter(search.titled(query)).count() == count


def test_a_hit_is_shown_with_its_page_and_its_surroundings(kept):
    blob = kept("a.pdf", files.pdf("cover", "the Final Report is here")).blob
    [hit] = search.hits(blob, "final  REPORT")
    assert hit.page == 2
    assert [stretch.text for stretch in hit.stretches if stretch.is_hit] == ["Final"]
    [hit] = search.hits(blob, "finalreport")
    assert [stretch.text for stretch in hit.stretches if stretch.is_hit] == ["Final Report"]


def test_no_more_hits_than_asked(kept):
    blob = kept("a.txt", ("通知" + "，" * 60).encode() * 30).blob
    assert len(search.hits(blob, "通知", most=3)) == 3


words = st.text(alphabet="教学改革项目 通知2024aA１（\n", min_size=1, max_size=30)


@given(words, st.data())
def test_every_stretch_of_a_text_shares_its_pairs(text, data):
    folded = search.folded(text)
    start = data.draw(st.integers(0, len(folded)))
    part = folded[start : data.draw(st.integers(start, len(folded)))]
    assert search.grams(part) <= search.grams(folded)


@given(words, words)
def test_a_short_word_shares_its_numbers_with_no_other(word, other):
    one, two = search.folded(word)[:2], search.folded(other)[:2]
    assert (search.grams(one) == search.grams(two)) == (one == two)
    assert all(0 <= gram < 2**63 for gram in search.grams(one))


@pytest.mark.parametrize(("query", "read"), [("通知", 0), ("数", 0), ("立项 经费", 0), ("改革项目", 1)])
def test_only_for_longer_words_the_texts_are_looked_through(text, query, read):
    assert str(search.holding(query).query).count("LIKE") == read
    assert found(query) == [text.pk]
