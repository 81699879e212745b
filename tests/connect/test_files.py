import io
import zipfile

import openpyxl
import pytest

from taizhang.connect.files import csv_rows, excel_rows
from taizhang.connect.rows import ConnectError, text_of

LINES = [["项目", "金额"], ["甲", 12.5], [None, None], ["乙", "1,200"]]


def workbook(lines, title="表"):
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(rows):
    return [(row.number, {name: text_of(value) for name, value in row.cells.items()}) for row in rows]


WANTED = [(2, {"项目": "甲", "金额": "12.5"}), (4, {"项目": "乙", "金额": "1,200"})]


def test_rows_of_a_workbook_keep_their_numbers_and_blank_ones_are_passed():
    assert told(excel_rows(workbook(LINES), 1, "")) == WANTED


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_same_rows_come_from_a_csv_however_it_was_exported(mark, encoding):
    text = "\r\n".join(mark.join(f'"{value or ""}"' for value in line) for line in LINES)
    assert told(csv_rows(text.encode(encoding), 1)) == WANTED


def test_a_header_may_stand_below_a_title():
    assert told(excel_rows(workbook([["收支表"], *LINES]), 2, "表"))[0] == (3, WANTED[0][1])


@pytest.mark.parametrize(
    ("content", "sheet", "words"),
    [
        (b"PK nonsense", "", "不是 .xlsx"),
        (workbook(LINES), "别的", "没有“别的”这张表，有的是：表"),
        (workbook([[]]), "", "没有表头"),
        (workbook([["数", "数"], [1, 2]]), "", "“数”有两列"),
    ],
    ids=["no workbook", "no such sheet", "no header", "one name twice"],
)
def test_a_workbook_that_cannot_be_used_is_refused_in_a_sentence(content, sheet, words):
    with pytest.raises(ConnectError, match=words):
        excel_rows(content, 1, sheet)


def test_a_bomb_is_not_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    with pytest.raises(ConnectError, match="过于庞大"):
        excel_rows(out.getvalue(), 1, "")


def test_a_damaged_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a", b"b")
    with pytest.raises(ConnectError, match="读不了"):
        excel_rows(out.getvalue(), 1, "")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\x81\x00\xff", "编码"), (b"", "没有表头"), (b'a,b\n"' + b"x" * 200_000 + b"\n", "CSV")],
    ids=["no text", "empty", "open quote"],
)
def test_a_csv_that_cannot_be_used_is_refused_in_a_sentence(content, words):
    with pytest.raises(ConnectError, match=words):
        csv_rows(content, 1)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr("taizhang.connect.files.MOST_ROWS", 2)
    with pytest.raises(ConnectError, match="超过 2 行"):
        csv_rows(b"a\n1\n2\n3\n", 1)
