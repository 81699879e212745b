"""The site starts from nothing, answers, and stops."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from taizhang.core.errors import UsageError
from taizhang.web import site as started
from taizhang.web.ledger.management import commands


def test_the_site_starts_from_an_empty_folder(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "TAIZHANG_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": ""}
    environment.pop("DJANGO_SETTINGS_MODULE")
    command = [sys.executable, "-m", "taizhang", "serve", "--port", str(port), "--workers", "1"]
    site = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        page = waited_for(f"http://127.0.0.1:{port}/login/", site)
    finally:
        site.terminate()
        site.wait(20)
    assert "登录名" in page


def test_without_a_command_each_of_ours_is_listed_with_what_it_does(capsys):
    started.manage([])
    listed = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line.startswith("  "))
    assert set(listed) == {path.stem for path in Path(commands.__file__).parent.glob("[a-z]*.py")}
    assert all(any("一" <= letter <= "鿿" for letter in said) for said in listed.values())


def waited_for(address, site):
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
                return answer.read().decode()
        except OSError:
            assert site.poll() is None, site.stdout.read()
            time.sleep(0.2)
    raise AssertionError("the site did not answer within two minutes")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export_records",), "错误：没有写 --by。"),
        (("watch", "--zzz"), "错误：不认识 --zzz。"),
        (("backup",), "错误：没有写 file。"),
        (("watch", "--verbosity", "x"), "--verbosity"),
    ],
)
def test_words_that_a_command_does_not_understand_are_refused_in_chinese(words, said, capsys):
    with pytest.raises(SystemExit) as ended:
        started.manage(words)
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in told
    assert told.startswith("用法：")
    assert "error" not in told


def test_a_command_that_there_is_not_is_refused_in_one_sentence():
    with pytest.raises(UsageError, match="没有命令 verify"):
        started.manage(("verify",))


def test_without_a_database_one_sentence_says_what_to_do(tmp_path):
    environment = {**os.environ, "TAIZHANG_DATA": str(tmp_path / "data")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "taizhang", "manage", "let_in", "nobody"]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：台账的数据库还没有建好") and done.stderr.count("\n") == 1
