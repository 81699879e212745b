"""The command that proves the history."""

from io import StringIO

import pytest
from django.core.management import call_command

from taizhang.web.ledger import history
from taizhang.web.ledger.management.commands import verify_history
from taizhang.web.ledger.models import Change


@pytest.fixture
def chains(scene):
    for number in range(3):
        history.record(scene.college, scene.people.office, "save", scene.task, after={"number": number})
        history.record(scene.elsewhere, None, "save", scene.task, after={"number": number})
    return scene


def said(**options):
    out, err = StringIO(), StringIO()
    call_command("verify_history", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_whole_chains_are_told_so(chains):
    assert said() == ("云岭职业技术学院：3 条，完好。\n望海职业学院：3 条，完好。\n", "")


def test_a_break_is_one_sentence_and_exit_code_1(chains, capsys):
    Change.objects.filter(college=chains.college, number=2).update(reason="补写")
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_history", stdout=out)
    assert end.value.code == 1
    assert out.getvalue() == "云岭职业技术学院：第 2 条与校验值不符，内容被改过。\n望海职业学院：3 条，完好。\n"
    assert said(college="望海职业学院")[0] == "望海职业学院：3 条，完好。\n"


def test_an_empty_ledger_has_nothing_to_verify(scene):
    assert said() == ("没有可校验的历史。\n", "")


def test_a_long_walk_says_how_far_it_is(chains, monkeypatch):
    monkeypatch.setattr(verify_history, "_QUIET", 0)
    err = StringIO()
    tell = verify_history.Command(stderr=err)._progress()
    tell(1000)
    assert "已校验 1000 条" in err.getvalue()
