"""The migrations are one line, and make the tables that the models describe."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

import taizhang.web.ledger.migrations as folder


def test_the_numbers_are_one_line():
    names = sorted(file.stem for file in Path(folder.__file__).parent.glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", name) for name in names)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "ledger", check=True, dry_run=True, verbosity=0)
