"""取数接口: declared, tried, looked at, written; by the office and nobody else."""

from decimal import Decimal

import pytest
from django.urls import reverse

from taizhang.web.ledger.models import Benchmark, Change, Connector, Entry, Provenance, Pull, PullState, Record

VALUE = """name: 教务系统：在线课程
basis: 教务系统登记
source: {kind: csv}
value: {indicator: 编号, period: 期, number: 值, as_of: 截止}
"""
RECORD = """name: 继续教育系统
source: {kind: csv}
row: [班号]
record:
  kind: training_programme
  take: {title: 班名, start: 开班日, state: {text: held}}
  partners: [{column: 委托, role: 委托}]
  measures: [{name: 人次, unit: 人次, column: 人次}]
"""
VALUES = "编号,期,值,截止\n1.1.1,中期,6,2025-12-31\n9.9.9,中期,3,2025-12-31\n"
CLASSES = "班号,班名,开班日,委托,人次\nC1,农机维修班,2024-05-06,云岭农机站,43\nC2,电工班,2024-06-01,清溪供电所,多\n"
pytestmark = pytest.mark.django_db


def file(text, name="导出.csv"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"file": SimpleUploadedFile(name, text.encode())}


@pytest.fixture
def office(as_):
    return as_("office")


@pytest.fixture
def declared(scene, office):
    """`declared(VALUE)`: declares it on the page and gives the row."""

    def declare(text):
        told = {"text": text, "unit": scene.training.pk, "programme": scene.programme.pk}
        answer = office.post(reverse("connector_declare"), told)
        assert answer.status_code == 302, answer.content.decode()
        return Connector.objects.latest("pk")

    return declare


def pulled(office, row, text):
    answer = office.post(reverse("connector_pull", args=[row.pk]), file(text))
    assert answer.status_code == 302
    return Pull.objects.latest("pk")


def seen(office, pull):
    page = office.get(reverse("pull", args=[pull.pk]))
    return page.context["seen"], page.content.decode()


