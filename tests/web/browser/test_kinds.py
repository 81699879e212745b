"""A college adds a kind of record without code: the office declares it, a reporter enters one, the lead confirms it."""

from web_records import FARM

PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, printed by `taizhang manage demo`


def test_a_declared_kind_is_entered_and_confirmed(college, visitor):
    office, reporter, lead = (visitor(college).enter(name, PASSWORD) for name in ("shuanggao", "jijiao", "jijiao-fuze"))
    office.go("/kinds/").follow("新增类型")
    office.page.get_by_label("声明（YAML）").fill(FARM.replace("phase: done", "phase: finished"))
    office.press("检查并保存")
    assert "第 13 行" in office.text()
    assert "phase: finished" in office.page.get_by_label("声明（YAML）").input_value()
    office.page.get_by_label("声明（YAML）").fill(FARM)
    office.press("检查并保存")
    assert "走访主题" in office.text()
    assert office.barriers() == []

    reporter.go("/records/").follow("写一条")
    reporter.follow("农户走访")
    reporter.page.get_by_label("标题").fill("桥头村春耕走访")
    reporter.page.get_by_label("走访主题").fill("春耕")
    reporter.page.get_by_label("户数 数值").fill("12")
    reporter.page.locator("#state").select_option("visited")
    assert reporter.barriers() == []
    reporter.press("保存为草稿")
    assert "桥头村春耕走访" in reporter.page.locator("h1").inner_text()
    assert reporter.barriers() == []
    reporter.press("提交确认")

    lead.go("/records/?kind=farm_visit").follow("桥头村春耕走访")
    lead.press("确认")
    assert "部门已审" in lead.text()

    reporter.go("/records/enter/farm_visit/")
    reporter.page.get_by_label("标题").fill("桥头村春耕走访")
    reporter.page.get_by_label("走访主题").fill("春耕")
    reporter.page.get_by_label("户数 数值").fill("12")
    reporter.page.locator("#state").select_option("visited")
    reporter.press("保存为草稿")
    assert "是不是同一件事" in reporter.text()
    reporter.press("仍要保存")
    assert "桥头村春耕走访" in reporter.page.locator("h1").inner_text()
    # A refusal is an answer like any other; the browser notes its number as an error.
    for each in (office, reporter):
        each.complaints[:] = [line for line in each.complaints if "422" not in line]


def test_a_kind_told_in_a_table_is_entered_at_once(college, visitor):
    office, reporter = (visitor(college).enter(name, PASSWORD) for name in ("shuanggao", "jijiao"))
    office.go("/kinds/").follow("新增类型")
    office.page.get_by_label("名称", exact=True).fill("竞赛集训")
    office.page.get_by_label("分组").fill("教学与培养")
    office.page.get_by_label("一句话说明").fill("为一项技能竞赛组织的一次集训。")
    office.page.get_by_label("第 1 项的名称").fill("竞赛名称")
    office.page.get_by_label("第 1 项必填").check()
    office.page.get_by_label("第 1 种计量的名称").fill("选手数")
    office.page.get_by_label("第 1 个状态的名称").fill("已结束")
    assert office.barriers() == []
    office.press("写成声明")
    assert "计量“选手数”还没有写单位" in office.text()
    office.page.get_by_label("第 1 种计量的单位").fill("人")
    office.page.get_by_label("第 1 个状态的意思").select_option("done")
    office.press("写成声明")
    assert "写法没有问题" in office.text()
    office.press("检查并保存")
    office.complaints[:] = [line for line in office.complaints if "422" not in line]

    reporter.go("/records/").follow("写一条")
    reporter.follow("竞赛集训")
    reporter.page.get_by_label("标题").fill("移动机器人赛项赛前集训")
    reporter.page.get_by_label("竞赛名称").fill("移动机器人")
    reporter.page.get_by_label("选手数 数值").fill("6")
    reporter.press("保存为草稿")
    assert "移动机器人赛项赛前集训" in reporter.page.locator("h1").inner_text()
