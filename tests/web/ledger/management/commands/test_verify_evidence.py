"""The command that proves that nothing uploaded was lost or changed."""

import io
import json
import os

import pytest
from django.core.management import call_command

from taizhang.web.ledger.evidence import vault


def run(*words):
    out = io.StringIO()
    try:
        call_command("verify_evidence", *words, stdout=out)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


def test_a_sound_vault_is_clean(kept):
    kept()
    assert run() == ("核对原件 1 个：缺失或被改 0 个，多余的文件 0 个。\n", 0)


def test_a_flipped_byte_is_told_with_its_title(kept):
    path = vault.place(kept("立项通知.txt").blob_id)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    told, status = run()
    assert status == 1 and "被改" in told and "立项通知" in told
    told, status = run("--json")
    assert status == 1
    assert json.loads(told)["troubles"] == [
        {"trouble": "changed", "file": f"{path.name[:2]}/{path.name}", "titles": ["立项通知"]}
    ]


@pytest.mark.parametrize("words", [(), ("--clean",)])
def test_strays_are_listed_and_go_only_when_asked(kept, vault_folder, words):
    kept()
    stray = vault_folder / "stray"
    stray.write_bytes(b"x")
    os.utime(stray, (1, 1))
    told, status = run(*words)
    assert status == 0 and "多余" in told
    assert stray.exists() is (not words)
    assert len(list(vault.files())) == (1 if words else 2)
