"""What a search of records looks through."""

import pytest

from taizhang.records import shelf
from taizhang.web.ledger.models import Record
from taizhang.web.ledger.record_search import holding, text_of
from web_records import CLASS, entered

pytestmark = pytest.mark.django_db


def found_by(query):
    return Record.objects.filter(holding(query))


def test_everything_that_people_read_is_looked_through():
    text = text_of(CLASS, shelf()["training_programme"])
    for word in ("社区电工", "培训项目", "已举办", "青石街道办事处", "社区教育", "安全用电", "到账额", "办了一期培训"):
        assert word in text


@pytest.mark.parametrize(
    ("query", "found"),
    [("电工", True), ("电", True), ("社区电工安全", True), ("电工 街道办", True), ("电社", False), ("电工 没有", False), ("训已", False)],
)  # fmt: skip
def test_all_words_must_be_held(scene, query, found):
    entered(scene)
    assert found_by(query).exists() is found
    assert Record.objects.filter(holding(query, few=0)).exists() is found
