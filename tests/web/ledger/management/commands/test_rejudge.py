"""The command that is run after an upgrade."""

from django.core.management import call_command

from taizhang.web.ledger.models import Entry


def test_the_command_says_how_many_were_asked_again(scene, capsys):
    Entry.objects.update(findings=[{"code": "X"}], worst="error")
    call_command("rejudge")
    assert "重查了 3 项，3 项的问题有变化。" in capsys.readouterr().out
    assert not Entry.objects.filter(worst="error").exists()
