from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_it_says_for_each_college_how_many_warnings_there_are(scene):
    out = StringIO()
    call_command("watch", stdout=out)
    told = out.getvalue().splitlines()
    assert len(told) == 2
    assert told[0].startswith("云岭职业技术学院：预警 ")
    assert told[1] == "望海职业学院：预警 0 条（新增 0，升级 0，原因消除 0）。"
