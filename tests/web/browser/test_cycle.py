"""The whole cycle in a real browser, each step by the person whose step it is, on the real pages only."""

import re

import pytest

from web_browser import SAMPLE, command, serving

PASSWORD = "qingshan-2026-lushui"  # noqa: S105 - of people who do not exist
COLLEGE = "云岭职业技术学院"
ITEM = "1-1 2022①"
PEOPLE = (
    ("shuanggao", "许宁", COLLEGE, "双高办"),
    ("jiaowu", "林晓", "教务处", "填报人"),
    ("fuze", "何芳", "教务处", "负责人"),
    ("zhuanjia", "顾言", COLLEGE, "专家"),
)


@pytest.fixture
def empty(browser, tmp_path):
    """A site with a college and its administrator, and the link that lets him in."""
    folder = tmp_path / "data"
    folder.mkdir()
    command(folder, "migrate", "--verbosity", "0")
    said = command(folder, "establish", "--college", COLLEGE, "--username", "guanli", "--name", "孟川")
    with serving(folder) as address:
        yield address, re.search(r"/activate/\S+", said)[0]


def activate(someone, link):
    someone.go(link)
    someone.page.get_by_label("新密码").fill(PASSWORD)
    someone.page.get_by_label("再填一次").fill(PASSWORD)
    someone.press("设好密码")


def clean(someone):
    """Nothing in the way of people on this page."""
    assert someone.barriers() == [], someone.page.url
    return someone


def invited(admin, username, name, unit, role):
    """Adds a person, gives the role, and returns the activation link."""
    admin.go("/people/").follow("添加人员")
    admin.page.get_by_label("姓名", exact=True).fill(name)
    admin.page.get_by_label("登录名").fill(username)
    admin.press("添加")
    admin.page.locator("form[action$='/give/'] select[name=unit]").select_option(label=unit)
    admin.page.locator("form[action$='/give/'] select[name=name]").select_option(label=role)
    admin.press("授予")
    admin.press("发激活链接")
    return admin.page.locator("input[data-select]").input_value()


def settle(admin, link):
    """The administrator comes in, founds a department, and invites the others."""
    activate(admin, link)
    admin.enter("guanli", PASSWORD)
    clean(admin.go("/units/")).follow(COLLEGE)
    admin.follow("添加下级单位")
    admin.page.get_by_label("类别").select_option(label="部门")
    admin.page.get_by_label("名称", exact=True).fill("教务处")
    clean(admin).press("添加")
    return {username: invited(admin, username, *more) for username, *more in PEOPLE}


def plan(office):
    """The office takes a report in: looks, decides what is doubtful, writes; a round comes of it."""
    office.follow("建设方案").follow("新建建设项目")
    office.page.get_by_label("名称").fill("省域高水平高职学校建设")
    office.page.get_by_label("起始年").fill("2022")
    office.page.get_by_label("结束年").fill("2025")
    clean(office).press("保存")
    office.follow("导入")
    office.page.get_by_label("文件").set_input_files(SAMPLE)
    office.page.get_by_label("暂记在哪个单位名下").select_option(label="教务处")
    office.page.get_by_label("报的是哪一期").select_option(label="中期")
    clean(office).press("上传并读取")
    clean(office)
    if office.page.get_by_role("button", name="记下，其余都照原文收下").count():
        office.press("记下，其余都照原文收下")
    office.page.get_by_label("完成情况收进这一轮填报").fill("中期自评")
    office.press("写入方案")
    assert "已写入" in office.text()
    clean(office.go("/rounds/")).follow("中期自评")
    clean(office)


def find(someone):
    someone.follow("填报项")
    someone.page.get_by_role("searchbox", name="文字").fill("思政工作质量提升方案")
    someone.press("筛选")
    someone.follow(ITEM)
    return clean(someone)


def fill(reporter, proof):
    """Types; the draft saves itself and is there after a reload; the evidence goes up and is cited."""
    find(reporter)
    text = "印发《思政工作质量提升方案》，明确22项举措，校党委2022年6月发文。"
    reporter.page.get_by_label("完成情况").fill(text)
    reporter.page.locator("#saved", has_text="已保存").wait_for()
    reporter.page.reload()
    assert reporter.page.get_by_label("完成情况").input_value() == text
    reporter.follow("上传新的")
    reporter.page.get_by_label("选择文件").set_input_files(proof)
    reporter.page.locator(".sending .done").wait_for()
    clean(reporter)
    find(reporter)
    assert "思政工作方案" in reporter.page.locator("#evidence").inner_text()
    reporter.press("保存并提交")


def give_back(lead):
    clean(lead.go("/")).follow(ITEM)
    lead.page.get_by_text("退回修改…").click()
    lead.page.get_by_label("退回的理由").fill("请写明文号。")
    clean(lead).press("退回")


def mend(reporter):
    reporter.go("/")
    assert "请写明文号。" in reporter.text()
    reporter.follow(ITEM)
    text = reporter.page.get_by_label("完成情况")
    text.fill(f"{text.input_value()}（云岭职院党〔2022〕6 号）")
    reporter.page.locator("#saved", has_text="已保存").wait_for()
    reporter.press("保存并提交")


def approve(someone):
    """Where another item waits, the button leads there."""
    with someone.page.expect_navigation():
        someone.page.get_by_role("button", name=re.compile("^通过")).click()


def assess(expert):
    clean(expert.go("/judging/")).follow("评其余 1 项")
    clean(expert).follow(ITEM)
    assert "云岭职院党〔2022〕6 号" in expert.text()
    expert.page.get_by_label("需要哪一份材料").fill("方案全文")
    clean(expert).press("发给学校")
    expert.page.get_by_label("需补充材料").check()
    expert.page.get_by_label("说明", exact=True).fill("请提供方案全文。")
    expert.press("保存")


def answer(reporter):
    reporter.follow("材料要求").follow("方案全文")
    reporter.page.get_by_label("答复", exact=True).fill("方案全文见所附文件。")
    reporter.page.get_by_label("思政工作方案").check()
    clean(reporter).press("答复专家")


def test_a_plan_becomes_a_judged_item(empty, visitor, tmp_path):
    address, link = empty
    proof = tmp_path / "思政工作方案.txt"
    proof.write_text("云岭职院党〔2022〕6 号\n思政工作质量提升方案\n共 22 项举措。\n", encoding="utf-8")
    links = settle(visitor(address), link)
    people = {}
    for username, entry in links.items():
        people[username] = visitor(address)
        activate(people[username], entry)
        people[username].enter(username, PASSWORD)
    office, reporter, lead, expert = (people[name] for name in ("shuanggao", "jiaowu", "fuze", "zhuanjia"))
    plan(office)
    fill(reporter, proof)
    give_back(lead)
    mend(reporter)
    lead.go("/").follow(ITEM)
    approve(lead)
    office.go("/").follow(ITEM)
    approve(clean(office))
    find(office).press("锁定")
    assert "已锁定" in find(office).text()
    office.follow("评审安排").follow("中期自评")
    office.page.locator("select[name=expert]").select_option(label="顾言")
    clean(office).press("安排")
    assess(expert)
    answer(reporter)
    expert.go("/judging/").page.get_by_role("link", name="方案全文").first.click()
    assert "方案全文见所附文件。" in expert.text()
    expert.page.get_by_label("认可").check()
    expert.press("保存")
    assert "1 / 1" in clean(expert.go("/judging/")).text()
    history = clean(office.go("/history/")).text()
    for step in ("提交", "退回", "审核通过", "锁定", "答复", "评审"):
        assert step in history
