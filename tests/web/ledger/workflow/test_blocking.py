"""The office says which families of rules stop which step."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.workflow.blocking import set_blocking, strength
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError


def test_what_the_office_chose_is_kept_and_told(scene):
    row = set_blocking(scene.people.office, scene.programme, {("submit", "TGT"): "error", ("lock", "EVD"): "warning"})
    assert row.blocking == {"submit": ["TGT"], "approve": [], "lock": ["EVD:warning"]}
    assert [strength(row, *place) for place in (("submit", "TGT"), ("lock", "EVD"), ("lock", "TGT"))] == [
        "error", "warning", "",
    ]  # fmt: skip
    assert history.of(row).count() == 1
    set_blocking(scene.people.office, scene.programme, {("submit", "TGT"): "error", ("lock", "EVD"): "warning"})
    assert history.of(row).count() == 1


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "province", "outsider"])
def test_only_the_office_decides(scene, role):
    with pytest.raises(NotAllowedError):
        set_blocking(getattr(scene.people, role), scene.programme, {})


@pytest.mark.parametrize("wrong", [{("save", "TGT"): "error"}, {("submit", "ARI"): "error"}, {("submit", "TGT"): "x"}])
def test_what_is_not_offered_is_refused(scene, wrong):
    with pytest.raises(RefusedError):
        set_blocking(scene.people.office, scene.programme, wrong)
