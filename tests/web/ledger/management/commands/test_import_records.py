"""Records from the command line: all of them or none, every fault with its place."""

import io
import json

import pytest
from django.core.management import call_command

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger.models import Record
from web_records import CLASS

pytestmark = pytest.mark.django_db


def taken(file, rows, *words):
    file.write_text(rows if isinstance(rows, str) else json.dumps(rows, default=float), encoding="utf-8")
    said, complained = io.StringIO(), io.StringIO()
    call_command("import_records", str(file), *words, stdout=said, stderr=complained)
    return said.getvalue()


def test_they_come_in_once(scene, tmp_path):
    rows = [{**CLASS.to_json(), "id": "R1"}]
    assert "新增 1 条" in taken(tmp_path / "a.json", rows, "--by", "baogao")
    assert "没有变化 1 条" in taken(tmp_path / "a.json", rows, "--by", "baogao", "--unit", "教务处")
    rows = [{**CLASS.to_json(), "id": "R2"}]
    with pytest.raises(TaizhangError):
        taken(tmp_path / "a.json", rows, "--by", "baogao")
    assert "新增 1 条" in taken(tmp_path / "a.json", rows, "--by", "baogao", "--anyway")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"id": "R1"}], ("--by", "baogao")), ("{", ("--by", "baogao")), ("{}", ("--by", "baogao")), ([], ("--by", "shei")),
        ([], ("--by", "shengting")), ([], ("--by", "baogao", "--unit", "继续教育学院")),
    ],
)  # fmt: skip
def test_what_cannot_be_writes_nothing(scene, tmp_path, rows, words):
    with pytest.raises(TaizhangError):
        taken(tmp_path / "a.json", rows, *words)
    assert not Record.objects.exists()


def test_a_file_that_is_not_there_is_said(scene, tmp_path):
    with pytest.raises(TaizhangError, match="读不了"):
        call_command("import_records", str(tmp_path / "no.json"), "--by", "baogao")
