"""The command line begins a ledger."""

import pytest
from django.core.management import call_command
from django.test import Client

from taizhang.core.errors import TaizhangError


def begun(*more):
    call_command("establish", "--college", "云岭职业技术学院", "--username", "guanli", "--name", "孟川", *more)


@pytest.mark.django_db
def test_the_link_that_is_printed_opens(capsys):
    begun()
    link = capsys.readouterr().out.strip().rpartition("：")[2]
    assert Client().get(link).status_code == 200


def test_a_ledger_with_units_is_refused(scene):
    with pytest.raises(TaizhangError, match="已有单位"):
        begun()
