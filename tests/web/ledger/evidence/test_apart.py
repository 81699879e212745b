"""What is read and drawn from a file, and what a forged one gets: a sentence."""

import io
import json
import subprocess
import sys

import pytest
from PIL import Image

import evidence_files as files
from taizhang.core.errors import UnreadableDocumentError
from taizhang.web.ledger.evidence import apart


def put(folder, data):
    (folder / "x").write_bytes(data)
    return folder / "x"


def test_a_pdf_is_read_page_by_page(tmp_path):
    answer = apart.words(put(tmp_path, files.pdf("first page", "", "third page")), ".pdf")
    assert answer["pages"] == 3
    assert [text.strip() for text in answer["texts"]] == ["first page", "", "third page"]
    assert answer["sentence"] == "第 2 页是图片，没有可以搜索的文字。"


def test_a_scan_says_that_it_is_one(tmp_path):
    assert "扫描件" in apart.words(put(tmp_path, files.pdf("", "")), ".pdf")["sentence"]


def test_word_and_excel_are_read(tmp_path):
    word = apart.words(put(tmp_path, files.word("第一段", "第二段")), ".docx")
    assert word == {"pages": None, "texts": ["第一段\n第二段"], "sentence": ""}
    assert "在线课程\t6" in apart.words(put(tmp_path, files.sheet()), ".xlsx")["texts"][0]


def test_word_and_excel_are_shown_in_blocks_as_text(tmp_path):
    shown = apart.blocks(put(tmp_path, files.word("<script>alert(1)</script>")), ".docx")
    assert shown == {"blocks": [{"text": "<script>alert(1)</script>"}], "is_cut": False}
    [table] = apart.blocks(put(tmp_path, files.sheet()), ".xlsx")["blocks"]
    assert table["head"] + table["rows"] == [["课程", "门数"], ["在线课程", "6"]]


def test_what_is_too_much_to_show_is_cut_and_said(tmp_path):
    shown = apart.blocks(put(tmp_path, files.sheet(*[(n, n) for n in range(900)])), ".xlsx")
    assert shown["is_cut"] and sum(len(each["rows"]) for each in shown["blocks"]) <= 600


def test_a_page_is_drawn_within_bounds(tmp_path):
    assert apart.page(put(tmp_path, files.pdf("one", "two")), 2, tmp_path / "out") == {"pages": 2}
    with Image.open(tmp_path / "out") as image:
        assert image.format == "PNG" and image.width <= 1200 and image.height <= 1800
    with pytest.raises(UnreadableDocumentError, match="没有第 3 页"):
        apart.page(tmp_path / "x", 3, tmp_path / "out")


def test_a_picture_is_drawn_anew_and_leaves_behind_what_it_carried(tmp_path):
    carried = put(tmp_path, files.png(3000, 2000) + b"<script>alert(1)</script>")
    apart.picture(carried, 1, tmp_path / "out")
    assert b"script" not in (tmp_path / "out").read_bytes()
    with Image.open(tmp_path / "out") as image:
        assert image.size == (1200, 800)


def test_the_pages_of_a_fax_are_drawn(tmp_path):
    out = io.BytesIO()
    sheets = [Image.new("1", (100, 80), shade) for shade in (0, 1)]
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    assert apart.picture(put(tmp_path, out.getvalue()), 2, tmp_path / "out") == {"pages": 2}


def run(*words):
    done = subprocess.run([sys.executable, "-m", apart.__name__, *map(str, words)], capture_output=True, check=True)
    return json.loads(done.stdout)


def bomb():
    """A picture that says it is 60,000 pixels wide and high."""
    data = bytearray(files.png())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(data)


@pytest.mark.parametrize(
    ("act", "data", "more"),
    [
        ("picture", bomb(), ("1",)),
        ("picture", files.png()[:60], ("1",)),
        ("picture", files.pdf(), ("1",)),
        ("page", files.pdf()[:120], ("1",)),
        ("page", b"%PDF-1.7\n" + b"\xff" * 5000, ("1",)),
        ("words", b"%PDF-1.7\n%%EOF", (".pdf",)),
        ("words", files.word()[:900], (".docx",)),
        ("blocks", files.zipped(**{"xl/workbook.xml": "<a"}), (".xlsx",)),
    ],
    ids=["bomb", "cut picture", "no picture", "cut pdf", "noise", "empty pdf", "cut word", "forged excel"],
)
def test_a_forged_file_gets_a_sentence(tmp_path, act, data, more):
    words = (*more, tmp_path / "out") if act in {"page", "picture"} else more
    assert run(act, put(tmp_path, data), *words)["refused"].endswith("。")
