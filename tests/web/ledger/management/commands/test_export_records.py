"""What goes out from the command line comes in again equal."""

import io
import json

import pytest
from django.core.management import call_command

from taizhang.core.errors import TaizhangError
from web_records import entered

pytestmark = pytest.mark.django_db


def test_what_goes_out_comes_in_equal(scene, tmp_path):
    entered(scene)
    file = tmp_path / "out.json"
    call_command("export_records", "--by", "shuanggao", "-o", str(file))
    said = io.StringIO()
    call_command("import_records", str(file), "--by", "shuanggao", stdout=said)
    assert "没有变化 1 条" in said.getvalue()


def test_one_gets_what_one_sees(scene, tmp_path):
    entered(scene)
    for words, count in (
        (("--by", "tonghang"), 0),
        (("--by", "baogao"), 1),
        (("--by", "baogao", "--kind", "award"), 0),
    ):
        said = io.StringIO()
        call_command("export_records", *words, stdout=said)
        assert len(json.loads(said.getvalue())) == count
    with pytest.raises(TaizhangError):
        call_command("export_records", "--by", "shei")
    with pytest.raises(TaizhangError, match="写不了"):
        call_command("export_records", "--by", "baogao", "-o", str(tmp_path))
