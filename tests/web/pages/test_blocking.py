"""The page on which the office says what stops a step."""

import pytest

from taizhang.web.ledger.workflow import entries as verbs


@pytest.mark.parametrize(
    ("role", "status"), [("office", 200), ("reporter", 403), ("lead", 403), ("admin", 403), ("outsider", 404)]
)
def test_the_page_is_the_offices(scene, as_, role, status):
    assert as_(role).get(f"/programmes/{scene.programme.pk}/rules/").status_code == status


def test_what_is_chosen_stops_the_step_from_then_on(scene, as_):
    address = f"/programmes/{scene.programme.pk}/rules/"
    browser = as_("office")
    assert browser.post(address, {"submit-TGT": "nonsense"}).status_code == 400
    browser.post(address, {"submit-TGT": "error", "lock-EVD": "warning"})
    assert '<option value="warning" selected>' in browser.get(address).content.decode()
    entry = verbs.save(scene.people.reporter, scene.value, 1, {"text": "5", "rate": "100%"})
    answer = as_("reporter").post(f"/entries/{entry.pk}/submit/")
    assert answer.status_code == 400
    assert "双高办规定" in answer.content.decode()
