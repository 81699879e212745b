"""An installation that is wrong says so, with a remedy; one that is right says nothing."""

import os
import subprocess
import sys
from pathlib import Path

from django.test import override_settings

from taizhang.web import deployment

ROOT = Path(__file__).parent.parent.parent


def checked(tmp_path, **variables):
    environment = {**os.environ, "TAIZHANG_DATA": str(tmp_path / "data"), **variables}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "taizhang", "manage", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_proper_installation_is_clean(tmp_path):
    done = checked(tmp_path, TAIZHANG_HTTPS="1", TAIZHANG_HOSTS="taizhang.example.edu.cn")
    assert (done.returncode, done.stdout + done.stderr) == (0, "System check identified no issues (0 silenced).\n")


def test_open_hosts_and_plain_http_are_told(tmp_path):
    done = checked(tmp_path, TAIZHANG_HOSTS="*")
    assert done.returncode == 1
    assert "taizhang.W002" in done.stderr


def test_a_folder_open_to_others_is_told(tmp_path):
    folder = tmp_path / "evidence"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with override_settings(EVIDENCE=folder):
        assert "taizhang.W003" in [found.id for found in deployment.open_door()]


def test_an_installation_without_the_chart_library_is_told(monkeypatch):
    monkeypatch.setattr(deployment.finders, "find", lambda _name: None)
    assert [found.id for found in deployment.drawings()] == ["taizhang.W005"]


def test_the_chart_library_is_the_one_that_the_build_names_with_its_licence():
    place = deployment.finders.find("echarts")
    assert place is not None, "run `make setup`: npm brings the library"
    assert {file.name for file in Path(place).iterdir()} == {"echarts.min.js", "LICENSE", "NOTICE", "VERSION"}
    assert (Path(place) / "VERSION").read_text(encoding="utf-8").strip() in (ROOT / "hatch_build.py").read_text(
        encoding="utf-8"
    )
