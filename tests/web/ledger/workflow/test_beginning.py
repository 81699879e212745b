"""The first college and its administrator, once."""

import pytest

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import RoleName
from taizhang.web.ledger.workflow import beginning, people
from taizhang.web.ledger.workflow.trouble import OutOfOrderError, RefusedError


@pytest.mark.django_db
@pytest.mark.parametrize("province", ["", "江北省教育厅"])
def test_the_first_administrator_comes_in_and_keeps_the_tree(province):
    person, link = beginning.establish("云岭职业技术学院", "GuanLi", "孟川", province)
    assert people.activate(link.who, link.token, "qinghe-shanshui-26").username == "guanli"
    assert access.standing(person).holds(RoleName.ADMIN)
    assert access.kept_units(person).count() == (2 if province else 1)
    assert list(history.breaks(person.home)) == []


@pytest.mark.django_db
def test_a_ledger_begins_once():
    beginning.establish("云岭职业技术学院", "guanli", "孟川")
    with pytest.raises(OutOfOrderError):
        beginning.establish("望海职业学院", "guanli2", "石远")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("college", "username", "name"), [("", "a1", "甲"), ("校", "a1", " "), ("校", "有空格 的", "甲")]
)
def test_what_is_missing_is_told(college, username, name):
    with pytest.raises(RefusedError):
        beginning.establish(college, username, name)
