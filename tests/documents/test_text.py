from pathlib import Path

import pytest

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents import read
from taizhang.documents.blocks import Heading, Paragraph, Role
from taizhang.documents.text import MAX_BYTES, decode


def written(folder: Path, text: str | bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_the_usual_encodings_read_the_same(tmp_path: Path, codec: str) -> None:
    text = "一、总体情况\n学校建成实训室 12 间。\n"
    document = read(written(tmp_path, text.encode(codec)))
    assert [block.text for block in document.blocks if not hasattr(block, "rows")] == text.split("\n")[:2]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "空文件"), (b"\n \n", "空文件"), (b"\x00\x01\x02" * 99, "不是文本文件"), (b"\xff\x81\x30" * 50, "编码")],
    ids=["empty", "blank", "binary", "unknown codec"],
)
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=says) as caught:
        read(written(tmp_path, data))
    assert str(caught.value).count("。") == 1


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableDocumentError, match="64 MB"):
        read(path)


def test_every_character_knows_its_line_and_column(tmp_path: Path) -> None:
    lines = ["**集群建设。**云岭学院建成", "3 个专业群。", "", "表1 数量", "", "名称\t数值", "课程\t<b>12</b>"]
    document = read(written(tmp_path, "\n".join(lines)))
    texts = [(b.text, b.at) for b in document.blocks if isinstance(b, Heading | Paragraph)]
    texts += [(cell.text, cell.at) for table in document.tables for row in table.rows for cell in row]
    for text, at in texts:
        for position, char in enumerate(text):
            place = at(position, position + 1)
            assert lines[place.line - 1][place.start] == char


def test_contents_footnotes_and_page_numbers_are_no_body_text(tmp_path: Path) -> None:
    text = "一、总体情况 ........ 3\n\n一、总体情况\n学校开展培训 20 场。\n\n- 3 -\n\n<sup>1</sup>数据截至年底。\n"
    roles = [b.role for b in read(written(tmp_path, text)).blocks if isinstance(b, Paragraph)]
    assert roles == [Role.CONTENTS, Role.BODY, Role.FURNITURE, Role.FOOTNOTE]


def test_a_pipe_table_and_a_tab_table_are_the_same_table(tmp_path: Path) -> None:
    pipes = "| 指标 | 数值 |\n|---|---|\n| 课程 | 12 |\n"
    tabs = "指标\t数值\n课程\t12\n"
    first, second = (read(written(tmp_path, text)).tables[0] for text in (pipes, tabs))
    assert [[c.text for c in row] for row in first.rows] == [[c.text for c in row] for row in second.rows]
    assert first.columns == second.columns == ("指标", "数值")


def test_decode_tries_no_codec_that_loses_characters() -> None:
    assert decode("完成率 100%".encode("gb18030"), "a.txt") == "完成率 100%"


def test_a_picture_in_the_text_is_told_to_be_unread(tmp_path: Path) -> None:
    document = read(written(tmp_path, "一、总体情况\n\n![](images/1.jpg)\n\n学校开展培训 20 场。\n"))
    assert [(left.source.line, left.reason) for left in document.leftovers] == [
        (3, "这里是一张图片，图中的文字和表格没有读。")
    ]


def test_text_in_another_encoding_is_refused_and_not_read_as_nonsense(tmp_path):
    path = tmp_path / "報告.txt"
    path.write_bytes("一、概況\n建成課程 30 門，到款 12 萬元，參加培訓 86 人。\n".encode("big5"))
    with pytest.raises(UnreadableDocumentError, match="编码"):
        read(path)
