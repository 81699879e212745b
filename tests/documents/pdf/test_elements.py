"""Words that stand next to each other are one element of a page, words over a gap are two."""

from pdf_files import Canvas, first_page, write_pdf
from taizhang.documents.pdf.elements import Panel, bottom, elements_of, height, left_of, right_of


def elements(path):
    page = first_page(path)
    return elements_of(page.runs, [], page.across)


def test_words_over_a_gap_are_two_elements(tmp_path):
    canvas = Canvas().say(72, 100, "左栏的一行字", 10).say(152, 100, "右栏的一行字", 10).stroke(72, 110, 212, 110)
    left, right, rule = elements(write_pdf(tmp_path / "a.pdf", canvas))
    assert (left_of(left), right_of(left)) == (72, 132)
    assert (left_of(right), right_of(right)) == (152, 212)
    assert (round(left_of(rule)), round(right_of(rule))) == (72, 212)
    assert bottom(rule) == 110
    assert height(left) < bottom(left) < height(rule)


def test_words_set_apart_a_little_are_one_element(tmp_path):
    canvas = Canvas().say(72, 100, "表", 10).say(90, 100, "资金情况", 10)
    (words,) = elements(write_pdf(tmp_path / "a.pdf", canvas))
    assert right_of(words) == 130
    panel = Panel([words])
    assert [run.text for run in panel.runs] == ["表", "资金情况"]
    assert not panel.column
