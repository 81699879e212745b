"""The command writes what is approved of a period to a file, and changes nothing."""

import pytest
from django.core.management import call_command

from taizhang.core.errors import TaizhangError
from taizhang.reports.snapshot import from_json
from taizhang.web.ledger.models import Change, Period, Snapshot


def test_the_ledger_of_a_period_is_written_to_a_file(scene, tmp_path, capsys):
    before = Change.objects.count()
    call_command("snapshot", "中期", "-o", str(tmp_path / "快照.json"))
    told = from_json((tmp_path / "快照.json").read_text("utf-8"))
    assert told.programme == scene.programme.name and len(told.points) == 2
    assert told.sha256 in capsys.readouterr().out
    assert Snapshot.objects.count() == 0 and Change.objects.count() == before


def test_a_period_that_is_nowhere_or_in_several_programmes_is_asked_about(scene, tmp_path):
    with pytest.raises(TaizhangError, match=r"有：.*中期"):
        call_command("snapshot", "末期", "-o", str(tmp_path / "快照.json"))
    other = type(scene.programme).objects.create(
        college=scene.college, name="另一项目", first_year=2023, last_year=2027
    )
    Period.objects.create(programme=other, name="中期", kind="checkpoint", first_year=2023, last_year=2025)
    with pytest.raises(TaizhangError, match="--programme"):
        call_command("snapshot", "中期", "-o", str(tmp_path / "快照.json"))
    call_command("snapshot", "中期", "--programme", "另一项目", "-o", str(tmp_path / "快照.json"))
    with pytest.raises(TaizhangError, match="写不了"):
        call_command("snapshot", "中期", "--programme", "另一项目", "-o", str(tmp_path / "没有" / "快照.json"))
