"""A command that is quick says nothing."""

import io

from taizhang.web.ledger.telling import told


def test_a_quick_command_is_silent():
    out = io.StringIO()
    with told(out) as say:
        say("第一步")
    assert out.getvalue() == ""


def test_a_slow_command_speaks(monkeypatch):
    out, clock = io.StringIO(), iter([0.0, 2.5, 2.6, 4.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    with told(out) as say:
        say("甲")
        say("乙")
        say("丙")
    assert out.getvalue() == "正在处理：甲……正在处理：丙……"
