from decimal import Decimal

import pytest

from taizhang.connect.declaration import Destination, Every, SourceKind, Sum, declared
from taizhang.connect.noted import DeclarationError

VALUE = """
name: 教务系统：企业教师授课占比
basis: 按课表实际学时
every: month
hour: 3
source:
  kind: json
  address: https://jw.example.edu.cn/api/hours?year=2024
  rows: data.list
  headers: {Authorization: "Bearer {secret}"}
value:
  indicator: {text: 1.2.3}
  period: {column: 年度, words: {"2024": 2024 年度}}
  number: {share: [企业教师学时, 总学时]}
  as_of: 截止日
"""
RECORD = """
name: 继续教育系统：培训班
source: {kind: excel, header: 2, sheet: 班次}
row: [班号]
only: {状态: [已结班, 归档]}
record:
  kind: training_programme
  take: {title: 班名, start: 开班日, end: 结班日}
  partners: [{column: 委托单位, role: 委托}, 协办单位]
  tags: [社会培训]
  measures:
    - {name: 培训人次, unit: 人次, column: 人次}
    - {name: 到账额, unit: 万元, column: 到账, divide: 10000, cumulative: no}
"""


def test_a_figure_is_declared_with_source_schedule_and_working():
    found = declared(VALUE)
    assert (found.goal, found.every, found.hour, found.source.kind) == (
        Destination.VALUE,
        Every.MONTH,
        3,
        SourceKind.JSON,
    )
    assert found.source.rows == ("data", "list")
    assert found.source.needs_secret
    assert not found.source.is_given
    assert (found.number.how, found.number.columns) == (Sum.SHARE, ("企业教师学时", "总学时"))
    assert found.columns == ("年度", "截止日", "企业教师学时", "总学时")


def test_a_record_is_declared_with_what_it_is_known_by():
    found = declared(RECORD)
    assert (found.goal, found.kind, found.row) == (Destination.RECORD, "training_programme", ("班号",))
    assert found.source.is_given
    assert found.only == {"状态": ("已结班", "归档")}
    assert [(taken.column, role) for taken, role in found.partners] == [("委托单位", "委托"), ("协办单位", "")]
    assert found.measures[1].number.divide == Decimal(10000)
    assert found.measures[1].cumulative is False


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("hour: 3", "hour: 30", "0 到 23"),
        ("every: month", "every: fortnight", "hand、day、week、month 之一"),
        ("kind: json", "kind: ftp", "csv、excel、json、sql 之一"),
        ("https://jw.example.edu.cn", "file:///etc", "http:// 或 https://"),
        ("https://jw", "https://me:p4ss@jw", "密码不要写在声明里"),
        ("https://jw.example.edu.cn/api", "https://[::1/api", "不是一个完整的地址"),
        ("  period:", "  peroid:", "不认识“peroid”"),
        ("{share: [企业教师学时, 总学时]}", "{share: [总学时]}", "两列"),
        ("{share: [企业教师学时, 总学时]}", "{divide: 3}", "share 之一"),
        ("{share: [企业教师学时, 总学时]}", "{count: rows}", "together: yes"),
        ("{share: [企业教师学时, 总学时]}", "{column: 值, divide: 0}", "大于 0"),
        ("{text: 1.2.3}", "{text: 1, column: 编号}", "只写一样"),
        ("value:", "values:", "不认识“values”"),
        ("name: 教务系统：企业教师授课占比", "name: ''", "1 到 60 字"),
        ("basis: 按课表实际学时", "basis: [a]", ""),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_line(old, new, words):
    assert old in VALUE
    with pytest.raises(DeclarationError, match=words or "第 3 行"):
        declared(VALUE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("row: [班号]\n", "", "缺|row"),
        ("title: 班名, ", "", "缺“title”"),
        ("record:", "every: day\nrecord:", "不写 every"),
        ("record:", "value: {}\nrecord:", "写一样"),
        ("  kind: training_programme\n", "", "缺“kind”"),
    ],
)
def test_a_record_needs_its_kind_its_title_and_its_key(old, new, words):
    with pytest.raises(DeclarationError, match=words):
        declared(RECORD.replace(old, new, 1))


@pytest.mark.parametrize(
    "query",
    [
        "delete from staff",
        "select 1; drop table staff",
        "with x as (delete from staff returning *) select * from x",
        "",
    ],
)
def test_a_question_that_changes_anything_is_refused(query):
    text = f"""
name: 人事系统
source: {{kind: sql, address: "postgresql://reader:{{secret}}@rs.example.edu.cn/hr", query: "{query}"}}
value: {{indicator: {{text: "1"}}, period: {{text: 2024 年度}}, number: n}}
"""
    with pytest.raises(DeclarationError, match="查询"):
        declared(text)


def test_a_declaration_has_an_end():
    with pytest.raises(DeclarationError, match="最多 20000 字"):
        declared("a: " + "字" * 20_000)
