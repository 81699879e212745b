"""Each piece lies under its number, in a path that every system takes and that no other piece has."""

from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_exhibits import exhibit
from taizhang.reports.bundle.exhibits import Places, safe


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("1-1-2024-1-3", "1/1-1/1-1-2024/1-1-2024-1-3 验收文件.pdf"),
        ("1-1", "1/1-1 验收文件.pdf"),
        ("7", "7/7 验收文件.pdf"),
        ("", "未编号/验收文件.pdf"),
    ],
)
def test_folders_follow_the_number(number: str, path: str) -> None:
    assert Places().place(exhibit(number)) == path


def test_no_two_pieces_have_one_path_even_where_case_does_not_count() -> None:
    places = Places()
    paths = [places.place(exhibit("1-1", title)) for title in ("Report", "report", "Report")]
    assert len({path.lower() for path in paths}) == 3


def test_a_title_that_is_missing_is_the_name_of_the_file() -> None:
    assert Places().place(exhibit("1-1", "", file="通知 2024.docx")) == "1/1-1 通知 2024.docx"


@given(st.text(), st.text(max_size=300), st.text())
def test_any_number_and_title_make_a_path_that_windows_takes(number: str, title: str, file: str) -> None:
    path = Places().place(exhibit(number, title, file=file))
    assert len(path) < 250
    for part in path.split("/"):
        assert part == part.strip(". ")
        assert not PureWindowsPath(part).is_reserved()
        assert not set(part) & set('<>:"\\|?*\n\x00')
        part.encode()


def test_names_that_windows_keeps_for_itself_are_changed() -> None:
    assert [safe(name) for name in ("CON", "nul.txt", "...", "甲/乙")] == ["CON_", "nul.txt_", "_", "甲 乙"]
