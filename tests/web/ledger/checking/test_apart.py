"""The program of the checking process; what it finds stands in the tests of reports."""

import json
import subprocess
import sys

from taizhang.web.ledger.checking import apart


def asked(job):
    run = subprocess.run(
        [sys.executable, "-m", apart.__name__], input=json.dumps(job).encode(), capture_output=True, check=True
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_each_file_is_heard_of_when_read_and_when_checked(tmp_path):
    path = tmp_path / "kept"
    path.write_text("完成课程6门。\n", encoding="utf-8")
    files = [{"name": f"{name}.txt", "path": str(path)} for name in "甲乙"]
    said = asked({"act": "check", "files": files, "exemptions": [], "as_of": "2026-01-01"})
    steps = [line["progress"] for line in said if "progress" in line]
    assert [step for step in steps if "4 / 4 步" in step]
    assert said[-1]["answer"]["result"]["files"] == ["甲.txt", "乙.txt"]


def test_what_is_refused_is_a_sentence(tmp_path):
    path = tmp_path / "kept"
    path.write_text("完成课程6门。\n", encoding="utf-8")
    job = {"act": "check", "files": [{"name": "甲.txt", "path": str(path)}], "exemptions": [], "as_of": "2026-01-01"}
    assert "没有名为" in asked(job | {"profile": "no such"})[-1]["refused"]
