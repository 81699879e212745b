import pytest

from taizhang.web.ledger.sealing import opened, sealed
from taizhang.web.ledger.workflow.trouble import RefusedError


def test_a_password_comes_out_as_it_went_in_and_cannot_be_read_between():
    token = sealed("密码 s3cret")
    assert b"s3cret" not in token
    assert opened(token) == "密码 s3cret"
    assert sealed("密码 s3cret") != token
    assert opened(b"") == ""


def test_under_another_key_it_is_asked_for_again(settings):
    token = sealed("s3cret")
    settings.SECRET_KEY = "another"  # noqa: S105 - of a test
    with pytest.raises(RefusedError, match="重新填写"):
        opened(token)
