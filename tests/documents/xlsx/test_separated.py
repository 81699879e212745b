"""A file of separated values is read as its sheet would be."""

from pathlib import Path

import pytest

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents import read

ROWS = [
    ["序号", "资金来源", "预算", "执行率"],
    ["1", "省级财政资金", "2,600.00", "95.4%"],
    ["2", "学校自筹资金", "1,600.00", "93.8%"],
    ["合计", "", "4,200.00", "94.8%"],
]


def write(folder: Path, separator: str, encoding: str = "utf-8", before: str = "") -> Path:
    lines = [separator.join(f'"{text}"' if separator in text else text for text in row) for row in ROWS]
    path = folder / "资金.csv"
    path.write_bytes((before + "\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def body(path: Path) -> list[list[str]]:
    (table,) = read(path).tables
    return [list(table.columns), *([cell.text for cell in row] for row in table.body)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_values_are_parted_by_any_mark(tmp_path: Path, separator, encoding) -> None:
    assert body(write(tmp_path, separator, encoding)) == ROWS


def test_a_file_may_name_its_separator(tmp_path: Path) -> None:
    path = write(tmp_path, ";", before="sep=;\r\n")
    assert body(path) == ROWS
    assert read(path).tables[0].at(1, 1).cell == "B3"


def test_title_and_unit_belong_to_the_table(tmp_path: Path) -> None:
    (table,) = read(write(tmp_path, ",", before="表3 资金投入情况,,,\r\n单位：万元,,,\r\n")).tables
    assert (table.number, table.caption, table.unit) == ("3", "资金投入情况", "万元")


def test_a_value_may_hold_line_ends_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "课程.csv"
    path.write_text('课程,说明,门数\n精品课程,"含""双语""课程\n和线上课程",22\n在线课程,无,15\n', encoding="utf-8")
    assert body(path)[1] == ["精品课程", '含"双语"课程\n和线上课程', "22"]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\0\1\2\3"], ids=["nothing", "blanks", "bytes"])
def test_what_holds_no_values_is_refused(tmp_path: Path, data) -> None:
    path = tmp_path / "空.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocumentError):
        read(path)
