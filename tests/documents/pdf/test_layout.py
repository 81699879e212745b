"""What a line is for is known by its place on the page, and by the other pages."""

from pdf_files import Canvas, read, write_pdf
from taizhang.documents.blocks import Paragraph, Role

PROSE = "Words of a paragraph that goes on and on until the margin of the page ends it, and some"


def roles(path):
    return {block.text: block.role for block in read(path).blocks if isinstance(block, Paragraph)}


def test_what_every_page_shows_at_one_height_is_furniture(tmp_path):
    pages = []
    for number in range(1, 5):
        canvas = Canvas().text(200, 50, "Report of the year").text(72, 120, f"Matter {'abcd'[number - 1]} is told.")
        pages.append(canvas.text(290, 800, f"- {number} -"))
    found = roles(write_pdf(tmp_path / "a.pdf", *pages))
    assert {text for text, role in found.items() if role is Role.FURNITURE} == {
        "Report of the year", "- 1 -", "- 2 -", "- 3 -", "- 4 -",
    }  # fmt: skip


def test_a_page_number_inside_a_header_does_not_hide_it(tmp_path):
    pages = [Canvas().text(72, 50, f"Report   {n}").text(72, 120, f"Matter {'abc'[n]}") for n in range(3)]
    assert [role for text, role in roles(write_pdf(tmp_path / "a.pdf", *pages)).items() if "Report" in text] == [
        Role.FURNITURE
    ] * 3


def test_the_first_lines_of_pages_are_no_furniture(tmp_path):
    pages = [Canvas().text(72, 80, f"Annex {n}").text(72, 120, f"Matter of {n * 'x'}") for n in (1, 4, 5, 9)]
    assert Role.FURNITURE not in roles(write_pdf(tmp_path / "a.pdf", *pages)).values()


def test_small_type_under_a_short_ruling_is_a_footnote(tmp_path):
    canvas = Canvas()
    for number in range(10):
        canvas.text(72, 100 + 16 * number, PROSE, 11)
    canvas.stroke(72, 700, 216, 700).text(72, 712, "1 As told by the office", 8).text(72, 722, "in the year before.", 8)
    found = roles(write_pdf(tmp_path / "a.pdf", canvas))
    assert found["1 As told by the office in the year before."] is Role.FOOTNOTE


def test_lines_with_leaders_or_numbers_at_the_margin_are_contents(tmp_path):
    dotted = Canvas()
    plain = Canvas()
    for number in range(1, 9):
        dotted.text(72, 100 + 16 * number, f"Part {number} " + "." * 80 + f" {number}")
        plain.text(72, 100 + 16 * number, f"Part {number} and its matter").text(500, 100 + 16 * number, f"{number}")
    for canvas in (dotted, plain):
        found = roles(write_pdf(tmp_path / "a.pdf", canvas))
        assert len(found) == 8
        assert set(found.values()) == {Role.CONTENTS}


def test_few_numbers_at_the_margin_are_no_contents(tmp_path):
    canvas = Canvas()
    for number in range(12):
        canvas.text(72, 100 + 16 * number, PROSE)
    canvas.text(72, 320, "Number of pupils").text(480, 320, "12")
    assert Role.CONTENTS not in roles(write_pdf(tmp_path / "a.pdf", canvas)).values()


def loose(path):
    return [left.reason for left in read(path).leftovers if "没有框线" in left.reason]


def test_rows_of_figures_without_a_table_are_told(tmp_path):
    canvas = Canvas()
    for number, label in enumerate(["East", "West", "North"]):
        canvas.text(72, 100 + 18 * number, label).text(220, 100 + 18 * number, str(number + 12))
        canvas.text(340, 100 + 18 * number, f"{number + 95}%")
    (told,) = loose(write_pdf(tmp_path / "a.pdf", canvas))
    assert told.startswith("第 1 页有几行数对齐成列")


def test_rows_of_a_ruled_table_and_lines_of_labels_are_not(tmp_path):
    rows = [["Unit", "Plan", "Done"], ["East", "12", "13"], ["West", "7", "7"], ["North", "9", "9"]]
    canvas = Canvas().table([72, 200, 320, 440], [100, 120, 140, 160, 180], rows)
    for number in range(4):
        canvas.text(72, 300 + 18 * number, "Name:").text(220, 300 + 18 * number, "Lin").text(
            340, 300 + 18 * number, "Dean"
        )
    assert not loose(write_pdf(tmp_path / "a.pdf", canvas))
