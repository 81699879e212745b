"""A source leads back to the words it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks.present.spot import Spot, Spots, locate
from taizhang.checks.result import Result
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Paragraph, Piece, Table


def words(document: Document, spot: Spot | None) -> str | None:
    return Spots(document).text(spot)[spot.start : spot.end] if spot else None


def test_every_finding_is_found_by_its_words(result: Result) -> None:
    document = result.documents[0]
    for finding in result.findings:
        assert words(document, locate(document, finding)) == finding.text


def test_every_cell_leads_back_to_itself(report: Document) -> None:
    spots = Spots(report)
    for number, block in enumerate(report.blocks):
        if not isinstance(block, Table):
            continue
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                spot = spots.find(block.at(row, column), cell.text)
                assert spot
                assert spot.block == number
                assert report.blocks[number].rows[spot.row][spot.column] is cell or not cell.text  # type: ignore[union-attr, index]


@given(st.lists(st.text(alphabet="甲乙丙丁1", min_size=1, max_size=6), min_size=1, max_size=5), st.data())
def test_any_stretch_within_a_line_is_found_exactly(lines: list[str], data: st.DataObject) -> None:
    pieces, at = [], 0
    for number, line in enumerate(lines, 1):
        pieces.append(Piece(at, Source("a.txt", line=number, start=number)))
        at += len(line)
    paragraph = Paragraph("".join(lines), tuple(pieces))
    document = Document("a.txt", "text", [paragraph])
    index = data.draw(st.integers(0, len(lines) - 1))
    start = pieces[index].start + data.draw(st.integers(0, len(lines[index]) - 1))
    end = data.draw(st.integers(start + 1, pieces[index].start + len(lines[index])))
    assert Spots(document).find(paragraph.at(start, end)) == Spot(0, None, None, start, end)


def test_words_cut_by_a_line_are_found_whole() -> None:
    pieces = (Piece(0, Source("a.txt", line=1, start=0)), Piece(3, Source("a.txt", line=2, start=0)))
    paragraph = Paragraph("培训人次", pieces)
    document = Document("a.txt", "text", [paragraph])
    spot = Spots(document).find(paragraph.at(2, 4), "人次")
    assert words(document, spot) == "人次"


def test_a_place_without_characters_is_all_that_stands_there(report: Document) -> None:
    paragraph = report.blocks[1]
    assert isinstance(paragraph, Paragraph)
    spot = Spots(report).find(Source(report.file, line=2))
    assert words(report, spot) == paragraph.text[: paragraph.pieces[1].start]


def test_a_table_can_be_named_by_count_alone(report: Document) -> None:
    spots = Spots(report)
    assert spots.find(Source(report.file, table=2)) == Spot(8, None, None, 0, 0)
    spot = spots.find(Source(report.file, table=2, row=3, column=2), "78")
    assert words(report, spot) == "78"


@pytest.mark.parametrize("source", [Source("别的.txt", line=2), Source("x", table=9)])
def test_another_file_is_not_found(report: Document, source: Source) -> None:
    assert Spots(report).find(source) is None
    assert Spots(report).find(source._replace(file=report.file, line=999)) is None
