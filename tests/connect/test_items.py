from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.connect.declaration import declared
from taizhang.connect.items import made
from taizhang.connect.rows import ConnectError, Row, cell

CLASSES = """
name: 继续教育系统
source: {kind: csv}
row: [班号]
only: {状态: [已结班]}
record:
  kind: training_programme
  take: {title: 班名, start: 开班日, state: {column: 状态, words: {已结班: held}}, state_date: 结班日, period: 年度}
  own: {theme: 主题}
  partners: [{column: 委托单位, role: 委托}]
  tags: [社会培训]
  measures:
    - {name: 人次, unit: 人次, column: 人次}
    - {name: 到账额, unit: 万元, column: 到账, divide: 10000}
"""
CLASS = {
    "班号": "C1", "班名": "农机维修班", "开班日": "2024-05-06", "结班日": "2024/05/10", "年度": "2024", "状态": "已结班",
    "主题": "农机", "委托单位": "云岭农机站、清溪合作社", "人次": "43", "到账": "25,000",
}  # fmt: skip


def rows(*tables):
    return [Row(number, {name: cell(value) for name, value in table.items()}) for number, table in enumerate(tables, 2)]


def test_a_row_becomes_a_record_with_its_source():
    found = made(declared(CLASSES), rows(CLASS))
    (item,) = found.items
    record = item.record
    assert (item.key, item.rows, found.faults) == ("C1", (2,), ())
    assert record.to_json() | {"id": ""} == {
        "id": "", "doc": "继续教育系统", "line": 2, "kind": "training_programme", "title": "农机维修班", "org": "",
        "partners": [{"name": "云岭农机站", "role": "委托"}, {"name": "清溪合作社", "role": "委托"}], "period": "2024",
        "period_basis": "stated", "place": None, "level": None, "state": "held",
        "measures": [{"name": "人次", "value": 43, "unit": "人次"}, {"name": "到账额", "value": Decimal("2.5"), "unit": "万元"}],
        "text": "继续教育系统 第 2 行", "start": "2024-05-06", "moves": [{"state": "held", "on": "2024-05-10"}],
        "tags": ["社会培训"], "fields": {"theme": "农机"},
    }  # fmt: skip


def test_rows_of_other_states_are_left_aside_and_counted():
    found = made(declared(CLASSES), rows(CLASS, CLASS | {"班号": "C2", "状态": "在办"}))
    assert (len(found.items), found.rows, found.passed) == (1, 2, 1)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"班号": ""}, "第 3 行“班号”列：空着，认不出是哪一条。"),
        ({"班名": ""}, "第 3 行“班名”列：不能空着。"),
        ({"开班日": "下周"}, "第 3 行“开班日”列：“下周”不是日期，应形如 2024-06-30。"),
        ({"人次": "四十"}, "第 3 行“人次”列：“四十”不是数。"),
        ({"班号": "C1"}, "第 3 行：与第 2 行说的是同一条，没有收。"),
    ],
)
def test_a_faulty_row_is_told_with_its_column_and_the_others_are_kept(change, fault):
    found = made(declared(CLASSES), rows(CLASS, CLASS | {"班号": "C2"} | change))
    assert [item.key for item in found.items] == ["C1"]
    assert [str(each) for each in found.faults] == [fault]


def test_words_without_a_counterpart_are_told():
    text = CLASSES.replace("only: {状态: [已结班]}\n", "")
    found = made(declared(text), rows(CLASS | {"状态": "在办"}))
    assert [str(each) for each in found.faults] == ["第 2 行“状态”列：“在办”没有写对应的说法（words）。"]


def test_a_column_that_is_nowhere_is_told_with_those_that_are():
    with pytest.raises(ConnectError, match="没有“到账”这些列，有的是："):
        made(declared(CLASSES), rows({name: value for name, value in CLASS.items() if name != "到账"}))


def test_no_rows_make_nothing():
    assert made(declared(CLASSES), []) == ((), (), 0, 0)


def figure(number, together="no", **more):
    return declared(
        f"name: 人事系统\nsource: {{kind: csv}}\ntogether: {together}\n"
        f"value: {{indicator: 编号, period: 期, number: {number}, as_of: 截止}}"
    )


PEOPLE = [
    {"编号": "5.1", "期": "2024 年度", "截止": "2024-12-31", "姓名": name, "学时": hours, "总": 10}
    for name, hours in (("甲", 3), ("乙", 4), ("甲", 1))
]


@pytest.mark.parametrize(
    ("number", "wanted", "working"),
    [
        ("{count: rows}", 3, "3 行"),
        ("{distinct: 姓名}", 2, "“姓名”有 2 种"),
        ("{sum: 学时}", 8, "3 行之和"),
        ("{sum: 学时, divide: 3}", Decimal("2.666667"), "3 行之和"),
        ("{share: [学时, 总]}", Decimal("26.67"), "8 ÷ 30"),
    ],
)
def test_several_rows_make_one_figure_that_tells_how(number, wanted, working):
    (item,) = made(figure(number, "yes"), rows(*PEOPLE)).items
    assert (item.number, item.working, item.rows, item.as_of) == (wanted, working, (2, 3, 4), date(2024, 12, 31))
    assert (item.indicator, item.period, item.key) == ("5.1", "2024 年度", "5.1｜2024 年度")


@given(st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=8), st.randoms())
def test_the_order_of_rows_changes_no_figure(hours, chance):
    told = [PEOPLE[0] | {"学时": value} for value in hours]
    shuffled = list(told)
    chance.shuffle(shuffled)
    connector = figure("{sum: 学时}", "yes")
    assert (
        made(connector, rows(*told)).items[0].number == made(connector, rows(*shuffled)).items[0].number == sum(hours)
    )


@pytest.mark.parametrize(
    ("number", "change", "sentence"),
    [
        ("学时", {"学时": ""}, "不能空着"),
        ("{share: [学时, 总]}", {"总": 0}, "分母是 0"),
        ("{share: [学时, 总]}", {"学时": "多"}, "“多”不是数"),
    ],
)
def test_a_figure_that_cannot_be_made_is_told(number, change, sentence):
    found = made(figure(number), rows(PEOPLE[0] | change))
    assert found.items == ()
    assert sentence in str(found.faults[0])


def test_rows_of_one_figure_that_differ_are_told():
    found = made(figure("学时", "yes"), rows(*PEOPLE[:2]))
    assert str(found.faults[0]) == "第 3 行“学时”列：与第 2 行是同一条，数却不同。"


def test_many_faults_are_cut_and_counted():
    found = made(figure("学时"), rows(*(PEOPLE[0] | {"编号": f"{n}", "学时": "无"} for n in range(203))))
    assert len(found.faults) == 201
    assert "还有 3 处差错" in str(found.faults[0])
