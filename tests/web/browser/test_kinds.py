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
