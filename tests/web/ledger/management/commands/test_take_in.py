"""Taking in from the command line tells everything before it writes anything."""

import io

import pytest
from django.core.management import call_command

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger.models import Point
from taizhang.web.ledger.workflow import programme as plan

REPORT = """表1 “组建产业学院”任务完成情况表

| 序号 | 2023年计划 | 2023年完成情况 | 完成率 |
|---|---|---|---|
| 1 | ①制定章程1项 | ①已制定章程1项 | 100% |
| 2 | ②建设课程4门 | | 100% |
"""


@pytest.fixture
def document(tmp_path, scene):
    plan.found(scene.people.office, scene.college, plan.Founding(name="产教融合", first_year=2023, last_year=2026))
    scene.programme.rounds.all()
    place = tmp_path / "自评.md"
    place.write_text(REPORT, encoding="utf-8")
    return place


def taken(document, scene, *words):
    out = io.StringIO()
    number = scene.college.programmes.get(name="产教融合").pk
    call_command("take_in", str(document), "--by", "ShuangGao", "--programme", str(number), *words, stdout=out)
    return out.getvalue()


def test_nothing_is_written_unless_asked(document, scene):
    with pytest.raises(TaizhangError, match="2 处存疑"):
        taken(document, scene)
    with pytest.raises(TaizhangError, match="--write"):
        taken(document, scene, "--as-printed")
    assert not Point.objects.filter(programme__name="产教融合").exists()


def test_it_tells_what_it_understood_and_writes_when_asked(document, scene):
    told = taken(document, scene, "--as-printed", "--write", "--period", "中期")
    assert "任务点 2" in told
    assert "存疑 1. " in told
    assert "已写入“产教融合”" in told
    assert Point.objects.filter(programme__name="产教融合").count() == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nofile.md", "--by", "shuanggao", "--programme", "1"), "读不了|没有这个建设项目"),
        (("DOC", "--by", "meiyou"), "没有登录名"),
        (("DOC", "--by", "shuanggao"), "用 --programme 指明"),
        (("DOC", "--by", "baogao", "--programme", "NUMBER"), "只有双高办"),
        (("DOC", "--by", "shuanggao", "--programme", "NUMBER", "--period", "明年"), "没有“明年”这一期"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(document, scene, words, sentence):
    number = str(scene.college.programmes.get(name="产教融合").pk)
    filled = [str(document) if word == "DOC" else number if word == "NUMBER" else word for word in words]
    with pytest.raises(TaizhangError, match=sentence):
        call_command("take_in", *filled)
