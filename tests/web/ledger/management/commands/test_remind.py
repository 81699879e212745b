"""The command that is run once a day."""

from django.core.management import call_command

from taizhang.web.ledger.models import Round


def test_the_command_says_how_many_were_reminded(scene, capsys):
    Round.objects.update(due_person="2020-01-01")
    call_command("remind")
    call_command("remind")
    assert capsys.readouterr().out.split() == ["留下", "2", "条提醒。", "留下", "0", "条提醒。"]
