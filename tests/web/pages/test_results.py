"""The pages of money, landmarks, satisfaction and medians: for those who see the whole, changed by the office alone."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.core.record import RecordMeasure
from taizhang.web.ledger.models import Benchmark, FundLine, Landmark
from taizhang.web.ledger.workflow import figures
from web_figures import formula, trained
from web_records import entered, record

MONEY = {
    "year": 2024,
    "source": "5-own",
    "budget": "500",
    "arrived": "480",
    "spent": "400",
    "explanation": "",
    "seen": "0",
}
PAGES = ("scores", "funds", "landmarks", "satisfaction", "benchmarks", "funds/add", "landmarks/add")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["office", "reporter", "lead", "province", "expert", "outsider"])
def test_the_whole_is_for_the_office(scene, as_, page, role):
    answer = as_(role).get(f"/programmes/{scene.programme.pk}/{page}/")
    assert answer.status_code == (200 if role == "office" else 404)


def test_money_is_kept_and_a_low_rate_asked_about(scene, as_):
    where, office = f"/programmes/{scene.programme.pk}/funds/", as_("office")
    assert "还没有资金数据" in office.get(where).content.decode()
    assert office.post(f"{where}add/", MONEY).status_code == 302
    page = office.get(where).content.decode()
    assert "执行 400 ÷ 预算 500 × 100% = 80%" in page
    assert "预算执行率 80% 低于 90%，要说明原因" in page
    row = FundLine.objects.get()
    edited = office.post(f"{where}{row.pk}/edit/", MONEY | {"seen": "1", "explanation": "设备质保金未到期"})
    assert edited.status_code == 302
    assert "要说明原因" not in office.get(where).content.decode()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"year": "2031"}, "年度应在建设期"),
        ({"budget": "许多"}, "数字"),
        ({"spent": "-1"}, "金额不能是负数"),
        ({"seen": "7"}, "刚刚被改过"),
    ],
)
def test_money_that_cannot_be_is_refused_and_nothing_is_lost(scene, as_, told, said):
    office, where = as_("office"), f"/programmes/{scene.programme.pk}/funds/add/"
    if "seen" in told:
        office.post(where, MONEY)
        where = f"/programmes/{scene.programme.pk}/funds/{FundLine.objects.get().pk}/edit/"
    answer = office.post(where, MONEY | {"explanation": "质保金"} | told)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "质保金" in answer.content.decode()


def test_a_landmark_says_whether_it_counts(scene, as_):
    where, office = f"/programmes/{scene.programme.pk}/landmarks/", as_("office")
    told = {
        "name": "教学成果奖",
        "level": "国家级",
        "unit": scene.teaching.pk,
        "state": "waiting",
        "substitute": "省级教材奖",
        "seen": "0",
    }
    assert office.post(f"{where}add/", told).status_code == 302
    assert "尚未获得；另有替代成果“省级教材奖”，不计作原成果" in office.get(where).content.decode()
    row, tale = Landmark.objects.get(), record(scene)
    won = told | {"state": "won", "won_level": "省级", "code": tale.code, "seen": "1"}
    assert office.post(f"{where}{row.pk}/edit/", won).status_code == 302
    page = office.get(where).content.decode()
    assert "实际是省级，低于承诺的国家级" in page
    assert tale.title in page
    assert tale.code in office.get(f"{where}{row.pk}/edit/").content.decode()
    unknown = office.post(f"{where}{row.pk}/edit/", won | {"code": "没有", "seen": "2"})
    assert "没有编号为“没有”的记录" in unknown.content.decode()


def test_surveys_say_what_their_basis_lacks(scene, as_):
    survey = {"kind": "satisfaction_survey", "state": "reported", "period": "2024-06", "partners": (), "tags": ()}
    full = {"method": "网上问卷", "respondents": ("在校生",), "surveyed_on": "2024-06-03"}
    rates = (RecordMeasure("满意度", Decimal(95), "%"), RecordMeasure("样本数", Decimal(300), "份"))
    entered(scene, title="在校生满意度", fields=full, measures=rates, **survey)
    entered(scene, title="家长满意度", fields={}, measures=rates[:1], **survey)
    page = as_("office").get(f"/programmes/{scene.programme.pk}/satisfaction/").content.decode()
    assert "按样本量加权：1 次调查、300 份样本，满意度 95%；1 次没有数值或样本量，没有计入" in page
    assert "样本量、调查方式或机构" in page
    assert "2024-06-03" in page


def sheet_of(*rows):
    book = openpyxl.Workbook()
    book.active.title = "外部对标"
    book.active.append(["指标编号", "指标", "范围", "年度", "中位数", "出处"])
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("对标.xlsx", buffer.getvalue())


def test_medians_come_in_by_excel_and_stand_beside_the_own_value(scene, as_):
    formula(scene)
    trained(scene, 230, year=2024)
    figures.recompute(scene.college)
    office, where = as_("office"), f"/programmes/{scene.programme.pk}/benchmarks/"
    assert office.get(f"{where}?format=xlsx")["Content-Type"].endswith("sheet")
    assert (
        office.post(where, {"file": sheet_of(["1.1.1", "", "全国高职院校", 2024, 200, "质量年报"])}).status_code == 302
    )
    page = office.get(where).content.decode()
    assert "好于中位数" in page
    assert ">30 " in page
    scene.indicator.direction = "lower"
    scene.indicator.save()
    assert "不及中位数" in office.get(where).content.decode()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["9.9", "", "全国高职院校", 2024, 200, "质量年报"], "没有编号为“9.9”的指标"),
        (["1.1.1", "", "全国高职院校", 24, 200, "质量年报"], "四位数的年份"),
        (["1.1.1", "", "全国高职院校", 2024, "很多", "质量年报"], "第 2 行"),
    ],
)
def test_of_a_faulty_sheet_nothing_comes_in(scene, as_, row, said):
    good = ["1.1.1", "", "全省高职院校", 2024, 5, "质量年报"]
    answer = as_("office").post(f"/programmes/{scene.programme.pk}/benchmarks/", {"file": sheet_of(row, good)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Benchmark.objects.exists()


def test_without_a_file_the_page_says_so(scene, as_):
    answer = as_("office").post(f"/programmes/{scene.programme.pk}/benchmarks/")
    assert "请选择要导入的 Excel 文件" in answer.content.decode()


def test_the_programme_leads_there(scene, as_):
    there = f"/programmes/{scene.programme.pk}/scores/"
    assert there in as_("office").get(f"/programmes/{scene.programme.pk}/").content.decode()
    assert there not in as_("reporter").get(f"/programmes/{scene.programme.pk}/").content.decode()
