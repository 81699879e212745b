"""The command writes the same bundle to a file, and says what is not in it."""

import zipfile

import pytest
from django.core.management import call_command

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import history
from web_access import built
from web_assessing import evidence, lock


@pytest.fixture
def report(scene, vault_folder):
    piece = evidence(scene, "课程建设名单", scene.entries[0])  # a row without its bytes
    lock(scene.entries[0])
    return built(scene, piece)


def test_it_is_written_and_what_is_missing_is_listed(report, tmp_path, capsys):
    out = tmp_path / "材料包.zip"
    call_command("bundle", str(report.pk), "-o", str(out))
    said = capsys.readouterr().out
    assert "课程建设名单：文件打不开" in said and "0 份完好，1 份没有装入或对不上" in said
    assert zipfile.ZipFile(out).testzip() is None
    assert history.of(report).get(verb="bundle").actor is None


def test_nothing_is_overwritten_and_nothing_half_written_stays(report, tmp_path):
    out = tmp_path / "材料包.zip"
    out.write_bytes(b"mine")
    for pk, where, said in (
        (report.pk, out, "已经存在"), (0, tmp_path / "b.zip", "没有编号为 0"), (report.pk, tmp_path / "no" / "b.zip", "写不了"),
    ):  # fmt: skip
        with pytest.raises(TaizhangError, match=said):
            call_command("bundle", str(pk), "-o", str(where))
    assert out.read_bytes() == b"mine" and not list(tmp_path.glob(".*.zip-*"))
