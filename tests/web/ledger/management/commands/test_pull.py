from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_where_nothing_is_due_nothing_is_said():
    out = StringIO()
    call_command("pull", stdout=out)
    assert out.getvalue() == ""
