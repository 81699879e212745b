"""A check in a process of its own: whatever happens there, the site gets an answer or a sentence."""

import sys

import pytest

from taizhang.web.ledger.checking import process


def told(program):
    import tempfile

    heard = []
    with tempfile.TemporaryFile() as given:
        return process._asked([sys.executable, "-c", program], given, heard.append), heard


def test_progress_is_heard_and_the_answer_taken():
    program = 'print(\'{"progress": "1 / 2"}\'); print(\'{"answer": {"a": 1}}\')'
    assert told(program) == ({"a": 1}, ["1 / 2"])


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise SystemExit(1)",
        "pass",
        "print('no json')",
        "import os, signal; os.kill(os.getpid(), 9)",
    ],
)
def test_a_process_that_dies_is_one_clear_sentence(program):
    with pytest.raises(process.CheckingError, match="文件已保存"):
        told(program)


def test_a_refusal_is_passed_on():
    with pytest.raises(process.CheckingError, match="内存不够"):
        told('print(\'{"refused": "内存不够"}\')')


def test_one_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(process, "_PATIENCE", 0.5)
    with pytest.raises(process.CheckingError):
        told("import time; time.sleep(60)")


def test_the_process_is_told_no_secret(monkeypatch):
    monkeypatch.setenv("TAIZHANG_SECRET_KEY", "geheim")
    program = "import os, json; print(json.dumps({'answer': {'seen': 'TAIZHANG_SECRET_KEY' in os.environ}}))"
    assert told(program)[0] == {"seen": False}
