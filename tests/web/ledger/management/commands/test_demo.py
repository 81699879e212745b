"""The command says how to come in as each role, and asks for an empty ledger."""

import pytest
from django.core.management import call_command

from taizhang.core.errors import TaizhangError


def test_a_ledger_with_data_of_others_is_refused(scene, tmp_path):
    scene.college.name = "别的学校"
    scene.college.save()
    with pytest.raises(TaizhangError, match="空的台账"):
        call_command("demo", str(tmp_path / "a.docx"))


def test_a_loaded_demonstration_only_says_how_to_come_in(scene, tmp_path, capsys):
    call_command("demo", str(tmp_path / "a.docx"))
    assert "shuanggao" in capsys.readouterr().out