def test_the_list_begins_with_examples_and_then_shows_what_there_is(office, declared):
    assert "connectors/declare/?example=finance_budget" in office.get(reverse("connectors")).content.decode()
    declared(VALUE)
    page = office.get(reverse("connectors")).content.decode()
    assert "教务系统：在线课程" in page
    assert "CSV 文件" in page
    part = office.get(reverse("connectors"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_a_declaration_begins_with_the_chosen_example(office):
    assert "会议软件" in office.get(reverse("connector_declare") + "?example=meeting_attendance").content.decode()
    assert office.get(reverse("connector_declare") + "?example=../secrets").status_code == 200


def test_nothing_is_written_before_it_was_seen(scene, office, declared):
    row = declared(VALUE)
    pull = pulled(office, row, VALUES)
    _mark, page = seen(office, pull)
    assert "没有“9.9.9”在“中期”的填报项" in page
    scene.value.refresh_from_db()
    assert (scene.value.number, scene.value.version) == (None, 1)
    assert pull.state == PullState.SHOWN


def test_a_figure_is_written_with_where_it_came_from(scene, office, declared):
    pull = pulled(office, declared(VALUE), VALUES)
    mark, _page = seen(office, pull)
    assert office.post(reverse("pull_write", args=[pull.pk]), {"seen": mark}).status_code == 302
    scene.value.refresh_from_db()
    assert (scene.value.number, scene.value.text) == (6, "6")
    kept = Provenance.objects.get(entry=scene.value)
    assert (kept.rows, kept.value, str(kept.as_of), kept.basis) == ("第 2 行", "6", "2025-12-31", "教务系统登记")
    page = office.get(reverse("entry", args=[scene.value.pk])).content.decode()
    assert "教务系统：在线课程" in page
    assert "第 2 行" in page
    assert scene.value.changed_by == scene.people.office


def test_a_record_comes_in_once_and_changes_when_it_is_fetched_again(scene, office, declared):
    row = declared(RECORD)
    pull = pulled(office, row, CLASSES)
    mark, page = seen(office, pull)
    assert "第 3 行“人次”列：“多”不是数。" in page
    assert "<ins>已举办</ins>" in page
    office.post(reverse("pull_write", args=[pull.pk]), {"seen": mark})
    (made,) = Record.objects.all()
    assert (made.title, made.unit, made.state) == ("农机维修班", scene.training, "held")
    assert "第 2 行" in office.get(reverse("record", args=[made.pk])).content.decode()
    again = pulled(office, row, CLASSES.replace("43", "45"))
    mark, page = seen(office, again)
    assert "<del>43 人次</del> <ins>45 人次</ins>" in page
    office.post(reverse("pull_write", args=[again.pk]), {"seen": mark})
    assert Record.objects.count() == 1
    assert made.measures.get().value == 45
    assert "<h2>写入了哪些</h2>" in office.get(reverse("pull", args=[again.pk])).content.decode()


def test_who_saw_something_else_is_shown_the_ledger_as_it_is_now(scene, office, declared):
    pull = pulled(office, declared(VALUE), VALUES)
    mark, _page = seen(office, pull)
    Entry.objects.filter(pk=scene.value.pk).update(number=5, text="5")
    answer = office.post(reverse("pull_write", args=[pull.pk]), {"seen": mark})
    assert answer.status_code == 409
    assert "<del>5 门</del>" in answer.content.decode()
    scene.value.refresh_from_db()
    assert scene.value.number == 5


def test_what_was_left_changes_nothing_and_is_not_written_later(scene, office, declared):
    pull = pulled(office, declared(VALUE), VALUES)
    assert office.post(reverse("pull_drop", args=[pull.pk])).status_code == 302
    mark, page = seen(office, pull)
    assert office.post(reverse("pull_write", args=[pull.pk]), {"seen": mark}).status_code == 422
    assert "未采用" in page


def test_an_older_fetch_is_not_written_over_a_newer_one(office, declared):
    row = declared(VALUE)
    older, newer = pulled(office, row, VALUES), pulled(office, row, VALUES)
    office.post(reverse("pull_write", args=[newer.pk]), {"seen": seen(office, newer)[0]})
    answer = office.post(reverse("pull_write", args=[older.pk]), {"seen": seen(office, older)[0]})
    assert answer.status_code == 422
    assert "这一次旧了" in answer.content.decode()


def test_an_item_that_was_handed_in_is_not_changed(scene, office, declared):
    Entry.objects.filter(pk=scene.value.pk).update(stage="20-submitted", number=5, text="5")
    pull = pulled(office, declared(VALUE), VALUES)
    mark, page = seen(office, pull)
    assert "不能由取数改动" in page
    office.post(reverse("pull_write", args=[pull.pk]), {"seen": mark})
    scene.value.refresh_from_db()
    assert scene.value.number == 5


def test_a_password_is_kept_and_never_shown(office, declared):
    text = VALUE.replace(
        "{kind: csv}", '{kind: json, address: "https://jw.example.edu.cn/x", headers: {T: "{secret}"}}'
    )
    row = declared(text)
    assert "还没有填" in office.get(reverse("connector", args=[row.pk])).content.decode()
    office.post(reverse("connector_secret", args=[row.pk]), {"secret": "s3cret-words"})
    row.refresh_from_db()
    assert b"s3cret" not in bytes(row.sealed)
    page = office.get(reverse("connector", args=[row.pk])).content.decode()
    assert "已填" in page
    assert "s3cret" not in page
    assert "s3cret" not in "".join(str(change.after) + str(change.before) for change in Change.objects.all())


def test_a_password_does_not_follow_to_another_address(scene, office, declared):
    text = VALUE.replace(
        "{kind: csv}", '{kind: json, address: "https://jw.example.edu.cn/x", headers: {T: "{secret}"}}'
    )
    row = declared(text)
    office.post(reverse("connector_secret", args=[row.pk]), {"secret": "s3cret-words"})
    told = {"unit": scene.training.pk, "programme": scene.programme.pk}
    change = reverse("connector_change", args=[row.pk])
    office.post(change, {**told, "version": 1, "text": text.replace("/x", "/y")})
    row.refresh_from_db()
    assert row.sealed
    office.post(change, {**told, "version": 2, "text": text.replace("jw.example", "evil.example")})
    row.refresh_from_db()
    assert not row.sealed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (VALUE.replace("number", "numbers"), "不认识“numbers”"),
        (RECORD.replace("training_programme", "nosuch"), "没有“nosuch”这个记录类型"),
        (RECORD.replace("text: held", "text: helt"), "没有“helt”这些状态"),
        (RECORD.replace("  partners", "  own: {nosuch: 班名}\n  partners"), "没有“nosuch”这些字段"),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused_and_kept_in_the_form(scene, office, text, words):
    answer = office.post(
        reverse("connector_declare"), {"text": text, "unit": scene.training.pk, "programme": scene.programme.pk}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "name: " in page


def test_a_name_is_given_once_and_an_old_form_changes_nothing(scene, office, declared):
    row = declared(VALUE)
    told = {"text": VALUE, "unit": scene.training.pk, "programme": scene.programme.pk}
    assert "已经有名为" in office.post(reverse("connector_declare"), told).content.decode()
    answer = office.post(reverse("connector_change", args=[row.pk]), {**told, "version": 7})
    assert "别人刚刚改过" in answer.content.decode()
    assert office.get(reverse("connector_change", args=[row.pk])).status_code == 200


def test_a_stopped_one_fetches_nothing(office, declared):
    row = declared(VALUE)
    assert office.post(reverse("connector_stop", args=[row.pk])).status_code == 302
    assert office.post(reverse("connector_pull", args=[row.pk]), file(VALUES)).status_code == 422
    assert office.post(reverse("connector_stop", args=[row.pk])).status_code == 422
    assert office.post(reverse("connector_resume", args=[row.pk])).status_code == 302


def test_a_fetch_that_failed_is_kept_with_its_reason(office, declared):
    pull = pulled(office, declared(VALUE), "甲,乙\n1,2\n")
    assert pull.state == PullState.FAILED
    assert "这些列" in office.get(reverse("pull", args=[pull.pk])).content.decode()


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "expert", "province", "outsider", "nobody"])
def test_nobody_but_the_office_learns_of_it(as_, declared, office, role):
    row = declared(VALUE)
    pull = pulled(office, row, VALUES)
    client = as_(role)
    for name, arguments in (("connector", [row.pk]), ("connector_change", [row.pk]), ("pull", [pull.pk])):
        assert client.get(reverse(name, args=arguments)).status_code == 404
    for name, arguments in (("connector_pull", [row.pk]), ("connector_secret", [row.pk]), ("pull_write", [pull.pk])):
        assert client.post(reverse(name, args=arguments)).status_code == 404
    assert client.get(reverse("connectors")).status_code == (200 if role == "outsider" else 404)


@pytest.mark.parametrize("many", [2, 12])
def test_the_list_asks_as_much_for_many_as_for_few(scene, office, django_assert_max_num_queries, many):
    from django.utils import timezone

    for number in range(many):
        text = VALUE.replace("教务系统：在线课程", f"系统 {number}")
        row = Connector.objects.create(
            college=scene.college, unit=scene.training, programme=scene.programme, name=f"系统 {number}", text=text,
            declared_at=timezone.now(), declared_by=scene.people.office,
        )  # fmt: skip
        Pull.objects.create(connector=row, text=text, pulled_at=timezone.now(), state=PullState.SHOWN)
    with django_assert_max_num_queries(12):
        office.get(reverse("connectors"))


FETCHED = """name: 学工系统
source: {kind: json, address: "http://127.0.0.1:9/rows"}
value: {indicator: code, period: {text: 中期}, number: n}
"""


def test_what_another_system_is_asked_for_is_looked_on_while_it_comes(office, declared):
    answer = office.post(reverse("connector_pull", args=[declared(FETCHED).pk]))
    row = Pull.objects.get()
    assert answer.headers["Location"] == reverse("pull", args=[row.pk])
    assert row.state == PullState.WAITING
    page = office.get(reverse("pull", args=[row.pk])).content.decode()
    assert "已排队" in page and "<progress" in page and "取来 0 行" not in page
    part = office.get(reverse("pull", args=[row.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "<progress" in part
    Pull.objects.filter(pk=row.pk).update(state=PullState.FAILED, trouble="连不上")
    done = office.get(reverse("pull", args=[row.pk]), headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    assert "连不上" in office.get(reverse("pull", args=[row.pk])).content.decode()
    Pull.objects.filter(pk=row.pk).update(state=PullState.FETCHING, pulled_at="2024-01-01T00:00:00Z")
    assert "取数中断了" in office.get(reverse("pull", args=[row.pk])).content.decode()


MEDIAN = """name: 省级数据平台
basis: 平台按各校填报数汇总
source: {kind: csv}
median: {indicator: 编号, period: 年度, scope: 范围, source: {text: 省级数据平台年度汇编}, number: 中位数}
"""
MEDIANS = "编号,年度,范围,中位数\n1.1.1,2025,全省,7\n1.1.1,2025,全国,9.5\n9.9.9,2025,全省,3\n1.1.1,1999,全省,3\n"


def test_medians_of_other_colleges_come_with_where_they_came_from(scene, office, declared):
    row = declared(MEDIAN)
    pull = pulled(office, row, MEDIANS)
    mark, page = seen(office, pull)
    assert "没有编号或名称为“9.9.9”的定量指标" in page and "“1999”不是建设期内的年度" in page
    assert "<ins>9.5 门</ins>" in page and not Benchmark.objects.exists()
    assert office.post(reverse("pull_write", args=[pull.pk]), {"seen": mark}).status_code == 302
    told = set(Benchmark.objects.values_list("indicator", "scope", "year", "median", "source"))
    pk = scene.indicator.pk
    assert told == {
        (pk, scope, 2025, median, "省级数据平台年度汇编")
        for scope, median in (("provincial", 7), ("national", Decimal("9.5")))
    }
    page = office.get(reverse("benchmarks", args=[scene.programme.pk])).content.decode()
    assert "省级数据平台" in page and "第 2 行" in page
    assert "1.1.1" in office.get(reverse("pull", args=[pull.pk])).content.decode()
    again = pulled(office, row, MEDIANS.replace(",7", ",8"))
    mark, page = seen(office, again)
    assert "<del>7 门</del> <ins>8 门</ins>" in page
    office.post(reverse("pull_write", args=[again.pk]), {"seen": mark})
    assert Benchmark.objects.get(scope="provincial").median == 8
    assert Provenance.objects.filter(benchmark__scope="national").count() == 2
