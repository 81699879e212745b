"""Characters and rulings stand where a person sees them, however the file says it."""

import math

import pytest

from pdf_files import Canvas, first_page, write_pdf


def places(path):
    page = first_page(path)
    return [(run.text, round(run.x0), round(run.y), round(run.em)) for run in page.runs]


def rules(path):
    page = first_page(path)
    return [[tuple(round(number) for number in rule) for rule in side] for side in (page.across, page.down)]


@pytest.mark.parametrize("turn", range(4))
def test_a_page_drawn_turned_reads_like_an_upright_one(tmp_path, turn):
    canvas = Canvas(turn).text(72, 100, "Budget 320").text(72, 120, "spent 98.5%", 12).stroke(72, 130, 300, 130)
    path = write_pdf(tmp_path / "a.pdf", canvas)
    assert sorted(places(path)) == [("Budget 320", 72, 100, 10), ("spent 98.5%", 72, 120, 12)]
    assert rules(path) == [[(130, 72, 300)], []]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_direction_of_the_text_decides_not_the_rotate_entry(tmp_path, rotate):
    path = write_pdf(tmp_path / "a.pdf", Canvas(rotate=rotate).text(72, 100, "Budget"))
    assert places(path) == [("Budget", 72, 100, 10)]


def test_rulings_are_known_however_they_are_drawn(tmp_path):
    ways = [
        Canvas().stroke(72, 100, 300, 100),
        Canvas().stroke(72, 100, 300, 100, dash="[2 2] 0"),
        Canvas().fill(72, 99.5, 300, 100.5),
        Canvas(),
        Canvas(),
    ]
    for x in range(72, 300, 4):
        ways[3].fill(x, 99.7, min(x + 2, 300), 100.3)  # dots
    for x in range(72, 300, 57):
        ways[4].stroke(x, 100, x + 57, 100)  # a piece for each cell
    for number, way in enumerate(ways):
        across, down = rules(write_pdf(tmp_path / f"{number}.pdf", way))
        assert not down
        assert across == [(100, 72, pytest.approx(300, abs=2))]


def test_shading_and_specks_are_no_rulings(tmp_path):
    canvas = Canvas().fill(72, 100, 300, 130, grey=0.8).stroke(72, 200, 75, 200)
    assert rules(write_pdf(tmp_path / "a.pdf", canvas)) == [[], []]


def test_the_outline_of_a_box_is_four_rulings(tmp_path):
    across, down = rules(write_pdf(tmp_path / "a.pdf", Canvas().frame(72, 100, 300, 130)))
    assert across == [(100, 72, 300), (130, 72, 300)]
    assert down == [(72, 100, 130), (300, 100, 130)]


@pytest.mark.parametrize("aside", [0, 0.3])
def test_words_printed_twice_to_look_bold_are_read_once(tmp_path, aside):
    canvas = Canvas().text(72, 100, "Total").text(72 + aside, 100 + aside, "Total")
    assert [text for text, *_ in places(write_pdf(tmp_path / "a.pdf", canvas))] == ["Total"]


def test_a_watermark_is_kept_apart(tmp_path):
    canvas = Canvas().text(72, 100, "Report").text(72, 120, "of the year").text(200, 500, "DRAFT", 60, math.pi / 4)
    page = first_page(write_pdf(tmp_path / "a.pdf", canvas))
    assert [run.text for run in page.runs] == ["Report", "of the year"]
    assert "".join(run.text for run in page.slanted) == "DRAFT"


def test_a_run_cut_in_parts_keeps_its_places(tmp_path):
    run = first_page(write_pdf(tmp_path / "a.pdf", Canvas().text(72, 100, "one two three"))).runs[0]
    parts = list(run.parts([3, 8]))
    assert [(part.text, part.start) for part in parts] == [("one", 0), ("two", 4), ("three", 8)]
    assert [part.x0 for part in parts] == [run.lefts[0], run.lefts[4], run.lefts[8]]
    assert parts[-1].x1 == run.x1
