"""A record is entered, the indicator changes, and the new figure opens down to the page of the evidence."""

NOTICE = {"name": "认定公告.txt", "mimeType": "text/plain", "buffer": "省级在线精品课程认定名单".encode()}
PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, printed by `taizhang manage demo`


def test_a_figure_opens_down_to_the_page_of_the_evidence(college, visitor):
    reporter = visitor(college).enter("jijiao", PASSWORD)
    reporter.go("/entries/?q=省级在线精品课程").follow("2.2.3")
    reporter.follow("数从哪里来")
    where, before = reporter.page.url, int(reporter.page.locator(".figure-value").inner_text().rstrip("门"))
    assert "省级及以上的“课程与资源”中" in reporter.text()
    assert reporter.barriers() == []

    reporter.go("/records/enter/course/")
    reporter.page.get_by_label("标题").fill("蔬菜大棚管理")
    reporter.page.locator("#level").select_option("省级")
    reporter.page.locator("#state").select_option("recognised")
    reporter.page.locator("#start").fill("2023-05-06")
    reporter.press("保存为草稿")
    reporter.follow("引用材料")
    reporter.page.locator("input[type=file]").set_input_files([NOTICE])
    reporter.press("上传并引用")
    reporter.press("提交确认")

    reporter.page.goto(where)
    assert reporter.page.locator(".figure-value").inner_text() == f"{before + 1}门"
    row = reporter.page.get_by_role("row").filter(has_text="蔬菜大棚管理")
    assert "已提交" in row.inner_text()
    row.get_by_role("link").last.click()
    assert "认定公告" in reporter.page.locator("h1").inner_text()
    assert "省级在线精品课程认定名单" in reporter.text()
    assert reporter.barriers() == []
