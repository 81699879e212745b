"""Whoever runs the server can let anyone in, and the history says so."""

import pytest
from django.core.management import call_command
from django.test import Client

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import history


def test_the_link_opens_and_the_history_tells(scene, capsys):
    call_command("let_in", "GuanLi")
    link = capsys.readouterr().out.strip().rpartition("：")[2]
    assert Client().get(link).status_code == 200
    change = history.of(scene.people.admin).first()
    assert (change.verb, change.actor_name) == ("invite", "系统")


def test_an_unknown_name_is_told(scene):
    with pytest.raises(TaizhangError, match="没有登录名"):
        call_command("let_in", "meiyou")
