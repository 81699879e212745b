"""Records as rows and as values: nothing is lost between them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import record as core
from taizhang.records import shelf
from taizhang.web.ledger.models import Record
from taizhang.web.ledger.recorded import fields_in_words, in_words, measured, told, whole, years_of
from taizhang.web.ledger.workflow import records
from web_records import CLASS

GOLD = Path(__file__).parents[4] / "shared/gold/records.json"


@pytest.mark.django_db
def test_every_gold_record_goes_out_as_it_came_in(scene):
    path = next((each / "shared/gold/records.json" for each in Path(__file__).parents if (each / "shared/gold").is_dir()), GOLD)  # fmt: skip
    if not path.exists():
        pytest.skip("the labelled records are not on this machine")
    came = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    known = [each for each in came if each["kind"] in shelf()]
    entering = [records.Entering(scene.teaching, core.Record.from_json(each)) for each in known]
    records.enter_many(scene.people.reporter, scene.college, entering)
    went = {row.code: told(row).to_json() for row in whole(Record.objects.all())}
    assert went == {each["id"]: each for each in known}


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2023", [2023]), ("2023-06", [2023]), ("2022-2023", [2022, 2023]), ("2023-05-08..12", [2023]), ("2010 至今", [2010]),
        ("第十四批", []), ("", []), ("20230508", [2023]),
    ],
)  # fmt: skip
def test_the_years_of_a_time_as_told(period, years):
    assert years_of(core.Record(id="1", kind="x", title="t", period=period)) == years


def test_words_name_what_keys_mean():
    words = in_words(CLASS, shelf()["training_programme"])
    assert words["kind"] == "培训项目"
    assert words["state"] == "已举办"
    assert words["measures"] == ["人数 46 人", "到账额 约3.25 万元（累计）"]
    assert words["fields"] == {"培训主题": "安全用电", "培训对象": "社区居民", "是否收费": "否"}


def test_what_a_kind_no_longer_has_is_shown_by_its_key():
    record = core.Record(id="1", kind="x", title="t", fields={"gone": "旧内容"})
    assert dict(fields_in_words(record, None)) == {"gone": "旧内容"}


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_measure_says_its_number_plainly(value):
    assert "E" not in measured(core.RecordMeasure("人数", value, "人"))
