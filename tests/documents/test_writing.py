"""A file is written whole or not at all."""

import os
import threading
from pathlib import Path

import pytest

from taizhang.core.errors import UsageError
from taizhang.documents.writing import replaced, whole


def test_the_content_is_there_when_the_block_has_ended(tmp_path: Path) -> None:
    out = tmp_path / "甲.txt"
    with whole(out) as stream:
        stream.write("台账".encode())
        assert not out.exists()
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("甲.txt", "台账")]


def half(out: Path, fault: Exception) -> None:
    with whole(out) as stream:
        stream.write(b"half")
        raise fault


@pytest.mark.parametrize("fault", [ValueError("mine"), OSError("theirs")])
def test_what_fails_leaves_the_folder_as_it_was(tmp_path: Path, fault: Exception) -> None:
    out = tmp_path / "甲.txt"
    out.write_text("原稿", "utf-8")
    expected = UsageError if isinstance(fault, OSError) else ValueError
    with pytest.raises(expected):
        half(out, fault)
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("甲.txt", "原稿")]


def test_a_place_that_cannot_be_written_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"写不了 .*甲\.txt：没有这个文件或文件夹。"), whole(tmp_path / "x" / "甲.txt"):
        pass
    folder = tmp_path / "乙.txt"
    folder.mkdir()
    with pytest.raises(UsageError, match="写不了"), whole(folder):
        pass
    assert list(tmp_path.iterdir()) == [folder]


def test_a_pipe_is_written_to_and_keeps_its_place(tmp_path: Path) -> None:
    pipe, read = tmp_path / "管道", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with whole(pipe) as stream:
        stream.write("台账".encode())
    reader.join()
    assert read == ["台账".encode()]
    assert pipe.is_fifo()


def test_what_was_written_beside_takes_the_place_and_nothing_else_does(tmp_path: Path) -> None:
    out = tmp_path / "甲.docx"
    out.write_text("原稿", "utf-8")
    with replaced(out):
        pass
    assert out.read_text("utf-8") == "原稿"
    with replaced(out) as beside:
        beside.write_text("新稿", "utf-8")
        assert out.read_text("utf-8") == "原稿"
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("甲.docx", "新稿")]


def test_a_place_that_cannot_be_taken_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "甲.docx"
    folder.mkdir()
    with pytest.raises(UsageError, match="Word 或 WPS"), replaced(folder) as beside:
        beside.write_text("新稿", "utf-8")
    assert list(tmp_path.iterdir()) == [folder]
